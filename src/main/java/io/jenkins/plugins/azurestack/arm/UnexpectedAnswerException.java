package io.jenkins.plugins.azurestack.arm;

/** An answer came that can't be understood, is larger than any honest one, or leads astray. */
public final class UnexpectedAnswerException extends ResourceManagerException {
    private static final long serialVersionUID = 1L;

    UnexpectedAnswerException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
