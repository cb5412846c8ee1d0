package io.jenkins.plugins.azurestack.powershell.wsman;

import io.jenkins.plugins.azurestack.powershell.Connector;
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
 * Connects to loopback, and breaks the line once after so many bytes in one direction, counted over all connections;
 * what was counted before the break has arrived.
 */
final class CuttingConnector implements Connector {

    private long outLeft;
    private long inLeft;
    private long out;
    private long in;
    private int connections;

    /** Never cuts; only counts. */
    CuttingConnector() {
        this(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private CuttingConnector(final long outLeft, final long inLeft) {
        this.outLeft = outLeft;
        this.inLeft = inLeft;
    }

    static CuttingConnector afterSending(final long bytes) {
        return new CuttingConnector(bytes, Long.MAX_VALUE);
    }

    static CuttingConnector afterReceiving(final long bytes) {
        return new CuttingConnector(Long.MAX_VALUE, bytes);
    }

    synchronized long sent() {
        return out;
    }

    synchronized long received() {
        return in;
    }

    synchronized int connections() {
        return connections;
    }

    @Override
    public Socket connect(final String host, final int port, final Duration timeout) throws IOException {
        synchronized (this) {
            connections++;
        }
        final Socket socket = new CutSocket();
        socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
        return socket;
    }

    private synchronized int grantOut(final int length) {
        final int granted = (int) Math.min(length, outLeft);
        outLeft = granted < length ? Long.MAX_VALUE : outLeft - granted;
        out += granted;
        return granted;
    }

    private synchronized int grantIn(final int length) {
        final int granted = (int) Math.min(length, inLeft);
        inLeft = granted < length ? Long.MAX_VALUE : inLeft - granted;
        in += granted;
        return granted;
    }

    private final class CutSocket extends Socket {

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(final int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(final byte[] bytes, final int offset, final int length) throws IOException {
                    final int granted = grantOut(length);
                    out.write(bytes, offset, granted);
                    if (granted < length) {
                        CutSocket.this.close();
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
                    if (count > 0) {
                        final int granted = grantIn(count);
                        if (granted < count) {
                            CutSocket.this.close();
                            if (granted == 0) {
                                throw new SocketException("cut while receiving");
                            }
                        }
                        return granted;
                    }
                    return count;
                }
            };
        }
    }
}
