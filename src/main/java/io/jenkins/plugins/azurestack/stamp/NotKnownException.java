package io.jenkins.plugins.azurestack.stamp;

/** Says why something could not be asked or read, and what to do about it. Nothing was changed. */
public class NotKnownException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * @param reason what happened; one line without secrets
     * @param advice what to do next; one line
     */
    public NotKnownException(final String reason, final String advice) {
        super(reason);
        this.advice = advice;
    }

    /**
     * @param reason what happened; one line without secrets
     * @param advice what to do next; one line
     * @param cause where it came from
     */
    public NotKnownException(final String reason, final String advice, final Throwable cause) {
        super(reason, cause);
        this.advice = advice;
    }

    /** What to do next; one line. */
    public String advice() {
        return advice;
    }
}
