package io.jenkins.plugins.azurestack.rehearsal;

/** The build was interrupted: what {@code FlowInterruptedException} is to Jenkins. */
final class BuildInterruptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BuildInterruptedException(final String message) {
        super(message);
    }
}
