package io.jenkins.plugins.azurestack.rehearsal;

import groovy.lang.Closure;
import groovy.lang.MissingPropertyException;
import groovy.lang.Script;
import java.util.Optional;

/** What a Jenkinsfile becomes when it is compiled: every word that it does not define itself is a step. */
public abstract class JenkinsfileScript extends Script {
    private Steps steps;

    final void bind(final Steps known) {
        this.steps = known;
    }

    @Override
    public Object invokeMethod(final String name, final Object args) {
        if ("pipeline".equals(name)
                && args instanceof Object[] given
                && given.length == 1
                && given[0] instanceof Closure<?> body) {
            steps.declarative(body);
            return null;
        }
        if (getBinding().hasVariable(name) && getBinding().getVariable(name) instanceof Closure<?> own) {
            return own.call(args instanceof Object[] many ? many : new Object[] {args});
        }
        return steps.invoke(name, args instanceof Object[] many ? many : new Object[] {args});
    }

    @Override
    public Object getProperty(final String property) {
        final Optional<Object> value = steps.variable(property);
        if (value.isPresent()) {
            return value.get();
        }
        try {
            return super.getProperty(property);
        } catch (MissingPropertyException e) {
            throw new MissingPropertyException(
                    "No such property: " + property + " for class: "
                            + getClass().getName(),
                    property,
                    getClass());
        }
    }

    /** Groovy gives every object a {@code sleep}, which is not the step. */
    public Object sleep(final long time) {
        return invokeMethod("sleep", new Object[] {Math.toIntExact(time)});
    }

    @Override
    public void println(final Object value) {
        steps.print(String.valueOf(value));
    }

    @Override
    public void println() {
        steps.print("");
    }

    @Override
    public void print(final Object value) {
        steps.print(String.valueOf(value));
    }

    /** Called in front of every statement that calls a step: line, then names and values of the local variables. */
    public final void rehearsalKeeps(final Object... lineNamesAndValues) {
        for (int i = 1; i + 1 < lineNamesAndValues.length; i += 2) {
            steps.keeps((Integer) lineNamesAndValues[0], (String) lineNamesAndValues[i], lineNamesAndValues[i + 1]);
        }
    }
}
