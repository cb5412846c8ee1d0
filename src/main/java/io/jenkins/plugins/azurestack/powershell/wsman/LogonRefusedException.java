package io.jenkins.plugins.azurestack.powershell.wsman;

/** The server refused the user name or password. Do not send the same ones again: accounts get locked. */
public class LogonRefusedException extends WsManException {

    private static final long serialVersionUID = 1;

    /**
     * @param message what happened and what to check
     * @param cause what it came from, or null
     */
    public LogonRefusedException(final String message, final Throwable cause) {
        super(Delivery.NOT_SENT, message, cause);
    }
}
