package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.RemotingException;

/** No session key came about, so secure strings can't be sent; no pipeline was started. */
public final class KeyExchangeException extends RemotingException {
    private static final long serialVersionUID = 1L;

    KeyExchangeException(String message, Throwable cause) {
        super(message, cause);
    }
}
