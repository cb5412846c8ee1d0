package io.jenkins.plugins.azurestack.share;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;

/** Hands out one socket, connected before, and no other: the SMB library opens no connection of its own choosing. */
final class OneSocket extends SocketFactory {
    private final AtomicReference<Socket> socket;

    OneSocket(final Socket socket) {
        super();
        this.socket = new AtomicReference<>(socket);
    }

    @Override
    public Socket createSocket(final String host, final int port) throws IOException {
        final Socket taken = socket.getAndSet(null);
        if (taken == null) {
            throw new SocketException("No second connection is opened, to " + host + " or anywhere");
        }
        return taken;
    }

    @Override
    public Socket createSocket(final String host, final int port, final InetAddress localHost, final int localPort)
            throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(final InetAddress host, final int port) throws IOException {
        return createSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(final InetAddress host, final int port, final InetAddress localHost, final int localPort)
            throws IOException {
        return createSocket(host, port);
    }
}
