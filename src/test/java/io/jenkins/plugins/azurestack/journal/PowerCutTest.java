package io.jenkins.plugins.azurestack.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.journal.ForgetfulDisk.PowerCut;
import io.jenkins.plugins.azurestack.journal.ForgetfulDisk.Survival;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.Test;

/**
 * The power is cut before every single step that a disk is asked to take, on a disk that loses what was not forced, in
 * each of the ways in which it may. What was promised before has to be there afterwards. And the same once more where
 * first the process dies at every step, a second one goes on, and then the power is cut.
 */
public class PowerCutTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
    private static final Path HOME = Path.of("/jenkins");
    private static final RotationId ROTATION = new RotationId("maintenance-east-17");
    private static final RotationId OTHER = new RotationId("other-1");
    private static final SharePath SHARE = new SharePath("\\\\10.30.0.50\\rotation\\Certificates");
    private static final String STAMP = "east";

    /** What is done until the power is cut, and what has to be true then. One for each run. */
    private interface Scenario {
        /** Does everything, or whatever is left to be done of it. */
        void run(Disk disk) throws Exception;

        /** Looks at what came back. */
        void verify(ForgetfulDisk disk) throws Exception;
    }

    private static ForgetfulDisk empty() {
        return new ForgetfulDisk().with(HOME.resolve("config.xml"), new byte[0]);
    }

    /** Cuts at every step; gives how many cuts there were. */
    private static int cutEverywhere(final Supplier<ForgetfulDisk> disks, final Supplier<Scenario> scenarios)
            throws Exception {
        int cuts = 0;
        boolean ended = false;
        for (int step = 0; !ended; step++) {
            final Scenario scenario = scenarios.get();
            final ForgetfulDisk disk = disks.get();
            ended = ranToItsEnd(scenario, disk, step);
            for (final Survival survival : Survival.values()) {
                verify(scenario, disk.restart(survival), "power cut before step " + step + ", survived: " + survival);
                cuts++;
            }
        }
        return cuts;
    }

    /** Kills the process at every step, lets another go on, and cuts the power at every step of that one. */
    private static int killAndCutEverywhere(final Supplier<ForgetfulDisk> disks, final Supplier<Scenario> scenarios)
            throws Exception {
        int cuts = 0;
        boolean ended = false;
        for (int kill = 0; !ended; kill++) {
            boolean endedLater = false;
            for (int step = 0; !endedLater; step++) {
                final Scenario scenario = scenarios.get();
                final ForgetfulDisk disk = disks.get();
                ended = ranToItsEnd(scenario, disk, kill);
                disk.restartProcess();
                endedLater = ranToItsEnd(scenario, disk, step);
                verify(
                        scenario,
                        disk.restart(Survival.NOTHING),
                        "killed before step " + kill + ", then power cut before step " + step);
                cuts++;
            }
        }
        return cuts;
    }

    private static boolean ranToItsEnd(final Scenario scenario, final ForgetfulDisk disk, final long step)
            throws Exception {
        disk.cutPowerBefore(step);
        try {
            scenario.run(disk);
            return true;
        } catch (PowerCut e) {
            return false;
        }
    }

    private static void verify(final Scenario scenario, final ForgetfulDisk disk, final String when) {
        try {
            scenario.verify(disk);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(when + ": " + e.getMessage(), e);
        }
    }

    private static void everywhere(final String name, final Supplier<Scenario> scenarios) throws Exception {
        final int cuts = cutEverywhere(PowerCutTest::empty, scenarios);
        final int later = killAndCutEverywhere(PowerCutTest::empty, scenarios);
        final int plain = cutEverywhere(() -> empty().withoutLinks(), scenarios);
        System.out.println("power cuts, " + name + ": " + cuts + " at once, " + later + " after a killed process, "
                + plain + " without second names");
        assertThat(cuts).isGreaterThan(50);
        assertThat(later).isGreaterThan(50);
        // A disk that does not force has to be noticed, or all this tests nothing.
        for (final Supplier<ForgetfulDisk> liars : List.<Supplier<ForgetfulDisk>>of(
                () -> empty().withoutForcingContents(), () -> empty().withoutForcingNames())) {
            assertThatThrownBy(() -> cutEverywhere(liars, scenarios))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("survived: ");
        }
    }

    @Test
    public void aJournalKeepsEveryRecordThatWasReported() throws Exception {
        everywhere("journal", JournalScenario::new);
    }

    private static final class JournalScenario implements Scenario {
        private final List<JournalRecord> reported = new ArrayList<>();
        private boolean isBegun;

        @Override
        public void run(final Disk disk) throws Exception {
            final JournalFolder folder = new JournalFolder(disk, HOME.resolve("azure-stack-hub"));
            folder.prepare(STAMP);
            final Path file = folder.journal(STAMP, ROTATION);
            final Journal journal = disk.exists(file) ? open(disk) : Journal.begin(disk, file, ROTATION, CLOCK, none());
            isBegun = true;
            // Whatever a process read, it may have acted on.
            reported.clear();
            reported.addAll(journal.contents().records());
            for (final JournalRecord unfinished : journal.contents().unfinished()) {
                reported.add(journal.result(unfinished.call().orElseThrow(), Fields.of("settled", "by asking")));
            }
            final String call = "call-" + journal.contents().records().size();
            reported.add(journal.intent("start", call, Fields.of("words", "some words")));
            reported.add(journal.note("start", Fields.NONE));
            reported.add(journal.result(call, Fields.NONE));
        }

        private static Journal open(final Disk disk) throws IOException {
            final Path file = new JournalFolder(disk, HOME.resolve("azure-stack-hub")).journal(STAMP, ROTATION);
            return Journal.open(disk, file, ROTATION, CLOCK, none());
        }

        @Override
        public void verify(final ForgetfulDisk disk) throws Exception {
            final Journal journal;
            try {
                journal = open(disk);
            } catch (NoSuchFileException | DamagedFileException e) {
                // Not begun; or, without second names, begun and not reported.
                assertThat(isBegun).as(e.getMessage()).isFalse();
                return;
            }
            final List<JournalRecord> found = journal.contents().records().stream()
                    .filter(entry -> !entry.phase().equals("journal"))
                    .toList();
            final List<JournalRecord> due = reported.stream()
                    .filter(entry -> !entry.phase().equals("journal"))
                    .toList();
            assertThat(found.size()).isBetween(due.size(), due.size() + 1);
            assertThat(found.subList(0, due.size())).isEqualTo(due);
            journal.note("after", Fields.NONE);
            assertThat(open(disk).contents().isTorn()).isFalse();
            assertThat(open(disk).contents()).isEqualTo(journal.contents());
        }
    }

    /** A tail that is torn for its zeros, and is no more once these are written over. */
    @Test
    public void whatIsLeftOfATornRecordNeverLooksLikeDamage() throws Exception {
        final Path file = HOME.resolve("x.journal");
        final ForgetfulDisk whole = empty();
        Journal.begin(whole, file, ROTATION, CLOCK, none()).intent("start", "call-1", Fields.NONE);
        final byte[] good = whole.files().get(file);
        final byte[] torn = Arrays.copyOf(good, good.length + 1_000);
        Arrays.fill(torn, good.length + 20, torn.length - 1, (byte) 'x');
        torn[torn.length - 1] = '\n';
        final int cuts = cutEverywhere(() -> empty().with(file, torn), () -> new Scenario() {
            private int reported = 1;

            @Override
            public void run(final Disk disk) throws Exception {
                final Journal journal = Journal.open(disk, file, ROTATION, CLOCK, none());
                journal.result("call-1", Fields.NONE);
                reported = journal.contents().records().size();
            }

            @Override
            public void verify(final ForgetfulDisk disk) throws Exception {
                final JournalContents found = JournalContents.read(disk, file);
                assertThat(found.records()).hasSizeGreaterThanOrEqualTo(reported);
                Journal.open(disk, file, ROTATION, CLOCK, none()).note("after", Fields.NONE);
            }
        });
        assertThat(cuts).isGreaterThan(20);
    }

    private static SecretGuard none() {
        return text -> false;
    }

    @Test
    public void anAuditTrailKeepsEveryAnchorThatWasGiven() throws Exception {
        everywhere("audit trail", AuditScenario::new);
    }

    private static final class AuditScenario implements Scenario {
        private static final Path FILE = HOME.resolve("audit.trail");

        private Optional<Anchor> given = Optional.empty();

        @Override
        public void run(final Disk disk) throws Exception {
            final AuditTrail trail = AuditTrail.open(disk, FILE, STAMP, TestKey.KEY, CLOCK, none());
            given = Optional.of(trail.anchor());
            trail.reserve();
            for (int i = 0; i < 3; i++) {
                trail.record("job #1", "start", ROTATION, Fields.of("number", String.valueOf(i)));
                assertThat(trail.isWritable()).isTrue();
                given = Optional.of(trail.anchor());
            }
        }

        @Override
        public void verify(final ForgetfulDisk disk) throws Exception {
            if (!disk.exists(FILE)) {
                assertThat(given).isEmpty();
                return;
            }
            final AuditVerdict verdict = verdict(disk);
            if (given.isEmpty() && verdict.records() == 0 && !verdict.isIntact()) {
                return; // Without second names: begun and not reported.
            }
            assertThat(verdict.isIntact() || verdict.isTorn())
                    .as(verdict.sentence())
                    .isTrue();
            final AuditTrail later = AuditTrail.open(disk, FILE, STAMP, TestKey.KEY, CLOCK, none());
            later.reserve();
            later.record("job #2", "resume", ROTATION, Fields.NONE);
            assertThat(verdict(disk).isIntact()).isTrue();
        }

        private AuditVerdict verdict(final ForgetfulDisk disk) throws IOException {
            return new AuditVerifier(TestKey.KEY, STAMP, given.stream().toList())
                    .verify(new ByteArrayInputStream(disk.files().get(FILE)));
        }
    }

    @Test
    public void aLockThatWasGivenIsHeldAndOneThatWasGivenBackIsFree() throws Exception {
        everywhere("locks", LockScenario::new);
    }

    private static final class LockScenario implements Scenario {
        private static final Path FOLDER = HOME.resolve("locks");

        private Optional<Claim> given = Optional.empty();
        private boolean isChanging = true;
        private boolean isGivenBack;

        @Override
        public void run(final Disk disk) throws Exception {
            disk.makeFolders(HOME, FOLDER);
            final StampLocks locks = new StampLocks(disk, FOLDER, CLOCK);
            final Optional<Claim> left = locks.look(STAMP);
            isGivenBack = false;
            isChanging = true;
            StampLock lock = left.isPresent()
                    ? locks.adopt(ROTATION, left.get(), "east #2")
                    : locks.acquire(STAMP, SHARE, ROTATION, "east #1");
            given(lock);
            disk.forceFolder(HOME); // A step in which the lock does not change.
            isChanging = true;
            lock = locks.adopt(ROTATION, lock.claim(), "east #3");
            given(lock);
            disk.forceFolder(HOME); // A step in which the lock does not change.
            isChanging = true;
            lock.release();
            given = Optional.empty();
            isGivenBack = true;
            isChanging = false;
        }

        private void given(final StampLock lock) throws Exception {
            lock.check();
            given = Optional.of(lock.claim());
            isChanging = false;
        }

        @Override
        public void verify(final ForgetfulDisk disk) throws Exception {
            disk.makeFolders(HOME, FOLDER);
            final StampLocks locks = new StampLocks(disk, FOLDER, CLOCK);
            final Optional<Claim> found;
            try {
                found = locks.look(STAMP);
                locks.look(SHARE);
            } catch (LockedException e) {
                // Without second names a lock may be there in part: it counts as locked, and is released by hand.
                assertThat(isChanging).as(e.getMessage()).isTrue();
                release(locks);
                locks.acquire(STAMP, SHARE, OTHER, "x #1").check();
                return;
            }
            if (!isChanging) {
                assertThat(found).isEqualTo(given);
            }
            if (isGivenBack) {
                assertThat(found).isEmpty();
            }
            if (found.isPresent()) {
                assertThatThrownBy(() -> locks.acquire(STAMP, SHARE, OTHER, "x #1"))
                        .isInstanceOf(LockedException.class);
                final StampLock adopted = locks.adopt(ROTATION, found.get(), "east #4");
                adopted.check();
                adopted.release();
            }
            final StampLock other = locks.acquire(STAMP, SHARE, OTHER, "x #1");
            other.check();
            other.release();
        }

        private static void release(final StampLocks locks) throws Exception {
            try {
                final Optional<Claim> readable = locks.look(STAMP);
                locks.releaseUnreadable(SHARE, "alice", "power cut");
                if (readable.isPresent()) {
                    locks.release(readable.get(), "alice", "power cut");
                }
            } catch (LockedException e) {
                locks.releaseUnreadable(STAMP, "alice", "power cut");
                if (isUnreadable(locks)) {
                    locks.releaseUnreadable(SHARE, "alice", "power cut");
                }
            }
        }

        private static boolean isUnreadable(final StampLocks locks) {
            try {
                locks.look(SHARE);
                return false;
            } catch (LockedException e) {
                return true;
            }
        }
    }

    @Test
    public void aLockReleasedByHandIsRecordedFirst() throws Exception {
        everywhere("release by hand", ReleaseScenario::new);
    }

    private static final class ReleaseScenario implements Scenario {
        private static final Path FOLDER = HOME.resolve("locks");

        private boolean isAcquired;
        private boolean isReleased;

        @Override
        public void run(final Disk disk) throws Exception {
            disk.makeFolders(HOME, FOLDER);
            final StampLocks locks = new StampLocks(disk, FOLDER, CLOCK);
            if (!isAcquired) {
                final Optional<Claim> left = locks.look(STAMP);
                if (left.isPresent()) {
                    locks.adopt(ROTATION, left.get(), "east #2");
                } else {
                    locks.acquire(STAMP, SHARE, ROTATION, "east #1");
                }
                isAcquired = true;
            }
            final Optional<Claim> seen = locks.look(STAMP);
            if (seen.isPresent()) {
                locks.release(seen.get(), "alice", "the stamp was redeployed");
                isReleased = true;
            }
        }

        @Override
        public void verify(final ForgetfulDisk disk) throws Exception {
            disk.makeFolders(HOME, FOLDER);
            final StampLocks locks = new StampLocks(disk, FOLDER, CLOCK);
            final boolean recorded = disk.list(FOLDER).stream()
                    .anyMatch(file -> file.getFileName().toString().matches("release-.*[.]json"));
            final Optional<Claim> found;
            try {
                found = locks.look(STAMP);
                locks.look(SHARE);
            } catch (LockedException e) {
                assertThat(isAcquired).as(e.getMessage()).isFalse();
                return;
            }
            if (isReleased) {
                assertThat(found).isEmpty();
            }
            if (isAcquired && found.isEmpty()) {
                assertThat(recorded).isTrue();
            }
            if (found.isEmpty()) {
                locks.acquire(STAMP, SHARE, OTHER, "x #1").check();
            }
        }
    }

    @Test
    public void aReplacedFileIsTheOldOrTheNewOne() throws Exception {
        everywhere("replaced file", ReplaceScenario::new);
    }

    private static final class ReplaceScenario implements Scenario {
        private static final Path FILE = HOME.resolve("history.json");

        private int reported = -1;
        private int begun = -1;

        @Override
        public void run(final Disk disk) throws Exception {
            for (int i = 0; i < 3; i++) {
                begun = Math.max(begun, reported + 1);
                disk.replace(FILE, ("version " + begun).getBytes(UTF_8));
                reported = begun;
            }
        }

        @Override
        public void verify(final ForgetfulDisk disk) throws Exception {
            if (!disk.exists(FILE)) {
                assertThat(reported).isEqualTo(-1);
                return;
            }
            final String found = new String(disk.readWhole(FILE, 100), UTF_8);
            assertThat(found).isIn("version " + reported, "version " + begun);
            disk.replace(FILE, new byte[0]);
        }
    }
}
