package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.bmc.PasswordStore.Generation;
import io.jenkins.plugins.azurestack.bmc.StampCalls.Kind;
import io.jenkins.plugins.azurestack.bmc.StampCalls.Known;
import io.jenkins.plugins.azurestack.bmc.StampCredential.Outcome;
import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.change.Closing;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.StampLock;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * One update of the BMC password in the hands of one process, from where its journal says it is to where it can't go on.
 * The new password is kept, and was read back, before anybody gets it; what nobody wrote down the end of is never done
 * again, but found out by a logon or by asking the stamp.
 */
final class BmcRun {
    /** What refuses everything after so many locks is not locked. */
    private static final int MOST_WAITS = 3;

    private final BmcWorld world;
    private final RotationId rotation;
    private final StampLock lock;
    private final BmcMemory memory;
    private final BmcLimits limits;
    private final Clock clock;
    private final RandomGenerator random;
    private final ChangeListener listener;
    private final Closing closing;
    private final Fleet fleet;
    private final Keeping keeping;
    private final StampCalls calls;

    BmcRun(
            final BmcWorld world,
            final RotationId rotation,
            final StampLock lock,
            final BmcMemory memory,
            final BmcLimits limits,
            final Clock clock,
            final RandomGenerator random,
            final ChangeListener listener) {
        this.world = world;
        this.rotation = rotation;
        this.lock = lock;
        this.memory = memory;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
        this.listener = listener;
        this.closing = new Closing(memory, lock, listener, "update");
        this.fleet = new Fleet(limits.parallel(), listener);
        this.keeping = new Keeping(world.store(), memory);
        this.calls = new StampCalls(world.cmdlets(), memory, limits, clock, listener);
    }

    /** Begins what was planned, if that is still the case. */
    End<BmcEnding> begin() throws IOException, LockedException, InterruptedException {
        phase(BmcPhase.LOCK, "stamp '" + world.stamp().name() + "' is locked for update " + rotation);
        return attempt();
    }

    /** Goes on from wherever the journal says it is. */
    End<BmcEnding> goOn() throws IOException, LockedException, InterruptedException {
        final BmcState state = memory.state();
        if (!state.isPlanned()) {
            return closing.over(End.neverBegan(rotation, BmcEnding.NOT_STARTED));
        }
        if (state.givenUp().isPresent()) {
            return notStarted();
        }
        if (state.verified().isPresent()) {
            return finish(state.verified().get());
        }
        if (state.wasSent()) {
            return settle(true, Optional.empty());
        }
        if (clock.instant().isAfter(state.planExpires())) {
            return notStarted(
                    "Its plan expired at " + state.planExpires() + " before any BMC was changed.", "Make a new plan.");
        }
        return attempt();
    }

    /** Goes on with one whose lock was released by hand: whoever did that may have begun another since. */
    End<BmcEnding> goOnReleased() throws IOException, LockedException, InterruptedException {
        final BmcState state = memory.state();
        if (state.isPlanned() && !state.wasSent() && state.givenUp().isEmpty()) {
            return notStarted("Its lock was released by hand, which gave it up.", "Make a new plan.");
        }
        return goOn();
    }

    /** Gives every BMC back what it took before, once it is settled what became of the stamp's call. */
    End<BmcEnding> goBack(final Approval approval) throws IOException, LockedException, InterruptedException {
        final Known call = calls.follow();
        if (call.kind() == Kind.RUNNING) {
            return stillRunning(call);
        }
        if (isOpen(call)) {
            return closing.left(unknown(call.words()));
        }
        try (Passwords passwords = Passwords.read(world.store())) {
            final Optional<End<BmcEnding>> gone = missing(passwords, Target.BACK);
            if (gone.isPresent()) {
                return closing.left(gone.get());
            }
        } catch (NotKnownException e) {
            return closing.left(notVerified(List.of(e.getMessage()), e.advice()));
        }
        calls.close("it was decided to go back");
        memory.goingBack(approval);
        return settle(true, Optional.empty());
    }

