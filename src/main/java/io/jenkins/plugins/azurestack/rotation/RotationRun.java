package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.change.Closing;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.change.Patience;
import io.jenkins.plugins.azurestack.journal.Fields;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.StampLock;
import io.jenkins.plugins.azurestack.rotation.StampActions.OutcomeUnknownException;
import io.jenkins.plugins.azurestack.rotation.StampActions.RejectedException;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One rotation in the hands of one process, from where its journal says it is to where it can't go on. Every change of
 * the world is journalled before and after; what nobody wrote down the end of is never done again but asked for.
 */
final class RotationRun {
    private final RotationWorld world;
    private final RotationId rotation;
    private final StampLock lock;
    private final RotationMemory memory;
    private final RotationLimits limits;
    private final Clock clock;
    private final Patience patience;
    private final ChangeListener listener;
    private final Closing closing;
    private final Staging staging;

    RotationRun(
            final RotationWorld world,
            final RotationId rotation,
            final StampLock lock,
            final RotationMemory memory,
            final RotationLimits limits,
            final Clock clock,
            final ChangeListener listener) {
        this.world = world;
        this.rotation = rotation;
        this.lock = lock;
        this.memory = memory;
        this.limits = limits;
        this.clock = clock;
        this.patience = new Patience(clock, limits.follow());
        this.listener = listener;
        this.closing = new Closing(memory, lock, listener, "rotation");
        this.staging = new Staging(world, lock, memory, listener);
    }

    /** Begins what was planned, if that is still the case. */
    End<RotationEnding> begin() throws IOException, LockedException, InterruptedException {
        phase(RotationPhase.LOCK, "stamp '" + world.stamp().name() + "' is locked for rotation " + rotation);
        return told(() -> attempt(first()));
    }

    /** From where it is to as far as it comes. */
    private interface Way {
        End<RotationEnding> taken() throws IOException, LockedException, InterruptedException;
    }

    /** Where no end is written down, none tells of the keys on the share: the log does. */
    private End<RotationEnding> told(final Way way) throws IOException, LockedException, InterruptedException {
        try {
            return way.taken();
        } catch (IOException | LockedException | InterruptedException e) {
            onTheShare().ifPresent(keys -> listener.note("Mind that " + keys + "."));
            throw e;
        }
    }

    private RotationCall first() {
        final RotationState state = memory.state();
        return RotationCall.first(state.scope(), state.share());
    }

    /** Begins once more what failed. */
    End<RotationEnding> beginAgain() throws IOException, LockedException, InterruptedException {
        return told(() -> attempt(RotationCall.again(memory.state().scope())));
    }

    /** Goes on from wherever the journal says it is. */
    End<RotationEnding> goOn() throws IOException, LockedException, InterruptedException {
        return told(this::goneOn);
    }

    private End<RotationEnding> goneOn() throws IOException, LockedException, InterruptedException {
        final RotationState state = memory.state();
        if (!state.isPlanned()) {
            return closing.over(End.neverBegan(rotation, RotationEnding.NOT_STARTED));
        }
        if (state.givenUp().isPresent()) {
            return takeBack();
        }
        if (state.wasSent()) {
            return settle();
        }
        if (state.left()
                .filter(end -> end.state() == RotationEnding.NOT_CLEANED)
                .isPresent()) {
            return notStarted("It was given up before the call was sent.", "Make a new plan.");
        }
        if (clock.instant().isAfter(state.planExpires())) {
            return notStarted(
                    "Its plan expired at " + state.planExpires() + " before the call was sent.", "Make a new plan.");
        }
        return attempt(first());
    }

    /**
     * Goes on with one whose lock was released by hand. Whoever did that knows that nothing of it runs, and may have begun
     * another since: unless the stamp has named its action plan, nothing is done but to take its certificates back.
     */
    End<RotationEnding> goOnReleased() throws IOException, LockedException, InterruptedException {
        final RotationState state = memory.state();
        if (state.isPlanned()
                && state.lastInstance().isEmpty()
                && state.givenUp().isEmpty()) {
            memory.givenUp("Its lock was released by hand, which gave it up.", "Make a new plan.");
        }
        return goOn();
    }

