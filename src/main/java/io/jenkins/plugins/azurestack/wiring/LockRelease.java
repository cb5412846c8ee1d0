package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.journal.AuditTrail;
import io.jenkins.plugins.azurestack.journal.Claim;
import io.jenkins.plugins.azurestack.journal.Disk;
import io.jenkins.plugins.azurestack.journal.Fields;
import io.jenkins.plugins.azurestack.journal.JournalFolder;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.Release;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.SecretGuard;
import io.jenkins.plugins.azurestack.journal.SharePath;
import io.jenkins.plugins.azurestack.journal.StampLocks;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/**
 * Releases the lock of a stamp by hand: by a person who is named, for a reason that is typed, never while a build of this
 * Jenkins is at it or the stamp says that something runs. It is in the audit trail before it is done. Of several in this
 * process one goes first.
 */
public final class LockRelease {
    private static final Object TURN = new Object();
    private static final int LONGEST_REASON = 4000;
    /** Stands for a lock that can't be read. */
    private static final String UNREADABLE = "unreadable";

    private final Disk disk;
    private final Path home;
    private final AuditKey key;
    private final Clock clock;

    /** @param home the folder for all stamps */
    public LockRelease(final Disk disk, final Path home, final AuditKey key, final Clock clock) {
        this.disk = Objects.requireNonNull(disk, "disk");
        this.home = Objects.requireNonNull(home, "home");
        this.key = Objects.requireNonNull(key, "key");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * What somebody asks for.
     *
     * @param stamp whose lock
     * @param seen {@link #token} of what the person was shown
     * @param person by user id
     * @param reason in that person's words
     * @param looked whether the person says to have looked on the stamp, and that nothing runs there; counts only where
     *     the stamp can't be asked
     */
    public record Wish(String stamp, String seen, String person, String reason, boolean looked) {
        public Wish {
            Objects.requireNonNull(stamp, "stamp");
            Objects.requireNonNull(person, "person");
            seen = seen == null ? "" : seen;
            reason = reason == null ? "" : reason.strip();
        }
    }

    /**
     * What stands for a lock on a page: it changes whenever somebody takes or adopts it.
     *
     * @param claim empty for a lock that can't be read
     */
    public static String token(final Optional<Claim> claim) {
        return claim.map(held -> held.rotation() + " " + held.turn() + " " + held.since())
                .orElse(UNREADABLE);
    }

    /**
     * Releases a stamp's lock, and the share's that goes with it.
     *
     * @throws Rejected if it is not released: says why; nothing was changed
     * @throws LockedException if somebody was faster; nothing was changed
     * @throws IOException if it could not be written down; nothing was changed
     */
    public Release release(final Wish wish, final StampQuestion question)
            throws IOException, LockedException, InterruptedException {
        requireReason(wish);
        synchronized (TURN) {
            final Optional<Claim> claim = seen(wish);
            final Optional<String> taken = take(wish, claim);
            if (taken.isPresent()) {
                throw atIt(taken.get());
            }
            try {
                final StampQuestion.Answer answer = question.ask();
                requireIdle(wish, answer);
                audit(wish, claim, answer);
                return claim.isPresent()
                        ? locks().release(claim.get(), wish.person(), wish.reason())
                        : locks().releaseUnreadable(wish.stamp(), wish.person(), wish.reason());
            } finally {
                claim.ifPresent(held -> InHand.give(home, held.rotation().value()));
            }
        }
    }

    /**
     * Releases the lock of a share that can't be read.
     *
     * @param share of that stamp
     * @throws Rejected as the other method does
     * @throws LockedException if it can be read; nothing was changed
     * @throws IOException as the other method does
     */
    public Release releaseShare(final Wish wish, final SharePath share, final StampQuestion question)
            throws IOException, LockedException, InterruptedException {
        requireReason(wish);
        synchronized (TURN) {
            final Optional<String> taken = InHand.holderOf(home, wish.stamp());
            if (taken.isPresent()) {
                throw atIt(taken.get());
            }
            final StampQuestion.Answer answer = question.ask();
            requireIdle(wish, answer);
            audit(wish, Optional.empty(), answer);
            return locks().releaseUnreadable(share, wish.person(), wish.reason());
        }
    }

    private static void requireReason(final Wish wish) {
        if (wish.reason().isEmpty() || wish.reason().length() > LONGEST_REASON) {
            throw new Rejected(
                    "reason",
                    "is missing or longer than " + LONGEST_REASON + " characters; say why. Nothing was released");
        }
    }

    private Optional<Claim> seen(final Wish wish) throws LockedException {
        Optional<Claim> claim;
        try {
            claim = locks().look(wish.stamp());
            if (claim.isEmpty()) {
                throw rejected("the stamp is not locked any more");
            }
        } catch (LockedException e) {
            claim = Optional.empty();
        }
        if (!token(claim).equals(wish.seen())) {
            throw rejected("somebody has taken or released the lock since the page was shown. Look at it again");
        }
        return claim;
    }

    /** From now on nobody in this Jenkins resumes it. Of a lock that can't be read anybody may be at it. */
    private Optional<String> take(final Wish wish, final Optional<Claim> claim) {
        return claim.isPresent()
                ? InHand.take(home, claim.get().rotation().value(), wish.person() + ", who is releasing its lock,")
                : InHand.holderOf(home, wish.stamp());
    }

    private static Rejected atIt(final String build) {
        return rejected("build " + Text.printable(build)
                + " is at it now. Wait for its end, or abort it: that ends its waiting and leaves the lock");
    }

    private static void requireIdle(final Wish wish, final StampQuestion.Answer answer) {
        if (answer.word() == StampQuestion.Word.RUNNING) {
            throw rejected("the stamp says that this runs there: " + answer.words()
                    + ". Go on with azsRotateSecrets or azsUpdateBmc resume, or wait for its end");
        }
        if (answer.word() == StampQuestion.Word.UNKNOWN && !wish.looked()) {
            throw rejected("the stamp could not be asked whether anything runs there: " + answer.words()
                    + ". Look there yourself (Get-ActionStatus); if nothing runs, say so in the form");
        }
    }

    private void audit(final Wish wish, final Optional<Claim> claim, final StampQuestion.Answer answer)
            throws IOException {
        final JournalFolder folder = new JournalFolder(disk, home);
        folder.prepare(wish.stamp());
        final AuditTrail trail =
                AuditTrail.open(disk, folder.audit(wish.stamp()), wish.stamp(), key, clock, SecretGuard.PRIVATE_KEYS);
        trail.reserve();
        Fields fields = Fields.of("reason", wish.reason())
                .with("stamp-said", answer.word() + ": " + answer.words())
                .with("looked-by-hand", Boolean.toString(wish.looked()));
        if (claim.isPresent()) {
            fields = fields.with("holder", claim.get().holder())
                    .with("since", claim.get().since())
                    .with("turn", claim.get().turn());
        }
        final Optional<RotationId> rotation = claim.map(Claim::rotation);
        if (rotation.isPresent()) {
            trail.record(wish.person(), "lock-release", rotation.get(), fields);
        } else {
            trail.record(wish.person(), "lock-release", fields);
        }
        if (!trail.isWritable()) {
            throw new IOException(
                    "The audit trail can't be written (" + trail.failure().orElse("")
                            + "), so nothing was released. Mend the disk under the Jenkins home, and try again.");
        }
    }

    private StampLocks locks() {
        return new StampLocks(disk, new JournalFolder(disk, home).locks(), clock);
    }

    private static Rejected rejected(final String reason) {
        return new Rejected("lock", "not released: " + reason + ". Nothing was changed");
    }
}
