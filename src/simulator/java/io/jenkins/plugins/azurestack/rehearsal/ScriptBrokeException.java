package io.jenkins.plugins.azurestack.rehearsal;

import groovy.lang.Closure;

/** Carries what a script threw that Java would have to declare, and failed assertions, through blocks and stages. */
final class ScriptBrokeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ScriptBrokeException(final Throwable thrown) {
        super(thrown.getMessage(), thrown);
        setStackTrace(thrown.getStackTrace());
    }

    /** Runs code of a script; whatever it throws comes out as a RuntimeException, unless it was ended. */
    static Object call(final Closure<?> code) {
        ScriptEndedError.check();
        try {
            return code.call();
        } catch (RuntimeException e) {
            ScriptEndedError.check();
            throw e;
        } catch (AssertionError | StackOverflowError | Exception e) {
            ScriptEndedError.check();
            throw new ScriptBrokeException(e);
        }
    }

    /** What a script really threw. */
    static Throwable thrown(final RuntimeException failure) {
        return failure instanceof ScriptBrokeException ? failure.getCause() : failure;
    }
}
