package io.jenkins.plugins.azurestack.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ArrayExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Keeps a script to values and steps: no files, processes, sockets, threads, reflection or insides of Jenkins by way of
 * Java classes. It catches what a Jenkinsfile might do in good faith, and is no sandbox against one that means harm.
 */
final class Refusals extends CompilationCustomizer {
    private static final List<String> PACKAGES =
            List.of("java.util", "java.time", "java.text", "java.math", "groovy.json");
    private static final Set<String> CLASSES = Set.of(
            "java.lang.Boolean",
            "java.lang.Character",
            "java.lang.CharSequence",
            "java.lang.Comparable",
            "java.lang.Double",
            "java.lang.Enum",
            "java.lang.Error",
            "java.lang.Exception",
            "java.lang.Float",
            "java.lang.IllegalArgumentException",
            "java.lang.IllegalStateException",
            "java.lang.Integer",
            "java.lang.Iterable",
            "java.lang.Long",
            "java.lang.Math",
            "java.lang.Number",
            "java.lang.Object",
            "java.lang.RuntimeException",
            "java.lang.Short",
            "java.lang.String",
            "java.lang.StringBuilder",
            "java.lang.Throwable",
            "java.util.concurrent.TimeUnit",
            "java.util.regex.Matcher",
            "java.util.regex.Pattern",
            "groovy.lang.Closure",
            "groovy.lang.GString");
    private static final Set<String> MEMBERS = Set.of(
            "addShutdownHook",
            "class",
            "classLoader",
            "evaluate",
            "execute",
            "forName",
            "getClass",
            "getMetaClass",
            "invokeMethod",
            "metaClass",
            "setMetaClass",
            "toURI",
            "toURL");

    private final List<Mistake> mistakes = new ArrayList<>();

    Refusals() {
        super(CompilePhase.SEMANTIC_ANALYSIS);
    }

    List<Mistake> mistakes() {
        return mistakes.stream().distinct().toList();
    }

    @Override
    public void call(final SourceUnit source, final GeneratorContext context, final ClassNode node) {
        if (!node.isScript()) {
            mistakes.add(new Mistake(
                    Math.max(0, node.getLineNumber()),
                    Math.max(0, node.getColumnNumber()),
                    "class " + node.getNameWithoutPackage()
                            + ": a rehearsal runs scripts without classes of their own"));
        }
        node.getMethods().stream().filter(method -> method.getCode() != null).forEach(method -> method.getCode()
                .visit(new Visitor()));
    }

    private final class Visitor extends CodeVisitorSupport {
        @Override
        public void visitClassExpression(final ClassExpression expression) {
            type(expression.getType(), expression);
        }

        @Override
        public void visitConstructorCallExpression(final ConstructorCallExpression call) {
            type(call.getType(), call);
            super.visitConstructorCallExpression(call);
        }

        @Override
        public void visitStaticMethodCallExpression(final StaticMethodCallExpression call) {
            type(call.getOwnerType(), call);
            super.visitStaticMethodCallExpression(call);
        }

        @Override
        public void visitCastExpression(final CastExpression cast) {
            type(cast.getType(), cast);
            super.visitCastExpression(cast);
        }

        @Override
        public void visitArrayExpression(final ArrayExpression array) {
            type(array.getElementType(), array);
            super.visitArrayExpression(array);
        }

        @Override
        public void visitMethodCallExpression(final MethodCallExpression call) {
            if (!call.isImplicitThis()) {
                member(call.getMethodAsString(), call);
            }
            super.visitMethodCallExpression(call);
        }

        @Override
        public void visitPropertyExpression(final PropertyExpression property) {
            member(property.getPropertyAsString(), property);
            super.visitPropertyExpression(property);
        }

        @Override
        public void visitMethodPointerExpression(final MethodPointerExpression pointer) {
            wrong(pointer, "method pointers (.&) are refused in a rehearsal");
        }

        private void type(final ClassNode type, final ASTNode at) {
            final ClassNode element = type.isArray() ? type.getComponentType() : type;
            final String name = element.getName();
            if (element.isScript()
                    || element.isPrimaryClassNode()
                    || CLASSES.contains(name)
                    || PACKAGES.contains(String.valueOf(element.getPackageName()))
                    || org.codehaus.groovy.ast.ClassHelper.isPrimitiveType(element)) {
                return;
            }
            wrong(
                    at,
                    "class " + name + " is refused: a rehearsal lets a script use values and steps, but no files,"
                            + " processes, threads or insides of Jenkins");
        }

        private void member(final String name, final ASTNode at) {
            if (name != null && MEMBERS.contains(name)) {
                wrong(
                        at,
                        "'" + name + "' is refused: a rehearsal lets a script use values and steps, but no processes,"
                                + " connections or reflection");
            }
        }

        /** What has no line was written by the compiler. */
        private void wrong(final ASTNode at, final String message) {
            if (at.getLineNumber() > 0) {
                mistakes.add(new Mistake(at.getLineNumber(), Math.max(0, at.getColumnNumber()), message));
            }
        }
    }
}
