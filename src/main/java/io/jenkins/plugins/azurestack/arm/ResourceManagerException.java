package io.jenkins.plugins.azurestack.arm;

/**
 * A question to Resource Manager has no answer. The message says what happened, that nothing was changed, and what to do;
 * the kind of exception says which of a few things went wrong. Never holds a token or a secret.
 */
public abstract sealed class ResourceManagerException extends Exception
        permits UnreachableException,
                UntrustedEndpointException,
                SignInRefusedException,
                PermissionMissingException,
                ThrottledException,
                CallRefusedException,
                UnexpectedAnswerException {
    private static final long serialVersionUID = 1L;

    ResourceManagerException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
