package io.jenkins.plugins.azurestack.simulator.remoting;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What one stream of a shell, its own or a command's, has to say until a client receives it. One Receive at a time takes
 * it, in order; while it is full writers wait, or the oldest is dropped if nobody is connected and the client asked for
 * that. Thread-safe.
 */
final class Outbox {
    /** How often a waiting Receive looks whether its client is still there. */
    private static final long GLANCE_MILLIS = 50;
    /** Tags and ids around each fragment in an envelope. */
    private static final int AROUND_FRAGMENT = 160;

    private final int capacity;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private int bytes;
    private boolean drops;
    private boolean over;
    private boolean closed;
    private Waiting waiting;
    private String lastMessageId = "";
    private Chunk last;

    /** @param capacity how many bytes wait here before writers do */
    Outbox(final int capacity) {
        this.capacity = capacity;
    }

    /**
     * What one Receive takes.
     *
     * @param fragments in order
     * @param isLast whether nothing follows, ever
     */
    record Chunk(List<byte[]> fragments, boolean isLast) {}

    /** One message, whose fragments go away one by one. */
    private static final class Entry {
        private final Deque<byte[]> fragments;
        private final boolean endsAnswer;
        private boolean begun;

        Entry(final List<byte[]> fragments, final boolean endsAnswer) {
            this.fragments = new ArrayDeque<>(fragments);
            this.endsAnswer = endsAnswer;
        }

        int bytes() {
            return fragments.stream().mapToInt(fragment -> fragment.length).sum();
        }
    }

    /** A Receive that waits. */
    private static final class Waiting {
        private WsManFault end;
        private boolean challenged;
    }

    /** Adds a message's fragments; waits while there is no room, unless old messages are dropped. */
    void put(final List<byte[]> fragments, final boolean endsAnswer) throws InterruptedException {
        put(fragments, endsAnswer, false);
    }

    /** Adds the last message, for which there is always room. */
    void putLast(final List<byte[]> fragments) throws InterruptedException {
        put(fragments, true, true);
    }

    private synchronized void put(final List<byte[]> fragments, final boolean endsAnswer, final boolean isLast)
            throws InterruptedException {
        final Entry entry = new Entry(fragments, endsAnswer);
        final int size = entry.bytes();
        while (!closed && !isLast && bytes > 0 && bytes + size > capacity && !drops) {
            wait();
        }
        if (closed) {
            return;
        }
        entries.add(entry);
        bytes += size;
        over |= isLast;
        makeRoom();
        notifyAll();
    }

    private void makeRoom() {
        final Iterator<Entry> oldest = entries.iterator();
        while (drops && bytes > capacity && entries.size() > 1 && oldest.hasNext()) {
            final Entry entry = oldest.next();
            // A message that is half sent is sent whole; the newest stays.
            if (!entry.begun && entry != entries.peekLast()) {
                bytes -= entry.bytes();
                oldest.remove();
            }
        }
    }

    /** Whether old messages are dropped from now on where there is no room. */
    synchronized void drops(final boolean whetherOldOnes) {
        drops = whetherOldOnes;
        makeRoom();
        notifyAll();
    }

    /** Nothing is said any more, and writers wait no more; a waiting Receive ends with a fault. */
    synchronized void close(final WsManFault fault) {
        closed = true;
        endWaiting(fault);
    }

    /** Ends a waiting Receive, if there is one; what is there stays. */
    synchronized void endWaiting(final WsManFault fault) {
        if (waiting != null) {
            waiting.end = fault;
        }
        notifyAll();
    }

    /** Whether a Receive waits. */
    synchronized boolean isAwaited() {
        return waiting != null;
    }

    /**
     * Takes what is there, waiting until there is something.
     *
     * @param messageId of the request; the same once more gets the same answer
     * @param room how many bytes of an envelope it may fill
     * @param nanos how long to wait
     * @param isGone whether the client is there no more; nothing is taken for it then
     * @throws WsManFault if nothing came in time, another Receive waits, or the shell was closed or disconnected
     */
    synchronized Chunk receive(final String messageId, final int room, final long nanos, final BooleanSupplier isGone)
            throws WsManFault, InterruptedException {
        if (last != null && !messageId.isEmpty() && messageId.equals(lastMessageId)) {
            return last;
        }
        takeTurn(nanos);
        final Waiting turn = new Waiting();
        waiting = turn;
        try {
            final long deadline = System.nanoTime() + nanos;
            while (entries.isEmpty() && !over && !closed) {
                if (isGone.getAsBoolean()) {
                    throw WsManFault.aborted();
                }
                turn.challenged = false;
                notifyAll();
                final long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw WsManFault.timedOut();
                }
                wait(Math.min(left, GLANCE_MILLIS));
                if (turn.end != null) {
                    throw turn.end;
                }
            }
            if (closed) {
                throw turn.end == null ? WsManFault.noSuchCommand() : turn.end;
            }
            if (over && entries.isEmpty() && last != null && last.isLast()) {
                throw WsManFault.noSuchCommand();
            }
            if (isGone.getAsBoolean()) {
                // It may have left while there was nothing to look for: what has come since is the next one's.
                throw WsManFault.aborted();
            }
            final Chunk chunk = take(room);
            lastMessageId = messageId;
            last = chunk;
            return chunk;
        } finally {
            waiting = null;
            notifyAll();
        }
    }

    /** One Receive waits at a time; an older one whose client is gone makes way. */
    private void takeTurn(final long nanos) throws WsManFault, InterruptedException {
        final Waiting older = waiting;
        if (older == null) {
            return;
        }
        older.challenged = true;
        notifyAll();
        final long deadline = System.nanoTime() + nanos;
        while (waiting == older && older.challenged && System.nanoTime() < deadline) {
            wait(GLANCE_MILLIS);
        }
        if (waiting != null) {
            throw WsManFault.concurrent();
        }
    }

    private Chunk take(final int room) throws WsManFault {
        final List<byte[]> taken = new ArrayList<>();
        int filled = 0;
        boolean more = true;
        while (more && !entries.isEmpty()) {
            final Entry entry = entries.peek();
            final byte[] fragment = entry.fragments.peek();
            final int size = (fragment.length + 2) / 3 * 4 + AROUND_FRAGMENT;
            if (filled + size > room) {
                if (taken.isEmpty()) {
                    throw WsManFault.answerTooLarge();
                }
                break;
            }
            filled += size;
            taken.add(fragment);
            bytes -= fragment.length;
            entry.fragments.remove();
            entry.begun = true;
            if (entry.fragments.isEmpty()) {
                entries.remove();
                more = !entry.endsAnswer;
            }
        }
        return new Chunk(taken, over && entries.isEmpty());
    }
}
