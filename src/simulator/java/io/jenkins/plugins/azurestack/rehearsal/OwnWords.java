package io.jenkins.plugins.azurestack.rehearsal;

import java.util.HashSet;
import java.util.Set;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;

/** Collects what a Jenkinsfile itself defines and may therefore call: its methods, and variables that may be closures. */
final class OwnWords extends CodeVisitorSupport {
    private final Set<String> words = new HashSet<>();

    private OwnWords() {}

    static Set<String> in(final ModuleNode module) {
        final OwnWords own = new OwnWords();
        module.getStatementBlock().visit(own);
        module.getMethods().forEach(method -> {
            own.words.add(method.getName());
            own.parameters(method.getParameters());
            if (method.getCode() != null) {
                method.getCode().visit(own);
            }
        });
        return own.words;
    }

    @Override
    public void visitBinaryExpression(final BinaryExpression expression) {
        if ("=".equals(expression.getOperation().getText())
                && expression.getLeftExpression() instanceof VariableExpression variable) {
            words.add(variable.getName());
        }
        super.visitBinaryExpression(expression);
    }

    @Override
    public void visitDeclarationExpression(final org.codehaus.groovy.ast.expr.DeclarationExpression expression) {
        if (expression.getLeftExpression() instanceof VariableExpression variable) {
            words.add(variable.getName());
        }
        super.visitDeclarationExpression(expression);
    }

    @Override
    public void visitClosureExpression(final ClosureExpression closure) {
        parameters(closure.getParameters());
        super.visitClosureExpression(closure);
    }

    private void parameters(final Parameter... parameters) {
        if (parameters != null) {
            for (final Parameter parameter : parameters) {
                words.add(parameter.getName());
            }
        }
    }
}
