package io.jenkins.plugins.azurestack.arm;

/** The authority issues no token to the service principal, or Resource Manager does not take the one it issued. */
public final class SignInRefusedException extends ResourceManagerException {
    private static final long serialVersionUID = 1L;

    private final String code;

    SignInRefusedException(final String message, final String code) {
        super(message, null);
        this.code = code;
    }

    /** The authority's word for why, such as {@code invalid_client}; may be empty. */
    public String code() {
        return code;
    }
}
