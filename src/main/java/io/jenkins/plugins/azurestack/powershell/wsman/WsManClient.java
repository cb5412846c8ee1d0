package io.jenkins.plugins.azurestack.powershell.wsman;

import io.jenkins.plugins.azurestack.powershell.Connector;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/**
 * The operations of WS-Management on PowerShell shells, as typed calls (MS-WSMV 3.1.4).
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

    private WsManClient() {}

    /**
     * @param endpoint where the service listens
     * @param configurationName the session configuration, {@code PrivilegedEndpoint}
     * @return a builder that still needs credentials and a connector
     */
    public static Builder to(final WsManEndpoint endpoint, final String configurationName) {
        throw new UnsupportedOperationException();
    }

    /** @return the id of this client session; store it with a shell's id to reconnect later */
    public SessionId sessionId() {
        throw new UnsupportedOperationException();
    }

    /** @return the largest envelope that is sent or accepted, in bytes */
    public int maxEnvelopeSize() {
        throw new UnsupportedOperationException();
    }

    /** @param bytes the largest envelope to announce from now on, at least 8 KB */
    public void maxEnvelopeSize(final int bytes) {
        throw new UnsupportedOperationException();
    }

    /** @return how many bytes of fragments fit into one Send or Command */
    public int maxPayload() {
        throw new UnsupportedOperationException();
    }

    /** Asks the service what it is; a way to prove endpoint, TLS and credentials that leaves no trace. */
    public Identity identify() throws WsManException {
        throw new UnsupportedOperationException();
    }

    /** Creates a shell. Use the id of the result from then on. */
    public CreatedShell create(final NewShell shell) throws WsManException {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes the shell's own output, waiting until there is some or {@link WsManTimeouts#receive()} is over.
     *
     * @throws ConnectionLostException when the connection broke: ask again, see there what may be lost
     */
    public ReceiveResult receive(final ShellId shell) throws WsManException {
        throw new UnsupportedOperationException();
    }

    /** Takes a command's output; otherwise as {@link #receive(ShellId)}. */
    public ReceiveResult receive(final ShellId shell, final CommandId command) throws WsManException {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /** Sends fragments to the shell itself. */
    public void send(final ShellId shell, final InputStreamName stream, final byte[] bytes) throws WsManException {
        throw new UnsupportedOperationException();
    }

    /** Sends fragments to a command. */
    public void send(final ShellId shell, final CommandId command, final InputStreamName stream, final byte[] bytes)
            throws WsManException {
        throw new UnsupportedOperationException();
    }

    /** Signals a command. The answer to {@link SignalCode#STOP} comes only when the pipeline has stopped. */
    public void signal(final ShellId shell, final CommandId command, final SignalCode code) throws WsManException {
        throw new UnsupportedOperationException();
    }

    /** Closes a shell; pipelines that still run in it die. */
    public void delete(final ShellId shell) throws WsManException {
        throw new UnsupportedOperationException();
    }

    /** Leaves a shell with what runs in it, with the server's idle time-out and buffer mode. */
    public void disconnect(final ShellId shell) throws WsManException {
        throw new UnsupportedOperationException();
    }

    /**
     * Leaves a shell with what runs in it.
     *
     * @param idleTimeout how long the server keeps it while nobody is connected
     * @param mode what it does with output meanwhile
     */
    public void disconnect(final ShellId shell, final Duration idleTimeout, final BufferMode mode)
            throws WsManException {
        throw new UnsupportedOperationException();
    }

    /** Comes back to a shell that this session (see {@link #sessionId()}) left. */
    public void reconnect(final ShellId shell) throws WsManException {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /** Takes over a command of a shell that was taken over before. */
    public void connect(final ShellId shell, final CommandId command) throws WsManException {
        throw new UnsupportedOperationException();
    }

    /** Ends both connections and every wait; shells on the server stay as they are. Idempotent. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /** Collects what a client needs. Not thread-safe. */
    public static final class Builder {

        private Builder() {}

        /** Copied; wiped when the client is closed. */
        public Builder credentials(final PasswordCredentials credentials) {
            throw new UnsupportedOperationException();
        }

        /** Opens the sockets. */
        public Builder connector(final Connector connector) {
            throw new UnsupportedOperationException();
        }

        /** {@link Authentication#NTLM} if not said. */
        public Builder authentication(final Authentication authentication) {
            throw new UnsupportedOperationException();
        }

        /** Whom TLS trusts; the JVM's default if not said. The host name is checked in any case. */
        public Builder sslContext(final SSLContext context) {
            throw new UnsupportedOperationException();
        }

        /** The system's UTC clock if not said. */
        public Builder clock(final Clock clock) {
            throw new UnsupportedOperationException();
        }

        /** A {@link java.security.SecureRandom} if not said; in production nothing else. */
        public Builder random(final RandomGenerator random) {
            throw new UnsupportedOperationException();
        }

        /** {@link WsManTimeouts#DEFAULT} if not said. */
        public Builder timeouts(final WsManTimeouts timeouts) {
            throw new UnsupportedOperationException();
        }

        /** The session to continue; a new one if not said. */
        public Builder sessionId(final SessionId sessionId) {
            throw new UnsupportedOperationException();
        }

        /** Other channels than HTTP, such as a recording's; credentials and connector are then not needed. */
        public Builder channels(final SoapChannel receiving, final SoapChannel others) {
            throw new UnsupportedOperationException();
        }

        /** Nothing is sent before the first call. */
        public WsManClient build() {
            throw new UnsupportedOperationException();
        }
    }
}
