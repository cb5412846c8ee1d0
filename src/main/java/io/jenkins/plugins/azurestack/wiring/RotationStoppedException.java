package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.rotation.RotationEnding;
import java.util.Optional;

/** Says that a rotation is not complete: what happened, what is safe now, and what to do next. */
public class RotationStoppedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient End<RotationEnding> end;

    /** @param message sentences for people, without secrets */
    RotationStoppedException(final String message) {
        super(message);
        this.end = null;
    }

    /**
     * @param message sentences for people, without secrets
     * @param end how far a rotation of secrets came
     */
    RotationStoppedException(final String message, final End<RotationEnding> end) {
        super(message);
        this.end = end;
    }

    RotationStoppedException(final String message, final Throwable cause) {
        super(message, cause);
        this.end = null;
    }

    /** How far it came; empty if nothing was done at all, or after serialisation. */
    public Optional<End<RotationEnding>> end() {
        return Optional.ofNullable(end);
    }
}
