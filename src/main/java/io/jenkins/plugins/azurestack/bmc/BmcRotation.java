package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.change.ShieldedListener;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.Claim;
import io.jenkins.plugins.azurestack.journal.Journal;
import io.jenkins.plugins.azurestack.journal.JournalContents;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.RunJournal;
import io.jenkins.plugins.azurestack.journal.StampFiles;
import io.jenkins.plugins.azurestack.journal.StampLock;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Carries out updates of one stamp's BMC password: those that were planned and approved, and those that were left
 * unfinished. Kill it anywhere: what it did is in the journal before and after, and every password that a BMC may take is
 * in the store.
 *
 * <p>An interrupt ends its waiting, never what runs on the stamp. Used by one thread at a time; several on one stamp meet
 * in the lock.
 */
public final class BmcRotation {
    private final BmcWorld world;
    private final StampFiles files;
    private final BmcLimits limits;
    private final Clock clock;
    private final RandomGenerator random;
    private final ChangeListener listener;

    /** @param random makes passwords: nobody can foretell it */
    public BmcRotation(
            final BmcWorld world,
            final StampFiles files,
            final BmcLimits limits,
            final Clock clock,
            final RandomGenerator random,
            final ChangeListener listener) {
        this.world = Objects.requireNonNull(world, "world");
        this.files = Objects.requireNonNull(files, "files");
        this.limits = Objects.requireNonNull(limits, "limits");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
        this.listener = new ShieldedListener(listener);
    }

    /**
     * Carries out a plan. A plan is good for one update: of one that was carried out the recorded end is returned, one
     * that was left unfinished is to be resumed.
     *
     * @param approval of this plan, from Jenkins's own records
     * @param holder the job and its build, for people to read
     * @throws Rejected if the plan can't be carried out; nothing was changed
     * @throws LockedException if another rotation has the stamp; nothing was changed
     * @throws IOException if what is to be done could not be written down; nothing was done that was not
     * @throws InterruptedException if the thread was interrupted; what runs on the stamp runs on
     */
    public End<BmcEnding> apply(final BmcPlan plan, final Approval approval, final String holder)
            throws IOException, LockedException, InterruptedException {
        final RotationId rotation = new RotationId(plan.id());
        files.prepare();
        final Optional<JournalContents> known = files.read(rotation);
        if (known.isPresent()) {
            return recorded(plan, new BmcState(known.get()));
        }
        plan.requireUsable(world.stamp().name(), approval, clock.instant());
        final StampLock lock = files.locks().acquire(plan.intent().stamp(), rotation, holder);
        final BmcMemory memory;
        try {
            memory = memory(files.begin(rotation), rotation, holder);
            memory.planned(plan, approval);
        } catch (IOException e) {
            // Nothing was done yet, and a journal without a plan says so.
            lock.release();
            throw e;
        }
        return run(rotation, lock, memory).begin();
    }

    private static End<BmcEnding> recorded(final BmcPlan plan, final BmcState state) {
        return state.end()
                .orElseThrow(() -> new Rejected(
                        "approvedPlan",
                        "the update of plan '" + plan.id()
                                + "' was left unfinished. Nothing was changed now. Go on with"
                                + " azsUpdateBmc resume: '" + plan.id() + "'"));
    }

    /**
     * Goes on with an update that was left unfinished. The caller has made sure that nobody in this Jenkins is still at
     * it.
     *
     * @param holder the job and its build, for people to read
     * @throws Rejected if there is no such update of this stamp; nothing was changed
     * @throws LockedException if another rotation has the stamp; nothing was changed
     * @throws IOException if what is to be done could not be written down; nothing was done that was not
     * @throws InterruptedException if the thread was interrupted; what runs on the stamp runs on
     */
    public End<BmcEnding> resume(final RotationId rotation, final String holder)
            throws IOException, LockedException, InterruptedException {
        files.prepare();
        final Optional<Claim> claim = files.locks().look(world.stamp().name());
        final Optional<Claim> own = claim.filter(held -> held.rotation().equals(rotation));
        if (own.isPresent() && files.read(rotation).isEmpty()) {
            files.locks().adopt(rotation, own.get(), holder).release();
            return End.neverBegan(rotation, BmcEnding.NOT_STARTED);
        }
        final BmcState state = known(rotation);
        if (state.end().isPresent()) {
            if (own.isPresent()) {
                // It was killed between its end and the release of its lock.
                files.locks().adopt(rotation, own.get(), holder).release();
            }
            return state.end().get();
        }
        requireSameAccess("resume", rotation, state);
        final StampLock lock = adopt(rotation, holder);
        final BmcRun run = run(rotation, lock, memory(files.open(rotation), rotation, holder));
        return claim.isPresent() ? run.goOn() : run.goOnReleased();
    }

