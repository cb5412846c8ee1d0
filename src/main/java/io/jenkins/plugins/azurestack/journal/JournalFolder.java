package io.jenkins.plugins.azurestack.journal;

import io.jenkins.plugins.azurestack.stamp.DnsName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Where what outlives a build is kept, below one folder that belongs to no build:
 *
 * <pre>
 * locks/                            of all stamps, since two may use one share
 * stamps/&lt;stamp&gt;/journal/&lt;rotation&gt;.journal
 * stamps/&lt;stamp&gt;/audit/audit.trail
 * stamps/&lt;stamp&gt;/history/           the rotations that ended, as their engine writes it
 * </pre>
 *
 * Immutable.
 */
public final class JournalFolder {
    private static final String JOURNAL_ENDING = ".journal";

    private final Disk disk;
    private final Path root;

    /** @param root a folder whose parent exists */
    public JournalFolder(final Disk disk, final Path root) {
        this.disk = disk;
        this.root = root;
    }

    /**
     * Makes the folders of a stamp, where they are missing.
     *
     * @throws io.jenkins.plugins.azurestack.stamp.Rejected if the name is no stamp's
     */
    public void prepare(final String stamp) throws IOException {
        final Path parent = Objects.requireNonNull(root.getParent(), "parent");
        for (final Path folder : List.of(locks(), journals(stamp), audit(stamp).getParent(), history(stamp))) {
            disk.makeFolders(parent, folder);
        }
    }

    /** The folder for {@link StampLocks}. */
    public Path locks() {
        return root.resolve("locks");
    }

    /** The file for the {@link Journal} of a rotation. */
    public Path journal(final String stamp, final RotationId rotation) {
        return journals(stamp).resolve(rotation.value() + JOURNAL_ENDING);
    }

    /** The rotations of a stamp that have a journal. */
    public List<RotationId> rotations(final String stamp) throws IOException {
        return disk.list(journals(stamp)).stream()
                .map(file -> String.valueOf(file.getFileName()))
                .filter(name -> name.endsWith(JOURNAL_ENDING))
                .map(name -> name.substring(0, name.length() - JOURNAL_ENDING.length()))
                .filter(RotationId::isUsable)
                .map(RotationId::new)
                .toList();
    }

    /** The file for the {@link AuditTrail} of a stamp. */
    public Path audit(final String stamp) {
        return stamp(stamp).resolve("audit").resolve("audit.trail");
    }

    /** The folder for what an engine writes about rotations that ended. */
    public Path history(final String stamp) {
        return stamp(stamp).resolve("history");
    }

    private Path journals(final String stamp) {
        return stamp(stamp).resolve("journal");
    }

    private Path stamp(final String stamp) {
        return root.resolve("stamps").resolve(DnsName.requireLabel("stamp", stamp));
    }
}
