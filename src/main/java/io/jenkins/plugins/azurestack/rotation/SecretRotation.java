package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.change.ShieldedListener;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.Claim;
import io.jenkins.plugins.azurestack.journal.JournalContents;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.SharePath;
import io.jenkins.plugins.azurestack.journal.StampFiles;
import io.jenkins.plugins.azurestack.journal.StampLock;
import io.jenkins.plugins.azurestack.journal.StampLocks;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Carries out rotations of one stamp: those that were planned and approved, and those that were left unfinished. Kill it
 * anywhere: what it did is in the journal before and after, so that {@link #resume} goes on from there, and whoever
 * comes with a new plan finds the lock.
 *
 * <p>An interrupt ends its waiting, never what runs on the stamp. Used by one thread at a time; several on one stamp meet
 * in the lock.
 */
public final class SecretRotation {
    private final RotationWorld world;
    private final StampFiles files;
    private final RotationLimits limits;
    private final Clock clock;
    private final ChangeListener listener;

    public SecretRotation(
            final RotationWorld world,
            final StampFiles files,
            final RotationLimits limits,
            final Clock clock,
            final ChangeListener listener) {
        this.world = Objects.requireNonNull(world, "world");
        this.files = Objects.requireNonNull(files, "files");
        this.limits = Objects.requireNonNull(limits, "limits");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.listener = new ShieldedListener(listener);
    }

    /**
     * Carries out a plan. A plan is good for one rotation: of one that was carried out the recorded end is returned, one
     * that was left unfinished is to be resumed.
     *
     * @param approval of this plan, from Jenkins's own records
     * @param holder the job and its build, for people to read
     * @throws Rejected if the plan can't be carried out: it has expired, is another's, is empty, or was left unfinished;
     *     nothing was changed
     * @throws LockedException if another rotation has the stamp or the share; nothing was changed
     * @throws IOException if what is to be done could not be written down; nothing was done that was not
     * @throws InterruptedException if the thread was interrupted; what runs on the stamp runs on
     */
    public End<RotationEnding> apply(final RotationPlan plan, final Approval approval, final String holder)
            throws IOException, LockedException, InterruptedException {
        final RotationId rotation = new RotationId(plan.id());
        files.prepare();
        final Optional<JournalContents> known = files.read(rotation);
        if (known.isPresent()) {
            return recorded(plan, new RotationState(known.get()));
        }
        requireUsable(plan, approval);
        final StampLock lock = acquire(plan, rotation, holder);
        final RotationMemory memory;
        try {
            memory = new RotationMemory(files.begin(rotation), files.audit(), rotation, holder);
            memory.planned(plan, approval);
        } catch (IOException e) {
            // Nothing was done yet, and a journal without a plan says so.
            lock.release();
            throw e;
        }
        return run(rotation, lock, memory).begin();
    }

    private static End<RotationEnding> recorded(final RotationPlan plan, final RotationState state) {
        return state.end()
                .orElseThrow(() -> new Rejected(
                        "approvedPlan",
                        "the rotation of plan '" + plan.id()
                                + "' was left unfinished. Nothing was changed now. Go on with"
                                + " azsRotateSecrets resume: '" + plan.id() + "'"));
    }

    private void requireUsable(final RotationPlan plan, final Approval approval) throws LockedException {
        if (plan.isEmpty()) {
            throw new Rejected(
                    "approvedPlan",
                    "there is nothing to do: " + plan.emptyBecause().get() + unfinished());
        }
        plan.requireUsable(world.stamp().name(), approval, clock.instant());
    }

    /** What is left to be done though nothing new is: to whoever reads that there is nothing to do. */
    private String unfinished() throws LockedException {
        return files.locks()
                .look(world.stamp().name())
                .map(claim -> "; but rotation '" + claim.rotation() + "' of " + claim.holder()
                        + " was left unfinished. Go on with " + claim.rotation().step() + " resume: '"
                        + claim.rotation() + "'")
                .orElse("");
    }

    private StampLock acquire(final RotationPlan plan, final RotationId rotation, final String holder)
            throws IOException, LockedException {
        final StampLocks locks = files.locks();
        final Optional<String> share = plan.intent().call().share();
        return share.isPresent()
                ? locks.acquire(plan.intent().stamp(), new SharePath(share.get()), rotation, holder)
                : locks.acquire(plan.intent().stamp(), rotation, holder);
    }

    /**
     * Goes on with a rotation that was left unfinished. The caller has made sure that nobody in this Jenkins is still at
     * it.
     *
     * @param holder the job and its build, for people to read
     * @throws Rejected if there is no such rotation of this stamp; nothing was changed
     * @throws LockedException if another rotation has the stamp; nothing was changed
     * @throws IOException if what is to be done could not be written down; nothing was done that was not
     * @throws InterruptedException if the thread was interrupted; what runs on the stamp runs on
     */
    public End<RotationEnding> resume(final RotationId rotation, final String holder)
            throws IOException, LockedException, InterruptedException {
        files.prepare();
        final Optional<Claim> claim = files.locks().look(world.stamp().name());
        final Optional<Claim> own = claim.filter(held -> held.rotation().equals(rotation));
        if (own.isPresent() && files.read(rotation).isEmpty()) {
            files.locks().adopt(rotation, own.get(), holder).release();
            return End.neverBegan(rotation, RotationEnding.NOT_STARTED);
        }
        final RotationState state = known(rotation);
        if (state.end().isPresent()) {
            if (own.isPresent()) {
                // It was killed between its end and the release of its lock.
                files.locks().adopt(rotation, own.get(), holder).release();
            }
            return state.end().get();
        }
        final StampLock lock = adopt(rotation, state, holder);
        final RotationMemory memory = new RotationMemory(files.open(rotation), files.audit(), rotation, holder);
        final RotationRun run = run(rotation, lock, memory);
        return claim.isPresent() ? run.goOn() : run.goOnReleased();
    }

    /**
     * Runs a failed rotation again, with {@code -ReRun}, once: the certificates are staged anew, the conditions looked at
     * again.
     *
     * @param approval that this rotation is run again; its plan id is the rotation's id
     * @throws Rejected if that rotation does not wait for it; nothing was changed
     */
    public End<RotationEnding> rerun(final RotationId rotation, final Approval approval, final String holder)
            throws IOException, LockedException, InterruptedException {
        final RotationState state = known(rotation);
        final boolean failed = state.left()
                .filter(end -> end.state() == RotationEnding.NEEDS_RERUN)
                .isPresent();
        if (!failed) {
            throw new Rejected(
                    "rerun",
                    "rotation '" + rotation + "' does not wait to be run again. Resume it without rerun to see where it"
                            + " stands");
        }
        if (!approval.planId().equals(rotation.value())) {
            throw new Rejected("rerun", "that rotation '" + rotation + "' is run again has not been approved");
        }
        final StampLock lock = adopt(rotation, state, holder);
        final RotationMemory memory = new RotationMemory(files.open(rotation), files.audit(), rotation, holder);
        memory.approvedAgain(approval);
        return run(rotation, lock, memory).beginAgain();
    }

    private RotationState known(final RotationId rotation) throws IOException {
        files.prepare();
        return files.read(rotation)
                .map(RotationState::new)
                .filter(RotationState::isRotation)
                .orElseThrow(() -> new Rejected(
                        "resume",
                        "there is no rotation '" + rotation + "' of stamp '"
                                + world.stamp().name() + "'"));
    }

    /** The lock of an unfinished rotation; one that was released by hand is taken anew. */
    private StampLock adopt(final RotationId rotation, final RotationState state, final String holder)
            throws IOException, LockedException {
        final StampLocks locks = files.locks();
        final String stamp = world.stamp().name();
        final Optional<Claim> claim = locks.look(stamp);
        if (claim.isPresent()) {
            return locks.adopt(rotation, claim.get(), holder);
        }
        return state.share().isPresent()
                ? locks.acquire(stamp, new SharePath(state.share().get()), rotation, holder)
                : locks.acquire(stamp, rotation, holder);
    }

    private RotationRun run(final RotationId rotation, final StampLock lock, final RotationMemory memory) {
        return new RotationRun(world, rotation, lock, memory, limits, clock, listener);
    }

    /**
     * The rotations of a stamp that this Jenkins knows of, the latest last: whether one was ever run, and how it ended.
     *
     * @throws IOException if they can't be read
     */
    public static List<PastRotation> history(final StampFiles files) throws IOException {
        return PastRotation.all(files);
    }
}
