package io.jenkins.plugins.azurestack.share;

/** Somebody else has the file or folder open. */
public final class ShareBusyException extends ShareRefusedException {
    private static final long serialVersionUID = 1;

    ShareBusyException(final String message, final long status, final Throwable cause) {
        super(message, status, cause);
    }
}
