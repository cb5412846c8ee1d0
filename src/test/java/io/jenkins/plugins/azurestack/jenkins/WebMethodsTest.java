package io.jenkins.plugins.azurestack.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.Test;

/**
 * Every method that Stapler serves says by which verb, and asks for a permission before it does anything else. Read from
 * the sources, since nothing of Jenkins works here.
 */
public class WebMethodsTest {
    private static final Path SOURCES = Path.of("src/main/java/io/jenkins/plugins/azurestack/jenkins");

    /** A first statement that asks for a permission. */
    private static final Pattern ASKS = Pattern.compile(
            "^(if \\(!?)?(return )?([\\w.]+(\\(\\))?\\.)?(checkPermission|hasPermission)\\(.*", Pattern.DOTALL);
    /** A first statement that hands over at once to one of the methods below, which do. */
    private static final Pattern HANDS_OVER = Pattern.compile(
            "^return (FormCheck\\.(of|words)|CredentialKind\\.\\w+\\.(items|check|checkRequired)|StepItems\\.(stamps|words)|Via\\.items)\\(.*",
            Pattern.DOTALL);

    private record Method(String of, String name, List<String> annotations, List<String> statements) {
        @Override
        public String toString() {
            return of + "." + name;
        }
    }

    @Test
    public void everyWebMethodHasItsVerb() throws IOException {
        assertThat(webMethods()).hasSizeGreaterThan(30).allSatisfy(method -> assertThat(method.annotations())
                .as(method.toString())
                .containsAnyOf("POST", "GET"));
    }

    @Test
    public void everyWebMethodAsksForAPermissionFirst() throws IOException {
        assertThat(webMethods())
                .allSatisfy(method -> assertThat(method.statements().get(0))
                        .as(method.toString())
                        .satisfiesAnyOf(first -> assertThat(first).matches(ASKS), first -> assertThat(first)
                                .matches(HANDS_OVER)));
    }

    @Test
    public void whatIsHandedOverToAsksFirstToo() throws IOException {
        final List<String> gates = List.of(
                "FormCheck.of",
                "FormCheck.words",
                "CredentialKind.items",
                "CredentialKind.check",
                "CredentialKind.checkRequired",
                "StepItems.stamps",
                "StepItems.words",
                "Via.items");
        assertThat(methods().filter(method -> gates.contains(method.toString())).toList())
                .hasSameSizeAs(gates)
                .allSatisfy(method -> assertThat(String.join("\n", method.statements()))
                        .as(method.toString())
                        .containsPattern("hasPermission\\(|mayConfigure\\(item\\)|^return StepItems\\.words\\(item,"));
    }

    @Test
    public void whatChangesSomethingIsNoGet() throws IOException {
        assertThat(webMethods())
                .filteredOn(method -> method.annotations().contains("GET"))
                .extracting(Method::name)
                .allMatch(name -> name.matches("do(File|Index)"));
    }

    /** The API of a build or job hands out its actions to all who may read it. */
    @Test
    public void whatAnActionExportsIsForThoseOnlyWhoMaySeeIt() throws IOException {
        assertThat(methods()
                        .filter(method -> method.of().endsWith("Action")
                                && method.annotations().contains("Exported"))
                        .toList())
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(method -> assertThat(method.statements().get(0))
                        .as(method.toString())
                        .startsWith("return isVisible() ? "));
    }

    private static List<Method> webMethods() throws IOException {
        return methods().filter(method -> method.name().matches("do[A-Z]\\w*")).toList();
    }

    private static Stream<Method> methods() throws IOException {
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final List<Method> methods = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(SOURCES)) {
            final JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(
                            sources.filter(file -> file.toString().endsWith(".java"))
                                    .toList()));
            for (final CompilationUnitTree unit : task.parse()) {
                new Reader(methods).scan(unit, "");
            }
        }
        return methods.stream();
    }

    private static final class Reader extends TreeScanner<Void, String> {
        private final List<Method> methods;

        Reader(final List<Method> methods) {
            this.methods = methods;
        }

        @Override
        public Void visitClass(final ClassTree type, final String outer) {
            return super.visitClass(type, type.getSimpleName().toString());
        }

        @Override
        public Void visitMethod(final MethodTree method, final String type) {
            if (method.getBody() != null) {
                methods.add(new Method(
                        type,
                        method.getName().toString(),
                        method.getModifiers().getAnnotations().stream()
                                .map(annotation ->
                                        annotation.getAnnotationType().toString())
                                .toList(),
                        method.getBody().getStatements().stream()
                                .map(StatementTree::toString)
                                .toList()));
            }
            return super.visitMethod(method, type);
        }
    }
}
