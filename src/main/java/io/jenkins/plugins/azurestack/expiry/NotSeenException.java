package io.jenkins.plugins.azurestack.expiry;

/** Says why a target could not be seen, and what to do about it; becomes an UNKNOWN finding. */
public class NotSeenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * @param reason what happened; one line without secrets
     * @param advice what to do next; one line
     */
    public NotSeenException(final String reason, final String advice) {
        super(reason);
        this.advice = advice;
    }

    /** What to do next; one line. */
    public String advice() {
        return advice;
    }
}
