package io.jenkins.plugins.azurestack.powershell.wsman;

/**
 * The wait ended because its thread was interrupted (its interrupt status is set again) or the client was closed. The
 * connection that carried the request is gone.
 */
public final class CancelledException extends WsManException {

    private static final long serialVersionUID = 1;

    /**
     * @param delivery whether the request had begun to leave
     * @param message who cancelled
     */
    public CancelledException(final Delivery delivery, final String message) {
        super(delivery, message, null);
    }
}
