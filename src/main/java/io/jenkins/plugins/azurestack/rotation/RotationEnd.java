package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.journal.RotationId;
import java.util.List;
import java.util.Objects;

/**
 * How far a rotation came.
 *
 * @param rotation which
 * @param state where it stands
 * @param message what happened, and what is safe now; sentences
 * @param advice what to do next; empty if nothing is to be done
 * @param warnings what an operator should look at besides; each a sentence
 */
public record RotationEnd(RotationId rotation, State state, String message, String advice, List<String> warnings) {
    public RotationEnd {
        Objects.requireNonNull(rotation, "rotation");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(advice, "advice");
        warnings = List.copyOf(warnings);
    }

    RotationEnd with(final List<String> other) {
        return new RotationEnd(rotation, state, message, advice, other);
    }

    /** Where a rotation stands. */
    public enum State {
        /** Done, and proved. */
        COMPLETED(true),
        /** Nothing began on the stamp, or whoever released its lock said so; a corrected plan may be made. */
        NOT_STARTED(true),
        /** The action plan failed: only a re-run helps. */
        NEEDS_RERUN(false),
        /** It runs on the stamp, and nobody waits for it any more. */
        STILL_RUNNING(false),
        /** The stamp says that it has completed, but not all of it could be proved. */
        NOT_VERIFIED(false),
        /** Proved, or never begun, but certificates with their keys are still on the share. */
        NOT_CLEANED(false),
        /** Nobody can tell whether it began: an operator has to find out. */
        UNKNOWN(false);

        private final boolean over;

        State(final boolean over) {
            this.over = over;
        }

        /** Whether nothing is left to be done: the lock is released. */
        public boolean isOver() {
            return over;
        }
    }
}
