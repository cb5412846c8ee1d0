package io.jenkins.plugins.azurestack.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The audit trail of a stamp: who did what, and when, in a file that only grows. Each record carries a keyed MAC and
 * that of the record before, so that {@link AuditVerifier} finds whatever was altered; {@link #anchor} is what to keep
 * elsewhere, so that it finds a lost end too.
 *
 * <p>Before the first change of a stamp the owner calls {@link #reserve}, which puts space aside; from then on {@link
 * #record} never fails: what can't be written waits in memory, in order, and is written before anything later. Until
 * then {@link #isWritable} is false, and the owner makes no further change, while it goes on to follow, verify and
 * save.
 *
 * <p>No secret goes into a trail: words stand in place of any value that the owner's {@link SecretGuard} recognises.
 * One owner at a time, which {@link StampLocks} sees to; within it, safe for use by several threads.
 */
public final class AuditTrail {
    /** The space that is put aside, in bytes: some thousand records. */
    static final int RESERVE = 1 << 20;

    private static final int LONGEST_TEXT = 300;
    private static final String ITSELF = "audit trail";
    private static final String NEXT =
            "Nothing was changed. Keep a copy for whoever looks into it; once the file is moved away a new trail begins.";

    private record Waiting(Instant at, String actor, String action, Optional<RotationId> rotation, Fields fields) {}

    private final Disk disk;
    private final Path file;
    private final String stamp;
    private final AuditKey key;
    private final Clock clock;
    private final SecretGuard guard;
    private final AppendedFile appended;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long count;
    private String head;
    private Optional<String> failure = Optional.empty();

    private AuditTrail(
            final Disk disk,
            final Path file,
            final String stamp,
            final AuditKey key,
            final Clock clock,
            final SecretGuard guard,
            final AuditVerdict found)
            throws IOException {
        this.disk = disk;
        this.file = file;
        this.stamp = stamp;
        this.key = key;
        this.clock = clock;
        this.guard = guard.or(SecretGuard.PRIVATE_KEYS);
        this.appended = new AppendedFile(disk, file, found.goodBytes());
        this.count = found.records();
        this.head = found.head();
    }

    /**
     * Opens the trail of a stamp, or begins it. All of it is verified; a torn last record is cut off and that is
     * recorded.
     *
     * @param file in a folder that exists
     * @param guard recognises the secrets of this run
     * @throws DamagedFileException if it is not what was written
     */
    public static AuditTrail open(
            final Disk disk,
            final Path file,
            final String stamp,
            final AuditKey key,
            final Clock clock,
            final SecretGuard guard)
            throws IOException {
        begin(disk, file, AuditLine.encode(AuditLine.header(stamp, clock.instant()), key));
        final AuditVerdict found;
        try (InputStream in = disk.read(file)) {
            found = new AuditVerifier(key, stamp, List.of()).verify(in);
        }
        if (found.problem().isPresent() && !found.isTorn()) {
            final AuditVerdict.Problem problem = found.problem().get();
            throw new DamagedFileException(file, problem.record(), problem.offset(), problem.words(), NEXT);
        }
        final AuditTrail trail = new AuditTrail(disk, file, stamp, key, clock, guard, found);
        if (found.isTorn()) {
            trail.record(ITSELF, "torn-record-cut", Fields.NONE.with("after-record", found.records()));
        }
        return trail;
    }

    private static void begin(final Disk disk, final Path file, final byte[] header) throws IOException {
        if (!disk.exists(file)) {
            try {
                disk.createWhole(file, header);
            } catch (FileAlreadyExistsException e) {
                // Somebody else began it.
            }
        }
    }

    /**
     * Makes sure that a rotation's records will find space, by writing a file of {@value #RESERVE} bytes that is given
     * back when they need it. To be called before the first change of a stamp.
     *
     * @throws IOException if there is no space, or records still wait; nothing may be changed
     */
    public synchronized void reserve() throws IOException {
        final Path reserve = reserveFile();
        final Path folder = Objects.requireNonNull(file.getParent(), "folder");
        if (!disk.exists(reserve)) {
            final long free = disk.freeSpace(folder);
            if (free < 2L * RESERVE) {
                throw new IOException("The audit trail needs " + 2 * RESERVE + " free bytes in " + folder
                        + ", where there are " + free + ". Nothing was changed. Make space there and start again.");
            }
            disk.replace(reserve, filling());
        }
        if (!isWritable()) {
            throw new IOException("The audit trail " + file + " can't be written to: " + failure.orElse("")
                    + ". Nothing more is changed until it can.");
        }
    }

    /** Bytes that no file system makes smaller. */
    private static byte[] filling() {
        final byte[] filling = new byte[RESERVE];
        long state = RESERVE;
        for (int i = 0; i < filling.length; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            filling[i] = (byte) (state >>> 56);
        }
        return filling;
    }

    private Path reserveFile() {
        return file.resolveSibling(file.getFileName() + ".reserve");
    }

    /** Records what is no part of a rotation; see the other method. */
    public void record(final String actor, final String action, final Fields fields) {
        record(actor, action, Optional.empty(), fields);
    }

    /**
     * Records that something was, or is about to be, done. Never fails: what can't be written waits.
     *
     * @param actor who does it: a user, a job with its build, or the plugin itself; cut to 300 characters
     * @param action the owner's own word; cut to 300 characters
     */
    public void record(final String actor, final String action, final RotationId rotation, final Fields fields) {
        record(actor, action, Optional.of(rotation), fields);
    }

    private synchronized void record(
            final String actor, final String action, final Optional<RotationId> rotation, final Fields fields) {
        waiting.add(new Waiting(clock.instant(), text(actor), text(action), rotation, guard.withheld(fields)));
        isWritable();
    }

    private String text(final String text) {
        final String kept = Fields.text(guard.withheld(text));
        return kept.length() <= LONGEST_TEXT ? kept : Fields.text(kept.substring(0, LONGEST_TEXT));
    }

    /**
     * Whether all that was recorded is on disk; tries to write what waits. While it is false nothing more may be
     * changed on the stamp.
     */
    public synchronized boolean isWritable() {
        while (!waiting.isEmpty()) {
            if (!written(waiting.element()) && !(gaveBackReserve() && written(waiting.element()))) {
                return false;
            }
            waiting.remove();
        }
        failure = Optional.empty();
        return true;
    }

    private boolean written(final Waiting next) {
        final AuditRecord entry = new AuditRecord(
                count + 1, head, next.at(), next.actor(), next.action(), stamp, next.rotation(), next.fields());
        final byte[] line = AuditLine.encode(entry.toJson(), key);
        try {
            appended.append(line);
        } catch (IOException e) {
            failure = Optional.of(String.valueOf(e.getMessage()));
            return false;
        }
        count = entry.number();
        head = AuditLine.mac(line);
        return true;
    }

    private boolean gaveBackReserve() {
        try {
            disk.remove(reserveFile());
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            failure = Optional.of(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** How many records wait to be written. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Why the last attempt to write failed, if records wait. */
    public synchronized Optional<String> failure() {
        return failure;
    }

    /** Where the trail is by now, as far as it is on disk. */
    public synchronized Anchor anchor() {
        return new Anchor(count, head);
    }

    /** Where it is, and how far. */
    @Override
    public synchronized String toString() {
        return "audit trail of " + stamp + " with " + count + " records on disk and " + waiting.size() + " waiting";
    }
}
