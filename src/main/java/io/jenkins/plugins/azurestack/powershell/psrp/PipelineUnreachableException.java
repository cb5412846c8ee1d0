package io.jenkins.plugins.azurestack.powershell.psrp;

/** The server can't be reached, or refuses to let this client follow; the pipeline may run on or may have ended. */
public final class PipelineUnreachableException extends PipelineLeftRunningException {
    private static final long serialVersionUID = 1L;

    PipelineUnreachableException(String reason, DetachedPipeline ids, PipelineResult soFar, Throwable cause) {
        super(
                "the pipeline can't be followed any more: " + reason
                        + ". It was not stopped and may still run; do not start it again before the server was asked."
                        + " Come back to it with its ids",
                ids,
                soFar,
                cause);
    }
}
