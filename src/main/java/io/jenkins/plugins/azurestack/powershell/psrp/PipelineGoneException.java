package io.jenkins.plugins.azurestack.powershell.psrp;

/**
 * The server no longer knows the pipeline and never said how it ended: it may have completed, failed or been closed.
 */
public final class PipelineGoneException extends PipelineException {
    private static final long serialVersionUID = 1L;

    PipelineGoneException(String reason, PipelineResult soFar, Throwable cause) {
        super(
                "the server no longer knows the pipeline, and how it ended is not known: " + reason
                        + ". Do not start it again before its effects were looked at",
                soFar,
                cause);
    }
}