    private End<RotationEnding> attempt(final RotationCall call)
            throws IOException, LockedException, InterruptedException {
        phase(RotationPhase.GATE, "every condition is looked at once more");
        final RotationState state = memory.state();
        final Optional<String> differs = staging.differs();
        if (differs.isPresent()) {
            return notBegun(call, differs.get(), "Put back what was approved, or make a new plan.");
        }
        final Observation seen = Gates.observe(
                staging.worldWithout(state.staged().keySet()),
                call,
                state.reason().isPresent(),
                state.accepted(),
                clock.instant());
        seen.gates().forEach(gate -> listener.line(gate.line()));
        final Optional<String> changed = changed(call, state, seen);
        if (!seen.closed().isEmpty()) {
            return notBegun(call, Gate.notMet(seen.closed()), Gate.advice(seen.closed()));
        }
        if (changed.isPresent()) {
            return notBegun(call, changed.get(), "Make a new plan, and have it approved.");
        }
        memory.baseline(seen);
        if (call.scope() == RotationScope.EXTERNAL) {
            phase(RotationPhase.STAGE, "the certificates go to " + staging.path());
            final Optional<String> failed = staging.stage();
            if (failed.isPresent()) {
                return notBegun(
                        call, "The certificates could not be staged: " + failed.get(), "Mend that, and try again.");
            }
        }
        return start(call, seen);
    }

    /** Why this is not what was approved; looked at before anything is changed, and not again after that. */
    private Optional<String> changed(final RotationCall call, final RotationState state, final Observation seen) {
        if (call.rerun()) {
            return seen.latest().flatMap(Action::instance).equals(state.lastInstance())
                    ? Optional.empty()
                    : Optional.of("The stamp's latest rotation is not the one of this rotation that failed: "
                            + seen.latest().map(Action::words).orElse("there is none") + ".");
        }
        if (state.calls() > 0) {
            return Optional.empty();
        }
        final RotationIntent now = RotationPlanner.intent(world, call, state.accepted(), state.reason(), seen);
        return now.hash().equals(state.planHash())
                ? Optional.empty()
                : Optional.of("What would be done now is not what was approved: the stamp's version, what its endpoints"
                        + " serve, or its configuration has changed since.");
    }

    /** What was to be begun is not: a first attempt is over by that, a failed one waits on. */
    private End<RotationEnding> notBegun(final RotationCall call, final String message, final String advice)
            throws IOException, LockedException, InterruptedException {
        return call.rerun() ? left(failed("It was not run again. " + message)) : notStarted(message, advice);
    }

    private End<RotationEnding> start(final RotationCall call, final Observation before)
            throws IOException, LockedException, InterruptedException {
        phase(RotationPhase.START, "a last look, then one " + call.text());
        final Optional<String> inTheWay = lastLook(before);
        if (inTheWay.isPresent()) {
            return notBegun(call, inTheWay.get(), "Look what runs there; then make a new plan.");
        }
        final String id = "start-" + (memory.state().attempts() + 1);
        lock.check();
        memory.starting(id, call);
        try {
            world.actions().start(call, patience.left(), new Hearing(memory, listener));
            memory.done(id, Fields.of("outcome", RotationMemory.RAN));
        } catch (NotKnownException e) {
            memory.done(id, Fields.of("outcome", RotationMemory.NOT_SENT).with("words", e.getMessage()));
            return notBegun(call, "The call was not sent: " + e.getMessage() + ".", e.advice());
        } catch (RejectedException e) {
            rejected(id, e);
        } catch (OutcomeUnknownException e) {
            listener.line("Its end was not heard: " + Text.printable(e.getMessage())
                    + ". Nothing is sent again; the stamp is asked what became of the call.");
        }
        return settle();
    }

    private void rejected(final String call, final RejectedException error) {
        memory.rejected(Text.printable(error.getMessage()), error.errorId());
        memory.done(call, Fields.of("outcome", RotationMemory.REJECTED));
        listener.line("Hint: " + error.advice());
    }

