package io.jenkins.plugins.azurestack.journal;

import java.io.IOException;
import java.nio.file.Path;

/** Says that a file of ours is not what was written: where it begins to be wrong, and how. It was left as it is. */
public class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long record;

    /**
     * @param record the number of the first record that is wrong, 0 for the file's first line
     * @param offset where that begins, in bytes
     * @param what half a sentence about it
     * @param next a sentence about what to do
     */
    DamagedFileException(final Path file, final long record, final long offset, final String what, final String next) {
        super(file + " is damaged: " + (record == 0 ? "its first line" : "record " + record) + ", at byte " + offset
                + ", is not what was written (" + what + "). The file was left as it is. " + next);
        this.record = record;
    }

    /** The number of the first record that is wrong, 0 for the file's first line. */
    public long record() {
        return record;
    }
}
