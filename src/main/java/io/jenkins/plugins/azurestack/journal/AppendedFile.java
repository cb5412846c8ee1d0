package io.jenkins.plugins.azurestack.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A file that only ever grows by whole forced records. What a failed or torn write left behind the last good record is
 * cut off by the next one. The file is opened for each record, so that one that was moved away is noticed. For one
 * thread at a time.
 */
final class AppendedFile {
    private final Disk disk;
    private final Path file;
    private long good;
    private boolean ragged;

    /**
     * Forces what was read, since who wrote it may have died before doing so: nobody should act on what a power cut
     * may still take away.
     *
     * @param good where the last good record ends, in bytes
     */
    AppendedFile(final Disk disk, final Path file, final long good) throws IOException {
        this.disk = disk;
        this.file = file;
        this.good = good;
        try (Disk.OpenFile open = disk.open(file)) {
            ragged = open.size() != good;
            open.force();
        }
        disk.forceFolder(Objects.requireNonNull(file.getParent(), "folder"));
    }

    /** Returns once the bytes are on disk; after an exception they count as not written. */
    void append(final byte[] bytes) throws IOException {
        try (Disk.OpenFile open = disk.open(file)) {
            final long size = open.size();
            if (size < good || size > good && !ragged) {
                throw new IOException(file + " has " + size + " bytes instead of " + good
                        + ": somebody else wrote there. Nothing was added.");
            }
            if (size > good) {
                open.cut(good);
                open.force();
            }
            ragged = true;
            open.append(bytes);
            open.force();
        }
        good += bytes.length;
        ragged = false;
    }
}
