package io.jenkins.plugins.azurestack.powershell.wsman;

import io.jenkins.plugins.azurestack.powershell.Connector;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/**
 * The operations of WS-Management on PowerShell shells, as typed calls (MS-WSMV 3.1.4).
 *
 * <p>A {@code shell} is the id that {@link #create} returned, a {@code command} the one that {@link #command} returned;
 * neither is null.
 *
 * <p>Receive has a channel of its own, everything else shares another: a Signal passes a pending Receive, and two
 * Receives, or two other calls, take turns. Thread-safe. Every call may throw the {@link WsManException}s; a call that
 * changes something throws {@link OutcomeUnknownException} when its request was sent and its answer lost, and is never
 * repeated. {@link #close()} from any thread and interrupting the caller end a wait at once.
 */
public final class WsManClient implements AutoCloseable {

    /** The largest envelope that every server takes, in bytes. */
    public static final int FIRST_MAX_ENVELOPE_SIZE = 153_600;
    /** The largest envelope that a server with protocol version 2.2 or later takes by default, in bytes. */
    public static final int LATER_MAX_ENVELOPE_SIZE = 512_000;

    private static final int LEAST_MAX_ENVELOPE_SIZE = 8192;
    /** More than header, tags and the longest ids and URLs take. */
    private static final int ENVELOPE_WITHOUT_PAYLOAD = 4096;

    private static final int MOST_NAME = 256;
    /** DSP0226 11: no header, no session. */
    private static final byte[] IDENTIFY = ("<s:Envelope xmlns:s=\"" + Namespaces.SOAP + "\" xmlns:wsmid=\""
                    + Namespaces.IDENTITY + "\"><s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>")
            .getBytes(StandardCharsets.UTF_8);

    private final String configurationName;
    private final SessionId sessionId;
    private final Request.Frame frame;
    private final RandomGenerator random;
    private final WsManTimeouts timeouts;
    private final SoapChannel receiving;
    private final SoapChannel others;
    private final PasswordCredentials credentials;
    private volatile int maxEnvelopeSize = FIRST_MAX_ENVELOPE_SIZE;

    private WsManClient(final Builder builder) {
        this.configurationName = builder.configurationName;
        this.random = builder.random;
        this.sessionId = builder.sessionId == null ? new SessionId(uuid(random)) : builder.sessionId;
        this.frame =
                new Request.Frame(builder.endpoint.url(), Namespaces.POWERSHELL + "/" + configurationName, sessionId);
        this.timeouts = builder.timeouts;
        this.credentials = builder.credentials == null ? null : builder.credentials.copy();
        this.receiving = builder.receiving(credentials);
        this.others = builder.others(credentials);
    }

    /**
     * @param endpoint where the service listens
     * @param configurationName the session configuration, {@code PrivilegedEndpoint}
     * @return a builder that still needs credentials and a connector
     */
    public static Builder to(final WsManEndpoint endpoint, final String configurationName) {
        return new Builder(endpoint, configurationName);
    }

    /** @return the id of this client session; store it with a shell's id to reconnect later */
    public SessionId sessionId() {
        return sessionId;
    }

    /** @return the largest envelope that is sent or accepted, in bytes */
    public int maxEnvelopeSize() {
        return maxEnvelopeSize;
    }

    /** @param bytes the largest envelope to announce from now on, at least 8 KB */
    public void maxEnvelopeSize(final int bytes) {
        if (bytes < LEAST_MAX_ENVELOPE_SIZE || bytes > HttpConnection.MAXIMAL_ANSWER / 2) {
            throw new IllegalArgumentException("Not a size for envelopes: " + bytes);
        }
        maxEnvelopeSize = bytes;
    }

    /** @return how many bytes of fragments fit into one Send or Command */
    public int maxPayload() {
        return (maxEnvelopeSize - ENVELOPE_WITHOUT_PAYLOAD) / 4 * 3;
    }

    /** Asks the service what it is; a way to prove endpoint, TLS and credentials that leaves no trace. */
    public Identity identify() throws WsManException {
        final Answer answer = Answer.parse(others.exchange(IDENTIFY.clone(), timeouts.operation()));
        final Optional<Fault> fault = answer.fault();
        if (fault.isPresent()) {
            throw fault.get().toException(Operation.IDENTIFY, configurationName);
        }
        return answer.identity();
    }

