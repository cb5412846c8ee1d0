package io.jenkins.plugins.azurestack.powershell.wsman;

import java.net.Socket;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * Lets an interrupt end what its thread does with a socket, by closing the socket; a read or write of a plain socket
 * takes no notice of interrupts by itself. For one thread at a time.
 */
final class Cancellable extends AbstractInterruptibleChannel {

    private final Socket socket;
    private volatile boolean cancelled;

    Cancellable(final Socket socket) {
        this.socket = socket;
    }

    /**
     * From now on an interrupt of this thread closes the socket, until {@link #leave()}.
     *
     * @return false if the thread was interrupted before, so that the socket is closed already
     */
    boolean enter() {
        begin();
        return !cancelled;
    }

    /** Always to follow on {@link #enter()}. The interrupt status stays as it is. */
    void leave() {
        try {
            end(true);
        } catch (AsynchronousCloseException e) {
            // What the thread did with the socket has failed for that, or was over before.
            return;
        }
    }

    /** Whether an interrupt has closed the socket. */
    boolean cancelled() {
        return cancelled;
    }

    @Override
    protected void implCloseChannel() {
        cancelled = true;
        HttpConnection.closeQuietly(socket);
    }
}
