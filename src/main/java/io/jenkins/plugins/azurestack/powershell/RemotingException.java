package io.jenkins.plugins.azurestack.powershell;

import java.io.IOException;

/** Anything that went wrong in PowerShell remoting; the message says what happened and what to check. */
public class RemotingException extends IOException {

    private static final long serialVersionUID = 1;

    /** @param message what happened, and what the operator should check; never a secret */
    public RemotingException(final String message) {
        super(message);
    }

    /**
     * @param message what happened, and what the operator should check; never a secret
     * @param cause what it came from, or null
     */
    public RemotingException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
