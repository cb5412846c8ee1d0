package io.jenkins.plugins.azurestack.change;

import io.jenkins.plugins.azurestack.journal.Fields;
import io.jenkins.plugins.azurestack.journal.RotationId;
import java.util.List;
import java.util.Objects;

/**
 * How far a change came.
 *
 * @param rotation which
 * @param state where it stands
 * @param message what happened, and what is safe now; sentences
 * @param advice what to do next; empty if nothing is to be done
 * @param warnings what an operator should look at besides; each a sentence
 * @param <S> an engine's states
 */
public record End<S extends Enum<S> & End.State>(
        RotationId rotation, S state, String message, String advice, List<String> warnings) {
    public End {
        Objects.requireNonNull(rotation, "rotation");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(advice, "advice");
        warnings = List.copyOf(warnings);
    }

    /** Where a change stands. An engine's are an enum, whose names journals and pipelines know. */
    public interface State {
        /** Whether nothing is left to be done: the lock is released. */
        boolean isOver();
    }

    /**
     * That of one whose process was killed before it wrote down what it was to do.
     *
     * @param notStarted the engine's state for that
     */
    public static <S extends Enum<S> & State> End<S> neverBegan(final RotationId rotation, final S notStarted) {
        return new End<>(
                rotation,
                notStarted,
                "It was ended before it had written down what to do: nothing was changed anywhere.",
                "Make a new plan.",
                List.of());
    }

    /** The same with other warnings. */
    public End<S> with(final List<String> other) {
        return new End<>(rotation, state, message, advice, other);
    }

    /** As it is written down, for {@link #of} to read. */
    Fields fields() {
        return Fields.of("state", state.name())
                .with("message", message)
                .with("advice", advice)
                .with("warnings", String.join("\n", warnings));
    }

    static <S extends Enum<S> & State> End<S> of(
            final RotationId rotation, final Class<S> states, final Fields fields) {
        return new End<>(
                rotation,
                Enum.valueOf(states, fields.get("state").orElseThrow()),
                fields.get("message").orElse(""),
                fields.get("advice").orElse(""),
                warnings(fields));
    }

    static List<String> warnings(final Fields fields) {
        return fields.get("warnings")
                .orElse("")
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
