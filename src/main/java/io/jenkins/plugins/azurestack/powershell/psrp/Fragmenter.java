package io.jenkins.plugins.azurestack.powershell.psrp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Cuts the messages of one connection and direction into fragments (MS-PSRP 2.2.4) and numbers them: objects 1, 2, 3.. whatever pool
 * or pipeline they belong to, fragments of each from 0. A new connection to a pool needs a new one. Thread-safe.
 */
public final class Fragmenter {
    /** A fragment size that fits every server's envelope, base64 and SOAP included: 32 KiB. */
    public static final int SAFE_SIZE = 32 << 10;

    private final int maxFragmentSize;
    private final AtomicLong lastObjectId = new AtomicLong();

    /**
     * Starts numbering at 1.
     *
     * @param maxFragmentSize bytes of one fragment with its header, more than {@link Fragment#HEADER_LENGTH}
     */
    public Fragmenter(int maxFragmentSize) {
        if (maxFragmentSize <= Fragment.HEADER_LENGTH) {
            throw new IllegalArgumentException("a fragment needs room for more than its header");
        }
        this.maxFragmentSize = maxFragmentSize;
    }

    /**
     * Cuts a message.
     *
     * @param message what to send
     * @return its fragments in order, at least one
     */
    public List<byte[]> split(Message message) {
        return split(message.encode());
    }

    /**
     * Cuts an encoded message.
     *
     * @param message header and payload
     * @return its fragments in order, at least one
     */
    public List<byte[]> split(byte[] message) {
        final long objectId = lastObjectId.incrementAndGet();
        final int room = maxFragmentSize - Fragment.HEADER_LENGTH;
        final List<byte[]> fragments = new ArrayList<>(message.length / room + 1);
        int from = 0;
        do {
            final int length = Math.min(room, message.length - from);
            final int flags = (from == 0 ? Fragment.START : 0) | (from + length == message.length ? Fragment.END : 0);
            fragments.add(ByteBuffer.allocate(Fragment.HEADER_LENGTH + length)
                    .putLong(objectId)
                    .putLong(fragments.size())
                    .put((byte) flags)
                    .putInt(length)
                    .put(message, from, length)
                    .array());
            from += length;
        } while (from < message.length);
        return fragments;
    }

    /**
     * Cuts several messages and strings their fragments together, as the opening of a shell wants them.
     *
     * @param messages in order
     * @return all fragments
     */
    public byte[] join(List<Message> messages) {
        final ByteArrayOutputStream joined = new ByteArrayOutputStream();
        messages.forEach(message -> split(message).forEach(joined::writeBytes));
        return joined.toByteArray();
    }
}
