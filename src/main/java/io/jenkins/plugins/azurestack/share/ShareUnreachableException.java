package io.jenkins.plugins.azurestack.share;

/** No connection came about, or it was lost while nothing was being changed. */
public final class ShareUnreachableException extends ShareException {
    private static final long serialVersionUID = 1;

    ShareUnreachableException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
