package io.jenkins.plugins.azurestack.arm;

/** The service principal is known, and lacks a role. */
public final class PermissionMissingException extends ResourceManagerException {
    private static final long serialVersionUID = 1L;

    PermissionMissingException(final String message) {
        super(message, null);
    }
}