    /** Creates a shell. Use the id of the result from then on. */
    public CreatedShell create(final NewShell shell) throws WsManException {
        return new Call(Operation.CREATE, shell.id(), null)
                .withoutSelector()
                .option("protocolversion", shell.protocolVersion(), true)
                .run(Bodies.create(shell), Answer::createdShell);
    }

    /**
     * Takes the shell's own output, waiting until there is some or {@link WsManTimeouts#receive()} is over.
     *
     * @throws ConnectionLostException when the connection broke: ask again, see there what may be lost
     */
    public ReceiveResult receive(final ShellId shell) throws WsManException {
        return received(shell, null, timeouts.receive());
    }

    /**
     * Takes the shell's own output, waiting for it no longer than this; otherwise as {@link #receive(ShellId)}.
     *
     * @param wait at least half a second, which is the least that WinRM takes
     */
    public ReceiveResult receive(final ShellId shell, final Duration wait) throws WsManException {
        return received(shell, null, wait);
    }

    /** Takes a command's output; otherwise as {@link #receive(ShellId)}. */
    public ReceiveResult receive(final ShellId shell, final CommandId command) throws WsManException {
        return received(shell, Objects.requireNonNull(command, "command"), timeouts.receive());
    }

    /**
     * Starts a command.
     *
     * @param command the pipeline's id
     * @param arguments the first fragment, before base64
     * @return the id to use from then on
     */
    public CommandId command(final ShellId shell, final CommandId command, final byte[] arguments)
            throws WsManException {
        checkPayload(arguments);
        return new Call(Operation.COMMAND, shell, command)
                .option("WINRS_SKIP_CMD_SHELL", "False", false)
                .run(Bodies.command(command, arguments), Answer::commandId);
    }

    /** Sends fragments to the shell itself. */
    public void send(final ShellId shell, final InputStreamName stream, final byte[] bytes) throws WsManException {
        sent(shell, null, stream, bytes);
    }

    /** Sends fragments to a command. */
    public void send(final ShellId shell, final CommandId command, final InputStreamName stream, final byte[] bytes)
            throws WsManException {
        sent(shell, Objects.requireNonNull(command, "command"), stream, bytes);
    }

    /** Signals a command. The answer to {@link SignalCode#STOP} comes only when the pipeline has stopped. */
    public void signal(final ShellId shell, final CommandId command, final SignalCode code) throws WsManException {
        new Call(Operation.SIGNAL, shell, command).run(Bodies.signal(command, code), a -> null);
    }

    /** Closes a shell; pipelines that still run in it die. */
    public void delete(final ShellId shell) throws WsManException {
        new Call(Operation.DELETE, shell, null).run(Bodies.empty(), a -> null);
    }

    /** Leaves a shell with what runs in it, with the server's idle time-out and buffer mode. */
    public void disconnect(final ShellId shell) throws WsManException {
        new Call(Operation.DISCONNECT, shell, null).run(Bodies.disconnect(null, null), a -> null);
    }

    /**
     * Leaves a shell with what runs in it.
     *
     * @param idleTimeout how long the server keeps it while nobody is connected
     * @param mode what it does with output meanwhile
     */
    public void disconnect(final ShellId shell, final Duration idleTimeout, final BufferMode mode)
            throws WsManException {
        new Call(Operation.DISCONNECT, shell, null).run(Bodies.disconnect(idleTimeout, mode), a -> null);
    }

    /** Comes back to a shell that this session (see {@link #sessionId()}) left. */
    public void reconnect(final ShellId shell) throws WsManException {
        new Call(Operation.RECONNECT, shell, null).run(Bodies.empty(), a -> null);
    }

    /**
     * Takes over a disconnected shell of another session of the same user.
     *
     * @param protocolVersion of PSRP, {@code 2.3}
     * @param connectXml the open content of {@code connectXml}, before base64
     * @return the open content of {@code connectResponseXml}; may be empty
     */
    public byte[] connect(final ShellId shell, final String protocolVersion, final byte[] connectXml)
            throws WsManException {
        return new Call(Operation.CONNECT, shell, null)
                .option("protocolversion", protocolVersion, true)
                .run(Bodies.connect(connectXml), Answer::connectResponse);
    }

