package io.jenkins.plugins.azurestack.powershell.psrp;

/** The pipeline was left running on the server, by this client's own wish. */
public final class PipelineDetachedException extends PipelineLeftRunningException {
    private static final long serialVersionUID = 1L;

    PipelineDetachedException(DetachedPipeline ids, PipelineResult soFar) {
        super("the pipeline was left running on the server; come back to it with its ids", ids, soFar, null);
    }
}
