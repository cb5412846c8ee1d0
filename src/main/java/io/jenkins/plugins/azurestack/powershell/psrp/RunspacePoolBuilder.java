package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.Connector;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.RemotingException;
import io.jenkins.plugins.azurestack.powershell.wsman.Authentication;
import io.jenkins.plugins.azurestack.powershell.wsman.SessionId;
import io.jenkins.plugins.azurestack.powershell.wsman.ShellId;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManClient;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManEndpoint;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManTimeouts;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Describes a session on a PowerShell endpoint before it is opened, or before one that is there is taken up again. Not
 * thread-safe.
 */
public final class RunspacePoolBuilder {
    /** As long as the exchange of the key may take by MS-PSRP 3.1.2. */
    private static final Duration KEY_LIMIT = Duration.ofSeconds(60);

    private static final Duration SHORTEST_IDLE_TIMEOUT = Duration.ofMinutes(1);

    private final WsManEndpoint endpoint;
    private final String configurationName;
    private final WsManClient.Builder client;
    private Clock clock = Clock.systemUTC();
    private SecureRandom random = new SecureRandom();
    private ThreadFactory threads = new DaemonThreads();
    private Duration idleTimeout;
    private Duration openLimit = Duration.ofMinutes(3);
    private Duration outageLimit = Duration.ofHours(1);
    private int fragmentSize = Fragmenter.SAFE_SIZE;
    private int keptRecords = 100_000;
    private Pauses pauses = Pauses.REAL;
    private Supplier<KeyExchange> keyExchanges;
    private Function<SessionId, WsManClient> clients;

    RunspacePoolBuilder(WsManEndpoint endpoint, String configurationName) {
        this.endpoint = endpoint;
        this.configurationName = configurationName;
        this.client = WsManClient.to(endpoint, configurationName);
    }

    /** Who opens the session. They have to stay open until the pool is closed: a lost connection logs on again. */
    public RunspacePoolBuilder credentials(PasswordCredentials newCredentials) {
        client.credentials(newCredentials);
        return this;
    }

    /** Opens the sockets. */
    public RunspacePoolBuilder connector(Connector newConnector) {
        client.connector(newConnector);
        return this;
    }

    /** NTLM if not said. */
    public RunspacePoolBuilder authentication(Authentication newAuthentication) {
        client.authentication(newAuthentication);
        return this;
    }

    /** Whom TLS trusts; the JVM's default if not said. */
    public RunspacePoolBuilder sslContext(SSLContext newSslContext) {
        client.sslContext(newSslContext);
        return this;
    }

    /** Measures the limits; the system's clock if not said. */
    public RunspacePoolBuilder clock(Clock newClock) {
        client.clock(newClock);
        clock = newClock;
        return this;
    }

    /**
     * What time it is, for logons and for what is said of clocks that differ; the limits stay measured by the system's
     * clock. For those whose time does not go as fast as that of the wire.
     */
    public RunspacePoolBuilder wallClock(Clock newClock) {
        client.clock(newClock);
        return this;
    }

    /** Makes ids and key pairs. */
    public RunspacePoolBuilder random(SecureRandom newRandom) {
        client.random(newRandom);
        random = newRandom;
        return this;
    }

    /** How long single operations may take. */
    public RunspacePoolBuilder timeouts(WsManTimeouts newTimeouts) {
        client.timeouts(newTimeouts);
        return this;
    }

    /** Makes the pool's two threads; daemon threads if not said. */
    public RunspacePoolBuilder threads(ThreadFactory newThreads) {
        threads = Objects.requireNonNull(newThreads, "threads");
        return this;
    }

    /** After how long the server drops a session that nobody uses, at least a minute; its own default if not said. */
    public RunspacePoolBuilder idleTimeout(Duration newIdleTimeout) {
        if (newIdleTimeout.compareTo(SHORTEST_IDLE_TIMEOUT) < 0) {
            throw new IllegalArgumentException("Windows accepts no idle time-out below " + SHORTEST_IDLE_TIMEOUT);
        }
        idleTimeout = newIdleTimeout;
        return this;
    }

    /** How long opening may take; three minutes if not said. */
    public RunspacePoolBuilder openLimit(Duration limit) {
        openLimit = positive(limit);
        return this;
    }

