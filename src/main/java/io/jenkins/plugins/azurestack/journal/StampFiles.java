package io.jenkins.plugins.azurestack.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Where the changes of one stamp, of its secrets or of its BMC password, are written down: outside every build. */
public final class StampFiles {
    private final Disk disk;
    private final JournalFolder folder;
    private final String stamp;
    private final AuditKey key;
    private final SecretGuard guard;
    private final Clock clock;

    /**
     * @param root a folder for all stamps, whose parent exists
     * @param key of the audit trails
     * @param guard recognises the secrets of this run, which are then not written
     */
    public StampFiles(
            final Disk disk,
            final Path root,
            final String stamp,
            final AuditKey key,
            final SecretGuard guard,
            final Clock clock) {
        this.disk = Objects.requireNonNull(disk, "disk");
        this.folder = new JournalFolder(disk, root);
        this.stamp = Objects.requireNonNull(stamp, "stamp");
        this.key = Objects.requireNonNull(key, "key");
        this.guard = Objects.requireNonNull(guard, "guard");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Makes the folders, where they are missing. */
    public void prepare() throws IOException {
        folder.prepare(stamp);
    }

    /** The locks of all stamps; the folders exist. */
    public StampLocks locks() {
        return new StampLocks(disk, folder.locks(), clock);
    }

    /**
     * The audit trail of the stamp.
     *
     * @throws IOException if it can't be read, or is not what was written
     */
    public AuditTrail audit() throws IOException {
        return AuditTrail.open(disk, folder.audit(stamp), stamp, key, clock, guard);
    }

    /**
     * Where the stamp's audit trail is now, to be kept elsewhere.
     *
     * @throws IOException if it can't be read, or is not what was written
     */
    public Anchor anchor() throws IOException {
        prepare();
        return audit().anchor();
    }

    /** Begins the journal of a rotation that has none. */
    public Journal begin(final RotationId rotation) throws IOException {
        return Journal.begin(disk, folder.journal(stamp, rotation), rotation, clock, guard);
    }

    /** Opens the journal of a rotation, to go on with it. */
    public Journal open(final RotationId rotation) throws IOException {
        return Journal.open(disk, folder.journal(stamp, rotation), rotation, clock, guard);
    }

    /** What the journal of a rotation says, if it has one. */
    public Optional<JournalContents> read(final RotationId rotation) throws IOException {
        final Path file = folder.journal(stamp, rotation);
        return disk.exists(file) ? Optional.of(JournalContents.read(disk, file)) : Optional.empty();
    }

    /** The rotations that have a journal. */
    public List<RotationId> rotations() throws IOException {
        return folder.rotations(stamp);
    }
}
