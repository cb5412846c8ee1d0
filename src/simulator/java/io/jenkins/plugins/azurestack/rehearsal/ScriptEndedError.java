package io.jenkins.plugins.azurestack.rehearsal;

/**
 * The rehearsal has ended the script. An error, so that neither a step that catches what its block throws nor a post
 * condition goes on.
 */
final class ScriptEndedError extends Error {
    private static final long serialVersionUID = 1L;

    ScriptEndedError() {
        super("the rehearsal ended the script");
    }

    /** Ends whatever runs now if its thread was told to stop. */
    static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new ScriptEndedError();
        }
    }
}