    /**
     * How long the server of a running pipeline may be out of reach before waiting for it ends with
     * {@link PipelineUnreachableException}; an hour if not said.
     */
    public RunspacePoolBuilder outageLimit(Duration limit) {
        outageLimit = positive(limit);
        return this;
    }

    /** How many records of a pipeline, and never more than 64 MB of them, are kept for its result; a listener hears all.
     * 100 000 if not said.
     */
    public RunspacePoolBuilder keptRecords(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("a number of records is not negative");
        }
        keptRecords = count;
        return this;
    }

    private static Duration positive(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a limit is longer than nothing");
        }
        return limit;
    }

    RunspacePoolBuilder fragmentSize(int bytes) {
        fragmentSize = bytes;
        return this;
    }

    RunspacePoolBuilder pauses(Pauses newPauses) {
        pauses = newPauses;
        return this;
    }

    RunspacePoolBuilder keyExchanges(Supplier<KeyExchange> exchanges) {
        keyExchanges = exchanges;
        return this;
    }

    RunspacePoolBuilder clients(Function<SessionId, WsManClient> newClients) {
        clients = newClients;
        return this;
    }

    /**
     * Opens a new session.
     *
     * @throws io.jenkins.plugins.azurestack.powershell.wsman.UnknownConfigurationException if the server has no session
     *     configuration of that name
     * @throws io.jenkins.plugins.azurestack.powershell.wsman.AccessDeniedException if the user has no role in it
     * @throws io.jenkins.plugins.azurestack.powershell.wsman.LogonRefusedException if name or password are wrong
     * @throws PoolBrokenException if the server could not make the runspace
     * @throws UnsupportedProtocolException if the server speaks another protocol
     * @throws PoolOpenTimeoutException if it took too long
     * @throws RemotingException if anything else stood in the way; its type says what
     * @throws InterruptedException if this wait was interrupted; a session that was made meanwhile is given back
     */
    public RunspacePool open() throws RemotingException, InterruptedException {
        PoolSettings settings = settings();
        return new RunspacePool(settings, settings.newId(), settings.newSession()).open();
    }

    /**
     * Comes back to a pipeline that this or another process left, or lost, and follows it: Reconnect under its session's
     * id, else Connect as a new session, else simply Receive, should the server not have noticed that anybody left.
     *
     * @param ids written down before; the configuration name has to be this builder's
     * @param listener hears what the pipeline says from now on
     * @return the pipeline, which belongs to a pool of its own
     * @throws PipelineGoneException if the session is gone, so that nobody knows how the pipeline ended
     * @throws RemotingException if the session is refused or out of reach; asking again is safe
     * @throws InterruptedException if this wait was interrupted
     */
    public Pipeline reattach(DetachedPipeline ids, PipelineListener listener)
            throws RemotingException, InterruptedException {
        if (!ids.configurationName().equalsIgnoreCase(configurationName)) {
            throw new IllegalArgumentException("that pipeline runs under another session configuration");
        }
        return new RunspacePool(settings(), ids.poolId(), new SessionId(ids.sessionId())).reattach(ids, listener);
    }

    /**
     * Takes over a disconnected session of the same user, in which nothing runs.
     *
     * @param poolId the id of the session, which is that of its shell
     */
    public RunspacePool connect(UUID poolId) throws RemotingException, InterruptedException {
        PoolSettings settings = settings();
        return new RunspacePool(settings, poolId, settings.newSession()).connect(ShellId.of(poolId));
    }

    private static UUID newId(SecureRandom random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        bytes[6] = (byte) (bytes[6] & 0x0F | 0x40);
        bytes[8] = (byte) (bytes[8] & 0x3F | 0x80);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /** A copy, so that what is set later does not change a pool that is there. */
    private PoolSettings settings() {
        SecureRandom source = random;
        WsManClient.Builder template = client.copy();
        return new PoolSettings(
                configurationName,
                clients == null ? session -> template.copy().sessionId(session).build() : clients,
                clock,
                pauses,
                () -> newId(source),
                keyExchanges == null ? () -> KeyExchange.generate(source) : keyExchanges,
                threads,
                idleTimeout,
                openLimit,
                KEY_LIMIT,
                outageLimit,
                fragmentSize,
                keptRecords);
    }

    /** Where and under which configuration. */
    @Override
    public String toString() {
        return "RunspacePoolBuilder[" + endpoint + ", " + configurationName + "]";
    }
}
