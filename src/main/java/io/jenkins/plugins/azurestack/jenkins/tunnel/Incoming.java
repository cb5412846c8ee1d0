package io.jenkins.plugins.azurestack.jenkins.tunnel;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What comes from the far end: asked for ahead as long as there is room, and kept until it is read. A reader that is slow
 * leaves the room full, so that nothing more is asked for, and the server is slowed down by its own connection.
 */
final class Incoming {
    static final int ROOM = 2 * AgentConnection.LARGEST;
    /** So long may the agent wait for something to come before it says that there is nothing. */
    static final Duration PATIENCE = Duration.ofSeconds(15);
    /** An agent that says so much sooner, again and again, would keep us busy. */
    private static final Duration TOO_SOON = Duration.ofSeconds(1);

    private final FarEnd far;
    private final String agent;
    private final Executor threads;
    private final Ring ring = new Ring(ROOM);
    private boolean asking;
    private boolean ended;
    private boolean shut;
    private boolean closed;
    private IOException broken;
    private AgentAnswer failed;

    Incoming(final FarEnd far, final String agent, final Executor threads) {
        this.far = far;
        this.agent = agent;
        this.threads = threads;
    }

    /** Has the next bytes fetched, unless somebody is at it, or there is no room or no use for them. */
    synchronized void askAhead() {
        if (!asking && wantsMore()) {
            asking = true;
            threads.execute(this::ask);
        }
    }

    private synchronized boolean wantsMore() {
        return !ended && !closed && broken == null && failed == null && ring.room() >= AgentConnection.LARGEST;
    }

    private void ask() {
        boolean more = true;
        while (more) {
            final long asked = System.nanoTime();
            try {
                final AgentAnswer answer = far.pull(AgentConnection.LARGEST, PATIENCE);
                more = take(answer, Duration.ofNanos(System.nanoTime() - asked));
            } catch (IOException e) {
                more = lost(e);
            }
        }
    }

    private synchronized boolean lost(final IOException failure) {
        broken = failure;
        return goesOn();
    }

    private synchronized boolean take(final AgentAnswer answer, final Duration took) {
        switch (answer.kind()) {
            case CAME -> {
                final byte[] bytes = answer.bytes();
                if (bytes.length == 0 || bytes.length > AgentConnection.LARGEST) {
                    broken = new IOException("agent '" + agent + "' sends " + bytes.length
                            + " bytes, but was asked for up to " + AgentConnection.LARGEST);
                } else {
                    ring.put(bytes, 0, bytes.length);
                }
            }
            case NOTHING_YET -> {
                if (took.compareTo(TOO_SOON) < 0) {
                    broken = new IOException("agent '" + agent + "' does not wait for what it is asked for");
                }
            }
            case ENDED -> ended = true;
            default -> failed = answer;
        }
        return goesOn();
    }

    private synchronized boolean goesOn() {
        notifyAll();
        asking = wantsMore();
        return asking;
    }

    /**
     * Reads what is there, or waits for it.
     *
     * @param millis how long at most; 0 for as long as it takes
     * @return how many bytes, or -1 at the end
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    synchronized int read(final byte[] bytes, final int offset, final int length, final int millis)
            throws IOException, InterruptedException {
        final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            if (closed) {
                throw new SocketException("Socket closed");
            }
            if (shut) {
                return -1;
            }
            if (ring.size() > 0) {
                final int read = ring.take(bytes, offset, length);
                askAhead();
                return read;
            }
            if (broken != null) {
                throw new IOException(broken.getMessage(), broken);
            }
            if (failed != null) {
                throw failed.failure(agent);
            }
            if (ended) {
                return -1;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left(millis, end));
        }
    }

    /** In nanoseconds; more than nothing. */
    private static long left(final int millis, final long end) throws SocketTimeoutException {
        final long left = millis == 0 ? Long.MAX_VALUE : end - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("Read timed out");
        }
        return left;
    }

    synchronized int available() throws IOException {
        if (closed) {
            throw new SocketException("Socket closed");
        }
        return shut ? 0 : ring.size();
    }

    /** From now on it is at its end, whatever comes. */
    synchronized void shut() {
        shut = true;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
