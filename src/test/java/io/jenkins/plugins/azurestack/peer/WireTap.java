package io.jenkins.plugins.azurestack.peer;

import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.net.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A network whose every name leads to one loopback port, by way of a relay that keeps all bytes that the client sends.
 * For one connection.
 */
public final class WireTap implements Network, AutoCloseable {
    private final ServerSocket listener;
    private final CompletableFuture<byte[]> sent;

    /** @param port where the server listens on 127.0.0.1 */
    public WireTap(final int port) throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sent = CompletableFuture.supplyAsync(() -> relay(port));
    }

    private byte[] relay(final int port) {
        try (Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            final CompletableFuture<Void> back = CompletableFuture.runAsync(() -> copy(server, client, null));
            final ByteArrayOutputStream kept = new ByteArrayOutputStream();
            copy(client, server, kept);
            server.shutdownInput();
            back.join();
            return kept.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(final Socket from, final Socket to, final OutputStream kept) {
        final byte[] buffer = new byte[8192];
        try {
            final InputStream in = from.getInputStream();
            final OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (kept != null) {
                    kept.write(buffer, 0, read);
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One of the two has gone: so the relay ends too.
        }
    }

    @Override
    public Socket connect(final String host, final int port, final Duration timeout) throws IOException {
        return new DirectNetwork().connect("127.0.0.1", listener.getLocalPort(), timeout);
    }

    /** Everything that the client sent until it closed its connection. */
    public byte[] sent() {
        return sent.join();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
