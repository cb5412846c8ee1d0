package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.change.Patience;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.util.Optional;

/** Finds out what became of the call that was, or may have been, sent, by asking the stamp until it says. */
final class Follower {
    /** So often may the stamp not answer before its silence is said to be what is known. */
    private static final int MOST_FAILURES = 30;
    /** So often is it asked for a rotation that it does not know of, since one may take a moment to show. */
    private static final int MOST_LOOKS = 5;

    private final StampActions actions;
    private final RotationMemory memory;
    private final RotationLimits limits;
    private final Patience patience;
    private final ChangeListener listener;
    private int looks;

    Follower(
            final StampActions actions,
            final RotationMemory memory,
            final RotationLimits limits,
            final Patience patience,
            final ChangeListener listener) {
        this.actions = actions;
        this.memory = memory;
        this.limits = limits;
        this.patience = patience;
        this.listener = listener;
    }

    /**
     * What became of a call.
     *
     * @param words in the stamp's words, as far as there are any
     */
    record Outcome(Kind kind, String words) {
        enum Kind {
            /** It ended with an error, and no action plan began. */
            REJECTED,
            COMPLETED,
            FAILED,
            /** It runs, and the time for waiting is over. */
            RUNNING,
            CANNOT_TELL
        }
    }

    /** Asks until it is over, or waiting is. */
    Outcome follow() throws InterruptedException {
        String silence = "";
        int failures = 0;
        while (true) {
            final RotationState state = memory.state();
            if (state.ended().isPresent() && state.instance().isPresent()) {
                return over(state.ended().get());
            }
            try {
                final Optional<Outcome> outcome = judge(state, actions.latest());
                failures = 0;
                silence = "";
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            } catch (NotKnownException e) {
                failures++;
                if (!silence.equals(e.getMessage())) {
                    silence = e.getMessage();
                    listener.line("The stamp does not answer now (" + silence + "); it is asked again.");
                }
            }
            if (patience.isOver() || isHopeless(state, failures)) {
                return silent(memory.state(), silence);
            }
            actions.pause(limits.ask());
        }
    }

    /** Whether it began at all is worth fewer questions than how it gets on. */
    private static boolean isHopeless(final RotationState state, final int failures) {
        return state.instance().isEmpty() && failures >= MOST_FAILURES;
    }

    private static Outcome silent(final RotationState state, final String silence) {
        final String words = silence.isEmpty() ? "the time for waiting is over" : silence;
        return new Outcome(state.instance().isPresent() ? Outcome.Kind.RUNNING : Outcome.Kind.CANNOT_TELL, words);
    }

    /** What the latest rotation says of ours; empty if it has to be asked again. */
    private Optional<Outcome> judge(final RotationState state, final Optional<Action> latest) {
        final boolean ours = latest.isPresent()
                && (state.instance().isPresent()
                        ? latest.get().instance().equals(state.instance())
                        : state.rejection().isEmpty() && latest.get().isNewerThan(state.baseline()));
        if (!ours) {
            return notOurs(state, latest);
        }
        final Action action = latest.get();
        if (state.instance().isEmpty()) {
            memory.began(action.instance().orElseThrow());
            listener.line(
                    "The stamp runs it as action plan " + action.instance().get() + ".");
        }
        if (action.state().isOver()) {
            memory.ended(action);
            return Optional.of(over(action));
        }
        listener.line(
                action.state() == Action.State.RUNNING
                        ? "Running: " + action.words()
                        : "Not understood, and asked again: " + action.words());
        return Optional.empty();
    }

    private Optional<Outcome> notOurs(final RotationState state, final Optional<Action> latest) {
        final boolean known = state.instance().isPresent();
        final boolean asBefore = Action.isSame(latest, state.baseline());
        if (!known && asBefore && state.rejection().isPresent()) {
            return Optional.of(
                    new Outcome(Outcome.Kind.REJECTED, state.rejection().get()));
        }
        looks++;
        if ((known || asBefore) && looks < MOST_LOOKS) {
            return Optional.empty();
        }
        final String said = latest.map(Action::words).orElse("there is none");
        return Optional.of(new Outcome(Outcome.Kind.CANNOT_TELL, whyUnknown(state, asBefore) + said));
    }

    private static String whyUnknown(final RotationState state, final boolean asBefore) {
        if (state.instance().isPresent()) {
            return "the stamp does not speak of this rotation, "
                    + state.instance().get() + ", but of its latest one: ";
        }
        if (asBefore) {
            return "nobody saw the stamp reject the call, and its latest rotation is the one before: ";
        }
        if (state.rejection().isPresent()) {
            return "the call ended with an error (" + state.rejection().get()
                    + "), and the stamp has a newer rotation that may be somebody else's: ";
        }
        return "what the stamp says of its latest rotation can't be compared with what it said before: ";
    }

    private static Outcome over(final Action action) {
        return new Outcome(
                action.state() == Action.State.COMPLETED ? Outcome.Kind.COMPLETED : Outcome.Kind.FAILED,
                action.words());
    }
}
