package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.RemotingException;

/** A pipeline did not run to its end as far as this client knows; carries what it said until then. */
public abstract class PipelineException extends RemotingException {
    private static final long serialVersionUID = 1L;

    private final transient PipelineResult soFar;

    PipelineException(String message, PipelineResult soFar, Throwable cause) {
        super(message, cause);
        this.soFar = soFar;
    }

    /** What was received of the pipeline; null only after this exception was deserialised. */
    public PipelineResult soFar() {
        return soFar;
    }
}
