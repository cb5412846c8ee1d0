package io.jenkins.plugins.azurestack.journal;

import io.jenkins.plugins.azurestack.stamp.DnsName;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The locks of all stamps and shares: one owner each, a rotation. A lock is a file, so it outlives builds and restarts,
 * and no time takes it away: it is released by its owner, adopted in the name of the very rotation that owns it, or
 * released by a named person for a reason, which is recorded. What can't be read counts as locked. Of several who try
 * at once, in this process or another, exactly one succeeds, since a file can be made only once.
 *
 * <p>The file of the stamp decides. It is made before the share's and removed after it, so that no share is ever locked
 * for a stamp that is not; files of adoptions without it are what a crash left, and nobody's. Safe for use by several
 * threads.
 */
public final class StampLocks {
    private static final int MOST_BYTES = 1 << 16;
    private static final int LONGEST_REASON = 4_000;
    private static final int MOST_RELEASES_A_SECOND = 1_000;
    private static final String ENDING = ".lock";
    private static final Pattern SHARE_FILE = Pattern.compile("share-[0-9a-f]{32}\\.lock");
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** A look at a lock; throws if that can't be read. */
    private interface Look {
        Optional<Claim> at() throws LockedException;
    }

    private final Disk disk;
    private final Path folder;
    private final Clock clock;