    /** Whether something began since the gates were looked at. */
    private Optional<String> lastLook(final Observation before) throws InterruptedException {
        try {
            final Optional<Action> latest = world.actions().latest();
            if (!stands(latest, before.latest())) {
                return Optional.of("Another rotation began a moment ago: "
                        + latest.map(Action::words).orElse("") + ".");
            }
        } catch (NotKnownException e) {
            return Optional.of(
                    "A moment before the call the stamp could not be asked any more: " + e.getMessage() + ".");
        }
        try {
            return world.operations()
                    .exclusiveOperation()
                    .map(operation -> "The exclusive operation '" + operation + "' began a moment ago.");
        } catch (NotKnownException e) {
            return memory.state().accepted().contains(RotationCondition.EXCLUSIVE_OPERATION)
                    ? Optional.empty()
                    : Optional.of("A moment before the call Resource Manager could not be asked any more: "
                            + e.getMessage() + ".");
        }
    }

    /** Whether the latest rotation is where it was: one that somebody runs again may keep its id. */
    private static boolean stands(final Optional<Action> latest, final Optional<Action> before) {
        return latest.equals(before)
                || Action.isSame(latest, before) && latest.map(Action::state).equals(before.map(Action::state));
    }

    /** The call was, or may have been, sent: finds out what became of it, and stays with it. */
    private End<RotationEnding> settle() throws IOException, LockedException, InterruptedException {
        final RotationState state = memory.state();
        if (state.verified().isPresent()) {
            return clean(state.verified().get());
        }
        phase(RotationPhase.FOLLOW, "what the stamp makes of the call is followed to its end");
        if (state.ended().isEmpty() && state.openCall().isPresent() && !patience.isOver()) {
            listenAgain(state.openCall().get(), state.session());
        }
        final Follower.Outcome outcome = new Follower(world.actions(), memory, limits, patience, listener).follow();
        return switch (outcome.kind()) {
            case REJECTED ->
                memory.state().isRerun()
                        ? left(failed("The re-run was rejected before it began: " + outcome.words() + "."))
                        : notStarted(
                                "The stamp rejected the call before anything began: " + outcome.words() + ".",
                                "Mend what it names, then make a new plan.");
            case CANNOT_TELL -> left(unknown(outcome.words()));
            case RUNNING ->
                left(new End<>(
                        rotation,
                        RotationEnding.STILL_RUNNING,
                        "It still runs on the stamp, and goes on there by itself: " + outcome.words()
                                + ". The stamp stays locked for it.",
                        "Resume it later: azsRotateSecrets resume: '" + rotation + "'.",
                        List.of()));
            case FAILED -> left(failed("The action plan failed, in the stamp's words: " + outcome.words() + "."));
            case COMPLETED -> verify();
        };
    }

    private void listenAgain(final String call, final Map<String, String> session) throws InterruptedException {
        try {
            if (world.actions().reattach(session, patience.left(), new Hearing(memory, listener))) {
                memory.done(call, Fields.of("outcome", RotationMemory.RAN));
            }
        } catch (RejectedException e) {
            rejected(call, e);
        } catch (OutcomeUnknownException e) {
            listener.line("The session can't be listened to any more (" + Text.printable(e.getMessage())
                    + "); the stamp is asked instead.");
        }
    }

    private End<RotationEnding> unknown(final String words) {
        return new End<>(
                rotation,
                RotationEnding.UNKNOWN,
                "Nobody can tell what became of the call: " + words
                        + ". Nothing is sent again, and the stamp stays locked for this rotation.",
                "Ask the stamp, Get-ActionStatus -FunctionName \"Start-SecretRotation\", and look at the times. Resume this"
                        + " rotation, which asks again; or, once it is certain that nothing of it runs, release the lock"
                        + " on its page with that reason, and then resume it, which only takes its certificates back.",
                List.of());
    }

