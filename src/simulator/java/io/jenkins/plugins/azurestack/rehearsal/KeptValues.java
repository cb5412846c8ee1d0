package io.jenkins.plugins.azurestack.rehearsal;

import groovy.lang.Closure;
import groovy.lang.Script;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Watches that what a script keeps in its variables while a step runs can be serialised, since a Jenkins saves it there.
 * In front of every statement that calls a step it puts a call that hands over the local variables in scope; and it
 * leads to the script what Groovy would otherwise answer itself.
 */
final class KeptValues extends CompilationCustomizer {
    /** The method of the script that is called with line, names and values. */
    static final String METHOD = "rehearsalKeeps";

    /** Words that Groovy gives every object, closures too; in a Jenkinsfile they mean the script's. */
    private static final Set<String> OBJECT_METHODS = Set.of("print", "println", "sleep");

    private final Set<String> steps;

    /** @param steps the names of all steps */
    KeptValues(final Set<String> steps) {
        super(CompilePhase.CONVERSION);
        this.steps = steps;
    }

    @Override
    public void call(final SourceUnit source, final GeneratorContext context, final ClassNode node) {
        node.getMethods().forEach(method -> {
            if (method.getAnnotations().removeIf(KeptValues::isNonCps)) {
                return;
            }
            if (method.getCode() != null) {
                method.getCode().visit(new Instrument(method.getParameters()));
            }
        });
    }

    /** Whether an annotation says that a method is not to be interrupted by a save. */
    static boolean isNonCps(final AnnotationNode annotation) {
        return List.of("NonCPS", "com.cloudbees.groovy.cps.NonCPS")
                .contains(annotation.getClassNode().getName());
    }

    /**
     * Why a value could not be saved.
     *
     * @return the name of the class that stands in the way; empty if nothing does
     */
    static Optional<String> obstacle(final Object value) {
        try (Probe probe = new Probe()) {
            probe.writeObject(value);
            return Optional.empty();
        } catch (NotSerializableException e) {
            return Optional.of(e.getMessage());
        } catch (IOException e) {
            return Optional.of(value.getClass().getName() + " (" + e.getMessage() + ")");
        }
    }

    /** Closures and the script itself are Pipeline's own business: it has its own way to save them. */
    private static final class Probe extends ObjectOutputStream {
        Probe() throws IOException {
            super(OutputStream.nullOutputStream());
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(final Object object) {
            return object instanceof Closure || object instanceof Script ? "pipeline" : object;
        }
    }

    private final class Instrument extends CodeVisitorSupport {
        private final Deque<Set<String>> scopes = new ArrayDeque<>();

        Instrument(final Parameter... parameters) {
            scopes.push(names(parameters));
        }

        @Override
        public void visitBlockStatement(final BlockStatement block) {
            scopes.push(new LinkedHashSet<>());
            final List<Statement> statements = new ArrayList<>();
            for (final Statement statement : block.getStatements()) {
                if (callsStep(statement)) {
                    handOver(statement).ifPresent(statements::add);
                }
                statement.visit(this);
                statements.add(statement);
                if (statement instanceof ExpressionStatement alone
                        && alone.getExpression() instanceof DeclarationExpression declaration
                        && !declaration.isMultipleAssignmentDeclaration()) {
                    scopes.element().add(declaration.getVariableExpression().getName());
                }
            }
            block.getStatements().clear();
            block.getStatements().addAll(statements);
            scopes.pop();
        }

        @Override
        public void visitMethodCallExpression(final MethodCallExpression call) {
            super.visitMethodCallExpression(call);
            if (call.isImplicitThis() && OBJECT_METHODS.contains(String.valueOf(call.getMethodAsString()))) {
                call.setObjectExpression(VariableExpression.THIS_EXPRESSION);
                call.setImplicitThis(false);
            }
        }

        @Override
        public void visitClosureExpression(final ClosureExpression closure) {
            scopes.push(names(closure.getParameters() == null ? new Parameter[0] : closure.getParameters()));
            closure.getCode().visit(this);
            scopes.pop();
        }

        @Override
        public void visitForLoop(final ForStatement loop) {
            scopes.push(
                    loop.getVariable() == ForStatement.FOR_LOOP_DUMMY
                            ? new LinkedHashSet<>()
                            : names(loop.getVariable()));
            super.visitForLoop(loop);
            scopes.pop();
        }

        private boolean callsStep(final Statement statement) {
            final boolean[] found = {false};
            statement.visit(new CodeVisitorSupport() {
                @Override
                public void visitMethodCallExpression(final MethodCallExpression call) {
                    found[0] |= call.isImplicitThis() && steps.contains(String.valueOf(call.getMethodAsString()));
                    super.visitMethodCallExpression(call);
                }
            });
            return found[0];
        }

        private Optional<Statement> handOver(final Statement before) {
            final List<Expression> arguments = new ArrayList<>();
            arguments.add(new ConstantExpression(before.getLineNumber()));
            scopes.descendingIterator()
                    .forEachRemaining(scope -> scope.forEach(name -> {
                        arguments.add(new ConstantExpression(name));
                        arguments.add(new VariableExpression(name));
                    }));
            if (arguments.size() == 1) {
                return Optional.empty();
            }
            final MethodCallExpression call = new MethodCallExpression(
                    VariableExpression.THIS_EXPRESSION, METHOD, new ArgumentListExpression(arguments));
            call.setImplicitThis(false);
            return Optional.of(new ExpressionStatement(call));
        }

        private Set<String> names(final Parameter... parameters) {
            final Set<String> names = new LinkedHashSet<>();
            Arrays.stream(parameters).map(Parameter::getName).forEach(names::add);
            return names;
        }
    }
}
