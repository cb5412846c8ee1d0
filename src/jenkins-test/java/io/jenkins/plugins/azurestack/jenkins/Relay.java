package io.jenkins.plugins.azurestack.jenkins;

import io.jenkins.plugins.azurestack.net.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A port of loopback through which a Jenkins in another JVM reaches a simulated stamp in this one: who connects says the place
 * first, {@code host:port} and a line feed, and is answered by a byte, 1 if the way is open.
 */
public final class Relay implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ServerSocket listening;
    private final Network network;

    private Relay(final ServerSocket listening, final Network network) {
        this.listening = listening;
        this.network = network;
    }

    static Relay to(final Network network) throws IOException {
        final Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), network);
        daemon(relay::accept);
        return relay;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Goes this way from any JVM of this machine. */
    public static Socket through(final int relay, final String host, final int port) throws IOException {
        final Socket socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), relay))
                .socket();
        socket.getOutputStream().write((host + ":" + port + "\n").getBytes(StandardCharsets.US_ASCII));
        if (socket.getInputStream().read() != 1) {
            socket.close();
            throw new ConnectException("Connection refused: " + host + ":" + port);
        }
        return socket;
    }

    /** What a Jenkins runs at its start to go this way; it belongs into {@code init.groovy.d}. */
    public String script() {
        return """
                import io.jenkins.plugins.azurestack.jenkins.ControllerRoute
                import io.jenkins.plugins.azurestack.net.Network
                import io.jenkins.plugins.azurestack.wiring.Route
                import java.nio.channels.SocketChannel

                class Led implements Network {
                    Socket connect(String host, int port, java.time.Duration timeout) {
                        def socket = SocketChannel.open(new InetSocketAddress('127.0.0.1', %d)).socket()
                        socket.outputStream.write((host + ':' + port + '\\n').bytes)
                        if (socket.inputStream.read() != 1) {
                            socket.close()
                            throw new ConnectException('Connection refused: ' + host + ':' + port)
                        }
                        socket
                    }
                    void await() {}
                }
                ControllerRoute.lead(Route.direct(new Led()))
                """
                .formatted(port());
    }

    private void accept() {
        try {
            while (true) {
                final Socket near = listening.accept();
                daemon(() -> lead(near));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void lead(final Socket near) {
        try (near;
                Socket far = open(near)) {
            near.getOutputStream().write(1);
            final Thread back = daemon(() -> pump(far, near));
            pump(near, far);
            back.join();
        } catch (IOException e) {
            // The one who connected sees it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket open(final Socket near) throws IOException {
        final String place = line(near.getInputStream());
        final int colon = place.lastIndexOf(':');
        return network.connect(place.substring(0, colon), Integer.parseInt(place.substring(colon + 1)), TIMEOUT);
    }

    private static String line(final InputStream in) throws IOException {
        final ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next > 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    private static void pump(final Socket from, final Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void close(final Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing more can be done about it.
        }
    }

    private static Thread daemon(final Runnable work) {
        final Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
