package io.jenkins.plugins.azurestack.share;

/** The account may not do that on the share, or the share is read-only. */
public final class SharePermissionException extends ShareRefusedException {
    private static final long serialVersionUID = 1;

    SharePermissionException(final String message, final long status, final Throwable cause) {
        super(message, status, cause);
    }
}
