package io.jenkins.plugins.azurestack.powershell.psrp;

/** The session knows no such command, or its user may not see it. */
public final class CommandNotFoundException extends PipelineFailedException {
    private static final long serialVersionUID = 1L;

    CommandNotFoundException(ErrorRecord error, PipelineResult soFar) {
        super(
                "the session has no such command, or does not let this user see it; that command was not run. Check the"
                        + " spelling, the session configuration's name and the user's role. The server says: " + error,
                error,
                soFar);
    }
}
