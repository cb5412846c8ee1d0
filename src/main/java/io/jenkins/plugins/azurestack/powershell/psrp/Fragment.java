package io.jenkins.plugins.azurestack.powershell.psrp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * One fragment of a message (MS-PSRP 2.2.4): a big-endian header of 21 bytes and a piece of the message. Immutable.
 *
 * <p>This is the form for those who look at single fragments; {@link Fragmenter} and {@link Defragmenter} do the daily work.
 */
public final class Fragment {
    /** Length of the header in bytes. */
    public static final int HEADER_LENGTH = 21;

    static final int START = 1;
    static final int END = 2;

    private final long objectId;
    private final long fragmentId;
    private final boolean start;
    private final boolean end;
    private final byte[] blob;

    /**
     * A fragment.
     *
     * @param objectId which message, unique in one direction of a connection; unsigned
     * @param fragmentId which piece of it, from 0; unsigned
     * @param start whether it is the first piece
     * @param end whether it is the last piece
     * @param blob the piece, copied
     */
    public Fragment(long objectId, long fragmentId, boolean start, boolean end, byte[] blob) {
        this(objectId, fragmentId, (start ? START : 0) | (end ? END : 0), blob.clone());
    }

    private Fragment(long objectId, long fragmentId, int flags, byte[] blob) {
        this.objectId = objectId;
        this.fragmentId = fragmentId;
        this.start = (flags & START) != 0;
        this.end = (flags & END) != 0;
        this.blob = blob;
    }

    /**
     * Reads the fragment at the buffer's position and moves the position behind it. Nothing is allocated for bytes that are not there.
     *
     * @param source big-endian, as a new buffer is
     * @return the fragment
     * @throws MalformedMessageException when header or piece are cut short, or the piece has a negative length
     */
    public static Fragment decode(ByteBuffer source) throws MalformedMessageException {
        if (source.remaining() < HEADER_LENGTH) {
            throw new MalformedMessageException(
                    "A fragment's header is cut short: " + source.remaining() + " bytes of " + HEADER_LENGTH);
        }
        final long objectId = source.getLong();
        final long fragmentId = source.getLong();
        final int flags = source.get();
        final long length = Integer.toUnsignedLong(source.getInt());
        if (length > source.remaining()) {
            throw new MalformedMessageException(
                    "A fragment claims " + length + " bytes where " + source.remaining() + " are left");
        }
        final byte[] blob = new byte[(int) length];
        source.get(blob);
        return new Fragment(objectId, fragmentId, flags, blob);
    }

    /**
     * Writes the fragment.
     *
     * @return header and piece, the caller's own
     */
    public byte[] encode() {
        return ByteBuffer.allocate(HEADER_LENGTH + blob.length)
                .putLong(objectId)
                .putLong(fragmentId)
                .put((byte) ((start ? START : 0) | (end ? END : 0)))
                .putInt(blob.length)
                .put(blob)
                .array();
    }

    /** Which message, unique in one direction of a connection; unsigned. */
    public long objectId() {
        return objectId;
    }

    /** Which piece of the message, from 0; unsigned. */
    public long fragmentId() {
        return fragmentId;
    }

    /** Whether it is the first piece. */
    public boolean isStart() {
        return start;
    }

    /** Whether it is the last piece. */
    public boolean isEnd() {
        return end;
    }

    /** A copy of the piece. */
    public byte[] blob() {
        return blob.clone();
    }

    int length() {
        return blob.length;
    }

    void appendTo(ByteArrayOutputStream target) {
        target.writeBytes(blob);
    }

    /** Its numbers: the piece may be secret. */
    @Override
    public String toString() {
        return "fragment " + Long.toUnsignedString(fragmentId) + " of object " + Long.toUnsignedString(objectId) + ", "
                + blob.length + " bytes" + (start ? ", start" : "") + (end ? ", end" : "");
    }
}
