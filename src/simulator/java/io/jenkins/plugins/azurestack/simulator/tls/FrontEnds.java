package io.jenkins.plugins.azurestack.simulator.tls;

import io.jenkins.plugins.azurestack.simulator.http.HttpConnection;
import io.jenkins.plugins.azurestack.simulator.http.HttpHandler;
import io.jenkins.plugins.azurestack.simulator.pki.TlsServer;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.DnsName;
import io.jenkins.plugins.azurestack.stamp.Endpoint;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;

/** All TLS front ends of a stamp behind one loopback listener, told apart by the name a client asks for. */
public final class FrontEnds implements AutoCloseable {
    private static final int BACKLOG = 256;
    /** Whoever comes when there are as many is turned away. */
    private static final int MOST_CONNECTIONS = 2000;
    /** A client that is still there after this has been forgotten by its test. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final byte[] DECLINED = alert(40);
    private static final byte[] UNRECOGNIZED_NAME = alert(112);
    private static final byte[] BABBLE =
            "SSH-2.0-OpenSSH_9.2p1\r\nProtocol mismatch.\r\n".getBytes(StandardCharsets.US_ASCII);
    /** The header of a handshake record of 16 KiB, and of a server hello inside that is as long. */
    private static final byte[] ENDLESS = {22, 3, 3, 0x40, 0, 2, 0, 0x3f, (byte) 0xfc};

    private final Stamp stamp;
    private final Clock clock;
    private final SecureRandom random;
    private final Ledger ledger;
    private final ServerSocket listener;
    private final Map<CertificateFolder, FrontEnd> byFolder = new ConcurrentHashMap<>();
    private final Map<CertificateFolder, HttpHandler> handlers = new ConcurrentHashMap<>();
    private final Map<CertificateFolder, BooleanSupplier> outages = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Lock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Set<Integer> awaited = new HashSet<>();

    public FrontEnds(final Stamp stamp, final Clock clock, final SecureRandom random, final Ledger ledger)
            throws IOException {
        this.stamp = stamp;
        this.clock = clock;
        this.random = random;
        this.ledger = ledger;
        this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    }

