package io.jenkins.plugins.azurestack.jenkins.tunnel;

import io.jenkins.plugins.azurestack.jenkins.tunnel.AgentAnswer.Kind;
import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.Executor;

/**
 * What goes to the far end: kept in a room that never grows, and pushed one piece after the other, each when the one before
 * has arrived. As with a connection of the system's own, a write is done when there was room for it.
 */
final class Outgoing {
    static final int ROOM = 2 * AgentConnection.LARGEST;

    private final FarEnd far;
    private final String agent;
    private final Executor threads;
    private final Ring ring = new Ring(ROOM);
    private boolean pushing;
    private boolean finishing;
    private boolean finished;
    private boolean closed;
    private Runnable afterwards;
    private IOException broken;
    private AgentAnswer failed;

    Outgoing(final FarEnd far, final String agent, final Executor threads) {
        this.far = far;
        this.agent = agent;
        this.threads = threads;
    }

    /**
     * Takes bytes; waits while there is no room.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    synchronized void write(final byte[] bytes, final int offset, final int length)
            throws IOException, InterruptedException {
        int done = 0;
        while (done < length) {
            requireOpen();
            final int taken = ring.put(bytes, offset + done, length - done);
            done += taken;
            push();
            if (taken == 0) {
                wait();
            }
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new SocketException("Socket closed");
        }
        if (finishing) {
            throw new SocketException("Socket output is shutdown");
        }
        if (broken != null) {
            throw new IOException(broken.getMessage(), broken);
        }
        if (failed != null) {
            throw failed.failure(agent);
        }
    }

    /** Says that no more comes, after what is on its way. */
    synchronized void finish() throws IOException {
        if (!finishing) {
            requireOpen();
            finishing = true;
            push();
        }
    }

    synchronized boolean isFinished() {
        return finishing;
    }

    private void push() {
        if (!pushing) {
            pushing = true;
            threads.execute(this::pushAll);
        }
    }

    private void pushAll() {
        boolean more = true;
        while (more) {
            final byte[] piece = next();
            try {
                if (piece.length > 0) {
                    more = took(far.push(piece));
                } else {
                    more = isLast() ? took(far.finish()) : rest();
                }
            } catch (IOException e) {
                more = lost(e);
            }
        }
    }

    private synchronized byte[] next() {
        final byte[] piece = new byte[Math.min(ring.size(), AgentConnection.LARGEST)];
        ring.take(piece, 0, piece.length);
        notifyAll();
        return piece;
    }

    private synchronized boolean isLast() {
        final boolean last = finishing && !finished && ring.size() == 0;
        finished |= last;
        return last;
    }

    private synchronized boolean took(final AgentAnswer answer) {
        if (answer.kind() == Kind.DONE) {
            return true;
        }
        failed = answer;
        return stop();
    }

    private synchronized boolean lost(final IOException failure) {
        broken = failure;
        return stop();
    }

    private synchronized boolean rest() {
        return ring.size() > 0 || finishing && !finished || stop();
    }

    /** Always false: there is nothing more to push. */
    private synchronized boolean stop() {
        pushing = false;
        notifyAll();
        if (afterwards != null) {
            threads.execute(afterwards);
            afterwards = null;
        }
        return false;
    }

    /**
     * Takes no more.
     *
     * @param after what is done when everything taken before has arrived, or can't any more
     * @return whether that is still to come
     */
    synchronized boolean close(final Runnable after) {
        closed = true;
        notifyAll();
        if (pushing) {
            afterwards = after;
        } else {
            threads.execute(after);
        }
        return pushing;
    }
}
