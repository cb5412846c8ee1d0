package io.jenkins.plugins.azurestack.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads a file line by line, without ever holding more than one. */
final class Lines {
    /** No line of a whole file is longer, in bytes; {@link Fields} is bounded so that none can be. */
    static final int LONGEST = 1 << 20;

    private static final int BUFFER = 1 << 16;
    private static final int TYPICAL = 1 << 10;

    /**
     * One line.
     *
     * @param offset where it begins in the file
     * @param bytes without the line feed
     * @param ended whether a line feed came
     */
    record Line(long offset, byte[] bytes, boolean ended) {
        /**
         * Whether a last line that can't be read is what a crash left of a write: it does not end, or holds zeros,
         * which stand for blocks that never reached the disk and are in no line that was written whole.
         */
        boolean isTorn() {
            if (!ended) {
                return bytes.length <= LONGEST;
            }
            for (final byte b : bytes) {
                if (b == 0) {
                    return true;
                }
            }
            return false;
        }

        /** In bytes, with the line feed. */
        long length() {
            return bytes.length + (ended ? 1L : 0L);
        }
    }

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private long offset;

    Lines(final InputStream in) {
        this.in = in;
    }

    /** The next line, not ended and one byte too long if it is longer than any may be; empty at the end of the file. */
    Optional<Line> next() throws IOException {
        final ByteArrayOutputStream line = new ByteArrayOutputStream(TYPICAL);
        boolean ended = false;
        while (!ended && line.size() <= LONGEST && (from < to || fill())) {
            int end = from;
            final int stop = Math.min(to, from + LONGEST + 1 - line.size());
            while (end < stop && buffer[end] != '\n') {
                end++;
            }
            ended = end < stop;
            line.write(buffer, from, end - from);
            from = ended ? end + 1 : end;
        }
        if (line.size() == 0 && !ended) {
            return Optional.empty();
        }
        final Line found = new Line(offset, line.toByteArray(), ended);
        offset += found.length();
        return Optional.of(found);
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer));
        return to > 0;
    }
}
