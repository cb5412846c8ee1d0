package io.jenkins.plugins.azurestack.share;

import io.jenkins.plugins.azurestack.net.Network;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * A network whose every name leads to one loopback port, and in which somebody changes the messages of the server: one
 * SMB message at a time, as MS-SMB2 2.1 frames them.
 */
final class MeddlingNetwork implements Network {
    private final int port;
    private final UnaryOperator<byte[]> change;

    /** @param change of each message, in turn; may return the same array, changed, or null: then it never arrives */
    MeddlingNetwork(final int port, final UnaryOperator<byte[]> change) {
        this.port = port;
        this.change = change;
    }

    @Override
    public Socket connect(final String host, final int ignored, final Duration timeout) throws IOException {
        final Socket socket = new MeddledSocket();
        socket.connect(new InetSocketAddress("127.0.0.1", port), (int) timeout.toMillis());
        return socket;
    }

    private final class MeddledSocket extends Socket {
        @Override
        public InputStream getInputStream() throws IOException {
            final DataInputStream messages = new DataInputStream(super.getInputStream());
            return new FilterInputStream(messages) {
                private InputStream current = new ByteArrayInputStream(new byte[0]);

                @Override
                public int read() throws IOException {
                    final byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
                }

                @Override
                public int read(final byte[] bytes, final int offset, final int length) throws IOException {
                    final int read = current.read(bytes, offset, length);
                    if (read > 0) {
                        return read;
                    }
                    try {
                        byte[] changed = null;
                        while (changed == null) {
                            final byte[] message = new byte[messages.readInt()];
                            messages.readFully(message);
                            changed = change.apply(message);
                        }
                        current = new ByteArrayInputStream(ByteBuffer.allocate(4 + changed.length)
                                .putInt(changed.length)
                                .put(changed)
                                .array());
                    } catch (EOFException e) {
                        return -1;
                    }
                    return current.read(bytes, offset, length);
                }
            };
        }
    }
}
