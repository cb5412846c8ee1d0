package io.jenkins.plugins.azurestack.arm;

/** Resource Manager answers with an error that is none of the others. */
public final class CallRefusedException extends ResourceManagerException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    CallRefusedException(final String message, final int status, final String code) {
        super(message, null);
        this.status = status;
        this.code = code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Resource Manager's own word, such as {@code ResourceNotFound}; may be empty. */
    public String code() {
        return code;
    }
}
