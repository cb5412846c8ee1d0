package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.RemotingException;

/** Bytes that are no fragment or message of the protocol, or exceed what was agreed to be read. Nothing of them is quoted. */
public class MalformedMessageException extends RemotingException {
    private static final long serialVersionUID = 1L;

    /**
     * An error in what the other side sent.
     *
     * @param message what is wrong
     */
    public MalformedMessageException(String message) {
        super(message);
    }
}