    /**
     * Takes an update back that came only half its way: every BMC gets the password again that it took before.
     *
     * @param approval that this update is taken back; its plan id is the update's id
     * @throws Rejected if that update can't be taken back; nothing was changed
     */
    public End<BmcEnding> back(final RotationId rotation, final Approval approval, final String holder)
            throws IOException, LockedException, InterruptedException {
        final BmcState state = known(rotation);
        if (state.end().isPresent() || !state.wasSent() || state.verified().isPresent()) {
            throw new Rejected(
                    "back",
                    "update '" + rotation
                            + "' is not one that stopped half its way. Resume it without back to see where"
                            + " it stands");
        }
        requireSameAccess("back", rotation, state);
        if (world.bmcs().isEmpty()) {
            throw new Rejected(
                    "back",
                    "update '" + rotation
                            + "' can only go forth: this Jenkins does not reach the BMCs, and the stamp does"
                            + " not log on where the password is another already");
        }
        if (!approval.planId().equals(rotation.value())) {
            throw new Rejected("back", "that update '" + rotation + "' is taken back has not been approved");
        }
        final StampLock lock = adopt(rotation, holder);
        return run(rotation, lock, memory(files.open(rotation), rotation, holder))
                .goBack(approval);
    }

    /** What the stamp's word would have proved is not proved by logons on BMCs that no plan names, nor the other way. */
    private void requireSameAccess(final String field, final RotationId rotation, final BmcState state) {
        if (state.wasSent()
                && state.verified().isEmpty()
                && state.isReached() != world.bmcs().isPresent()) {
            throw new Rejected(
                    field,
                    "update '" + rotation + "' was approved with bmcAccess: " + access(state.isReached())
                            + ", and it is " + access(world.bmcs().isPresent()) + " now. Nothing was done. Set it back"
                            + " in the stamp's configuration until this update has ended");
        }
    }

    private static String access(final boolean reached) {
        return reached ? "redfish" : "stamp";
    }

    private BmcState known(final RotationId rotation) throws IOException {
        files.prepare();
        return files.read(rotation)
                .map(BmcState::new)
                .filter(BmcState::isOfBmcs)
                .orElseThrow(() -> new Rejected(
                        "resume",
                        "there is no update '" + rotation + "' of the BMC password of stamp '"
                                + world.stamp().name() + "'"));
    }

    /** The lock of an unfinished update; one that was released by hand is taken anew. */
    private StampLock adopt(final RotationId rotation, final String holder) throws IOException, LockedException {
        final String stamp = world.stamp().name();
        final Optional<Claim> claim = files.locks().look(stamp);
        return claim.isPresent()
                ? files.locks().adopt(rotation, claim.get(), holder)
                : files.locks().acquire(stamp, rotation, holder);
    }

    private BmcMemory memory(final Journal journal, final RotationId rotation, final String holder) throws IOException {
        return new BmcMemory(new RunJournal(journal, files.audit(), rotation, holder));
    }

    private BmcRun run(final RotationId rotation, final StampLock lock, final BmcMemory memory) {
        return new BmcRun(world, rotation, lock, memory, limits, clock, random, listener);
    }

    /**
     * The updates of a stamp's BMC password that this Jenkins knows of, the latest last.
     *
     * @throws IOException if they can't be read
     */
    public static List<PastBmcRotation> history(final StampFiles files) throws IOException {
        return PastBmcRotation.all(files);
    }
}
