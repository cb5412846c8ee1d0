package io.jenkins.plugins.azurestack.share;

import io.jenkins.plugins.azurestack.net.Network;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

/**
 * A network whose every name leads to one loopback port, by sockets that count, break after so many bytes in one
 * direction, or do something else each time before bytes leave. What was counted before the break has arrived.
 */
final class WatchedNetwork implements Network {
    private final int port;
    private final long mostSent;
    private final long mostReceived;
    private final Runnable beforeSending;
    private long sent;
    private long received;
    private int connections;
    private boolean cut;

    private WatchedNetwork(final int port, final long mostSent, final long mostReceived, final Runnable beforeSending) {
        this.port = port;
        this.mostSent = mostSent;
        this.mostReceived = mostReceived;
        this.beforeSending = beforeSending;
    }

    static WatchedNetwork counting(final int port) {
        return new WatchedNetwork(port, Long.MAX_VALUE, Long.MAX_VALUE, () -> {});
    }

    static WatchedNetwork cutAfterSending(final int port, final long bytes) {
        return new WatchedNetwork(port, bytes, Long.MAX_VALUE, () -> {});
    }

    static WatchedNetwork cutAfterReceiving(final int port, final long bytes) {
        return new WatchedNetwork(port, Long.MAX_VALUE, bytes, () -> {});
    }

    static WatchedNetwork beforeSending(final int port, final Runnable action) {
        return new WatchedNetwork(port, Long.MAX_VALUE, Long.MAX_VALUE, action);
    }

    synchronized long sent() {
        return sent;
    }

    synchronized long received() {
        return received;
    }

    /** Whether it broke. */
    synchronized boolean hasCut() {
        return cut;
    }

    synchronized int connections() {
        return connections;
    }

    @Override
    public Socket connect(final String host, final int ignored, final Duration timeout) throws IOException {
        synchronized (this) {
            connections++;
        }
        final Socket socket = new WatchedSocket();
        socket.connect(new InetSocketAddress("127.0.0.1", port), (int) timeout.toMillis());
        return socket;
    }

    private synchronized int grantSending(final int length) {
        final int granted = (int) Math.min(length, mostSent - sent);
        sent += granted;
        cut |= granted < length;
        return granted;
    }

    private synchronized int grantReceiving(final int length) {
        final int granted = (int) Math.min(length, mostReceived - received);
        received += granted;
        cut |= granted < length;
        return granted;
    }

    private final class WatchedSocket extends Socket {
        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(final int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(final byte[] bytes, final int offset, final int length) throws IOException {
                    beforeSending.run();
                    final int granted = grantSending(length);
                    out.write(bytes, offset, granted);
                    if (granted < length) {
                        WatchedSocket.this.close();
                        throw new SocketException("cut while sending");
                    }
                }
            };
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    final byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
                }

                @Override
                public int read(final byte[] bytes, final int offset, final int length) throws IOException {
                    final int count = in.read(bytes, offset, length);
                    if (count <= 0) {
                        return count;
                    }
                    final int granted = grantReceiving(count);
                    if (granted < count) {
                        WatchedSocket.this.close();
                        if (granted == 0) {
                            throw new SocketException("cut while receiving");
                        }
                    }
                    return granted;
                }
            };
        }
    }
}