    private End<BmcEnding> attempt() throws IOException, LockedException, InterruptedException {
        phase(BmcPhase.GATE, "every condition is looked at once more");
        final BmcState state = memory.state();
        final Observation seen =
                Gates.observe(world, state.accepted(), state.isOfPending() ? Optional.empty() : state.fresh(), fleet);
        seen.gates().forEach(gate -> listener.line(gate.line()));
        if (!seen.closed().isEmpty()) {
            return notStarted(Gate.notMet(seen.closed()), Gate.advice(seen.closed()));
        }
        if (!BmcPlanner.intent(world, state.accepted(), seen).hash().equals(state.planHash())) {
            return notStarted(
                    "What would be done now is not what was approved: the stamp's version, its BMCs, the password that they"
                            + " take, or the configuration has changed since.",
                    "Make a new plan, and have it approved.");
        }
        memory.baseline(seen);
        lock.check();
        try {
            create(seen);
        } catch (NotKnownException e) {
            return notStarted("The new password could not be kept: " + e.getMessage() + ".", e.advice());
        }
        return set(seen);
    }

    /** Keeps the new password as pending, and reads it back: before that nobody gets it. */
    private void create(final Observation seen) throws IOException, NotKnownException {
        phase(BmcPhase.CREATE, "the new password goes to '" + world.store().name(Generation.PENDING) + "'");
        final Optional<BmcLogin> held = world.store().read(Generation.PENDING);
        try {
            if (held.isPresent()) {
                requireOwn(held.get(), seen);
                // A store may show what it could not save: it counts once a write of it has succeeded.
                save(held.get());
                return;
            }
        } finally {
            held.ifPresent(BmcLogin::close);
        }
        try (BmcLogin fresh = fresh(seen)) {
            if (seen.fingerprint()
                    .filter(known -> !known.equals(fresh.fingerprint(world.key())))
                    .isPresent()) {
                throw new NotKnownException(
                        "the given credential holds another password than a moment ago",
                        "Find out who changed it, and plan again.");
            }
            save(fresh);
        }
    }

    private void save(final BmcLogin fresh) throws IOException, NotKnownException {
        final String call = BmcMemory.CREATE + "-" + (memory.state().calls() + 1);
        memory.creating(call, fresh.fingerprint(world.key()));
        keeping.step(call, () -> {
            world.store().write(Generation.PENDING, fresh);
            keeping.requireReadBack(Generation.PENDING, fresh);
        });
    }

    /** The one that was left as pending, or that this very update kept before it was killed. */
    private void requireOwn(final BmcLogin held, final Observation seen) throws IOException, NotKnownException {
        final Optional<String> known = Optional.of(held.fingerprint(world.key()));
        if (known.equals(memory.state().fresh())) {
            return;
        }
        if (!known.equals(seen.fingerprint()) || seen.source() == PasswordSource.GENERATED) {
            throw new NotKnownException(
                    "'" + world.store().name(Generation.PENDING) + "' was written by somebody else a moment ago",
                    "Find out by whom, and plan again.");
        }
    }

    private BmcLogin fresh(final Observation seen) throws NotKnownException {
        if (seen.source() == PasswordSource.PENDING) {
            throw new NotKnownException(
                    "'" + world.store().name(Generation.PENDING) + "' was removed a moment ago",
                    "Find out by whom, and plan again.");
        }
        if (world.given().isPresent()) {
            return world.given().get().login();
        }
        final char[] password = new PasswordRecipe(random).make(seen.rules(), seen.user());
        try {
            return new BmcLogin(seen.user(), password);
        } finally {
            PasswordRules.wipe(password);
        }
    }

    private End<BmcEnding> set(final Observation seen) throws IOException, LockedException, InterruptedException {
        phase(BmcPhase.SET, "the BMCs and the stamp get the new password");
        try (Passwords passwords = Passwords.read(world.store())) {
            if (missing(passwords, Target.FORTH).isPresent()) {
                return notStarted(
                        "'" + world.store().name(Generation.PENDING) + "' was changed or removed a moment ago.",
                        "Find out by whom, and plan again.");
            }
            final Map<BmcNode, Live> others = others(seen.live(), Target.FORTH);
            if (seen.way() == BmcWay.STAMP || changed(others, passwords, Target.FORTH)) {
                final Optional<Outcome.NotSent> notSent = call(passwords, seen.way());
                if (notSent.isPresent() && !memory.state().wasSent()) {
                    return notStarted(
                            "The call was not sent: " + notSent.get().words() + ".",
                            notSent.get().advice());
                }
            }
            return settle(false, Optional.of(passwords));
        } catch (NotKnownException e) {
            return closing.left(notVerified(List.of(e.getMessage()), e.advice()));
        }
    }

