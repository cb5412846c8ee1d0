package io.jenkins.plugins.azurestack.pep;

/** Says why a call to the privileged endpoint brought no answer that can be used, and what to do about it. */
public class PrivilegedEndpointException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * @param message what happened, and what is safe; one line without secrets
     * @param advice what to do next; one line
     * @param cause where it came from; may be null
     */
    public PrivilegedEndpointException(final String message, final String advice, final Throwable cause) {
        super(message, cause);
        this.advice = advice;
    }

    /** What to do next; one line. */
    public String advice() {
        return advice;
    }

    /** No session could be opened at any address: nothing was called. */
    public static final class Unreachable extends PrivilegedEndpointException {
        private static final long serialVersionUID = 1L;

        Unreachable(final String message, final String advice, final Throwable cause) {
            super(message, advice, cause);
        }
    }

    /** The account was refused. It is not tried at another address, nor again until its credential changes. */
    public static final class LogonRefused extends PrivilegedEndpointException {
        private static final long serialVersionUID = 1L;

        LogonRefused(final String message, final Throwable cause) {
            super(
                    message,
                    "Correct the CloudAdmin credential. Several wrong passwords lock the account: nothing is tried again"
                            + " with this one until it changes.",
                    cause);
        }
    }

    /** The cmdlet ran into an error that ended it. */
    public static final class CmdletFailed extends PrivilegedEndpointException {
        private static final long serialVersionUID = 1L;

        private final String errorId;

        CmdletFailed(final String message, final String errorId, final String advice, final Throwable cause) {
            super(message, advice, cause);
            this.errorId = errorId;
        }

        /** The fully qualified error id; may be empty. */
        public String errorId() {
            return errorId;
        }
    }

    /** The session broke after the call had left, or may have: nobody knows how it ended; what runs, runs on. */
    public static final class OutcomeUnknown extends PrivilegedEndpointException {
        private static final long serialVersionUID = 1L;

        OutcomeUnknown(final String message, final Throwable cause) {
            super(message, "Ask the stamp what became of it before anything is done again.", cause);
        }
    }

    /** The answer is there, and makes no sense. */
    public static final class NotUnderstood extends PrivilegedEndpointException {
        private static final long serialVersionUID = 1L;

        NotUnderstood(final String message) {
            super(
                    message,
                    "Run the cmdlet yourself, and report its output to the plugin's maintainers; nothing was changed.",
                    null);
        }
    }
}
