package io.jenkins.plugins.azurestack.simulator;

import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.simulator.tls.FrontEnds;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The way to one simulated stamp, and to nothing else: its names resolve without DNS, no other does. */
final class StampNetwork implements Network {
    private final FrontEnds frontEnds;
    private final Ledger ledger;
    private final Clock clock;

    StampNetwork(final FrontEnds frontEnds, final Ledger ledger, final Clock clock) {
        this.frontEnds = frontEnds;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** A socket of a channel, since reading from one ends when its thread is interrupted. */
    @Override
    public Socket connect(final String host, final int port, final Duration timeout) throws IOException {
        requireEndpoint(host, port);
        final Socket socket = SocketChannel.open().socket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            frontEnds.announce(socket.getLocalPort());
            socket.connect(frontEnds.address(), (int) Math.max(1, timeout.toMillis()));
            return socket;
        } catch (IOException e) {
            frontEnds.finish(socket.getLocalPort());
            socket.close();
            throw e;
        }
    }

    private void requireEndpoint(final String host, final int port) throws IOException {
        final Optional<CertificateFolder> folder = frontEnds.folderOf(host);
        if (folder.isEmpty()) {
            ledger.record(new Ledger.Handshake(clock.instant(), host, Optional.empty(), Ledger.Outcome.UNRESOLVED, 0));
            throw new UnknownHostException(host + ": no name of the simulated stamp");
        }
        if (!frontEnds.listensOn(host, port) || frontEnds.isDown(folder.get())) {
            ledger.record(new Ledger.Handshake(clock.instant(), host, folder, Ledger.Outcome.REFUSED, 0));
            throw new ConnectException("Connection refused: " + host + ":" + port);
        }
    }
}
