package io.jenkins.plugins.azurestack.share;

/** The caller closed the share or interrupted the thread, while nothing was being changed. */
public final class ShareCancelledException extends ShareException {
    private static final long serialVersionUID = 1;

    ShareCancelledException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
