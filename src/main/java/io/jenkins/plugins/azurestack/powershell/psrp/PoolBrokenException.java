package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.RemotingException;
import java.util.Optional;

/** The server says that the runspace pool is broken; it has to be opened anew. */
public final class PoolBrokenException extends RemotingException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorRecord reason;

    PoolBrokenException(ErrorRecord reason) {
        super("the server could not keep the runspace pool. It says: "
                + (reason == null ? "nothing about the reason" : reason.toString())
                + ". Check the session configuration on the server and open a new pool");
        this.reason = reason;
    }

    /** What the server says about it, if anything. */
    public Optional<ErrorRecord> reason() {
        return Optional.ofNullable(reason);
    }
}
