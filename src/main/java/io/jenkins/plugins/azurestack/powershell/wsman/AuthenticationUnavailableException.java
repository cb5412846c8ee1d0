package io.jenkins.plugins.azurestack.powershell.wsman;

/** Client and server have no way to authenticate in common that is safe to use. */
public final class AuthenticationUnavailableException extends WsManException {

    private static final long serialVersionUID = 1;

    /**
     * @param message what happened and what to check
     * @param cause what it came from, or null
     */
    public AuthenticationUnavailableException(final String message, final Throwable cause) {
        super(Delivery.NOT_SENT, message, cause);
    }
}
