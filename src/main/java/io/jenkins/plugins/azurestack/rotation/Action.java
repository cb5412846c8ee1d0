package io.jenkins.plugins.azurestack.rotation;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What the stamp says of one run of {@code Start-SecretRotation}, whoever started it.
 *
 * @param instance the action plan's instance id, in lower case; empty if the answer named none
 * @param started when it began, by the stamp's clock; empty if the answer named no time
 * @param state where it stands
 * @param words the stamp's own words for that, for people; one line
 */
public record Action(Optional<String> instance, Optional<Instant> started, State state, String words) {
    public Action {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(words, "words");
    }

    /** Where an action plan stands. */
    public enum State {
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELED,
        /** The answer was not understood; never taken for any of the others. */
        NOT_UNDERSTOOD;

        /** Whether it has ended, one way or the other. */
        public boolean isOver() {
            return this == COMPLETED || this == FAILED || this == CANCELED;
        }
    }

    /**
     * Whether two answers speak of the same run. Answers that name no id never surely do.
     *
     * @param one empty if there had been no run
     * @param other empty if there had been no run
     */
    static boolean isSame(final Optional<Action> one, final Optional<Action> other) {
        return one.isEmpty() && other.isEmpty()
                || one.flatMap(Action::instance).isPresent()
                        && one.flatMap(Action::instance).equals(other.flatMap(Action::instance));
    }

    /**
     * Whether this is another run than one that was seen before, and a later one. Unknown ids and times never make it
     * so.
     *
     * @param before what was the latest run then; empty if there had been none
     */
    public boolean isNewerThan(final Optional<Action> before) {
        if (instance.isEmpty()) {
            return false;
        }
        if (before.isEmpty()) {
            return true;
        }
        return before.get().instance().isPresent()
                && !instance.equals(before.get().instance())
                && (started.isEmpty()
                        || before.get().started().isEmpty()
                        || !started.get().isBefore(before.get().started().get()));
    }
}
