package io.jenkins.plugins.azurestack.arm;

/** No connection came about, or it ended or fell silent before a whole answer was there, at each of a few tries. */
public final class UnreachableException extends ResourceManagerException {
    private static final long serialVersionUID = 1L;

    UnreachableException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