    /**
     * What removes the pending password in the middle, such as a reload of the configuration that does not know it, has
     * not made it unknown as long as this process has it.
     */
    private void putBack(final Passwords known) throws IOException {
        final BmcState state = memory.state();
        final Optional<BmcLogin> fresh = known.pending().filter(login -> isFresh(login, state));
        if (fresh.isEmpty()
                || !state.wasSent()
                || state.verified().isPresent()
                || state.givenUp().isPresent()) {
            return;
        }
        final String name = world.store().name(Generation.PENDING);
        try {
            if (keeping.keepIfGone(Generation.PENDING, fresh.get())) {
                listener.line("'" + name + "' had been removed, and was put back: BMCs may take what it holds. See"
                        + " whether a reload of the configuration removes it.");
            }
        } catch (NotKnownException e) {
            listener.line("'" + name + "', whose password BMCs may take, could not be looked after: " + e.getMessage());
        }
    }

    private boolean isFresh(final BmcLogin login, final BmcState state) {
        return Optional.of(login.fingerprint(world.key())).equals(state.fresh());
    }

    private static Map<BmcNode, Live> others(final Map<BmcNode, Live> live, final Target target) {
        final Map<BmcNode, Live> others = new LinkedHashMap<>(live);
        others.values().removeIf(one -> one.holds() == target.wanted());
        return others;
    }

    /** Whether every one of these BMCs says that it has the password. */
    private boolean changed(final Map<BmcNode, Live> others, final Passwords passwords, final Target target)
            throws IOException, LockedException, InterruptedException {
        if (others.isEmpty()) {
            return true;
        }
        lock.check();
        try {
            final Map<BmcNode, String> wrong = new BmcChanges(world.bmcs().orElseThrow(), world.budget(), fleet, memory)
                    .make(others, passwords, passwords.of(target.wanted()), target);
            wrong.forEach((node, words) -> listener.line(node + ": " + words));
            return wrong.isEmpty();
        } finally {
            putBack(passwords);
        }
    }

    private Optional<Outcome.NotSent> call(final Passwords passwords, final BmcWay way)
            throws IOException, LockedException, InterruptedException {
        final Target target = memory.state().target();
        listener.line("One " + way.text());
        lock.check();
        if (way == BmcWay.STAMP) {
            for (final BmcNode node : memory.state().nodes()) {
                world.budget().changes(node);
            }
        }
        try {
            final Optional<Outcome.NotSent> notSent = calls.send(passwords.of(target.wanted()), target, way.bypasses());
            notSent.ifPresent(reason -> listener.line("It was not sent: " + reason.words() + ". " + reason.advice()));
            return notSent;
        } finally {
            putBack(passwords);
        }
    }

    /**
     * Something was, or may have been, sent: finds out how things stand.
     *
     * @param again whether what is missing is done now: that takes somebody who says so
     * @param known the passwords as this process has read them before
     */
    private End<BmcEnding> settle(final boolean again, final Optional<Passwords> known)
            throws IOException, LockedException, InterruptedException {
        phase(BmcPhase.TEST, "whether every BMC, and the stamp, really has the password");
        final Known call;
        try {
            call = calls.follow();
        } finally {
            if (known.isPresent()) {
                putBack(known.get());
            }
        }
        if (call.kind() == Kind.RUNNING) {
            return stillRunning(call);
        }
        try (Passwords passwords = Passwords.read(world.store())) {
            final Optional<End<BmcEnding>> gone =
                    missing(passwords, memory.state().target());
            return gone.isPresent() ? closing.left(gone.get()) : settle(call, passwords, again);
        } catch (NotKnownException e) {
            return closing.left(notVerified(List.of(e.getMessage()), e.advice()));
        }
    }

    private End<BmcEnding> settle(final Known call, final Passwords passwords, final boolean again)
            throws IOException, LockedException, InterruptedException {
        try {
            return world.bmcs().isPresent()
                    ? settleByLogons(call, passwords, again)
                    : settleByTheStamp(call, passwords, again);
        } finally {
            putBack(passwords);
        }
    }

