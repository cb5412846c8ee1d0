package io.jenkins.plugins.azurestack.rehearsal;

/** Says why arguments cannot be bound; becomes a {@link Mistake} where it is known in which line they stand. */
final class WrongArgumentsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongArgumentsException(final String message) {
        super(message);
    }
}
