package io.jenkins.plugins.azurestack.powershell.wsman;

/** The server's certificate was not accepted, or TLS could not be agreed on; nothing was sent. */
public class TlsException extends WsManException {

    private static final long serialVersionUID = 1;

    /**
     * @param message what happened and what to check
     * @param cause what it came from, or null
     */
    public TlsException(final String message, final Throwable cause) {
        super(Delivery.NOT_SENT, message, cause);
    }
}