    /** Without the password that was sent, and the one that is given back, nothing is done any more. */
    private Optional<End<BmcEnding>> missing(final Passwords passwords, final Target target) {
        final BmcState state = memory.state();
        if (passwords.pending().filter(login -> isFresh(login, state)).isEmpty()) {
            return Optional.of(gone(Generation.PENDING, "that BMCs may have been given"));
        }
        return target == Target.BACK
                        && !Optional.of(passwords.current().fingerprint(world.key()))
                                .equals(state.before())
                ? Optional.of(gone(Generation.CURRENT, "that BMCs took before"))
                : Optional.empty();
    }

    private End<BmcEnding> gone(final Generation generation, final String which) {
        return new End<>(
                rotation,
                BmcEnding.UNKNOWN,
                "'" + world.store().name(generation) + "' does not hold the password any more " + which
                        + ". Nothing is done.",
                "Put it back, from a backup of the credentials store or the history of its provider, then resume.",
                List.of());
    }

    private End<BmcEnding> settleByLogons(final Known call, final Passwords passwords, final boolean again)
            throws IOException, LockedException, InterruptedException {
        final Target target = memory.state().target();
        final Map<BmcNode, Live> live = look(passwords);
        final List<String> unknown = live.entrySet().stream()
                .filter(one -> !one.getValue().holds().isKnown())
                .map(one -> one.getKey() + ": " + one.getValue().words())
                .toList();
        if (!unknown.isEmpty()) {
            return closing.left(notVerified(unknown, adviceOf(live)));
        }
        final Map<BmcNode, Live> others = others(live, target);
        if (!others.isEmpty() && isOpen(call)) {
            return closing.left(unknown(call.words()));
        }
        if (others.isEmpty()) {
            return ofStamp(call, passwords, again);
        }
        calls.close("logons have shown that it did not change every BMC");
        if (again) {
            return goFurther(others, live, passwords);
        }
        return others.size() == live.size() && target == Target.FORTH
                ? nothingChanged(call)
                : closing.left(partial(call, live));
    }

    /** Whether the call might begin late: then none is sent beside it, and the password that it gives is not forgotten. */
    private static boolean isOpen(final Known call) {
        return call.kind() == Kind.CANNOT_TELL || call.kind() == Kind.NOT_SEEN;
    }

    private Map<BmcNode, Live> look(final Passwords passwords) throws IOException, InterruptedException {
        final LiveCheck check = new LiveCheck(world.bmcs().orElseThrow(), world.budget(), fleet);
        final Map<BmcNode, Live> live = check.look(memory.state().nodes(), passwords.candidates());
        final Instant deadline = clock.instant().plus(limits.locked());
        for (int round = 0; round < MOST_WAITS; round++) {
            final Optional<Duration> lock =
                    lock(live).filter(time -> !clock.instant().plus(time).isAfter(deadline));
            if (lock.isEmpty()) {
                break;
            }
            listener.line("An account may be locked; it is asked again once that is over, in "
                    + Math.max(1, lock.get().toSeconds()) + " seconds.");
            world.cmdlets().pause(lock.get().plusSeconds(1));
            final List<BmcNode> unknown = live.entrySet().stream()
                    .filter(one -> !one.getValue().holds().isKnown())
                    .map(Map.Entry::getKey)
                    .toList();
            live.putAll(check.look(unknown, passwords.candidates()));
        }
        memory.live(live);
        return live;
    }

    /** How long it takes until no account is locked any more; empty if none is. */
    private static Optional<Duration> lock(final Map<BmcNode, Live> live) {
        return live.values().stream()
                .filter(Live::mayBeLocked)
                .flatMap(one -> one.lasts().stream())
                .max(Duration::compareTo);
    }

    /** What is missing is done: BMCs get the password from here, since what the stamp would make of it is not known. */
    private End<BmcEnding> goFurther(
            final Map<BmcNode, Live> others, final Map<BmcNode, Live> live, final Passwords passwords)
            throws IOException, LockedException, InterruptedException {
        phase(BmcPhase.SET, others.size() + " of " + live.size() + " BMCs do not have the password yet");
        final BmcState state = memory.state();
        final boolean fromTheStart =
                others.size() == live.size() && state.way() == BmcWay.STAMP && state.target() == Target.FORTH;
        if (fromTheStart) {
            call(passwords, BmcWay.STAMP);
        } else if (changed(others, passwords, state.target())) {
            call(passwords, state.way() == BmcWay.BMCS_FIRST ? BmcWay.BMCS_FIRST : BmcWay.BYPASS);
        }
        return settle(false, Optional.of(passwords));
    }

