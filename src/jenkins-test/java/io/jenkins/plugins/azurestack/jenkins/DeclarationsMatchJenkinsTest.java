package io.jenkins.plugins.azurestack.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Compares every declaration in {@code src/jenkins-api} with the class of the real Jenkins, member by member: what was
 * compiled against the one has to link against the other.
 */
public class DeclarationsMatchJenkinsTest {
    private static final Path SOURCES = Path.of("src/jenkins-api/java");

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static final List<Class<?>> DECLARED = new ArrayList<>();

    @BeforeClass
    public static void compileDeclarations() throws IOException, ClassNotFoundException {
        final Path classes = FOLDER.newFolder("declarations").toPath();
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(SOURCES)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            final List<Path> all =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none", "-parameters"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(all))
                            .call())
                    .isTrue();
        }
        final Set<String> names = names(classes);
        final ClassLoader loader = new DeclarationLoader(classes, names);
        for (final String name : names) {
            DECLARED.add(Class.forName(name, false, loader));
        }
        assertThat(DECLARED).hasSizeGreaterThan(60);
    }

    private static Set<String> names(final Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Declared classes from the folder, all others as the test sees them. */
    private static final class DeclarationLoader extends URLClassLoader {
        private final Set<String> declared;

        private DeclarationLoader(final Path classes, final Set<String> declared) throws IOException {
            super(new URL[] {classes.toUri().toURL()}, DeclarationsMatchJenkinsTest.class.getClassLoader());
            this.declared = declared;
        }

        @Override
        protected Class<?> loadClass(final String name, final boolean resolve) throws ClassNotFoundException {
            if (!declared.contains(name)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                final Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    @Test
    public void everyDeclaredTypeIsWhatItClaimsToBe() {
        final List<String> differences = new ArrayList<>();
        for (final Class<?> declared : DECLARED) {
            final Class<?> real = real(declared);
            final int kind = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.INTERFACE | Modifier.STATIC;
            // The constants of a real enum may have bodies, which makes it neither final nor plain.
            final int shape = declared.isEnum() ? kind : kind | Modifier.ABSTRACT | Modifier.FINAL;
            if ((declared.getModifiers() & shape) != (real.getModifiers() & shape)
                    || declared.isEnum() != real.isEnum()
                    || declared.isAnnotation() != real.isAnnotation()) {
                differences.add(declared + " is really " + Modifier.toString(real.getModifiers()) + " " + real);
            }
            final Set<String> supertypes = supertypes(real);
            Stream.concat(Stream.ofNullable(declared.getSuperclass()), Arrays.stream(declared.getInterfaces()))
                    .filter(supertype -> !supertypes.contains(supertype.getName()))
                    .forEach(supertype -> differences.add(declared + " is really no " + supertype.getName()));
            if (!Arrays.toString(declared.getTypeParameters()).equals(Arrays.toString(real.getTypeParameters()))) {
                differences.add(declared + " really has " + Arrays.toString(real.getTypeParameters()));
            }
            if (declared.isAnnotationPresent(Deprecated.class) != real.isAnnotationPresent(Deprecated.class)) {
                differences.add(declared + " differs in @Deprecated");
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    public void everyDeclaredMemberIsThere() {
        final List<String> differences = new ArrayList<>();
        for (final Class<?> declared : DECLARED) {
            members(declared).forEach(member -> compare(member, real(declared)).ifPresent(differences::add));
        }
        assertThat(differences).isEmpty();
    }

    @Test
    public void everyDeclaredAnnotationIsKeptAsLongAndMayStandAsManyPlaces() {
        for (final Class<?> declared : DECLARED) {
            if (declared.isAnnotation()) {
                final Class<?> real = real(declared);
                assertThat(retention(declared)).as(declared.getName()).isEqualTo(retention(real));
                assertThat(targets(declared)).as(declared.getName()).isEqualTo(targets(real));
                for (final Method element : declared.getDeclaredMethods()) {
                    assertThat(written(element.getDefaultValue()))
                            .as(element.toString())
                            .isEqualTo(written(defaultValue(real, element.getName())));
                }
            }
        }
    }

    private static Stream<Member> members(final Class<?> declared) {
        return Stream.of(
                        declared.getDeclaredConstructors(), declared.getDeclaredMethods(), declared.getDeclaredFields())
                .flatMap(Arrays::<Member>stream)
                .filter(member -> !member.isSynthetic())
                .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0);
    }

    private static Optional<String> compare(final Member declared, final Class<?> real) {
        final Member found = find(declared, real);
        if (found == null) {
            return Optional.of(declared + " is not there");
        }
        final int same = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT;
        // What a supertype makes abstract may be declared where we call it.
        final int kind = found.getDeclaringClass() == real ? same : same & ~Modifier.ABSTRACT;
        if ((declared.getModifiers() & kind) != (found.getModifiers() & kind)) {
            return Optional.of(declared + " is really " + found);
        }
        if (!signature(declared).equals(signature(found))) {
            return Optional.of(generic(declared) + " is really " + generic(found));
        }
        if (isDeprecated(declared) != isDeprecated(found)) {
            return Optional.of(declared + " differs in @Deprecated");
        }
        return isRestricted(found) ? Optional.of(declared + " is not for plugins") : Optional.empty();
    }

    /** The real member of the same name and erased types, in the class or in what it inherits from. */
    private static Member find(final Member declared, final Class<?> real) {
        for (final Class<?> type : hierarchy(real)) {
            final Optional<Member> found = Stream.of(
                            type.getDeclaredConstructors(), type.getDeclaredMethods(), type.getDeclaredFields())
                    .flatMap(Arrays::<Member>stream)
                    .filter(member -> erased(member).equals(erased(declared)))
                    .findFirst();
            if (found.isPresent() || declared instanceof Constructor) {
                return found.orElse(null);
            }
        }
        return null;
    }

    private static String erased(final Member member) {
        if (member instanceof Field field) {
            return field.getName() + " " + field.getType().getName();
        }
        final Executable executable = (Executable) member;
        final String result =
                member instanceof Method method ? method.getReturnType().getName() : "";
        final String name = member instanceof Method ? member.getName() : "<init>";
        return result + " " + name
                + Arrays.stream(executable.getParameterTypes())
                        .map(Class::getName)
                        .toList();
    }

    /** What the compiler went by: generic types, and the checked exceptions. */
    private static String signature(final Member member) {
        if (member instanceof Field field) {
            return field.getGenericType().getTypeName();
        }
        final Executable executable = (Executable) member;
        final String result =
                member instanceof Method method ? method.getGenericReturnType().getTypeName() : "";
        return result
                + Arrays.stream(executable.getGenericParameterTypes())
                        .map(java.lang.reflect.Type::getTypeName)
                        .toList()
                + Arrays.stream(executable.getExceptionTypes())
                        .filter(type -> !RuntimeException.class.isAssignableFrom(type))
                        .map(Class::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String generic(final Member member) {
        return member instanceof Executable executable
                ? executable.toGenericString()
                : ((Field) member).toGenericString();
    }

    private static boolean isDeprecated(final Member member) {
        return ((java.lang.reflect.AnnotatedElement) member).isAnnotationPresent(Deprecated.class);
    }

    private static boolean isRestricted(final Member member) {
        return Arrays.stream(((java.lang.reflect.AnnotatedElement) member).getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().getName().equals("org.kohsuke.accmod.Restricted"));
    }

    private static Set<Class<?>> hierarchy(final Class<?> type) {
        final Set<Class<?>> types = new LinkedHashSet<>();
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            types.add(next);
        }
        for (final Class<?> next : List.copyOf(types)) {
            for (final Class<?> parent : next.getInterfaces()) {
                types.addAll(hierarchy(parent));
            }
        }
        return types;
    }

    private static Set<String> supertypes(final Class<?> type) {
        return Stream.concat(Stream.of(Object.class), hierarchy(type).stream())
                .map(Class::getName)
                .collect(Collectors.toSet());
    }

    private static Object retention(final Class<?> annotation) {
        final Retention retention = annotation.getAnnotation(Retention.class);
        return retention == null ? null : retention.value();
    }

    private static Set<Object> targets(final Class<?> annotation) {
        final Target target = annotation.getAnnotation(Target.class);
        return target == null ? Set.of() : Set.of((Object[]) target.value());
    }

    /** As in the source: a constant of an enum by its name, whatever it says of itself. */
    private static String written(final Object value) {
        return value instanceof Enum<?> constant ? constant.name() : Arrays.deepToString(new Object[] {value});
    }

    private static Object defaultValue(final Class<?> annotation, final String element) {
        return Arrays.stream(annotation.getDeclaredMethods())
                .filter(method -> method.getName().equals(element))
                .map(Method::getDefaultValue)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Class<?> real(final Class<?> declared) {
        try {
            return Class.forName(declared.getName(), false, DeclarationsMatchJenkinsTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(declared + " is not there", e);
        }
    }
}
