package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.RemotingException;
import java.time.Duration;

/** The server took the runspace pool, but it was not open in time; it was given back. */
public final class PoolOpenTimeoutException extends RemotingException {
    private static final long serialVersionUID = 1L;

    PoolOpenTimeoutException(Duration limit, RunspacePoolState state) {
        super("the runspace pool was not open after " + limit + " (state " + state
                + "). No pipeline was started. Check the load of the server, or wait longer");
    }
}
