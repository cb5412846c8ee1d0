package io.jenkins.plugins.azurestack.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.Test;

/** The declarations of the Jenkins API declare, and do nothing: no test may stand on what one of them does. */
public class DeclarationsTest {
    private static final Path DECLARATIONS = Path.of("src/jenkins-api/java");

    @Test
    public void noDeclarationHasBehaviour() throws IOException {
        final List<String> wrong = new ArrayList<>();
        for (final CompilationUnitTree unit : units()) {
            new BehaviourScanner(unit, wrong).scan(unit, null);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    public void noDeclarationIsInAPackageOfOurs() throws IOException {
        assertThat(units())
                .isNotEmpty()
                .extracting(unit -> unit.getPackageName().toString())
                .noneMatch(name -> name.startsWith("io.jenkins.plugins.azurestack"));
    }

    private static List<CompilationUnitTree> units() throws IOException {
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(DECLARATIONS)) {
            final JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(
                            sources.filter(file -> file.toString().endsWith(".java"))
                                    .toList()));
            final List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            return units;
        }
    }

    private static final class BehaviourScanner extends TreeScanner<Void, Void> {
        private static final String REFUSAL = "throw new UnsupportedOperationException();";

        private final CompilationUnitTree unit;
        private final List<String> wrong;

        private BehaviourScanner(final CompilationUnitTree unit, final List<String> wrong) {
            this.unit = unit;
            this.wrong = wrong;
        }

        @Override
        public Void visitMethod(final MethodTree method, final Void unused) {
            final BlockTree body = method.getBody();
            if (body != null && !declaresOnly(method, body)) {
                wrong.add(unit.getSourceFile().getName() + ": " + method);
            }
            return super.visitMethod(method, unused);
        }

        private static boolean declaresOnly(final MethodTree method, final BlockTree body) {
            final List<String> statements =
                    body.getStatements().stream().map(Object::toString).toList();
            if (method.getReturnType() != null) {
                return statements.equals(List.of(REFUSAL));
            }
            return statements.isEmpty()
                    || statements.size() == 1 && statements.get(0).matches("super\\([\\w, ]*\\);");
        }

        @Override
        public Void visitVariable(final VariableTree variable, final Void unused) {
            final ExpressionTree value = variable.getInitializer();
            if (value != null
                    && !value.toString().startsWith("new ")
                    && !variable.getName().contentEquals("serialVersionUID")) {
                wrong.add(unit.getSourceFile().getName() + ": " + variable);
            }
            return super.visitVariable(variable, unused);
        }

        @Override
        public Void visitClass(final ClassTree type, final Void unused) {
            type.getMembers().stream()
                    .filter(BlockTree.class::isInstance)
                    .forEach(block -> wrong.add(unit.getSourceFile().getName() + ": " + block));
            return super.visitClass(type, unused);
        }
    }
}
