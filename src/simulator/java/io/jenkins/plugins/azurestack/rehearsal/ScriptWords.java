package io.jenkins.plugins.azurestack.rehearsal;

import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;

/** Walks through script code and hands every call without a receiver to the check. */
final class ScriptWords extends CodeVisitorSupport {
    /** Methods whose closure speaks to another object, so that calls in it may be that object's. */
    private static final Set<String> DELEGATING = Set.of("with", "tap");

    private final StructureCheck check;
    private final boolean declarative;

    ScriptWords(final StructureCheck check, final boolean declarative) {
        this.check = check;
        this.declarative = declarative;
    }

    @Override
    public void visitMethodCallExpression(final MethodCallExpression expression) {
        final Optional<Call> call = Call.of(expression);
        translated(expression);
        if (call.isPresent()) {
            check.scriptCall(call.get(), declarative);
        } else if (DELEGATING.contains(String.valueOf(expression.getMethodAsString()))) {
            expression.getObjectExpression().visit(this);
            return;
        }
        super.visitMethodCallExpression(expression);
    }

    private void translated(final MethodCallExpression call) {
        final boolean withClosure = call.getArguments() instanceof TupleExpression arguments
                && arguments.getExpressions().stream().anyMatch(ClosureExpression.class::isInstance);
        if (withClosure && !call.isImplicitThis() && Translated.isMissing(String.valueOf(call.getMethodAsString()))) {
            check.wrong(
                    call.getMethod(),
                    "'" + call.getMethodAsString()
                            + "' cannot be given a closure in a Jenkinsfile: Pipeline's CPS does not"
                            + " translate it; call it in a @NonCPS method");
        }
    }

    @Override
    public void visitClosureExpression(final ClosureExpression closure) {
        closure.getCode().visit(this);
    }
}
