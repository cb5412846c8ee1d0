package io.jenkins.plugins.azurestack.jenkins.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connected socket whose connection begins on an agent. It behaves as one of {@code DirectNetwork} does: reads keep their
 * time-out, closing it ends what another thread waits for and does not wait itself, and so does interrupting that thread,
 * which closes it. Options of TCP are taken note of and have no effect. Safe for use by many threads.
 */
final class TunnelSocket extends Socket {
    /** What was written before closing has so long to arrive. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final FarEnd far;
    private final InetSocketAddress remote;
    private final Executor threads;
    private final Incoming incoming;
    private final Outgoing outgoing;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean farClosed = new AtomicBoolean();
    private final InputStream in = new Reading();
    private final OutputStream out = new Writing();
    private volatile boolean inputShut;
    private volatile int timeout;
    private volatile int linger = -1;
    private volatile boolean noDelay = true;
    private volatile boolean keepAlive;

    /**
     * @param remote where the connection leads to, as the agent resolved it
     * @param agent its name, for messages
     * @param threads never refuse a task, and never run one on the caller's own
     */
    TunnelSocket(final FarEnd far, final InetSocketAddress remote, final String agent, final Executor threads)
            throws SocketException {
        super((SocketImpl) null);
        this.far = Objects.requireNonNull(far, "far");
        this.remote = Objects.requireNonNull(remote, "remote");
        this.threads = Objects.requireNonNull(threads, "threads");
        this.incoming = new Incoming(far, agent, threads);
        this.outgoing = new Outgoing(far, agent, threads);
        incoming.askAhead();
    }

    private ClosedByInterruptException interrupted() {
        Thread.currentThread().interrupt();
        close();
        return new ClosedByInterruptException();
    }

    private final class Reading extends InputStream {
        @Override
        public int read() throws IOException {
            final byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(final byte[] bytes, final int offset, final int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            try {
                return length == 0 ? 0 : incoming.read(bytes, offset, length, timeout);
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }

        @Override
        public int available() throws IOException {
            return incoming.available();
        }

        @Override
        public void close() {
            TunnelSocket.this.close();
        }
    }

    private final class Writing extends OutputStream {
        @Override
        public void write(final int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(final byte[] bytes, final int offset, final int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            try {
                outgoing.write(bytes, offset, length);
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }

        @Override
        public void close() {
            TunnelSocket.this.close();
        }
    }

    /** Ends every wait at once. What was written has a few seconds to arrive, on other threads. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            incoming.close();
            if (outgoing.close(this::closeFarEnd)) {
                CompletableFuture.delayedExecutor(linger == 0 ? 0 : LINGER.toMillis(), TimeUnit.MILLISECONDS, threads)
                        .execute(this::closeFarEnd);
            }
        }
    }

    private void closeFarEnd() {
        if (farClosed.compareAndSet(false, true)) {
            try {
                far.close();
            } catch (IOException e) {
                // The channel is gone, and the agent closes what came over it.
                return;
            }
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        requireOpen();
        if (inputShut) {
            throw new SocketException("Socket input is shutdown");
        }
        return in;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        requireOpen();
        if (outgoing.isFinished()) {
            throw new SocketException("Socket output is shutdown");
        }
        return out;
    }

    private void requireOpen() throws SocketException {
        if (closed.get()) {
            throw new SocketException("Socket is closed");
        }
    }

    @Override
    public void shutdownInput() throws IOException {
        requireOpen();
        inputShut = true;
        incoming.shut();
    }

    @Override
    public void shutdownOutput() throws IOException {
        requireOpen();
        outgoing.finish();
    }

    @Override
    public boolean isInputShutdown() {
        return inputShut;
    }

    @Override
    public boolean isOutputShutdown() {
        return outgoing.isFinished();
    }

    @Override
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public void connect(final SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    @Override
    public void connect(final SocketAddress endpoint, final int millis) throws IOException {
        requireOpen();
        throw new SocketException("already connected");
    }

    @Override
    public void bind(final SocketAddress address) throws IOException {
        requireOpen();
        throw new SocketException("Already bound");
    }

    @Override
    public InetAddress getInetAddress() {
        return remote.getAddress();
    }

    @Override
    public int getPort() {
        return remote.getPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return remote;
    }

    /** The agent's end has an address that is of no use here. */
    @Override
    public InetAddress getLocalAddress() {
        return new InetSocketAddress(0).getAddress();
    }

    @Override
    public int getLocalPort() {
        return 0;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return new InetSocketAddress(0);
    }

    @Override
    public SocketChannel getChannel() {
        return null;
    }

    @Override
    public void setSoTimeout(final int millis) throws SocketException {
        requireOpen();
        if (millis < 0) {
            throw new IllegalArgumentException("timeout can't be negative");
        }
        timeout = millis;
    }

    @Override
    public int getSoTimeout() throws SocketException {
        requireOpen();
        return timeout;
    }

    @Override
    public void setTcpNoDelay(final boolean on) throws SocketException {
        requireOpen();
        noDelay = on;
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        requireOpen();
        return noDelay;
    }

    @Override
    public void setKeepAlive(final boolean on) throws SocketException {
        requireOpen();
        keepAlive = on;
    }

    @Override
    public boolean getKeepAlive() throws SocketException {
        requireOpen();
        return keepAlive;
    }

    @Override
    public void setSoLinger(final boolean on, final int seconds) throws SocketException {
        requireOpen();
        linger = on ? seconds : -1;
    }

    @Override
    public int getSoLinger() throws SocketException {
        requireOpen();
        return linger;
    }

    @Override
    public void setOOBInline(final boolean on) throws SocketException {
        requireOpen();
    }

    @Override
    public boolean getOOBInline() throws SocketException {
        requireOpen();
        return false;
    }

    @Override
    public void sendUrgentData(final int data) throws IOException {
        requireOpen();
        throw new SocketException("urgent data does not pass through an agent");
    }

    @Override
    public void setSendBufferSize(final int size) throws SocketException {
        requireOpen();
    }

    @Override
    public int getSendBufferSize() throws SocketException {
        requireOpen();
        return Outgoing.ROOM;
    }

    @Override
    public void setReceiveBufferSize(final int size) throws SocketException {
        requireOpen();
    }

    @Override
    public int getReceiveBufferSize() throws SocketException {
        requireOpen();
        return Incoming.ROOM;
    }

    @Override
    public void setTrafficClass(final int value) throws SocketException {
        requireOpen();
    }

    @Override
    public int getTrafficClass() throws SocketException {
        requireOpen();
        return 0;
    }

    @Override
    public void setReuseAddress(final boolean on) throws SocketException {
        requireOpen();
    }

    @Override
    public boolean getReuseAddress() throws SocketException {
        requireOpen();
        return false;
    }

    @Override
    public void setPerformancePreferences(final int time, final int latency, final int bandwidth) {
        // There is nothing to prefer.
    }

    @Override
    public <T> Socket setOption(final SocketOption<T> name, final T value) {
        throw new UnsupportedOperationException(name + " does not reach through an agent");
    }

    @Override
    public <T> T getOption(final SocketOption<T> name) {
        throw new UnsupportedOperationException(name + " does not reach through an agent");
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public String toString() {
        return "TunnelSocket[" + remote + "]";
    }
}
