package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.journal.AuditTrail;
import io.jenkins.plugins.azurestack.journal.Claim;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.journal.JournalFolder;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.Release;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.SecretGuard;
import io.jenkins.plugins.azurestack.journal.SharePath;
import io.jenkins.plugins.azurestack.journal.StampLock;
import io.jenkins.plugins.azurestack.journal.StampLocks;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.StampQuestion.Answer;
import io.jenkins.plugins.azurestack.wiring.StampQuestion.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class LockReleaseTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final RotationId ROTATION = new RotationId("east-external-20261126-abc");
    private static final SharePath SHARE = new SharePath("\\\\10.30.0.50\\rotation\\Certificates");
    private static final StampQuestion IDLE = () -> new Answer(Word.NOT_RUNNING, "Failed");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final FileDisk disk = new FileDisk();
    private Path home;
    private JournalFolder files;
    private StampLocks locks;
    private StampLock lock;
    private LockRelease release;

    @Before
    public void lock() throws Exception {
        home = folder.getRoot().toPath().resolve("azure-stack-hub");
        files = new JournalFolder(disk, home);
        files.prepare("east");
        locks = new StampLocks(disk, files.locks(), CLOCK);
        lock = locks.acquire("east", SHARE, ROTATION, "maintenance/east #7");
        release = new LockRelease(disk, home, RefusedLogonsTest.KEY, CLOCK);
    }

    @Test
    public void aNamedPersonReleasesItForAReasonAndTheAuditTrailSaysSo() throws Exception {
        final Release done = release.release(wish("the controller was lost"), IDLE);

        assertThat(done.person()).isEqualTo("alice");
        assertThat(Files.readString(done.file())).contains("the controller was lost", ROTATION.value());
        assertThat(locks.look("east")).isEmpty();
        assertThat(locks.look(SHARE)).isEmpty();
        assertThat(audit())
                .contains("\"actor\":\"alice\"", "\"action\":\"lock-release\"", "the controller was lost")
                .contains("NOT_RUNNING: Failed", "maintenance/east #7", ROTATION.value());
        assertThat(locks.acquire("east", new RotationId("east-internal-1"), "next #1"))
                .isNotNull();
        assertThatThrownBy(lock::check).isInstanceOf(LockedException.class);
    }

    @Test
    public void withoutAReasonNothingIsReleased() throws Exception {
        for (final String reason : new String[] {"", "  \n", null, "x".repeat(4001)}) {
            refused("reason", wish(reason), IDLE);
        }
    }

    @Test
    public void whileTheStampSaysRunningNothingIsReleasedWhateverThePersonSays() throws Exception {
        final StampQuestion running = () -> new Answer(Word.RUNNING, "Running since noon");
        refused("Running since noon", wish("stuck"), running);
        refused("Running since noon", looked("stuck"), running);
    }

    @Test
    public void aStampThatCannotBeAskedIsToBeLookedAtByHand() throws Exception {
        final StampQuestion unknown = () -> new Answer(Word.UNKNOWN, "no route to host");
        refused("no route to host", wish("stuck"), unknown);

        release.release(looked("stuck"), unknown);

        assertThat(locks.look("east")).isEmpty();
        assertThat(audit()).contains("UNKNOWN: no route to host", "\"looked-by-hand\":\"true\"");
    }

    @Test
    public void whatThePageDidNotShowIsNotReleased() throws Exception {
        final LockRelease.Wish shown = wish("stuck");
        locks.adopt(ROTATION, lock.claim(), "maintenance/east #8");

        refused("somebody has taken or released the lock", shown, IDLE);
        refused("somebody has taken", new LockRelease.Wish("east", "unreadable", "alice", "stuck", true), IDLE);
        refused("somebody has taken", new LockRelease.Wish("east", null, "alice", "stuck", true), IDLE);
        refused("not locked any more", new LockRelease.Wish("west", shown.seen(), "alice", "stuck", true), IDLE);
    }

    @Test
    public void aBuildThatIsAtItKeepsIt() throws Exception {
        assertThat(InHand.take(home, ROTATION.value(), "maintenance/east #7")).isEmpty();
        try {
            refused("build maintenance/east #7 is at it now", looked("stuck"), IDLE);
        } finally {
            InHand.give(home, ROTATION.value());
        }
    }

    @Test
    public void whileItIsBeingReleasedNoBuildResumesItAndAfterwardsAnyMay() throws Exception {
        release.release(wish("stuck"), () -> {
            assertThat(InHand.holder(home, ROTATION.value()))
                    .hasValueSatisfying(holder -> assertThat(holder).contains("alice"));
            return new Answer(Word.NOT_RUNNING, "");
        });

        assertThat(InHand.holder(home, ROTATION.value())).isEmpty();
    }

    @Test
    public void aLockThatCannotBeReadIsReleasedToo() throws Exception {
        final Path file = files.locks().resolve("stamp-east.lock");
        Files.writeString(file, "rubbish");

        refused("somebody has taken", wish("stuck"), IDLE);
        release.release(
                new LockRelease.Wish("east", LockRelease.token(Optional.empty()), "alice", "disk was full", false),
                IDLE);

        assertThat(locks.look("east")).isEmpty();
        assertThat(locks.look(SHARE)).isEmpty();
        assertThat(audit()).contains("disk was full");
    }

    @Test
    public void aBuildThatIsAtItKeepsALockThatCannotBeReadToo() throws Exception {
        Files.writeString(files.locks().resolve("stamp-east.lock"), "rubbish");
        try (var shares = Files.newDirectoryStream(files.locks(), "share-*")) {
            Files.writeString(shares.iterator().next(), "rubbish");
        }
        final LockRelease.Wish wish = new LockRelease.Wish("east", "unreadable", "alice", "disk was full", true);
        assertThat(InHand.take(home, ROTATION.value(), "maintenance/east #7")).isEmpty();
        try {
            refused("build maintenance/east #7 is at it now", wish, IDLE);
            assertThatThrownBy(() -> release.releaseShare(wish, SHARE, IDLE))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("build maintenance/east #7 is at it now");
        } finally {
            InHand.give(home, ROTATION.value());
        }
        assertThat(InHand.take(home, "east-bmc-west-external-20261126-abc", "of another stamp"))
                .isEmpty();
        try {
            release.release(wish, IDLE);
        } finally {
            InHand.give(home, "east-bmc-west-external-20261126-abc");
        }
        assertThat(locks.look("east")).isEmpty();
    }

    @Test
    public void theLockOfAShareThatCannotBeReadIsReleasedByItself() throws Exception {
        lock.release();
        lock = locks.acquire("east", SHARE, ROTATION, "maintenance/east #7");
        try (var shares = Files.newDirectoryStream(files.locks(), "share-*")) {
            Files.writeString(shares.iterator().next(), "rubbish");
        }
        assertThatThrownBy(() -> locks.look(SHARE)).isInstanceOf(LockedException.class);

        release.releaseShare(wish("disk was full"), SHARE, IDLE);

        assertThat(locks.look(SHARE)).isEmpty();
        assertThat(locks.look("east")).isPresent();
        assertThatThrownBy(() -> release.releaseShare(wish("again"), SHARE, IDLE))
                .isInstanceOf(LockedException.class);
    }

    @Test
    public void withoutAnAuditTrailNothingIsReleased() throws Exception {
        AuditTrail.open(disk, files.audit("east"), "east", RefusedLogonsTest.KEY, CLOCK, SecretGuard.PRIVATE_KEYS);
        Files.writeString(files.audit("east"), "rubbish\n");

        assertThatThrownBy(() -> release.release(wish("stuck"), IDLE)).isInstanceOf(IOException.class);

        assertThat(locks.look("east")).contains(lock.claim());
    }

    @Test
    public void aStampThatNeverAnswersIsAskedForSomeTimeOnly() throws Exception {
        final CountDownLatch given = new CountDownLatch(1);
        final StampQuestion hanging = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                given.countDown();
                throw e;
            }
            return new Answer(Word.NOT_RUNNING, "");
        };

        refused("did not answer within", wish("stuck"), hanging.within(Duration.ofMillis(20)));
        assertThat(given.await(1, TimeUnit.MINUTES)).as("it was interrupted").isTrue();
        refused(
                "IllegalStateException",
                wish("stuck"),
                ((StampQuestion) () -> {
                            throw new IllegalStateException();
                        })
                        .within(Duration.ofMinutes(1)));
        assertThat(IDLE.within(Duration.ofMinutes(1)).ask().word()).isEqualTo(Word.NOT_RUNNING);
    }

    private LockRelease.Wish wish(final String reason) {
        return new LockRelease.Wish("east", LockRelease.token(Optional.of(lock.claim())), "alice", reason, false);
    }

    private LockRelease.Wish looked(final String reason) {
        return new LockRelease.Wish("east", LockRelease.token(Optional.of(lock.claim())), "alice", reason, true);
    }

    private void refused(final String words, final LockRelease.Wish wish, final StampQuestion question)
            throws Exception {
        final Optional<Claim> before = before();
        assertThatThrownBy(() -> release.release(wish, question))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining(words);
        assertThat(before()).isEqualTo(before);
        assertThat(Files.exists(files.audit("east"))).isFalse();
    }

    private Optional<Claim> before() {
        try {
            return locks.look("east");
        } catch (LockedException e) {
            return Optional.empty();
        }
    }

    private String audit() throws IOException {
        assertThat(new StampOverview(disk, home, RefusedLogonsTest.KEY, CLOCK)
                        .audit("east", List.of())
                        .sentence())
                .startsWith("The audit trail is intact: ");
        return Files.readString(files.audit("east"));
    }
}
