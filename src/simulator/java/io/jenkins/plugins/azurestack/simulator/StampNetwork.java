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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * The way to one simulated stamp, and to nothing else: its names resolve without DNS, its addresses without routes, no
 * other does. Thread-safe.
 */
final class StampNetwork implements Network {
    private final FrontEnds frontEnds;
    private final Ledger ledger;
    private final Clock clock;
    private final Map<Place, Route> routes = new ConcurrentHashMap<>();

    StampNetwork(final FrontEnds frontEnds, final Ledger ledger, final Clock clock) {
        this.frontEnds = frontEnds;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** A port of a host, as clients know it. */
    record Place(String host, int port) {}

    private record Route(InetSocketAddress to, BooleanSupplier down) {}

    /**
     * Leads a port of a host to where it really listens.
     *
     * @param down asked once at every attempt to connect: whether nothing accepts there
     */
    void route(final String host, final int port, final InetSocketAddress to, final BooleanSupplier down) {
        routes.put(new Place(host, port), new Route(to, down));
    }

    /** Where everything but the front ends really listens, in the order of the names. */
    Map<Place, InetSocketAddress> routes() {
        final Map<Place, InetSocketAddress> all = new LinkedHashMap<>();
        routes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing(Place::host).thenComparing(Place::port)))
                .forEach(route -> all.put(route.getKey(), route.getValue().to()));
        return all;
    }

    @Override
    public Socket connect(final String host, final int port, final Duration timeout) throws IOException {
        final Route route = routes.get(new Place(host, port));
        if (route == null) {
            requireFrontEnd(host, port);
            return connectToFrontEnd(timeout);
        }
        if (route.down().getAsBoolean()) {
            throw refused(host, port);
        }
        final Socket socket = SocketChannel.open().socket();
        try {
            socket.connect(route.to(), millis(timeout));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** A socket of a channel, since reading from one ends when its thread is interrupted. */
    private Socket connectToFrontEnd(final Duration timeout) throws IOException {
        final Socket socket = SocketChannel.open().socket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            frontEnds.announce(socket.getLocalPort());
            socket.connect(frontEnds.address(), millis(timeout));
            return socket;
        } catch (IOException e) {
            frontEnds.finish(socket.getLocalPort());
            socket.close();
            throw e;
        }
    }

    private void requireFrontEnd(final String host, final int port) throws IOException {
        final Optional<CertificateFolder> folder = frontEnds.folderOf(host);
        if (folder.isEmpty()) {
            if (routes.keySet().stream().anyMatch(place -> place.host().equals(host))) {
                throw refused(host, port);
            }
            ledger.record(new Ledger.Handshake(clock.instant(), host, Optional.empty(), Ledger.Outcome.UNRESOLVED, 0));
            throw new UnknownHostException(host + ": no name of the simulated stamp");
        }
        if (!frontEnds.listensOn(host, port) || frontEnds.isDown(folder.get())) {
            ledger.record(new Ledger.Handshake(clock.instant(), host, folder, Ledger.Outcome.REFUSED, 0));
            throw refused(host, port);
        }
    }

    private static ConnectException refused(final String host, final int port) {
        return new ConnectException("Connection refused: " + host + ":" + port);
    }

    private static int millis(final Duration timeout) {
        return (int) Math.max(1, timeout.toMillis());
    }
}
