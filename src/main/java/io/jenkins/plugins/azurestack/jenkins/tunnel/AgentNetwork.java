package io.jenkins.plugins.azurestack.jenkins.tunnel;

import io.jenkins.plugins.azurestack.jenkins.tunnel.AgentAnswer.Kind;
import io.jenkins.plugins.azurestack.net.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The network as one agent sees it: names are resolved there, connections begin there, and lead only to places that the
 * stamp names. While the agent is away there is no network: nothing is ever connected from here instead. Safe for use by
 * many threads.
 */
public final class AgentNetwork implements Network {
    /** Beyond the time that the agent has for connecting. */
    private static final Duration SLACK = Duration.ofSeconds(1);
    /** For the classes of this package to get there. */
    private static final Duration GREETING = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofMillis(500);
    /** RFC 9110 section 4.2.1; a revocation list elsewhere is not fetched through an agent. */
    private static final int HTTP = 80;

    private static final Executor THREADS = Executors.newCachedThreadPool(work -> {
        final Thread thread = new Thread(work, "azure-stack-tunnel");
        thread.setDaemon(true);
        return thread;
    });

    private final Agent agent;
    private final NamedPlaces places;
    private final Consumer<String> log;
    private final long giveUp;
    private final AtomicInteger waiters = new AtomicInteger();
    /** Guarded by this. */
    private Optional<Agent.Caller> greeted = Optional.empty();

    /**
     * @param patience how long, from now on, the agent may be away altogether
     * @param log gets a line when the agent is found away, and when it is back
     */
    AgentNetwork(final Agent agent, final NamedPlaces places, final Duration patience, final Consumer<String> log) {
        this.agent = Objects.requireNonNull(agent, "agent");
        this.places = Objects.requireNonNull(places, "places");
        this.log = Objects.requireNonNull(log, "log");
        this.giveUp = System.nanoTime() + patience.toNanos();
    }

    /**
     * The network of a node of this Jenkins.
     *
     * @param node its name
     * @param patience how long, from now on, the agent may be away altogether
     * @param log gets a line when the agent is found away, and when it is back; from any thread
     */
    public static AgentNetwork of(
            final String node, final NamedPlaces places, final Duration patience, final Consumer<String> log) {
        return new AgentNetwork(new NodeAgent(node), places, patience, log);
    }

    /**
     * {@inheritDoc}
     *
     * @throws ClosedByInterruptException if the thread is interrupted, which it still is afterwards
     * @throws IOException as {@code DirectNetwork} has it, with the agent's name; at once if the agent is away, or if the
     *     stamp names no such place
     */
    @Override
    public Socket connect(final String host, final int port, final Duration timeout) throws IOException {
        return connect(places, host, port, timeout);
    }

    /**
     * The same agent, for files that anybody may see and that are signed, from wherever certificates say: any host, but
     * port 80 alone.
     */
    public Network forRevocationLists() {
        return new Network() {
            @Override
            public Socket connect(final String host, final int port, final Duration timeout) throws IOException {
                if (port != HTTP) {
                    throw new IOException(host + ":" + port
                            + ": revocation lists are fetched through an agent from port" + " 80 only");
                }
                return AgentNetwork.this.connect(NamedPlaces.only(host, port), host, port, timeout);
            }

            @Override
            public void await() throws InterruptedException {
                AgentNetwork.this.await();
            }
        };
    }

    private Socket connect(final NamedPlaces allowed, final String host, final int port, final Duration timeout)
            throws IOException {
        if (!allowed.include(host, port)) {
            throw new IOException(host + ":" + port + " is no place that the stamp's configuration names, so agent '"
                    + agent.name() + "' is not asked to connect there");
        }
        final Agent.Caller caller = agent.connected().orElseThrow(() -> new AgentAwayException(sentence()));
        final CompletableFuture<Socket> opened = new CompletableFuture<>();
        THREADS.execute(() -> open(caller, new Wanted(allowed, host, port, timeout), opened));
        return wait(opened, host + ":" + port, timeout);
    }

    /** A connection that is to be opened. */
    private record Wanted(NamedPlaces allowed, String host, int port, Duration timeout) {}

