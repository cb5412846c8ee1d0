package io.jenkins.plugins.azurestack.powershell.wsman;

/** The user is known, but may not use this session configuration. */
public final class AccessDeniedException extends WsManFaultException {

    private static final long serialVersionUID = 1;

    AccessDeniedException(final Fault fault, final String message) {
        super(fault, message);
    }
}
