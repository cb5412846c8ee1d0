package io.jenkins.plugins.azurestack.jenkins;

import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The extensions of this plugin as Jenkins finds them, and the data that Jenkins binds to them. */
final class Extensions {
    private Extensions() {}

    /** Every class of ours in the index of extensions; a real Jenkins on the class path has its own. */
    static List<Class<?>> all() throws ClassNotFoundException {
        final List<Class<?>> classes = new ArrayList<>();
        for (final IndexItem<Extension, Object> item :
                Index.load(Extension.class, Object.class, Extensions.class.getClassLoader())) {
            if (item.className().startsWith(Extensions.class.getPackageName())) {
                classes.add(Class.forName(item.className(), false, Extensions.class.getClassLoader()));
            }
        }
        return classes;
    }

    static List<Class<?>> descriptors() throws ClassNotFoundException {
        return all().stream().filter(Descriptor.class::isAssignableFrom).toList();
    }

    /** What a descriptor describes: the class around it, or itself. */
    static Class<?> described(final Class<?> descriptor) {
        return Describable.class.isAssignableFrom(descriptor) ? descriptor : descriptor.getEnclosingClass();
    }

    /** The names of all fields that Jenkins binds: the constructor's, then the setters'. */
    static Set<String> fields(final Class<?> described) {
        final Set<String> fields = new LinkedHashSet<>();
        for (final Constructor<?> constructor : described.getConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                Arrays.stream(constructor.getParameters()).forEach(parameter -> fields.add(parameter.getName()));
            }
        }
        for (final Method method : described.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                fields.add(method.getName().substring(3, 4).toLowerCase(Locale.ROOT)
                        + method.getName().substring(4));
            }
        }
        return fields;
    }
}
