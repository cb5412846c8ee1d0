package io.jenkins.plugins.azurestack.powershell.wsman;

/** The server refused the logon, and its clock differs from ours by more than Windows tolerates. */
public final class ClockSkewException extends LogonRefusedException {

    private static final long serialVersionUID = 1;

    /**
     * @param message what happened and what to check
     * @param cause what it came from, or null
     */
    public ClockSkewException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
