package io.jenkins.plugins.azurestack.simulator.http;

import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.TlsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;

/** A port on loopback that hands every connection to a handler, each in a thread of its own. Thread-safe. */
public final class HttpListener implements AutoCloseable {
    private static final int BACKLOG = 256;
    /** Whoever comes when there are as many is turned away. */
    private static final int MOST_CONNECTIONS = 500;
    /** A client that says nothing for this long has been forgotten by its owner. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final String name;
    private final HttpHandler handler;
    private final Optional<Supplier<IssuedCertificate>> tls;
    private final SecureRandom random;
    private final BooleanSupplier down;
    private final ServerSocket listener;
    private final AtomicLong connections = new AtomicLong();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private HttpListener(
            final String name,
            final HttpHandler handler,
            final Optional<Supplier<IssuedCertificate>> tls,
            final SecureRandom random,
            final BooleanSupplier down)
            throws IOException {
        this.name = Objects.requireNonNull(name, "name");
        this.handler = Objects.requireNonNull(handler, "handler");
        this.tls = tls;
        this.random = random;
        this.down = Objects.requireNonNull(down, "down");
        this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        daemon(name, this::accept).start();
    }

    /**
     * Listens on plain HTTP.
     *
     * @param name of the threads, and the beginning of every connection's id
     * @param down asked at every connection: whether it is reset before a word is said
     */
    public static HttpListener plain(final String name, final HttpHandler handler, final BooleanSupplier down)
            throws IOException {
        return new HttpListener(name, handler, Optional.empty(), null, down);
    }

    /**
     * Listens on HTTPS.
     *
     * @param certificate asked at every connection: what is served on it
     */
    public static HttpListener tls(
            final String name,
            final HttpHandler handler,
            final Supplier<IssuedCertificate> certificate,
            final SecureRandom random,
            final BooleanSupplier down)
            throws IOException {
        return new HttpListener(name, handler, Optional.of(certificate), random, down);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                final Socket client = listener.accept();
                if (open.size() >= MOST_CONNECTIONS) {
                    client.close();
                    continue;
                }
                open.add(client);
                daemon(name + " connection", () -> meet(client)).start();
            } catch (IOException e) {
                // One connection that did not come about, or the end: the loop's condition tells.
                continue;
            }
        }
    }

    private void meet(final Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            client.setSoTimeout((int) PATIENCE.toMillis());
            if (down.getAsBoolean()) {
                client.setSoLinger(true, 0);
                return;
            }
            final String id = name + "-" + connections.incrementAndGet();
            if (tls.isEmpty()) {
                new HttpConnection(client, id, Optional.empty()).serve(handler);
                return;
            }
            final IssuedCertificate certificate = tls.get().get();
            try (SSLSocket secured = new TlsServer(certificate, random).handshake(client, new byte[0])) {
                new HttpConnection(secured, id, Optional.of(certificate.leaf())).serve(handler);
            }
        } catch (IOException e) {
            // A client that leaves as it likes is the rule here; what it called is in the ledger.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private static Thread daemon(final String name, final Runnable task) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Drops every connection that is open, and goes on listening. */
    public void dropConnections() throws IOException {
        for (final Socket client : open) {
            client.close();
        }
    }

    /** Stops listening and drops every connection; its threads end by that. */
    @Override
    public void close() throws IOException {
        listener.close();
        dropConnections();
    }
}
