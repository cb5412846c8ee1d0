package io.jenkins.plugins.azurestack.powershell.psrp;

/** The pipeline asked a question of a user; there is none, the question was refused, and the pipeline failed. */
public final class NonInteractiveException extends PipelineFailedException {
    private static final long serialVersionUID = 1L;

    NonInteractiveException(ErrorRecord error, PipelineResult soFar) {
        super(
                "the pipeline wanted an answer from a user (" + String.join(", ", soFar.refusedHostCalls())
                        + "), was told that this client is non-interactive, and failed. Check that all mandatory parameters are"
                        + " given. The server says: " + error,
                error,
                soFar);
    }
}
