package io.jenkins.plugins.azurestack.share;

/** The server answered that it did not do what it was asked. */
public sealed class ShareRefusedException extends ShareException
        permits ShareBusyException, ShareFullException, ShareNotFoundException, SharePermissionException {
    private static final long serialVersionUID = 1;

    private final long status;

    ShareRefusedException(final String message, final long status, final Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** The server's NTSTATUS (MS-ERREF 2.3); 0 where the client saw for itself that it would not do. */
    public long status() {
        return status;
    }
}