    /** Every BMC has it: whether the stamp has, too. */
    private End<BmcEnding> ofStamp(final Known call, final Passwords passwords, final boolean again)
            throws IOException, LockedException, InterruptedException {
        final Optional<String> complaint;
        try {
            complaint = world.cmdlets().complaint();
        } catch (NotKnownException e) {
            return closing.left(notVerified(List.of("AzsStampBMCSummary can't be run: " + e.getMessage()), e.advice()));
        }
        if (complaint.isEmpty()) {
            return proved(
                    passwords,
                    alerts().stream()
                            .map(alert -> alert + "; look whether it closes by itself")
                            .toList());
        }
        if (call.kind() == Kind.RAN) {
            return closing.left(notVerified(
                    List.of("AzsStampBMCSummary does not pass: " + complaint.get()),
                    "Mend what it names (Test-AzureStack -Include AzsStampBMCSummary -DetailedResults, at the privileged"
                            + " endpoint, says more), then resume it."));
        }
        if (isOpen(call)) {
            return closing.left(unknown(call.words()));
        }
        calls.close("every BMC has the password, and the stamp still keeps another");
        if (again) {
            phase(BmcPhase.SET, "every BMC has the password, and the stamp keeps another");
            final BmcWay way = memory.state().way();
            call(passwords, way == BmcWay.BMCS_FIRST ? BmcWay.BMCS_FIRST : BmcWay.BYPASS);
            return settle(false, Optional.of(passwords));
        }
        return closing.left(
                partial(new Known(call.kind(), "the stamp itself keeps another one: " + complaint.get()), Map.of()));
    }

    private End<BmcEnding> settleByTheStamp(final Known call, final Passwords passwords, final boolean again)
            throws IOException, LockedException, InterruptedException {
        return switch (call.kind()) {
            case RAN -> proveByTheStamp(passwords);
            case FAILED, NONE -> {
                if (again) {
                    phase(BmcPhase.SET, "the stamp gets the call once more");
                    call(passwords, BmcWay.STAMP);
                    yield settle(false, Optional.of(passwords));
                }
                yield closing.left(partial(call, Map.of()));
            }
            default -> closing.left(unknown(call.words()));
        };
    }

    private End<BmcEnding> proveByTheStamp(final Passwords passwords)
            throws IOException, LockedException, InterruptedException {
        final List<String> missing = new ArrayList<>();
        try {
            world.cmdlets().complaint().ifPresent(words -> missing.add("AzsStampBMCSummary does not pass: " + words));
        } catch (NotKnownException e) {
            missing.add("AzsStampBMCSummary can't be run: " + e.getMessage());
        }
        missing.addAll(alerts());
        return missing.isEmpty()
                ? proved(
                        passwords,
                        List.of(
                                "no logon was tested, since only the stamp reaches its BMCs: that they have the password"
                                        + " is what the stamp says"))
                : closing.left(notVerified(missing, "Mend what is named, then resume it."));
    }

    /** The alerts about BMCs that do not close in a bounded time; that they can't be seen is one. */
    private List<String> alerts() throws InterruptedException {
        final Instant deadline = clock.instant().plus(limits.alerts());
        while (true) {
            final List<String> open;
            try {
                open = world.watch().bmcAlerts();
            } catch (NotKnownException e) {
                return memory.state().accepted().contains(BmcCondition.ALERTS)
                        ? List.of()
                        : List.of("the alerts can't be seen: " + e.getMessage());
            }
            if (open.isEmpty() || !clock.instant().isBefore(deadline)) {
                return open;
            }
            listener.line("Not yet: " + Text.some(open));
            world.cmdlets().pause(limits.ask());
        }
    }

    private End<BmcEnding> proved(final Passwords passwords, final List<String> warnings)
            throws IOException, LockedException {
        putBack(passwords);
        memory.verified(warnings);
        return finish(warnings);
    }

