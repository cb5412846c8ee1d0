package io.jenkins.plugins.azurestack.share;

/** The server does not take the account. The password was sent once, and is not sent again by this client. */
public final class ShareLogonException extends ShareException {
    private static final long serialVersionUID = 1;

    ShareLogonException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
