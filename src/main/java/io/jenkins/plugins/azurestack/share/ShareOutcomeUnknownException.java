package io.jenkins.plugins.azurestack.share;

/**
 * A change was asked for and no answer came. It is not asked for again by this client: whether it took effect is seen by
 * opening the share again and looking.
 */
public final class ShareOutcomeUnknownException extends ShareException {
    private static final long serialVersionUID = 1;

    private final String path;

    ShareOutcomeUnknownException(final String message, final String path, final Throwable cause) {
        super(message, cause);
        this.path = path;
    }

    /** What was being changed, below the folder {@code Certificates}. */
    public String path() {
        return path;
    }
}
