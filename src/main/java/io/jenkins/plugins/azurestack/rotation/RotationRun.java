package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.journal.Fields;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.StampLock;
import io.jenkins.plugins.azurestack.rotation.RotationEnd.State;
import io.jenkins.plugins.azurestack.rotation.StampActions.OutcomeUnknownException;
import io.jenkins.plugins.azurestack.rotation.StampActions.RejectedException;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    private final RotationListener listener;
    private final Staging staging;

    RotationRun(
            final RotationWorld world,
            final RotationId rotation,
            final StampLock lock,
            final RotationMemory memory,
            final RotationLimits limits,
            final Clock clock,
            final RotationListener listener) {
        this.world = world;
        this.rotation = rotation;
        this.lock = lock;
        this.memory = memory;
        this.limits = limits;
        this.clock = clock;
        this.listener = listener;
        this.staging = new Staging(world, lock, memory, listener);
    }

    /** A rotation whose process was killed before it wrote down what it was to do. */
    static RotationEnd neverBegan(final RotationId rotation) {
        return new RotationEnd(
                rotation,
                State.NOT_STARTED,
                "It was ended before it had written down what to do: nothing was changed anywhere.",
                "Make a new plan.",
                List.of());
    }

    /** Begins what was planned, if that is still the case. */
    RotationEnd begin(final RotationPlan plan) throws IOException, LockedException, InterruptedException {
        phase(RotationPhase.LOCK, "stamp '" + world.stamp().name() + "' is locked for rotation " + rotation);
        return attempt(Optional.of(plan), plan.intent().call());
    }

    /** Begins once more what failed. */
    RotationEnd beginAgain() throws IOException, LockedException, InterruptedException {
        return attempt(Optional.empty(), RotationCall.again(memory.state().scope()));
    }

    /** Goes on from wherever the journal says it is. */
    RotationEnd goOn() throws IOException, LockedException, InterruptedException {
        final RotationState state = memory.state();
        if (!state.isPlanned()) {
            return over(neverBegan(rotation));
        }
        if (state.wasSent()) {
            return settle();
        }
        if (state.left().filter(end -> end.state() == State.NOT_CLEANED).isPresent()) {
            return notStarted("It was given up before the call was sent.", "Make a new plan.");
        }
        if (clock.instant().isAfter(state.planExpires())) {
            return notStarted(
                    "Its plan expired at " + state.planExpires() + " before the call was sent.", "Make a new plan.");
        }
        return attempt(
                Optional.empty(),
                RotationCall.first(state.scope(), world.share().map(StagingShare::path)));
    }

    private RotationEnd attempt(final Optional<RotationPlan> plan, final RotationCall call)
            throws IOException, LockedException, InterruptedException {
        phase(RotationPhase.GATE, "every condition is looked at once more");
        final RotationState state = memory.state();
        final Optional<String> changed = staging.differsFrom(state.toBeServed());
        if (changed.isPresent()) {
            return notStarted(changed.get(), "Plan with the certificates that are to be served.");
        }
        final Observation seen = Gates.observe(
                staging.worldWithout(state.staged().keySet()),
                call,
                state.isCompromise(),
                state.accepted(),
                clock.instant());
        seen.gates().forEach(gate -> listener.line(line(gate)));
        if (!seen.closed().isEmpty()) {
            return call.rerun() ? stillFailed(seen) : notStarted(closed(seen), advice(seen));
        }
        if (plan.isPresent()) {
            final RotationIntent approved = plan.get().intent();
            final RotationIntent now =
                    RotationPlanner.intent(world, call, approved.accepted(), approved.reason(), seen);
            if (!now.hash().equals(approved.hash())) {
                return notStarted(
                        "What would be done now is not what was approved: the stamp's version or what its endpoints"
                                + " serve has changed since.",
                        "Make a new plan, and have it approved.");
            }
        }
        memory.baseline(seen);
        if (call.scope() == RotationScope.EXTERNAL) {
            phase(RotationPhase.STAGE, "the certificates go to " + staging.path());
            final Optional<String> failed = staging.stage();
            if (failed.isPresent()) {
                return call.rerun()
                        ? left(failed(failed.get()))
                        : notStarted(
                                "The certificates could not be staged: " + failed.get(), "Mend that, and plan again.");
            }
        }
        return start(call, seen);
    }

    private RotationEnd start(final RotationCall call, final Observation before)
            throws IOException, LockedException, InterruptedException {
        phase(RotationPhase.START, "a last look, then one " + call.text());
        final Optional<String> inTheWay = lastLook(before);
        if (inTheWay.isPresent()) {
            return call.rerun()
                    ? left(failed(inTheWay.get()))
                    : notStarted(inTheWay.get(), "Look what runs there; then make a new plan.");
        }
        final String id = "start-" + (memory.state().attempts() + 1);
        lock.check();
        memory.starting(id, call.text(), before.latest());
        try {
            world.actions().start(call, new Hearing(memory, listener));
            memory.done(id, Fields.of("outcome", RotationMemory.RAN));
            return settle();
        } catch (NotKnownException e) {
            memory.done(id, Fields.of("outcome", RotationMemory.NOT_SENT).with("words", e.getMessage()));
            return call.rerun()
                    ? left(failed("The re-run was not sent: " + e.getMessage()))
                    : notStarted("The call was not sent: " + e.getMessage() + ".", e.advice());
        } catch (RejectedException e) {
            memory.rejected(Text.printable(e.getMessage()), e.errorId());
            return settle();
        } catch (OutcomeUnknownException e) {
            listener.line("The session broke: " + Text.printable(e.getMessage())
                    + ". Nothing is sent again; the stamp is asked what became of the call.");
            return settle();
        }
    }

    /** Whether something began since the gates were looked at. */
    private Optional<String> lastLook(final Observation before) throws InterruptedException {
        try {
            final Optional<Action> latest = world.actions().latest();
            if (!latest.flatMap(Action::instance).equals(before.latest().flatMap(Action::instance))) {
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
            return memory.state().accepted().contains(Gate.Name.EXCLUSIVE_OPERATION)
                    ? Optional.empty()
                    : Optional.of("A moment before the call Resource Manager could not be asked any more: "
                            + e.getMessage() + ".");
        }
    }

    /** The call was, or may have been, sent: finds out what became of it, and stays with it. */
    private RotationEnd settle() throws IOException, LockedException, InterruptedException {
        phase(RotationPhase.FOLLOW, "what the stamp makes of the call is followed to its end");
        final RotationState state = memory.state();
        if (state.isVerified()) {
            return clean(new ArrayList<>());
        }
        if (state.ended().isEmpty()
                && state.outcome().isEmpty()
                && state.rejection().isEmpty()) {
            listenAgain(state);
        }
        final Follower follower = new Follower(world.actions(), memory, limits, clock, listener);
        final Follower.Outcome outcome = follower.follow();
        return switch (outcome.kind()) {
            case REJECTED -> rejected(outcome.words());
            case CANNOT_TELL ->
                left(new RotationEnd(
                        rotation,
                        State.UNKNOWN,
                        "Nobody can tell whether the call took effect: " + outcome.words()
                                + ". Nothing is sent again, and the stamp stays locked for this rotation.",
                        "Ask the stamp, Get-ActionStatus -FunctionName \"Start-SecretRotation\". If a rotation began"
                                + " at the time of this one, resume it; if none did, release the lock with that reason"
                                + " and make a new plan.",
                        List.of()));
            case RUNNING ->
                left(new RotationEnd(
                        rotation,
                        State.STILL_RUNNING,
                        "It still runs on the stamp, and goes on there by itself: " + outcome.words()
                                + ". The stamp stays locked for it.",
                        "Resume it later: azsRotateSecrets resume: '" + rotation + "'.",
                        List.of()));
            case FAILED -> left(failed(outcome.words()));
            case COMPLETED -> verify();
        };
    }

    private void listenAgain(final RotationState state) throws InterruptedException {
        if (state.session().isEmpty()) {
            return;
        }
        try {
            if (world.actions().reattach(state.session(), new Hearing(memory, listener))) {
                listener.line("Listened again to the session of the call.");
            }
        } catch (OutcomeUnknownException e) {
            listener.line("The session can't be listened to any more (" + Text.printable(e.getMessage())
                    + "); the stamp is asked instead.");
        }
    }

    private RotationEnd rejected(final String words) throws IOException, LockedException, InterruptedException {
        if (memory.state().attempts() > 1) {
            return left(failed("The re-run was rejected before it began: " + words));
        }
        return notStarted(
                "The stamp rejected the call before anything began: " + words + ".",
                "Mend what it names, then make a new plan.");
    }

    private RotationEnd failed(final String words) {
        return new RotationEnd(
                rotation,
                State.NEEDS_RERUN,
                "The action plan failed, in the stamp's words: " + words
                        + ". The old secrets may be in use in one place and the new ones in another; the stamp stays"
                        + " locked for this rotation.",
                "Read the words and mend what they name; then run it again, once approved: azsRotateSecrets resume: '"
                        + rotation
                        + "', rerun: true. Never start a fresh rotation in between. If it fails again, collect"
                        + " logs (Get-AzureStackLog) and open a support case.",
                List.of());
    }

    private RotationEnd stillFailed(final Observation seen) throws IOException, LockedException {
        return left(failed("It was not run again: " + closed(seen)));
    }

    private RotationEnd verify() throws IOException, LockedException, InterruptedException {
        phase(RotationPhase.VERIFY, "whether the stamp really uses what is new");
        final Proof proof = new Proof(world, memory.state(), limits, clock, listener).find();
        if (!proof.missing().isEmpty()) {
            return left(new RotationEnd(
                    rotation,
                    State.NOT_VERIFIED,
                    "The stamp says that the rotation has completed, but this could not be proved: "
                            + String.join("; ", proof.missing()) + ".",
                    "Look at what is named; then resume it, which looks again: azsRotateSecrets resume: '" + rotation
                            + "'.",
                    proof.warnings()));
        }
        memory.verified(proof.warnings());
        return clean(proof.warnings());
    }

    private RotationEnd clean(final List<String> warnings) throws IOException, LockedException, InterruptedException {
        final Set<String> left = new HashSet<>();
        if (memory.state().scope() == RotationScope.EXTERNAL) {
            phase(RotationPhase.CLEAN, "the certificates leave " + staging.path());
            left.addAll(staging.remove());
        }
        if (!left.isEmpty()) {
            return left(new RotationEnd(
                    rotation,
                    State.NOT_CLEANED,
                    "The rotation has completed and is proved, but certificates with their private keys are still on the"
                            + " share: " + String.join("; ", left) + ".",
                    "Mend the way to the share, then resume it: azsRotateSecrets resume: '" + rotation + "'.",
                    warnings));
        }
        return over(new RotationEnd(
                rotation,
                State.COMPLETED,
                "The " + memory.state().scope().word() + " rotation has completed, and that is proved.",
                "",
                warnings));
    }

    /** Nothing began on the stamp: what was staged is taken back. */
    private RotationEnd notStarted(final String message, final String advice)
            throws IOException, LockedException, InterruptedException {
        final List<String> left = staging.remove();
        if (left.isEmpty()) {
            return over(new RotationEnd(
                    rotation,
                    State.NOT_STARTED,
                    message + " Nothing began on the stamp, and nothing is left on the share.",
                    advice,
                    List.of()));
        }
        return left(new RotationEnd(
                rotation,
                State.NOT_CLEANED,
                message
                        + " Nothing began on the stamp, but certificates with their private keys are still on the share: "
                        + String.join("; ", left) + ".",
                "Mend the way to the share, then resume it to take them back: azsRotateSecrets resume: '" + rotation
                        + "'.",
                List.of()));
    }

    /** The end: the lock is released once that is on disk. */
    private RotationEnd over(final RotationEnd end) throws IOException, LockedException {
        memory.end(end);
        lock.release();
        listener.line("Audit trail: " + memory.anchor());
        return end;
    }

    /** As far as it comes now: the lock stays. */
    private RotationEnd left(final RotationEnd end) throws IOException {
        memory.end(end);
        listener.line("Audit trail: " + memory.anchor());
        return end;
    }

    private void phase(final RotationPhase phase, final String sentence) {
        listener.phase(phase, sentence);
    }

    private static String line(final Gate gate) {
        return gate.name().word() + ": " + gate.verdict() + ", " + gate.message();
    }

    private static String closed(final Observation seen) {
        return "Not every condition is met: "
                + String.join(
                        "; ", seen.closed().stream().map(RotationRun::line).toList()) + ".";
    }

    private static String advice(final Observation seen) {
        return String.join(
                " ", seen.closed().stream().map(Gate::advice).distinct().toList());
    }
}