    private End<BmcEnding> finish(final List<String> proved) throws IOException, LockedException {
        final List<String> warnings = new ArrayList<>(proved);
        final PasswordStore store = world.store();
        final boolean back = memory.state().target() == Target.BACK;
        phase(
                BmcPhase.FINISH,
                back
                        ? "'" + store.name(Generation.PENDING) + "' is not needed any more"
                        : "the new password becomes '" + store.name(Generation.CURRENT) + "'");
        lock.check();
        try {
            if (!back) {
                promote();
            }
            forgetPending().ifPresent(reason -> warnings.add("'" + store.name(Generation.PENDING) + "' " + reason));
        } catch (NotKnownException e) {
            return closing.left(notSaved(e, warnings));
        }
        return closing.over(
                back
                        ? new End<>(
                                rotation,
                                BmcEnding.RESTORED,
                                "It went back: every BMC, and the stamp, has the password that '"
                                        + store.name(Generation.CURRENT) + "' holds, and that is proved.",
                                "",
                                warnings)
                        : new End<>(
                                rotation,
                                BmcEnding.COMPLETED,
                                "Every BMC, and the stamp, has the new password, which is '"
                                        + store.name(Generation.CURRENT) + "' now; the one from before is '"
                                        + store.name(Generation.PREVIOUS) + "'.",
                                "",
                                warnings));
    }

    /** @return why the pending one stays; empty if there is none any more */
    private Optional<String> forgetPending() throws IOException, NotKnownException {
        final BmcState state = memory.state();
        final boolean isCurrent = state.verified().isPresent() && state.target() == Target.FORTH;
        if (!isCurrent && !state.changesThatMayComeLate().isEmpty()) {
            return Optional.of("stays, since nobody knows whether a change of "
                    + Text.some(state.changesThatMayComeLate())
                    + " comes late, by which it would take that password; the next update goes on with it");
        }
        return keeping.forgetPending(login -> isFresh(login, state))
                ? Optional.empty()
                : Optional.of("holds a password that is not this update's, and was left alone; the next update goes on"
                        + " with it");
    }

    /** Previous becomes what is current, current what is pending; what was done before a crash is not done again. */
    private void promote() throws IOException, NotKnownException {
        try (Passwords passwords = Passwords.read(world.store())) {
            final Optional<String> fresh = memory.state().fresh();
            if (Optional.of(passwords.current().fingerprint(world.key())).equals(fresh)) {
                // A store may show what it could not save.
                keeping.keep(Generation.CURRENT, passwords.current());
                return;
            }
            final BmcLogin pending = passwords
                    .pending()
                    .filter(login -> Optional.of(login.fingerprint(world.key())).equals(fresh))
                    .orElseThrow(() -> new NotKnownException(
                            "'" + world.store().name(Generation.PENDING)
                                    + "' does not hold the password any more that every BMC takes",
                            "Put it back, from a backup of the credentials store or the history of its provider, then"
                                    + " resume."));
            keeping.keep(Generation.PREVIOUS, passwords.current());
            keeping.keep(Generation.CURRENT, pending);
        }
    }

    private End<BmcEnding> notSaved(final NotKnownException reason, final List<String> warnings) {
        final PasswordStore store = world.store();
        final boolean back = memory.state().target() == Target.BACK;
        return new End<>(
                rotation,
                BmcEnding.NOT_SAVED,
                (back
                                ? "Every BMC takes the password of '" + store.name(Generation.CURRENT)
                                        + "'; what is left is to remove '" + store.name(Generation.PENDING) + "'"
                                : "Every BMC takes the new password, which '" + store.name(Generation.PENDING)
                                        + "' holds; the one from before is in '" + store.name(Generation.CURRENT)
                                        + "' or '" + store.name(Generation.PREVIOUS)
                                        + "', and no BMC takes it any more")
                        + ". The store did not follow: " + reason.getMessage() + ".",
                reason.advice() + " Then resume it: azsUpdateBmc resume: '" + rotation + "'.",
                warnings);
    }

