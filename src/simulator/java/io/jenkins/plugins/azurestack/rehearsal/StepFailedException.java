package io.jenkins.plugins.azurestack.rehearsal;

/** A step failed, and its message says it all: what {@code hudson.AbortException} is to Jenkins. */
final class StepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailedException(final String message) {
        super(message);
    }

    StepFailedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