    public void start() {
        daemon("front ends of " + stamp.name(), this::accept).start();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    public FrontEnd of(final CertificateFolder folder) {
        final FrontEnd frontEnd = byFolder.get(folder);
        if (frontEnd == null) {
            throw new IllegalArgumentException(
                    "Stamp '" + stamp.name() + "' has no folder '" + folder.folderName() + "'");
        }
        return frontEnd;
    }

    /**
     * Lets a handler answer HTTP on a folder's front end; without one it listens and says nothing.
     *
     * @param down asked once for every connection: whether nobody takes it
     */
    public void answer(final CertificateFolder folder, final HttpHandler handler, final BooleanSupplier down) {
        handlers.put(folder, handler);
        outages.put(folder, down);
    }

    /** Whether a folder's front end does not take the connection that is about to be announced. */
    public boolean isDown(final CertificateFolder folder) {
        return of(folder).manner() == Manner.REFUSES
                || outages.getOrDefault(folder, () -> false).getAsBoolean();
    }

    public void put(final CertificateFolder folder, final FrontEnd frontEnd) {
        byFolder.put(folder, frontEnd);
    }

    /** The folder whose front end answers to a name; an exact name goes before a wildcard. */
    public Optional<CertificateFolder> folderOf(final String host) {
        return stamp.endpoints().stream()
                .filter(endpoint -> DnsName.covers(endpoint.name(), host))
                .min(Comparator.comparing(Endpoint::isWildcard))
                .map(Endpoint::folder);
    }

    /** Whether the stamp listens there; a name that an exact endpoint has is not the wildcard's any more. */
    public boolean listensOn(final String host, final int port) {
        final Optional<CertificateFolder> folder = folderOf(host);
        return stamp.endpoints().stream()
                .filter(endpoint -> folder.equals(Optional.of(endpoint.folder())))
                .anyMatch(endpoint -> endpoint.port() == port && DnsName.covers(endpoint.name(), host));
    }

    /** Says from which local port a connection is about to come, so that {@link #settle} waits for its end. */
    public void announce(final int port) {
        lock.lock();
        try {
            awaited.add(port);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a connection comes from where {@link #isDown} was asked before it was made. */
    private boolean isAnnounced(final int port) {
        lock.lock();
        try {
            return awaited.contains(port);
        } finally {
            lock.unlock();
        }
    }

    /** Says that a connection from this port has ended, or never came about. */
    public void finish(final int port) {
        lock.lock();
        try {
            awaited.remove(port);
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until every announced connection has ended. */
    public boolean settle(final Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!awaited.isEmpty() && left > 0) {
                left = ended.awaitNanos(left);
            }
            return awaited.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                final Socket client = listener.accept();
                if (open.size() >= MOST_CONNECTIONS) {
                    client.close();
                    finish(client.getPort());
                    continue;
                }
                open.add(client);
                daemon("front end connection", () -> meet(client)).start();
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    ledger.record(entry(clock.instant(), "", Ledger.Outcome.NO_HELLO, 0));
                }
            }
        }
    }

    private void meet(final Socket client) {
        final Instant at = clock.instant();
        try (client) {
            client.setSoTimeout((int) PATIENCE.toMillis());
            final ClientHello hello = ClientHello.read(client.getInputStream());
            ledger.record(answer(client, hello, at));
        } catch (IOException e) {
            ledger.record(entry(at, "", Ledger.Outcome.NO_HELLO, 0));
        } finally {
            open.remove(client);
            finish(client.getPort());
        }
    }

    private Ledger.Handshake answer(final Socket client, final ClientHello hello, final Instant at) throws IOException {
        final Optional<CertificateFolder> folder = folderOf(hello.name());
        if (folder.isEmpty()) {
            client.getOutputStream().write(UNRECOGNIZED_NAME);
            return entry(at, hello.name(), Ledger.Outcome.UNKNOWN_NAME, 0);
        }
        final FrontEnd frontEnd = of(folder.get());
        if (!isAnnounced(client.getPort())
                && outages.getOrDefault(folder.get(), () -> false).getAsBoolean()) {
            client.setSoLinger(true, 0);
            return entry(at, hello.name(), Ledger.Outcome.REFUSED, 0);
        }
        if (frontEnd.manner() == Manner.SERVES) {
            return serve(client, hello, frontEnd, at);
        }
        try {
            misbehave(client, frontEnd.manner());
        } catch (IOException | InterruptedException e) {
            // The client had enough, or the stamp is closing: either way it was met as told.
        }
        return entry(at, hello.name(), Ledger.Outcome.MISBEHAVED, 0);
    }

    private Ledger.Handshake serve(
            final Socket client, final ClientHello hello, final FrontEnd frontEnd, final Instant at) {
        final TlsServer server = new TlsServer(frontEnd.certificate(), random);
        final HttpHandler handler = handlers.get(folderOf(hello.name()).orElseThrow());
        boolean completed = false;
        long received = 0;
        try (SSLSocket tls = server.handshake(client, hello.raw())) {
            completed = true;
            if (handler == null) {
                final InputStream in = tls.getInputStream();
                while (in.read() >= 0) {
                    received++;
                }
            } else {
                final HttpConnection connection = new HttpConnection(
                        tls,
                        "front-end-" + client.getPort(),
                        Optional.of(frontEnd.certificate().leaf()));
                try {
                    connection.serve(handler);
                } finally {
                    received = connection.received();
                }
            }
        } catch (IOException e) {
            // A client that leaves early is the rule here, not the exception; the ledger says how far it came.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        final Ledger.Outcome cutShort =
                server.hasPresented() ? Ledger.Outcome.CERTIFICATE_SENT : Ledger.Outcome.NO_HANDSHAKE;
        return entry(at, hello.name(), completed ? Ledger.Outcome.COMPLETED : cutShort, received);
    }

    private static void misbehave(final Socket client, final Manner manner) throws IOException, InterruptedException {
        final OutputStream out = client.getOutputStream();
        switch (manner) {
            case SILENT -> drain(client);
            case RESETS -> client.setSoLinger(true, 0);
            case CLOSES, REFUSES, SERVES -> out.flush();
            case BABBLES -> {
                out.write(BABBLE);
                drain(client);
            }
            case DECLINES -> out.write(DECLINED);
            case DRIBBLES -> {
                for (int i = 0; ; i++) {
                    out.write(i < ENDLESS.length ? ENDLESS[i] : 0);
                    TimeUnit.SECONDS.sleep(1);
                }
            }
        }
    }

    private static void drain(final Socket client) throws IOException {
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private Ledger.Handshake entry(
            final Instant at, final String name, final Ledger.Outcome outcome, final long received) {
        return new Ledger.Handshake(at, name, name.isEmpty() ? Optional.empty() : folderOf(name), outcome, received);
    }

    /** A fatal alert (RFC 8446 6) in a record of its own. */
    private static byte[] alert(final int description) {
        return new byte[] {21, 3, 3, 0, 2, 2, (byte) description};
    }

    private static Thread daemon(final String name, final Runnable task) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Stops listening and drops every connection; its threads end by that. */
    @Override
    public void close() throws IOException {
        listener.close();
        for (final Socket client : open) {
            client.close();
        }
    }
}
