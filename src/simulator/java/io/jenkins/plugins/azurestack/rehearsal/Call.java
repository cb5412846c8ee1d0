package io.jenkins.plugins.azurestack.rehearsal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/**
 * A call without a receiver, as it stands in the source: {@code name a: 1, b: 2} or {@code name(value) { ... }}.
 *
 * @param name the word called
 * @param named the named arguments by name; an argument whose name is computed is left out
 * @param positional the unnamed arguments, without a closure at the end
 * @param block the closure at the end, if there is one
 * @param at where it stands
 */
record Call(
        String name,
        Map<String, Expression> named,
        List<Expression> positional,
        Optional<ClosureExpression> block,
        ASTNode at) {

    /** The call that a statement is, if it is nothing else. */
    static Optional<Call> of(final Statement statement) {
        final Expression expression;
        if (statement instanceof ExpressionStatement alone) {
            expression = alone.getExpression();
        } else if (statement instanceof ReturnStatement last) {
            expression = last.getExpression();
        } else {
            return Optional.empty();
        }
        return expression instanceof MethodCallExpression call ? of(call) : Optional.empty();
    }

    /** A call without a receiver and with a plain name; empty for every other one. */
    static Optional<Call> of(final MethodCallExpression call) {
        if (!call.isImplicitThis() || call.getMethodAsString() == null) {
            return Optional.empty();
        }
        final Map<String, Expression> named = new LinkedHashMap<>();
        final List<Expression> positional = new ArrayList<>();
        for (final Expression argument : arguments(call.getArguments())) {
            if (argument instanceof MapExpression map && named.isEmpty() && positional.isEmpty()) {
                map.getMapEntryExpressions().forEach(entry -> put(named, entry));
            } else {
                positional.add(argument);
            }
        }
        final Optional<ClosureExpression> block = last(positional);
        block.ifPresent(positional::remove);
        return Optional.of(new Call(call.getMethodAsString(), named, List.copyOf(positional), block, call));
    }

    private static Optional<ClosureExpression> last(final List<Expression> arguments) {
        return arguments.stream()
                .skip(Math.max(0, arguments.size() - 1))
                .filter(ClosureExpression.class::isInstance)
                .map(ClosureExpression.class::cast)
                .findFirst();
    }

    private static List<Expression> arguments(final Expression arguments) {
        if (arguments instanceof ArgumentListExpression list) {
            return list.getExpressions();
        }
        return arguments instanceof TupleExpression tuple ? tuple.getExpressions() : List.of(arguments);
    }

    private static void put(final Map<String, Expression> named, final MapEntryExpression entry) {
        if (entry.getKeyExpression() instanceof ConstantExpression key) {
            named.put(String.valueOf(key.getValue()), entry.getValueExpression());
        }
    }

    /** The statements of a closure, in their order. */
    static List<Statement> statements(final ClosureExpression closure) {
        return closure.getCode() instanceof BlockStatement code ? code.getStatements() : List.of(closure.getCode());
    }

    /** The first unnamed argument if it is a literal text. */
    Optional<String> literal() {
        return positional.isEmpty() || !(positional.get(0) instanceof ConstantExpression constant)
                ? Optional.empty()
                : Optional.ofNullable(constant.getValue()).map(String::valueOf);
    }
}
