package io.jenkins.plugins.azurestack.powershell.ntlm;

import io.jenkins.plugins.azurestack.powershell.RemotingException;

/** A token or sealed message that NTLM cannot accept. */
public class NtlmException extends RemotingException {

    private static final long serialVersionUID = 1;

    /** @param message what is wrong with it */
    public NtlmException(final String message) {
        super(message);
    }

    NtlmException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