    private End<RotationEnding> failed(final String what) {
        return new End<>(
                rotation,
                RotationEnding.NEEDS_RERUN,
                what
                        + " The old secrets may be in use in one place and the new ones in another; the stamp stays"
                        + " locked for this rotation.",
                "Read the words and mend what they name; then run it again, once approved: azsRotateSecrets resume: '"
                        + rotation
                        + "', rerun: true. Never start a fresh rotation in between. If it fails again, collect"
                        + " logs (Get-AzureStackLog) and open a support case.",
                List.of());
    }

    private End<RotationEnding> verify() throws IOException, LockedException, InterruptedException {
        phase(RotationPhase.VERIFY, "whether the stamp really uses what is new");
        final Proof proof = new Proof(world, memory.state(), limits, clock, listener).find();
        if (!proof.missing().isEmpty()) {
            return left(new End<>(
                    rotation,
                    RotationEnding.NOT_VERIFIED,
                    "The stamp says that the rotation has completed, but this could not be proved: "
                            + String.join("; ", proof.missing()) + ".",
                    "Look at what is named; then resume it, which looks again: azsRotateSecrets resume: '" + rotation
                            + "'.",
                    proof.warnings()));
        }
        memory.verified(proof.warnings());
        return clean(proof.warnings());
    }

    private End<RotationEnding> clean(final List<String> warnings)
            throws IOException, LockedException, InterruptedException {
        if (memory.state().scope() == RotationScope.EXTERNAL) {
            phase(RotationPhase.CLEAN, "the certificates leave " + staging.path());
        }
        final List<String> left = remove();
        if (!left.isEmpty()) {
            return left(notCleaned("The rotation has completed and is proved,", left, warnings));
        }
        return closing.over(new End<>(
                rotation,
                RotationEnding.COMPLETED,
                "The " + memory.state().scope().word() + " rotation has completed, and that is proved.",
                "",
                warnings));
    }

    /** Nothing began on the stamp, and from now on nothing will: what was staged is taken back. */
    private End<RotationEnding> notStarted(final String message, final String advice)
            throws IOException, LockedException, InterruptedException {
        memory.givenUp(message + " Nothing began on the stamp.", advice);
        return takeBack();
    }

    private End<RotationEnding> takeBack() throws IOException, LockedException, InterruptedException {
        final Fields givenUp = memory.state().givenUp().orElseThrow();
        final String message = givenUp.get("message").orElse("");
        final List<String> left = remove();
        return left.isEmpty()
                ? closing.over(new End<>(
                        rotation,
                        RotationEnding.NOT_STARTED,
                        message + " Nothing is left on the share.",
                        givenUp.get("advice").orElse(""),
                        List.of()))
                : left(notCleaned(message, left, List.of()));
    }

    /** What could not be taken from the share, with the reason. */
    private List<String> remove() throws LockedException, InterruptedException {
        try {
            return staging.remove();
        } catch (IOException e) {
            return List.of(String.join(", ", memory.state().staged().keySet()) + " (" + e.getMessage() + ")");
        }
    }

    private End<RotationEnding> notCleaned(final String message, final List<String> left, final List<String> warnings) {
        return new End<>(
                rotation,
                RotationEnding.NOT_CLEANED,
                message + " But certificates with their private keys are still on the share: " + String.join("; ", left)
                        + ".",
                "Mend the way to the share, then resume it, which takes them back: azsRotateSecrets resume: '"
                        + rotation + "'.",
                warnings);
    }

    /** As far as it comes now: the lock stays. */
    private End<RotationEnding> left(final End<RotationEnding> end) {
        final List<String> warnings = new ArrayList<>(end.warnings());
        if (end.state() != RotationEnding.NOT_CLEANED) {
            onTheShare().ifPresent(warnings::add);
        }
        return closing.left(end.with(warnings));
    }

    /** That keys of this rotation are on the share, if so. */
    private Optional<String> onTheShare() {
        final int staged = memory.state().staged().size();
        return staged == 0
                ? Optional.empty()
                : Optional.of(staged + " certificates with their private keys are on " + staging.path()
                        + ", and stay there until this rotation is over");
    }

    private void phase(final RotationPhase phase, final String sentence) {
        listener.phase(phase, sentence);
    }
}