    /** Nobody may wait for it any more when it is open: then it is closed again. */
    private void open(final Agent.Caller caller, final Wanted wanted, final CompletableFuture<Socket> opened) {
        final String id = UUID.randomUUID().toString();
        try {
            final AgentAnswer answer = CalledFarEnd.call(
                    caller,
                    agent.name(),
                    new AgentCall.Open(id, wanted.allowed(), wanted.host(), wanted.port(), wanted.timeout()));
            if (answer.kind() != Kind.OPEN) {
                throw answer.failure(agent.name());
            }
            final Socket socket = new TunnelSocket(
                    new CalledFarEnd(caller, agent.name(), id),
                    new InetSocketAddress(address(wanted.host(), answer), wanted.port()),
                    agent.name(),
                    THREADS);
            if (!opened.complete(socket)) {
                socket.close();
            }
        } catch (IOException | RuntimeException e) {
            opened.completeExceptionally(e);
        }
    }

    private InetAddress address(final String host, final AgentAnswer answer) throws IOException {
        try {
            return InetAddress.getByAddress(host, answer.bytes());
        } catch (UnknownHostException e) {
            throw new IOException("agent '" + agent.name() + "' does not say where it is connected to", e);
        }
    }

    private Socket wait(final CompletableFuture<Socket> opened, final String place, final Duration timeout)
            throws IOException {
        try {
            return opened.get(timeout.plus(SLACK).toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            abandon(opened);
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        } catch (TimeoutException e) {
            abandon(opened);
            final IOException late = new SocketTimeoutException(
                    place + ": agent '" + agent.name() + "' gave no answer within " + timeout.toMillis() + " ms");
            late.initCause(e);
            throw late;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(place + ": " + e.getCause(), e.getCause());
        }
    }

    /** What comes too late is closed, by whoever opens it or here. */
    private static void abandon(final CompletableFuture<Socket> opened) throws IOException {
        if (!opened.completeExceptionally(new IOException("abandoned")) && !opened.isCompletedExceptionally()) {
            opened.join().close();
        }
    }

    /** {@inheritDoc} The time for it is one for the whole run; when that is over, connecting says that the agent is away. */
    @Override
    public void await() throws InterruptedException {
        if (agent.connected().isEmpty()) {
            begin();
            try {
                while (agent.connected().isEmpty() && System.nanoTime() - giveUp < 0) {
                    TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
                }
            } finally {
                end();
            }
        }
        greet();
    }

    private void begin() {
        if (waiters.getAndIncrement() == 0) {
            log.accept("Waiting: " + sentence() + ".");
        }
    }

    private void end() {
        if (waiters.decrementAndGet() == 0 && agent.connected().isPresent()) {
            log.accept("Agent '" + agent.name() + "' is connected again.");
        }
    }

    /** The first call over a channel waits for classes; it must not be one that is in a hurry. */
    private synchronized void greet() throws InterruptedException {
        final Optional<Agent.Caller> now = agent.connected();
        if (now.isEmpty() || now.equals(greeted)) {
            return;
        }
        final CompletableFuture<AgentAnswer> greeting = new CompletableFuture<>();
        THREADS.execute(() -> {
            try {
                greeting.complete(CalledFarEnd.call(now.get(), agent.name(), new AgentCall.Greet()));
            } catch (IOException | RuntimeException e) {
                greeting.completeExceptionally(e);
            }
        });
        try {
            greeting.get(GREETING.toNanos(), TimeUnit.NANOSECONDS);
            greeted = now;
        } catch (ExecutionException | TimeoutException e) {
            // Whoever connects next is told what is wrong.
            greeted = Optional.empty();
        }
    }

    /** What is being waited for; empty if nothing is. */
    public Optional<String> waiting() {
        return waiters.get() == 0 ? Optional.empty() : Optional.of(sentence());
    }

    private String sentence() {
        return "agent '" + agent.name() + "' is not connected, and no other way is taken";
    }

    /** The agent's name, for a person. */
    public String agent() {
        return agent.name();
    }

    /** Whether the agent is away now. */
    public boolean isAway() {
        return agent.connected().isEmpty();
    }
}
