package io.jenkins.plugins.azurestack.powershell.psrp;

/** The session configuration has no language: it runs commands, but no script. */
public final class ScriptsNotAllowedException extends PipelineFailedException {
    private static final long serialVersionUID = 1L;

    ScriptsNotAllowedException(ErrorRecord error, PipelineResult soFar) {
        super(
                "the session configuration runs no scripts, only commands with parameters; the script was not run."
                        + " Use command() and parameter() instead of script(). The server says: " + error,
                error,
                soFar);
    }
}
