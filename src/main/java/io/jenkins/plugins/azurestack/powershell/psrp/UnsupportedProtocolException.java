package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.RemotingException;

/** The server speaks another major version of the PowerShell remoting protocol than 2. */
public final class UnsupportedProtocolException extends RemotingException {
    private static final long serialVersionUID = 1L;

    UnsupportedProtocolException(String version) {
        super("the server speaks version " + version
                + " of the PowerShell remoting protocol, and this client only version 2. Check that the address is that of a"
                + " Windows PowerShell or PowerShell endpoint");
    }
}
