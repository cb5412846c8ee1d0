package io.jenkins.plugins.azurestack.powershell.psrp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts the fragments that one connection receives together to messages (MS-PSRP 2.2.4). Objects may interleave and may go on in the
 * next piece of data; fragments themselves never do. One serves a whole pool: its own messages and those of its pipelines.
 *
 * <p>Memory grows only with bytes that really came, and those of unfinished messages are bounded. After an exception the stream can't be
 * trusted any more: {@link #clear()} or a new instance starts over. Thread-safe.
 */
public final class Defragmenter {
    /** 32 MiB of unfinished messages. */
    public static final int DEFAULT_MAX_BYTES = 32 << 20;

    private static final int MAX_OPEN_OBJECTS = 1024;

    private final int maxBytes;
    private final Map<Long, Unfinished> unfinished = new HashMap<>();
    private long pendingBytes;

    /** One with the default limit. */
    public Defragmenter() {
        this(DEFAULT_MAX_BYTES);
    }

    /**
     * One with a limit.
     *
     * @param maxBytes of all unfinished messages together, hence also of one message
     */
    public Defragmenter(int maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("the limit is positive");
        }
        this.maxBytes = maxBytes;
    }

    /**
     * Takes the decoded content of one stream element.
     *
     * @param data whole fragments, maybe none
     * @return the messages that are complete now, in the order of their last fragments
     * @throws MalformedMessageException when fragments are cut short, out of order or too large together; messages that
     *     were complete before that in the same data are lost with it, unless {@link #accept(byte[], Consumer)} is used
     */
    public List<Message> accept(byte[] data) throws MalformedMessageException {
        final List<Message> complete = new ArrayList<>();
        accept(data, complete::add);
        return complete;
    }

    /**
     * Takes the decoded content of one stream element, and hands each message over as soon as it is complete, so that
     * what comes before a malformed fragment is not lost.
     *
     * @param data whole fragments, maybe none
     * @param receiver gets the messages in the order of their last fragments; must not call back
     * @throws MalformedMessageException when fragments are cut short, out of order or too large together
     */
    public synchronized void accept(byte[] data, Consumer<? super Message> receiver) throws MalformedMessageException {
        final ByteBuffer source = ByteBuffer.wrap(data);
        while (source.hasRemaining()) {
            accept(Fragment.decode(source)).ifPresent(receiver);
        }
    }

    /** Takes one fragment; the message, when it is the last of one. */
    synchronized Optional<Message> accept(Fragment fragment) throws MalformedMessageException {
        final Unfinished object = place(fragment);
        if (!fragment.isEnd()) {
            return Optional.empty();
        }
        forget(fragment.objectId());
        return Optional.of(Message.decode(object.bytes.toByteArray()));
    }

    /** Drops what is there of one message. */
    synchronized void forget(long objectId) {
        final Unfinished object = unfinished.remove(objectId);
        if (object != null) {
            pendingBytes -= object.bytes.size();
        }
    }

    private Unfinished place(Fragment fragment) throws MalformedMessageException {
        if (fragment.isStart() != (fragment.fragmentId() == 0)) {
            throw new MalformedMessageException(
                    "The first fragment of a message, and no other, starts it: " + fragment);
        }
        final Unfinished object = fragment.isStart() ? begin(fragment) : unfinished.get(fragment.objectId());
        if (object == null || object.nextFragment != fragment.fragmentId()) {
            throw new MalformedMessageException("A fragment before it is missing, or it came twice: " + fragment);
        }
        if (pendingBytes + fragment.length() > maxBytes) {
            throw new MalformedMessageException("Unfinished messages exceed the limit of " + maxBytes + " bytes");
        }
        fragment.appendTo(object.bytes);
        object.nextFragment++;
        pendingBytes += fragment.length();
        return object;
    }

    private Unfinished begin(Fragment fragment) throws MalformedMessageException {
        if (unfinished.size() >= MAX_OPEN_OBJECTS) {
            throw new MalformedMessageException("More than " + MAX_OPEN_OBJECTS + " messages are unfinished");
        }
        final Unfinished object = new Unfinished();
        if (unfinished.putIfAbsent(fragment.objectId(), object) != null) {
            throw new MalformedMessageException(
                    "A message starts while one of the same number is unfinished: " + fragment);
        }
        return object;
    }

    /** How many messages have begun and not ended. */
    public synchronized int unfinishedMessages() {
        return unfinished.size();
    }

    /** Forgets unfinished messages, as after the loss of a connection. */
    public synchronized void clear() {
        unfinished.clear();
        pendingBytes = 0;
    }

    private static final class Unfinished {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long nextFragment;
    }
}