    /** @param folder an existing folder, for all stamps the same */
    public StampLocks(final Disk disk, final Path folder, final Clock clock) {
        this.disk = disk;
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Locks a stamp.
     *
     * @param holder the job and its build, for people to read
     * @throws LockedException if it is locked, by whichever rotation; nothing was changed
     * @throws IOException if the lock could not be written; nothing may be changed
     */
    public StampLock acquire(final String stamp, final RotationId rotation, final String holder)
            throws IOException, LockedException {
        return acquire(new Claim(name(stamp), Optional.empty(), rotation, holder, clock.instant(), 1));
    }

    /**
     * Locks a stamp and a share, both or neither; see the other method.
     *
     * @param share where the certificates will be put
     */
    public StampLock acquire(final String stamp, final SharePath share, final RotationId rotation, final String holder)
            throws IOException, LockedException {
        return acquire(new Claim(name(stamp), Optional.of(share), rotation, holder, clock.instant(), 1));
    }

    private StampLock acquire(final Claim claim) throws IOException, LockedException {
        final Path file = stampFile(claim.stamp());
        if (!disk.exists(file)) {
            for (final Path left : adoptionFiles(claim)) {
                disk.erase(left);
            }
        }
        try {
            disk.createWhole(file, claim.encode());
        } catch (FileAlreadyExistsException e) {
            throw locked(claim.stamp(), look(claim.stamp()));
        }
        takeShare(claim, file);
        return new StampLock(this, claim);
    }

    /** Takes the claim's share, unless its rotation has it already; otherwise removes the file made before. */
    private void takeShare(final Claim claim, final Path madeBefore) throws IOException, LockedException {
        if (claim.share().isEmpty()) {
            return;
        }
        final SharePath share = claim.share().get();
        try {
            takeShare(claim, share);
        } catch (IOException | LockedException e) {
            try {
                disk.erase(madeBefore);
            } catch (IOException stays) {
                e.addSuppressed(stays);
            }
            throw e;
        }
    }

    private void takeShare(final Claim claim, final SharePath share) throws IOException, LockedException {
        try {
            disk.createWhole(shareFile(share), claim.encode());
        } catch (FileAlreadyExistsException e) {
            final Optional<Claim> other = look(share);
            if (!other.map(Claim::rotation).equals(Optional.of(claim.rotation()))) {
                throw locked(share.value(), other);
            }
        }
    }

    /**
     * Takes over the lock of a rotation in order to resume it. The caller has looked at the lock and made sure that
     * whoever held it then has ended.
     *
     * @param rotation the rotation that is resumed, as a person typed it
     * @param seen what {@link #look} gave
     * @param holder the job and its build, for people to read
     * @throws LockedException if it is another rotation's, or somebody was faster; nothing was changed
     */
    public StampLock adopt(final RotationId rotation, final Claim seen, final String holder)
            throws IOException, LockedException {
        final Optional<Claim> current = look(seen.stamp());
        if (!seen.rotation().equals(rotation) || !current.equals(Optional.of(seen))) {
            throw locked(seen.stamp(), current);
        }
        final Claim next = seen.adoptedBy(holder, clock.instant());
        final Path file = adoptionFile(next);
        try {
            disk.createWhole(file, next.encode());
        } catch (FileAlreadyExistsException e) {
            throw locked(seen.stamp(), look(seen.stamp()));
        }
        if (!look(seen.stamp()).equals(Optional.of(next))) {
            disk.erase(file);
            throw locked(seen.stamp(), look(seen.stamp()));
        }
        takeShare(next, file);
        return new StampLock(this, next);
    }

    /**
     * Who holds the lock of a stamp.
     *
     * @throws LockedException if that can't be read, which counts as locked
     */
    public Optional<Claim> look(final String stamp) throws LockedException {
        final String known = name(stamp);
        try {
            final Optional<Claim> first = read(stampFile(known));
            if (first.isEmpty()) {
                return first;
            }
            Claim current = required(
                    first.get(),
                    first.get().stamp().equals(known) && first.get().turn() == 1);
            for (final Path file : adoptionFiles(current)) {
                final Optional<Claim> adopted = read(file);
                if (adopted.isPresent() && adopted.get().turn() > current.turn()) {
                    current = required(adopted.get(), isAdoption(first.get(), adopted.get()));
                }
            }
            return Optional.of(current);
        } catch (IOException e) {
            throw unreadable("The lock of stamp " + known, e);
        }
    }

    /**
     * Who holds the lock of a share.
     *
     * @throws LockedException if that can't be read, which counts as locked
     */
    public Optional<Claim> look(final SharePath share) throws LockedException {
        try {
            final Optional<Claim> found = read(shareFile(share));
            if (found.isPresent()) {
                required(found.get(), found.get().share().equals(Optional.of(share)));
            }
            return found;
        } catch (IOException e) {
            throw unreadable("The lock of share " + share, e);
        }
    }

    void check(final Claim claim) throws LockedException {
        final Optional<Claim> current = look(claim.stamp());
        if (!current.equals(Optional.of(claim))) {
            throw lost("stamp " + claim.stamp(), current);
        }
        if (claim.share().isPresent()) {
            final Optional<Claim> share = look(claim.share().get());
            if (!share.map(Claim::rotation).equals(Optional.of(claim.rotation()))) {
                throw lost("share " + claim.share().get(), share);
            }
        }
    }

    void release(final Claim claim) throws IOException, LockedException {
        final Optional<Claim> current = look(claim.stamp());
        if (!current.equals(Optional.of(claim))) {
            throw lost("stamp " + claim.stamp(), current);
        }
        if (claim.share().isPresent()) {
            final SharePath share = claim.share().get();
            if (look(share).map(Claim::rotation).equals(Optional.of(claim.rotation()))) {
                disk.erase(shareFile(share));
            }
        }
        remove(claim);
    }

    private void remove(final Claim claim) throws IOException {
        disk.erase(stampFile(claim.stamp()));
        for (final Path file : adoptionFiles(claim)) {
            disk.erase(file);
        }
    }

    /**
     * Releases a lock by hand. The caller has made sure that nothing runs on the stamp, and writes it into the audit
     * trail; it is recorded beside the locks, too, before it is done.
     *
     * @param seen what the person was shown
     * @param person who does it, by user name
     * @param reason why, in that person's words
     * @throws LockedException if it is held by somebody else by now; nothing was released
     */
    public Release release(final Claim seen, final String person, final String reason)
            throws IOException, LockedException {
        final Optional<Claim> current = look(seen.stamp());
        if (!current.equals(Optional.of(seen))) {
            throw locked(seen.stamp(), current);
        }
        final Release release = record(seen.stamp(), person, reason, current);
        releaseSharesOf(seen.stamp());
        remove(seen);
        return release;
    }

    /**
     * Releases a lock that can't be read, by hand; see {@link #release}. Shares that were locked with it are released
     * where their own locks say so.
     *
     * @throws LockedException if it can be read; nothing was released
     */
    public Release releaseUnreadable(final String stamp, final String person, final String reason)
            throws IOException, LockedException {
        final String known = name(stamp);
        refuseReadable(known, () -> look(known));
        final Release release = record(known, person, reason, Optional.empty());
        releaseSharesOf(known);
        disk.erase(stampFile(known));
        for (final Path file : files("stamp-" + known + ".")) {
            disk.erase(file);
        }
        return release;
    }

    /**
     * Releases the lock of a share that can't be read, by hand; see {@link #release}.
     *
     * @throws LockedException if it can be read; nothing was released
     */
    public Release releaseUnreadable(final SharePath share, final String person, final String reason)
            throws IOException, LockedException {
        refuseReadable(share.value(), () -> look(share));
        final Release release = record(share.value(), person, reason, Optional.empty());
        disk.erase(shareFile(share));
        return release;
    }

    private static void refuseReadable(final String what, final Look look) throws LockedException {
        final Optional<Claim> readable;
        try {
            readable = look.at();
        } catch (LockedException e) {
            return;
        }
        throw locked(what, readable);
    }

    private Release record(final String what, final String person, final String reason, final Optional<Claim> claim)
            throws IOException {
        if (person.isBlank() || reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("A lock is released by a person with a name, for a reason of at most "
                    + LONGEST_REASON + " characters");
        }
        final Instant now = clock.instant();
        for (int i = 0; i < MOST_RELEASES_A_SECOND; i++) {
            final Path file = folder.resolve("release-" + FILE_TIME.format(now) + "-" + i + ".json");
            final Release release = new Release(what, person, reason, now, claim, file);
            try {
                disk.createWhole(file, release.encode());
                return release;
            } catch (FileAlreadyExistsException e) {
                // The next number, then.
            }
        }
        throw new IOException("Too many locks are released at once. Nothing was released.");
    }

    private void releaseSharesOf(final String stamp) throws IOException {
        for (final Path file : files("share-")) {
            if (SHARE_FILE.matcher(fileName(file)).matches() && isOf(stamp, file)) {
                disk.erase(file);
            }
        }
    }

    private boolean isOf(final String stamp, final Path shareFile) throws IOException {
        try {
            return read(shareFile).map(Claim::stamp).equals(Optional.of(stamp));
        } catch (MalformedException e) {
            return false;
        }
    }

    private Optional<Claim> read(final Path file) throws IOException {
        final byte[] content;
        try {
            content = disk.readWhole(file, MOST_BYTES);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        final Lines lines = new Lines(new ByteArrayInputStream(content));
        final Lines.Line line = lines.next().orElseThrow(() -> new MalformedException("it is empty"));
        final Claim claim = Claim.decode(Frame.decode(line));
        return Optional.of(required(claim, lines.next().isEmpty()));
    }

    private static Claim required(final Claim claim, final boolean right) throws MalformedException {
        if (!right) {
            throw new MalformedException("it says something else than its name");
        }
        return claim;
    }

    private static boolean isAdoption(final Claim first, final Claim adopted) {
        return adopted.stamp().equals(first.stamp())
                && adopted.rotation().equals(first.rotation())
                && adopted.share().equals(first.share());
    }

    private static String name(final String stamp) {
        return DnsName.requireLabel("stamp", stamp);
    }

    private Path stampFile(final String stamp) {
        return folder.resolve("stamp-" + stamp + ENDING);
    }

    private Path shareFile(final SharePath share) {
        return folder.resolve("share-" + share.fileName() + ENDING);
    }

    private Path adoptionFile(final Claim claim) {
        return folder.resolve(adoptionPrefix(claim) + claim.turn() + ENDING);
    }

    private List<Path> adoptionFiles(final Claim claim) throws IOException {
        return files(adoptionPrefix(claim));
    }

    private static String adoptionPrefix(final Claim claim) {
        return "stamp-" + claim.stamp() + "." + claim.rotation() + ".";
    }

    /** The locks whose file names begin so; never what is only being written. */
    private List<Path> files(final String prefix) throws IOException {
        return disk.list(folder).stream()
                .filter(file ->
                        fileName(file).startsWith(prefix) && fileName(file).endsWith(ENDING))
                .toList();
    }

    private static String fileName(final Path file) {
        return String.valueOf(file.getFileName());
    }

    private static LockedException locked(final String what, final Optional<Claim> claim) {
        return claim.map(held -> new LockedException(
                        "'" + what + "' is locked by " + words(held)
                                + ". Nothing was changed. Resume that rotation, or, once"
                                + " it is certain that nothing runs on the stamp, release the lock on its page with a"
                                + " reason.",
                        held))
                .orElseGet(() -> new LockedException(
                        "'" + what + "' was locked a moment ago and is not any more. Nothing was changed. Start again.",
                        (Claim) null));
    }

    private static LockedException lost(final String what, final Optional<Claim> claim) {
        return new LockedException(
                "The lock of " + what + " is not this run's any more: "
                        + claim.map(held -> "it is held by " + words(held)).orElse("it was released")
                        + ". This run changes nothing more there.",
                claim.orElse(null));
    }

    private static LockedException unreadable(final String what, final IOException cause) {
        return new LockedException(
                what + " can't be read (" + Text.printable(cause.getMessage()) + "), and counts as locked. Nothing was"
                        + " changed. Find out on the stamp whether anything runs there (Get-ActionStatus); once it is"
                        + " certain that nothing does, release the lock on its page with a reason.",
                cause);
    }

    private static String words(final Claim claim) {
        return "rotation '" + claim.rotation() + "' of " + Text.printable(claim.holder()) + " on stamp " + claim.stamp()
                + " since " + claim.since();
    }
}
