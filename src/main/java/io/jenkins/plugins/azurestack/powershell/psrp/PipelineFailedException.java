package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.RemotingException;

/** A terminating error ended the pipeline; it runs no more. */
public class PipelineFailedException extends PipelineException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorRecord error;

    PipelineFailedException(String message, ErrorRecord error, PipelineResult soFar) {
        super(message, soFar, (RemotingException) null);
        this.error = error;
    }

    /** What PowerShell says about it; null only after this exception was deserialised. */
    public ErrorRecord error() {
        return error;
    }

    /** The exception for an error, of the type that tells what to check. */
    static PipelineFailedException of(ErrorRecord error, PipelineResult soFar) {
        if (!soFar.refusedHostCalls().isEmpty()) {
            return new NonInteractiveException(error, soFar);
        }
        String id = error.fullyQualifiedErrorId().split(",", 2)[0];
        if (id.equals("ScriptsNotAllowed")) {
            return new ScriptsNotAllowedException(error, soFar);
        }
        if (id.equals("CommandNotFoundException")) {
            return new CommandNotFoundException(error, soFar);
        }
        return new PipelineFailedException("the pipeline failed: " + error, error, soFar);
    }
}
