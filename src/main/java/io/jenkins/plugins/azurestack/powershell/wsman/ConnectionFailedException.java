package io.jenkins.plugins.azurestack.powershell.wsman;

/** No usable connection came about, or it ended before the request was sent: asking again is safe. */
public class ConnectionFailedException extends WsManException {

    private static final long serialVersionUID = 1;

    /**
     * @param message what happened and what to check
     * @param cause what it came from, or null
     */
    public ConnectionFailedException(final String message, final Throwable cause) {
        super(Delivery.NOT_SENT, message, cause);
    }
}
