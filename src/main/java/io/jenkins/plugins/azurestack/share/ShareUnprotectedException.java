package io.jenkins.plugins.azurestack.share;

/** The server can't, or does not, protect the connection as it has to be. Nothing was read or written. */
public final class ShareUnprotectedException extends ShareException {
    private static final long serialVersionUID = 1;

    ShareUnprotectedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
