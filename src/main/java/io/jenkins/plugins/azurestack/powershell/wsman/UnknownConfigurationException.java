package io.jenkins.plugins.azurestack.powershell.wsman;

/** The server has no session configuration of the name that was asked for. */
public final class UnknownConfigurationException extends WsManFaultException {

    private static final long serialVersionUID = 1;

    UnknownConfigurationException(final Fault fault, final String message) {
        super(fault, message);
    }
}
