package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.RemotingException;

/** Coming back to a pipeline did not work; nothing was changed on the server and trying again is safe. */
public final class ReattachException extends RemotingException {
    private static final long serialVersionUID = 1L;

    ReattachException(String message, Throwable cause) {
        super(message, cause);
    }
}
