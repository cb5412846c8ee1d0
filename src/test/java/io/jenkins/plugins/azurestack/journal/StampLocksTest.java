package io.jenkins.plugins.azurestack.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

public class StampLocksTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Path FOLDER = Path.of("/home/locks");
    private static final RotationId FIRST = new RotationId("first-1");
    private static final RotationId SECOND = new RotationId("second-1");
    private static final SharePath SHARE = new SharePath("\\\\10.30.0.50\\rotation\\Certificates");
    private static final String BUILD = "maintenance/east #17";

    private final ForgetfulDisk disk = new ForgetfulDisk().with(FOLDER.resolve("notes.txt"), new byte[0]);
    private final StampLocks locks = new StampLocks(disk, FOLDER, Clock.fixed(NOW, ZoneOffset.UTC));

    private static LockedException refusal(final org.assertj.core.api.ThrowableAssert.ThrowingCallable what) {
        final LockedException refusal = catchThrowableOfType(LockedException.class, what);
        assertThat(refusal).isNotNull();
        return refusal;
    }

    @Test
    public void aStampHasOneOwnerWhoIsNamedToEverybodyElse() throws Exception {
        final StampLock lock = locks.acquire("east", SHARE, FIRST, BUILD);
        lock.check();
        assertThat(lock.claim()).isEqualTo(new Claim("east", Optional.of(SHARE), FIRST, BUILD, NOW, 1));
        assertThat(locks.look("east")).contains(lock.claim());
        assertThat(locks.look(SHARE)).contains(lock.claim());
        final LockedException refusal = refusal(() -> locks.acquire("EAST", SECOND, "other #1"));
        assertThat(refusal.claim()).contains(lock.claim());
        assertThat(refusal)
                .hasMessageContaining("'east' is locked by rotation 'first-1' of maintenance/east #17")
                .hasMessageContaining("since 2026-11-23T12:00:00Z")
                .hasMessageContaining("Nothing was changed")
                .hasMessageContaining("release the lock on its page with a reason");
    }

    @Test
    public void theOwnerItselfDoesNotGetItTwice() throws Exception {
        locks.acquire("east", FIRST, BUILD);
        refusal(() -> locks.acquire("east", FIRST, BUILD));
    }

    @Test
    public void aShareHasOneOwnerHoweverItsPathIsWritten() throws Exception {
        locks.acquire("east", SHARE, FIRST, BUILD);
        for (final String path : List.of(
                "\\\\10.30.0.50\\ROTATION\\certificates\\",
                "//10.30.0.50/rotation/Certificates",
                "\\\\?\\UNC\\10.30.0.50\\rotation\\Certificates",
                " \\\\10.30.0.50\\\\rotation\\.\\Certificates. ")) {
            final LockedException refusal = refusal(() -> locks.acquire("west", new SharePath(path), SECOND, "w #1"));
            assertThat(refusal).hasMessageContaining("on stamp east");
            assertThat(locks.look("west")).as("neither").isEmpty();
        }
        locks.acquire("west", new SharePath("\\\\10.30.0.50\\rotation\\West"), SECOND, "w #1");
    }

    @Test
    public void onlyPathsOfSharesAreTaken() {
        for (final String path : List.of("", "C:\\x", "\\\\server", "\\\\s\\share\\..\\other", "\\\\s\\sh\u0000are")) {
            assertThatThrownBy(() -> new SharePath(path)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(SHARE).hasToString("\\\\10.30.0.50\\rotation\\certificates");
    }

    @Test
    public void afterItsReleaseNothingIsLeftAndAnybodyMayHaveIt() throws Exception {
        final StampLock lock = locks.acquire("east", SHARE, FIRST, BUILD);
        lock.release();
        assertThat(disk.list(FOLDER)).containsExactly(FOLDER.resolve("notes.txt"));
        assertThat(refusal(lock::check))
                .hasMessageContaining("it was released")
                .hasMessageContaining("changes nothing");
        locks.acquire("west", SHARE, SECOND, "w #1").check();
        locks.acquire("east", SECOND, "w #1").check();
        refusal(lock::release);
    }

    @Test
    public void itSurvivesARestart() throws Exception {
        final Claim claim = locks.acquire("east", SHARE, FIRST, BUILD).claim();
        for (final ForgetfulDisk.Survival survival : ForgetfulDisk.Survival.values()) {
            final StampLocks later = new StampLocks(disk.restart(survival), FOLDER, Clock.fixed(NOW, ZoneOffset.UTC));
            assertThat(later.look("east")).contains(claim);
            assertThat(later.look(SHARE)).contains(claim);
        }
    }

    @Test
    public void adoptionTakesItFromWhoHeldItForTheSameRotation() throws Exception {
        final StampLock dead = locks.acquire("east", SHARE, FIRST, BUILD);
        final StampLock alive = locks.adopt(FIRST, dead.claim(), "maintenance/east #18");
        alive.check();
        assertThat(locks.look("east")).contains(alive.claim());
        assertThat(alive.claim().turn()).isEqualTo(2);
        assertThat(refusal(dead::check)).hasMessageContaining("maintenance/east #18");
        refusal(dead::release);
        final StampLock third = locks.adopt(FIRST, alive.claim(), "maintenance/east #19");
        refusal(alive::check);
        refusal(() -> locks.acquire("east", SECOND, "x #1"));
        third.release();
        assertThat(disk.list(FOLDER)).containsExactly(FOLDER.resolve("notes.txt"));
    }

    @Test
    public void ofTwoWhoSawTheSameOneAdopts() throws Exception {
        final Claim seen = locks.acquire("east", FIRST, BUILD).claim();
        final StampLock winner = locks.adopt(FIRST, seen, "a #1");
        assertThat(refusal(() -> locks.adopt(FIRST, seen, "b #1")).claim()).contains(winner.claim());
        winner.check();
    }

    @Test
    public void nobodyAdoptsAnotherRotationsLockOrOneThatIsFree() throws Exception {
        final StampLock lock = locks.acquire("east", FIRST, BUILD);
        refusal(() -> locks.adopt(SECOND, lock.claim(), "x #1"));
        lock.check();
        lock.release();
        assertThat(refusal(() -> locks.adopt(FIRST, lock.claim(), "x #1")).claim())
                .isEmpty();
        locks.acquire("east", SECOND, "y #1");
        refusal(() -> locks.adopt(FIRST, lock.claim(), "x #1"));
    }

    @Test
    public void nobodyAdoptsWhatHeDidNotSeeAsItIs() throws Exception {
        final StampLock lock = locks.acquire("east", FIRST, BUILD);
        final Claim other = new Claim("east", Optional.of(SHARE), FIRST, BUILD, NOW, 1);
        assertThat(refusal(() -> locks.adopt(FIRST, other, "x #1")).claim()).contains(lock.claim());
        lock.check();
    }

    @Test
    public void adoptionCompletesWhatACrashLeftHalfDone() throws Exception {
        final StampLock lock = locks.acquire("east", SHARE, FIRST, BUILD);
        final Claim claim = lock.claim();
        disk.erase(shareFile());
        assertThat(locks.look(SHARE)).isEmpty();
        assertThat(refusal(lock::check)).hasMessageContaining("The lock of share");
        locks.adopt(FIRST, claim, "maintenance/east #18").check();
        assertThat(locks.look(SHARE)).isPresent();
    }

    @Test
    public void adoptionGivesWayWhereAnotherTookTheShare() throws Exception {
        final Claim claim = locks.acquire("east", SHARE, FIRST, BUILD).claim();
        disk.erase(shareFile());
        final StampLock other = locks.acquire("west", SHARE, SECOND, "w #1");
        assertThat(refusal(() -> locks.adopt(FIRST, claim, "maintenance/east #18"))
                        .claim())
                .contains(other.claim());
        assertThat(locks.look("east")).contains(claim);
        other.check();
    }

    @Test
    public void whatWasLeftOfAnAdoptionIsNobodys() throws Exception {
        final Claim claim = locks.acquire("east", FIRST, BUILD).claim();
        locks.adopt(FIRST, claim, "maintenance/east #18");
        disk.erase(FOLDER.resolve("stamp-east.lock"));
        assertThat(locks.look("east")).isEmpty();
        final StampLock again = locks.acquire("east", FIRST, "maintenance/east #19");
        again.check();
        assertThat(again.claim().turn()).isEqualTo(1);
    }

    @Test
    public void anUnreadableLockCountsAsLocked() throws Exception {
        locks.acquire("east", SHARE, FIRST, BUILD);
        final byte[] good = disk.files().get(FOLDER.resolve("stamp-east.lock"));
        for (final String content : List.of("", "rubbish\n", new String(good, UTF_8).replace("first", "other"))) {
            disk.with(FOLDER.resolve("stamp-east.lock"), content.getBytes(UTF_8));
            assertThat(refusal(() -> locks.acquire("east", SECOND, "x #1")))
                    .hasMessageContaining("can't be read")
                    .hasMessageContaining("counts as locked")
                    .hasMessageContaining("Get-ActionStatus")
                    .satisfies(refusal -> assertThat(refusal.claim()).isEmpty());
            refusal(() -> locks.look("east"));
        }
        disk.with(FOLDER.resolve("stamp-west.lock"), good);
        assertThat(refusal(() -> locks.look("west"))).hasMessageContaining("something else than its name");
        disk.with(shareFile(), new byte[0]);
        refusal(() -> locks.acquire("north", SHARE, SECOND, "x #1"));
        assertThat(locks.look("north")).isEmpty();
    }

    @Test
    public void aNamedPersonReleasesItForAReasonThatIsRecordedFirst() throws Exception {
        final StampLock lock = locks.acquire("east", SHARE, FIRST, BUILD);
        final StampLock adopted = locks.adopt(FIRST, lock.claim(), "maintenance/east #18");
        for (final String blank : List.of("", " ")) {
            assertThatThrownBy(() -> locks.release(adopted.claim(), blank, "why"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> locks.release(adopted.claim(), "alice", blank))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        adopted.check();
        final Release release = locks.release(adopted.claim(), "alice", "Support case 7: the stamp was redeployed");
        assertThat(release.claim()).contains(adopted.claim());
        assertThat(locks.look("east")).isEmpty();
        assertThat(locks.look(SHARE)).isEmpty();
        assertThat(disk.list(FOLDER)).containsExactly(FOLDER.resolve("notes.txt"), release.file());
        assertThat(new String(disk.files().get(release.file()), UTF_8))
                .contains("\"person\":\"alice\"", "\"reason\":\"Support case 7", "\"rotation\":\"first-1\"");
        refusal(adopted::check);
    }

    @Test
    public void aPersonDoesNotReleaseWhatSomebodyElseTookMeanwhile() throws Exception {
        final Claim seen = locks.acquire("east", FIRST, BUILD).claim();
        final StampLock adopted = locks.adopt(FIRST, seen, "maintenance/east #18");
        refusal(() -> locks.release(seen, "alice", "it hangs"));
        adopted.check();
        refusal(() -> locks.releaseUnreadable("east", "alice", "it hangs"));
        adopted.check();
    }

    @Test
    public void unreadableLocksAreReleasedByHandWithTheirReadableShares() throws Exception {
        locks.acquire("east", SHARE, FIRST, BUILD);
        locks.acquire("west", FIRST, BUILD);
        disk.with(FOLDER.resolve("stamp-east.lock"), new byte[] {1});
        final Release release = locks.releaseUnreadable("east", "alice", "power cut");
        assertThat(release.claim()).isEmpty();
        assertThat(locks.look(SHARE)).isEmpty();
        locks.acquire("east", SHARE, SECOND, "x #1").release();
        assertThat(locks.look("west")).isPresent();
        disk.with(shareFile(), new byte[] {1});
        locks.releaseUnreadable(SHARE, "alice", "power cut");
        locks.acquire("east", SHARE, SECOND, "x #1").check();
        refusal(() -> locks.releaseUnreadable(SHARE, "alice", "power cut"));
    }

    @Test
    public void stampsHaveNamesThatAreSafeInFileNames() {
        for (final String name : List.of("../x", "a.b", "", "a/b")) {
            assertThatThrownBy(() -> locks.acquire(name, FIRST, BUILD)).isInstanceOf(Rejected.class);
        }
        for (final String id : List.of("../x", "A", "", "-a", "a-", "a.b", "x".repeat(101))) {
            assertThatThrownBy(() -> new RotationId(id)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    public void itNeedsNoSecondNames() throws Exception {
        final ForgetfulDisk plain = new ForgetfulDisk()
                .with(FOLDER.resolve("notes.txt"), new byte[0])
                .withoutLinks();
        final StampLocks there = new StampLocks(plain, FOLDER, Clock.fixed(NOW, ZoneOffset.UTC));
        final StampLock lock = there.acquire("east", SHARE, FIRST, BUILD);
        refusal(() -> there.acquire("east", SHARE, SECOND, "x #1"));
        lock.check();
        assertThat(plain.list(FOLDER)).hasSize(3);
        lock.release();
        assertThat(plain.list(FOLDER)).hasSize(1);
    }

    @Test
    public void aLockThatCanNotBeForcedIsNotTaken() throws Exception {
        disk.failToForce(true);
        assertThatThrownBy(() -> locks.acquire("east", SHARE, FIRST, BUILD)).isInstanceOf(IOException.class);
        disk.failToForce(false);
        assertThat(Map.copyOf(disk.files())).hasSize(1);
        locks.acquire("east", SHARE, SECOND, BUILD).check();
    }

    private Path shareFile() {
        return FOLDER.resolve("share-" + SHARE.fileName() + ".lock");
    }
}
