package io.jenkins.plugins.azurestack.share;

/** There is no share by that name, or no such folder on it. */
public final class ShareNotFoundException extends ShareRefusedException {
    private static final long serialVersionUID = 1;

    ShareNotFoundException(final String message, final long status, final Throwable cause) {
        super(message, status, cause);
    }
}
