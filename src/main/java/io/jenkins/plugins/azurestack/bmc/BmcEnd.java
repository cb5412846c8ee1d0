package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.journal.RotationId;
import java.util.List;
import java.util.Objects;

/**
 * How far an update of the BMC password came.
 *
 * @param rotation which
 * @param state where it stands
 * @param message what happened, and what is safe now; sentences
 * @param advice what to do next; empty if nothing is to be done
 * @param warnings what an operator should look at besides; each a sentence
 */
public record BmcEnd(RotationId rotation, State state, String message, String advice, List<String> warnings) {
    public BmcEnd {
        Objects.requireNonNull(rotation, "rotation");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(advice, "advice");
        warnings = List.copyOf(warnings);
    }

    BmcEnd with(final List<String> other) {
        return new BmcEnd(rotation, state, message, advice, other);
    }

    /** Where an update stands. */
    public enum State {
        /** Done, proved, and kept. */
        COMPLETED(true),
        /** No BMC was changed, or whoever released the lock said so; a corrected plan may be made. */
        NOT_STARTED(true),
        /** It went back: every BMC takes the password that it took before. */
        RESTORED(true),
        /** The stamp's call runs on, and nobody waits for it any more. */
        STILL_RUNNING(false),
        /** Some BMCs, or the stamp, have the new password and others do not. */
        PARTIAL(false),
        /** The BMCs should have the new password, but not all of it could be proved. */
        NOT_VERIFIED(false),
        /** Proved, but the new password is not the current one in the store yet. */
        NOT_SAVED(false),
        /** Nobody can tell what became of the stamp's call: an operator has to find out. */
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
