package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.RemotingException;

/** The pipeline was sent, at least in part, and whether the server runs it is not known. It was not sent again. */
public final class StartUnknownException extends RemotingException {
    private static final long serialVersionUID = 1L;

    private final DetachedPipeline ids;

    StartUnknownException(DetachedPipeline ids, Throwable cause) {
        super(
                "whether the server has started the pipeline is not known, and it was not sent again. Come back to it with"
                        + " its ids, or look at its effects, before starting it anew. " + cause.getMessage(),
                cause);
        this.ids = ids;
    }

    /** How to find out: coming back to a pipeline that never started says so. */
    public DetachedPipeline ids() {
        return ids;
    }
}