    /** Takes over a command of a shell that was taken over before. */
    public void connect(final ShellId shell, final CommandId command) throws WsManException {
        new Call(Operation.CONNECT, shell, command).run(Bodies.connect(command), a -> null);
    }

    /** Ends both connections and every wait; shells on the server stay as they are. Idempotent. */
    @Override
    public void close() {
        receiving.close();
        others.close();
        if (credentials != null) {
            credentials.close();
        }
    }

    private ReceiveResult received(final ShellId shell, final CommandId command, final Duration wait)
            throws WsManException {
        try {
            return new Call(Operation.RECEIVE, shell, command)
                    .within(wait)
                    .option("WSMAN_CMDSHELL_OPTION_KEEPALIVE", "True", false)
                    .run(Bodies.receive(command), Answer::received);
        } catch (WsManFaultException e) {
            if (e.kind() == WsManFaultException.Kind.TIMED_OUT) {
                return ReceiveResult.NO_DATA_YET;
            }
            throw e;
        }
    }

    private void sent(final ShellId shell, final CommandId command, final InputStreamName stream, final byte[] bytes)
            throws WsManException {
        checkPayload(bytes);
        new Call(Operation.SEND, shell, command).run(Bodies.send(command, stream, bytes), a -> null);
    }

    private void checkPayload(final byte[] bytes) {
        if (bytes.length > maxPayload()) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes do not fit into one envelope, which takes " + maxPayload());
        }
    }

    /** Takes a typed result out of an answer that is no fault. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(Answer answer) throws WsManException;
    }

    /** One operation on its way to an answer. */
    private final class Call {

        private final Operation operation;
        private final ShellId shell;
        private final CommandId command;
        private final String messageId = new SessionId(uuid(random)).wire();
        private final Request request;
        private Duration time = timeouts.operation();

        Call(final Operation operation, final ShellId shell, final CommandId command) {
            this.operation = operation;
            this.shell = Objects.requireNonNull(shell, "shell");
            this.command = command;
            this.request = new Request(operation, frame, messageId).shell(shell);
        }

        Call within(final Duration wait) {
            time = wait;
            return this;
        }

        Call withoutSelector() {
            request.shell(null);
            return this;
        }

        Call option(final String name, final String value, final boolean mustComply) {
            request.option(name, value, mustComply);
            return this;
        }

        <T> T run(final Request.Body body, final Reading<T> reading) throws WsManException {
            final boolean receive = operation == Operation.RECEIVE;
            final byte[] envelope = request.envelope(maxEnvelopeSize, time, body);
            try {
                final byte[] bytes = (receive ? receiving : others).exchange(envelope, time.plus(timeouts.answer()));
                return reading.read(understood(bytes));
            } catch (OutcomeUnknownException e) {
                throw e;
            } catch (WsManException e) {
                throw operation.changing() && e.delivery() == Delivery.UNKNOWN
                        ? new OutcomeUnknownException(operation, shell, command, messageId, e)
                        : e;
            }
        }

        /** A server that gave up waiting for an operation does not know what becomes of it. */
        private Answer understood(final byte[] bytes) throws WsManException {
            final Answer answer = Answer.parse(bytes);
            answer.requireAnswerTo(messageId);
            final Optional<Fault> fault = answer.fault();
            if (fault.isEmpty()) {
                return answer;
            }
            final WsManFaultException exception = fault.get().toException(operation, configurationName);
            throw operation.changing() && exception.kind() == WsManFaultException.Kind.TIMED_OUT
                    ? new OutcomeUnknownException(operation, shell, command, messageId, exception)
                    : exception;
        }
    }

    private static UUID uuid(final RandomGenerator random) {
        final long high = random.nextLong() & ~0xF000L | 0x4000L;
        final long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** Collects what a client needs. Not thread-safe. */
    public static final class Builder {

        private final WsManEndpoint endpoint;
        private final String configurationName;
        private PasswordCredentials credentials;
        private Connector connector;
        private Authentication authentication = Authentication.NTLM;
        private SSLContext sslContext;
        private Clock clock = Clock.systemUTC();
        private RandomGenerator random = new SecureRandom();
        private WsManTimeouts timeouts = WsManTimeouts.DEFAULT;
        private SessionId sessionId;
        private SoapChannel receivingChannel;
        private SoapChannel otherChannel;

        private Builder(final WsManEndpoint endpoint, final String configurationName) {
            this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
            if (configurationName.isEmpty()
                    || configurationName.length() > MOST_NAME
                    || !configurationName.chars().allMatch(c -> c > ' ' && c < 127 && "/?#<>&\"".indexOf(c) < 0)) {
                throw new IllegalArgumentException("Not the name of a session configuration: " + configurationName);
            }
            this.configurationName = configurationName;
        }

        private Builder(final Builder other) {
            this.endpoint = other.endpoint;
            this.configurationName = other.configurationName;
            this.credentials = other.credentials;
            this.connector = other.connector;
            this.authentication = other.authentication;
            this.sslContext = other.sslContext;
            this.clock = other.clock;
            this.random = other.random;
            this.timeouts = other.timeouts;
            this.sessionId = other.sessionId;
            this.receivingChannel = other.receivingChannel;
            this.otherChannel = other.otherChannel;
        }

        /** @return a builder with the same settings, which further ones of this builder do not change */
        public Builder copy() {
            return new Builder(this);
        }

        /** Each client that is built gets a copy of its own, and wipes it when it is closed. */
        public Builder credentials(final PasswordCredentials value) {
            this.credentials = Objects.requireNonNull(value, "credentials");
            return this;
        }

        /** Opens the sockets. */
        public Builder connector(final Connector value) {
            this.connector = Objects.requireNonNull(value, "connector");
            return this;
        }

        /** {@link Authentication#NTLM} if not said. */
        public Builder authentication(final Authentication value) {
            this.authentication = Objects.requireNonNull(value, "authentication");
            return this;
        }

        /** Whom TLS trusts; the JVM's default if not said. The host name is checked in any case. */
        public Builder sslContext(final SSLContext value) {
            this.sslContext = value;
            return this;
        }

        /** The system's UTC clock if not said. */
        public Builder clock(final Clock value) {
            this.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** A {@link SecureRandom} if not said; in production nothing else. Must be thread-safe. */
        public Builder random(final RandomGenerator value) {
            this.random = Objects.requireNonNull(value, "random");
            return this;
        }

        /** {@link WsManTimeouts#DEFAULT} if not said. */
        public Builder timeouts(final WsManTimeouts value) {
            this.timeouts = Objects.requireNonNull(value, "timeouts");
            return this;
        }

        /** The session to continue; a new one if not said. */
        public Builder sessionId(final SessionId value) {
            this.sessionId = value;
            return this;
        }

        /** Other channels than HTTP, such as a recording's; credentials and connector are then not needed. */
        public Builder channels(final SoapChannel receiving, final SoapChannel others) {
            this.receivingChannel = receiving;
            this.otherChannel = others;
            return this;
        }

        /**
         * Nothing is sent before the first call.
         *
         * @throws IllegalArgumentException if credentials or connector are missing, or Basic lacks TLS
         */
        public WsManClient build() {
            if (receivingChannel == null && (credentials == null || connector == null)) {
                throw new IllegalArgumentException("A client needs credentials and a connector");
            }
            return new WsManClient(this);
        }

        private SoapChannel receiving(final PasswordCredentials own) {
            return receivingChannel == null ? http("receive", own) : receivingChannel;
        }

        private SoapChannel others(final PasswordCredentials own) {
            return otherChannel == null ? http("operations", own) : otherChannel;
        }

        private HttpChannel http(final String name, final PasswordCredentials own) {
            final Logon logon =
                    switch (authentication) {
                        case NTLM -> new Logon.Ntlm(endpoint, own, clock, random);
                        case BASIC -> new Logon.Basic(endpoint, own);
                    };
            return new HttpChannel(name, endpoint, logon, own.userName(), connector, trust(), timeouts, clock);
        }

        private SSLContext trust() {
            try {
                return sslContext != null || !endpoint.tls() ? sslContext : SSLContext.getDefault();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("This JVM has no TLS", e);
            }
        }
    }
}