    /** Every BMC takes what it took before, and so does the stamp: the new password is nobody's. */
    private End<BmcEnding> nothingChanged(final Known call) throws IOException, LockedException, InterruptedException {
        final Optional<String> complaint;
        try {
            complaint = world.cmdlets().complaint();
        } catch (NotKnownException e) {
            return closing.left(notVerified(List.of("AzsStampBMCSummary can't be run: " + e.getMessage()), e.advice()));
        }
        if (complaint.isPresent()) {
            return closing.left(partial(
                    new Known(
                            call.kind(), "no BMC has it, but the stamp does not get on with them: " + complaint.get()),
                    Map.of()));
        }
        memory.givenUp(
                "No BMC was changed" + (call.words().isEmpty() ? "" : ": " + call.words())
                        + ". Every BMC takes the current password, as logons have shown.",
                "Mend what is named, then make a new plan.");
        try {
            forgetPending()
                    .ifPresent(reason -> listener.line("'" + world.store().name(Generation.PENDING) + "' " + reason));
        } catch (NotKnownException e) {
            // It stays, and the next update goes on with it.
            listener.line("'" + world.store().name(Generation.PENDING) + "' could not be removed: " + e.getMessage());
        }
        return notStarted();
    }

    /** From now on nothing of it begins. What may be pending stays: no BMC was given it, and the next update takes it. */
    private End<BmcEnding> notStarted(final String message, final String advice) throws IOException, LockedException {
        memory.givenUp(message + " No BMC was changed.", advice);
        return notStarted();
    }

    private End<BmcEnding> notStarted() throws IOException, LockedException {
        final var givenUp = memory.state().givenUp().orElseThrow();
        return closing.over(new End<>(
                rotation,
                BmcEnding.NOT_STARTED,
                givenUp.get("message").orElse(""),
                givenUp.get("advice").orElse(""),
                List.of()));
    }

    private End<BmcEnding> stillRunning(final Known call) {
        return closing.left(new End<>(
                rotation,
                BmcEnding.STILL_RUNNING,
                "The call still runs on the stamp, and goes on there by itself: " + call.words()
                        + ". The stamp stays locked for it; " + where(),
                "Resume it later: azsUpdateBmc resume: '" + rotation + "'.",
                List.of()));
    }

    private End<BmcEnding> unknown(final String words) {
        return new End<>(
                rotation,
                BmcEnding.UNKNOWN,
                "Nobody can tell what became of the call: " + words
                        + ". Nothing is sent again, and the stamp stays locked for this update; " + where(),
                "Ask the stamp, Get-ActionStatus -FunctionName \"Set-BmcCredential\", or log on to a BMC by hand. Resume this"
                        + " update, which asks again; or, once it is certain that nothing of it runs, release the lock on"
                        + " its page with that reason: the next update goes on with the pending password.",
                List.of());
    }

    private End<BmcEnding> partial(final Known call, final Map<BmcNode, Live> live) {
        final String nodes = live.entrySet().stream()
                .map(one -> one.getKey().name() + " takes the "
                        + one.getValue().holds().word())
                .collect(Collectors.joining(", "));
        return new End<>(
                rotation,
                BmcEnding.PARTIAL,
                "Not every BMC, and the stamp, has the same password"
                        + (call.words().isEmpty() ? "" : ": " + call.words())
                        + (nodes.isEmpty() ? "" : "; " + nodes) + ". Nothing is lost: " + where(),
                "Mend what is named, then go on: azsUpdateBmc resume: '" + rotation + "'."
                        + (world.bmcs().isPresent()
                                ? " Or go back, once approved: azsUpdateBmc resume: '" + rotation + "', back: true."
                                : ""),
                List.of());
    }

    private End<BmcEnding> notVerified(final List<String> missing, final String advice) {
        return new End<>(
                rotation,
                BmcEnding.NOT_VERIFIED,
                "What every BMC and the stamp have could not be proved: " + Text.some(missing) + ". Nothing is lost: "
                        + where(),
                (advice.isEmpty() ? "Look at what is named." : advice) + " Then resume it, which looks again:"
                        + " azsUpdateBmc resume: '" + rotation + "'.",
                List.of());
    }

    private String where() {
        return "'" + world.store().name(Generation.PENDING) + "' holds the new password, '"
                + world.store().name(Generation.CURRENT) + "' the one from before.";
    }

    private static String adviceOf(final Map<BmcNode, Live> live) {
        return live.values().stream()
                .map(Live::advice)
                .filter(advice -> !advice.isEmpty())
                .distinct()
                .findFirst()
                .orElse("");
    }

    private void phase(final BmcPhase phase, final String sentence) {
        listener.phase(phase, sentence);
    }
}
