package io.jenkins.plugins.azurestack.powershell.psrp;

/** The pipeline was stopped, by this client or on the server; it runs no more. */
public final class PipelineStoppedException extends PipelineException {
    private static final long serialVersionUID = 1L;

    PipelineStoppedException(PipelineResult soFar) {
        super("the pipeline was stopped before its end; what it had done until then stays done", soFar, null);
    }
}
