package io.jenkins.plugins.azurestack.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ArrayExpression;
import org.codehaus.groovy.ast.expr.AttributeExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ForStatement;
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
    /** What those packages hold that opens files, starts threads or loads classes. */
    private static final Set<String> NOT_OF_PACKAGES = Set.of(
            "java.util.Formatter",
            "java.util.ResourceBundle",
            "java.util.PropertyResourceBundle",
            "java.util.ServiceLoader",
            "java.util.Timer",
            "java.util.TimerTask");

    private static final Set<String> CLASSES = Set.of(
            "java.io.Serializable",
            "java.lang.Boolean",
            "java.lang.Byte",
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

    /** What is only a map here, whose properties are its entries. */
    private static final Set<String> MAPS = Set.of("env", "params");

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
        final Visitor visitor = new Visitor();
        node.getFields().forEach(visitor::field);
        node.getDeclaredConstructors().forEach(visitor::method);
        node.getMethods().forEach(visitor::method);
        node.getObjectInitializerStatements().forEach(statement -> statement.visit(visitor));
    }

    /** Every expression, and every declared type: a value is made into what it is assigned to, a list into a File. */
    private final class Visitor extends CodeVisitorSupport {
        void field(final FieldNode field) {
            type(field.getType(), field);
            visitIfThere(field.getInitialValueExpression());
        }

        void method(final MethodNode method) {
            type(method.getReturnType(), method);
            parameters(method.getParameters());
            if (method.getCode() != null) {
                method.getCode().visit(this);
            }
        }

        /** @param parameters null for a closure that names none */
        private void parameters(final Parameter... parameters) {
            if (parameters != null) {
                for (final Parameter parameter : parameters) {
                    type(parameter.getType(), parameter);
                    visitIfThere(parameter.getInitialExpression());
                }
            }
        }

        private void visitIfThere(final Expression expression) {
            if (expression != null) {
                expression.visit(this);
            }
        }

        @Override
        public void visitClosureExpression(final ClosureExpression closure) {
            parameters(closure.getParameters());
            super.visitClosureExpression(closure);
        }

        @Override
        public void visitDeclarationExpression(final DeclarationExpression declaration) {
            if (declaration.isMultipleAssignmentDeclaration()) {
                declaration.getTupleExpression().getExpressions().forEach(one -> type(one.getType(), one));
            } else {
                final VariableExpression variable = declaration.getVariableExpression();
                type(variable.getOriginType(), declaration);
            }
            super.visitDeclarationExpression(declaration);
        }

        @Override
        public void visitForLoop(final ForStatement loop) {
            if (loop.getVariable() != ForStatement.FOR_LOOP_DUMMY) {
                type(loop.getVariable().getType(), loop);
            }
            super.visitForLoop(loop);
        }

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
            if (call.getMethodAsString() == null) {
                wrong(call, "a method whose name is computed is refused in a rehearsal: write the name out");
            } else if (!call.isImplicitThis()) {
                member(call.getMethodAsString(), call);
            }
            super.visitMethodCallExpression(call);
        }

        @Override
        public void visitPropertyExpression(final PropertyExpression property) {
            property(property);
            super.visitPropertyExpression(property);
        }

        @Override
        public void visitAttributeExpression(final AttributeExpression attribute) {
            property(attribute);
            super.visitAttributeExpression(attribute);
        }

        private void property(final PropertyExpression property) {
            if (property.getPropertyAsString() == null && !isMap(property.getObjectExpression())) {
                wrong(
                        property,
                        "a property whose name is computed is refused in a rehearsal, except of env and params:"
                                + " write the name out, or use map[name]");
            }
            member(property.getPropertyAsString(), property);
        }

        private boolean isMap(final Expression object) {
            return object instanceof VariableExpression variable
                    && MAPS.contains(variable.getName())
                    && variable.getAccessedVariable() instanceof DynamicVariable;
        }

        @Override
        public void visitMethodPointerExpression(final MethodPointerExpression pointer) {
            wrong(pointer, "method pointers (.&) are refused in a rehearsal");
        }

        private void type(final ClassNode type, final ASTNode at) {
            ClassNode element = type;
            while (element.isArray()) {
                element = element.getComponentType();
            }
            final String name = element.getName();
            if (element.isScript()
                    || element.isPrimaryClassNode()
                    || CLASSES.contains(name)
                    || PACKAGES.contains(String.valueOf(element.getPackageName())) && !NOT_OF_PACKAGES.contains(name)
                    || ClassHelper.isPrimitiveType(element)) {
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
