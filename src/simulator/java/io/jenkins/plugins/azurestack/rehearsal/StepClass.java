package io.jenkins.plugins.azurestack.rehearsal;

import java.beans.Introspector;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A real step class of the plugin, or one of its arguments' classes, bound as Pipeline binds it: the parameters of its
 * {@code @DataBoundConstructor} are required, its {@code @DataBoundSetter}s are not.
 *
 * @param <S> the class
 */
final class StepClass<S> {
    private final Constructor<S> constructor;
    private final Signature signature;

    private StepClass(final Constructor<S> constructor, final Signature signature) {
        this.constructor = constructor;
        this.signature = signature;
    }

    /**
     * Reads what a step class takes.
     *
     * @throws IllegalArgumentException if it is not one that Pipeline could bind
     */
    static <S extends Step> StepClass<S> of(final Class<S> type) {
        return of(type, functionName(type));
    }

    /**
     * Reads what a class takes that is the type of an argument; a Jenkinsfile writes it as a map.
     *
     * @param name what messages call it
     * @return empty if it is none that Pipeline could bind
     */
    static <S> Optional<StepClass<S>> ofArgument(final Class<S> type, final String name) {
        return Arrays.stream(type.getConstructors())
                        .anyMatch(candidate -> candidate.isAnnotationPresent(DataBoundConstructor.class))
                ? Optional.of(of(type, name))
                : Optional.empty();
    }

    private static <S> StepClass<S> of(final Class<S> type, final String name) {
        final Constructor<S> constructor = constructor(type);
        final List<Signature.Parameter> parameters = new ArrayList<>();
        final boolean needed = !doesWithoutArguments(constructor);
        for (final java.lang.reflect.Parameter parameter : constructor.getParameters()) {
            parameters.add(
                    parameter(parameter.getName(), parameter.getType(), parameter.getParameterizedType(), needed));
        }
        Arrays.stream(type.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .map(method -> parameter(
                        property(method), method.getParameterTypes()[0], method.getGenericParameterTypes()[0], false))
                .sorted(java.util.Comparator.comparing(Signature.Parameter::name))
                .forEach(parameters::add);
        Arrays.stream(type.getFields())
                .filter(field -> field.isAnnotationPresent(DataBoundSetter.class))
                .map(field -> parameter(field.getName(), field.getType(), field.getGenericType(), false))
                .sorted(java.util.Comparator.comparing(Signature.Parameter::name))
                .forEach(parameters::add);
        return new StepClass<>(constructor, new Signature(name, parameters, false, false));
    }

    /** Pipeline gives a constructor null for what a Jenkinsfile leaves out; whether that will do is the class's affair. */
    private static boolean doesWithoutArguments(final Constructor<?> constructor) {
        if (Arrays.stream(constructor.getParameterTypes()).anyMatch(Class::isPrimitive)) {
            return false;
        }
        try {
            constructor.newInstance(new Object[constructor.getParameterCount()]);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    Signature signature() {
        return signature;
    }

    /**
     * Makes the step.
     *
     * @param values bound by {@link #signature}
     * @throws WrongArgumentsException with the step's own words if it refuses a value
     */
    S instantiate(final Map<String, Object> values) {
        try {
            final S step = constructor.newInstance(Arrays.stream(constructor.getParameters())
                    .map(parameter -> values.get(parameter.getName()))
                    .toArray());
            for (final Map.Entry<String, Object> value : values.entrySet()) {
                set(step, value.getKey(), value.getValue());
            }
            return step;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new WrongArgumentsException(signature.name() + ": " + refused.getMessage());
            }
            throw new IllegalStateException("The step class failed while its arguments were bound", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Pipeline could not bind this step class", e);
        }
    }

    private void set(final S step, final String name, final Object value) throws ReflectiveOperationException {
        for (final Method method : step.getClass().getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)
                    && property(method).equals(name)) {
                method.invoke(step, value);
            }
        }
        for (final Field field : step.getClass().getFields()) {
            if (field.isAnnotationPresent(DataBoundSetter.class)
                    && field.getName().equals(name)) {
                field.set(step, value);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <S> Constructor<S> constructor(final Class<S> type) {
        return (Constructor<S>) Arrays.stream(type.getConstructors())
                .filter(candidate -> candidate.isAnnotationPresent(DataBoundConstructor.class))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        type.getName() + " has no public @DataBoundConstructor, so Pipeline cannot bind it"));
    }

    private static String functionName(final Class<?> type) {
        for (final Class<?> nested : type.getDeclaredClasses()) {
            if (StepDescriptor.class.isAssignableFrom(nested)) {
                try {
                    return ((StepDescriptor) nested.getConstructor().newInstance()).getFunctionName();
                } catch (ReflectiveOperationException e) {
                    throw new IllegalArgumentException(nested.getName() + " cannot be made by Jenkins", e);
                }
            }
        }
        throw new IllegalArgumentException(type.getName() + " has no descriptor, so Jenkins cannot know it");
    }

    private static String property(final Method setter) {
        return Introspector.decapitalize(setter.getName().substring("set".length()));
    }

    private static Signature.Parameter parameter(
            final String name, final Class<?> type, final Type generic, final boolean required) {
        final Class<?> element = generic instanceof ParameterizedType parameterized
                        && parameterized.getActualTypeArguments()[0] instanceof Class<?> argument
                ? argument
                : Object.class;
        return new Signature.Parameter(name, type, element, required);
    }
}
