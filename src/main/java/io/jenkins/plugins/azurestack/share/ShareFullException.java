package io.jenkins.plugins.azurestack.share;

/** The share has no room. */
public final class ShareFullException extends ShareRefusedException {
    private static final long serialVersionUID = 1;

    ShareFullException(final String message, final long status, final Throwable cause) {
        super(message, status, cause);
    }
}
