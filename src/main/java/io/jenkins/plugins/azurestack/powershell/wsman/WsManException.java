package io.jenkins.plugins.azurestack.powershell.wsman;

import io.jenkins.plugins.azurestack.powershell.RemotingException;

/** A WS-Management call that failed, with what is known about the fate of its request. */
public abstract class WsManException extends RemotingException {

    private static final long serialVersionUID = 1;

    private final Delivery delivery;

    WsManException(final Delivery delivery, final String message, final Throwable cause) {
        super(message, cause);
        this.delivery = delivery;
    }

    /** @return whether the request may have had an effect */
    public Delivery delivery() {
        return delivery;
    }
}
