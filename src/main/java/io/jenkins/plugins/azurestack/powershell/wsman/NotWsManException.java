package io.jenkins.plugins.azurestack.powershell.wsman;

/** Something answered, but not a WS-Management service: a web page, a proxy, another port. */
public final class NotWsManException extends WsManException {

    private static final long serialVersionUID = 1;

    /**
     * @param delivery {@link Delivery#NOT_SENT} if only a logon was tried
     * @param message what happened and what to check
     * @param cause what it came from, or null
     */
    public NotWsManException(final Delivery delivery, final String message, final Throwable cause) {
        super(delivery, message, cause);
    }
}
