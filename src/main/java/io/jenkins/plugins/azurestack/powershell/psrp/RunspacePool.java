package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.RemotingException;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.wsman.CommandId;
import io.jenkins.plugins.azurestack.powershell.wsman.Delivery;
import io.jenkins.plugins.azurestack.powershell.wsman.InputStreamName;
import io.jenkins.plugins.azurestack.powershell.wsman.OutcomeUnknownException;
import io.jenkins.plugins.azurestack.powershell.wsman.SessionId;
import io.jenkins.plugins.azurestack.powershell.wsman.ShellId;
import io.jenkins.plugins.azurestack.powershell.wsman.SignalCode;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManEndpoint;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManException;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManFaultException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A session on a PowerShell endpoint: one runspace, which runs one pipeline at a time.
 *
 * <pre>{@code
 * try (RunspacePool pool = RunspacePool.at(WsManEndpoint.http("10.30.0.225"), "PrivilegedEndpoint")
 *         .credentials(cloudAdmin)
 *         .connector(connector)
 *         .open()) {
 *     PipelineResult result =
 *             pool.command("Get-ActionStatus").parameter("FunctionName", "Start-SecretRotation").run();
 * }
 * }</pre>
 *
 * <p>{@link #close()} never harms a running pipeline: it deletes the session when nothing runs in it, and otherwise
 * disconnects and leaves it. Only {@link #kill()} ends a session with what runs in it.
 *
 * <p>Thread-safe. Every wait ends at once when its thread is interrupted; what was sent is not taken back by that.
 */
public final class RunspacePool implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(RunspacePool.class.getName());
    private static final Duration LAST_RECEIVE = Duration.ofSeconds(5);

    private final PoolSettings settings;
    private final PoolConnection connection;
    private final Lane receiving;
    private final Lane control;
    private final Object lock = new Object();
    private Pipeline current;
    private boolean starting;
    private boolean startUnknown;
    /** Whether a pipeline before the current one may run on. */
    private boolean endUnknown;

    private boolean closed;

    RunspacePool(PoolSettings settings, UUID poolId, SessionId session) {
        this.settings = settings;
        this.connection = new PoolConnection(settings, poolId, session);
        this.receiving = new Lane(settings.threads());
        this.control = new Lane(settings.threads());
    }

    /**
     * Begins to describe a session.
     *
     * @param endpoint where the WS-Management service listens
     * @param configurationName the session configuration, such as {@code PrivilegedEndpoint}
     */
    public static RunspacePoolBuilder at(WsManEndpoint endpoint, String configurationName) {
        return new RunspacePoolBuilder(endpoint, configurationName);
    }

    /** Opens a new pool; gives back what was made when that fails. */
    RunspacePool open() throws RemotingException, InterruptedException {
        boolean nothingMade = false;
        boolean opened = false;
        try {
            control.call(connection::create);
            receiving.call(connection::awaitOpened);
            opened = true;
            return this;
        } catch (WsManException e) {
            nothingMade = connection.machine().state() == RunspacePoolState.NEGOTIATION_SENT
                    && !connection.isCreated()
                    && e.delivery() != Delivery.UNKNOWN;
            throw e;
        } finally {
            if (nothingMade) {
                closeConnections();
            } else if (!opened) {
                giveBack();
            }
        }
    }

    /** Takes over a disconnected pool of another session. */
    RunspacePool connect(ShellId shell) throws RemotingException, InterruptedException {
        boolean connected = false;
        try {
            control.call(() -> connection.connect(shell));
            connected = true;
            return this;
        } finally {
            if (!connected) {
                closeConnections();
            }
        }
    }

    /** Comes back to a pipeline and follows it from there. */
    Pipeline reattach(DetachedPipeline ids, PipelineListener listener) throws RemotingException, InterruptedException {
        boolean attached = false;
        try {
            CommandId command = new CommandId(ids.commandId());
            control.call(() -> {
                connection.resume(ids);
                connection.reattach(command);
                return null;
            });
            Pipeline pipeline = follow(command, listener);
            attached = true;
            return pipeline;
        } catch (WsManFaultException e) {
            if (e.kind() == WsManFaultException.Kind.SHELL_GONE) {
                throw gone(e);
            }
            throw e;
        } finally {
            if (!attached) {
                closeConnections();
            }
        }
    }

    private PipelineGoneException gone(WsManFaultException fault) {
        PipelineResult nothing = new PipelineRecords(PipelineListener.NONE, 0).result(PipelineState.DISCONNECTED);
        return new PipelineGoneException(fault.getMessage(), nothing, fault);
    }

    /** Where the pool is in its life. */
    public RunspacePoolState state() {
        return connection.machine().state();
    }

    /** The version that client and server agreed on. */
    public ProtocolVersion protocolVersion() {
        return connection.machine().version();
    }

    /** What the server says about itself, with its {@code PSVersionTable}; null object until it has said so. */
    public PsValue applicationPrivateData() {
        return connection.machine().applicationPrivateData();
    }

    /** Begins a pipeline with a command; the name is the bare name of a cmdlet or function. */
    public PipelineBuilder command(String name) {
        return new PipelineBuilder(this, name, false);
    }

    /** Begins a pipeline with a script, which an endpoint without language refuses. */
    public PipelineBuilder script(String text) {
        return new PipelineBuilder(this, text, true);
    }

    /**
     * Decrypts a secure string that a pipeline of this pool has returned.
     *
     * @return the open string, the caller's to close
     * @throws MalformedMessageException if it was not encrypted under this pool's session key, or there is none
     */
    public PsSecureString unseal(PsSecureString sealed) throws MalformedMessageException {
        SessionKey key = connection.sessionKey();
        if (key == null) {
            throw new MalformedMessageException("there is no session key to decrypt a secure string with");
        }
        try {
            return sealed.open(key);
        } catch (CliXmlException e) {
            throw new MalformedMessageException(e.getMessage());
        }
    }

    /**
     * Agrees on a session key now, rather than when the first pipeline with a secret starts.
     *
     * @throws KeyExchangeException if the server sends none; the pool is of no use for secrets then
     * @throws IllegalStateException if a pipeline runs
     */
    public void exchangeKey() throws RemotingException, InterruptedException {
        whileIdle(this::agreeOnKey);
    }

    private Void agreeOnKey() throws RemotingException, InterruptedException {
        if (!connection.hasSessionKey()) {
            control.call(connection::requestKey);
            receiving.call(connection::awaitKey);
        }
        return null;
    }

    /** What a pool can only do while no pipeline runs, nor starts meanwhile. */
    @FunctionalInterface
    private interface Act<T> {
        T run() throws RemotingException, InterruptedException;
    }

    private <T> T whileIdle(Act<T> act) throws RemotingException, InterruptedException {
        synchronized (lock) {
            checkIdle();
            starting = true;
        }
        try {
            return act.run();
        } finally {
            synchronized (lock) {
                starting = false;
            }
        }
    }

    private void checkIdle() {
        if (closed) {
            throw new IllegalStateException("the pool is closed");
        }
        if (startUnknown) {
            throw new IllegalStateException("whether a pipeline runs in this pool is not known: close it, and come back"
                    + " with the ids of that pipeline");
        }
        if (starting || current != null && !current.isOver()) {
            throw new IllegalStateException("the pool runs one pipeline at a time, and one is running");
        }
        if (connection.machine().state() != RunspacePoolState.OPENED) {
            throw new IllegalStateException(
                    "the pool is " + connection.machine().state());
        }
    }

    Pipeline start(PipelineRequest request) throws RemotingException, InterruptedException {
        synchronized (lock) {
            checkIdle();
            starting = true;
        }
        boolean sent = false;
        try {
            if (request.isSecret()) {
                agreeOnKey();
            }
            UUID id = settings.newId();
            List<byte[]> create = connection.createPipeline(id, request);
            List<byte[]> input = connection.input(id, request);
            request.listener().starting(connection.ids(CommandId.of(id), false));
            sent = true;
            return control.call(() -> send(id, create, input, request.listener()));
        } finally {
            if (!sent) {
                synchronized (lock) {
                    starting = false;
                }
            }
        }
    }

    /** Runs on the control lane to its end even when the caller is interrupted meanwhile. */
    private Pipeline send(UUID id, List<byte[]> create, List<byte[]> input, PipelineListener listener)
            throws RemotingException {
        CommandId command = CommandId.of(id);
        boolean sent = false;
        try {
            command = connection.command(id, create.get(0));
            sent = true;
            connection.send(command, InputStreamName.STDIN, create.subList(1, create.size()));
            connection.send(command, InputStreamName.STDIN, input);
            return follow(command, id, listener);
        } catch (WsManException e) {
            if (sent || e.delivery() == Delivery.UNKNOWN) {
                synchronized (lock) {
                    startUnknown = true;
                }
                throw new StartUnknownException(connection.ids(command, false), e);
            }
            throw e;
        } finally {
            synchronized (lock) {
                starting = false;
            }
        }
    }

    /** Follows a command that is there already. */
    Pipeline follow(CommandId command, PipelineListener listener) throws RemotingException {
        return follow(command, pipelineId(command), listener);
    }

    private static UUID pipelineId(CommandId command) {
        try {
            return UUID.fromString(command.value());
        } catch (IllegalArgumentException e) {
            return DotNetGuid.NONE;
        }
    }

    private Pipeline follow(CommandId command, UUID id, PipelineListener listener) throws RemotingException {
        PipelineRecords records = new PipelineRecords(listener, settings.keptRecords());
        Pipeline pipeline = new Pipeline(this, id, command, settings.clock(), records);
        synchronized (lock) {
            endUnknown |= current != null && !hasEnded(current);
            current = pipeline;
        }
        DetachedPipeline ids = connection.ids(command, false);
        records.tell(l -> l.started(ids));
        receiving.run(new PipelineFollower(connection, settings, pipeline, () -> release(command)));
        return pipeline;
    }

    /** Frees the command's slot on the server; nothing depends on whether that works. */
    private void release(CommandId command) {
        try {
            control.run(() -> connection.signal(command, SignalCode.TERMINATE));
        } catch (PoolClosedException e) {
            LOGGER.log(Level.FINE, "the pool was closed before command {0} was released", command);
        }
    }

    void sendStop(CommandId command) throws RemotingException, InterruptedException {
        control.call(() -> connection.signal(command, SignalCode.STOP));
    }

    DetachedPipeline ids(CommandId command) {
        return connection.ids(command, false);
    }

    /**
     * Leaves the session, in which nothing runs, on the server; {@link #reconnect()} comes back to it.
     *
     * @throws IllegalStateException if a pipeline runs; then {@link Pipeline#detach()} is meant
     */
    public void disconnect() throws RemotingException, InterruptedException {
        whileIdle(() -> control.call(connection::disconnect));
    }

    /**
     * Comes back to the session that {@link #disconnect()} left. When that fails the session stays left, and coming back
     * can be tried again.
     *
     * @throws IllegalStateException if it was not left
     */
    public void reconnect() throws RemotingException, InterruptedException {
        if (connection.machine().state() != RunspacePoolState.DISCONNECTED) {
            throw new IllegalStateException(
                    "the pool is " + connection.machine().state());
        }
        control.call(() -> {
            try {
                connection.reattach(null);
            } catch (RemotingException e) {
                connection.machine().toIfPossible(RunspacePoolState.DISCONNECTED);
                throw e;
            }
            return null;
        });
    }

    Optional<DetachedPipeline> detach(Pipeline pipeline) throws InterruptedException {
        if (!pipeline.leave()) {
            return Optional.empty();
        }
        synchronized (lock) {
            closed = true;
        }
        try {
            DetachedPipeline ids = control.call(() -> leave(pipeline));
            return hasEnded(pipeline) ? Optional.empty() : Optional.of(ids);
        } catch (RemotingException e) {
            // the pool was closed meanwhile, which left the pipeline alone as well
            return Optional.of(connection.ids(pipeline.command(), pipeline.isDisconnected()));
        }
    }

    /** Disconnects, lets the last Receive come back, and ends the connections; never stops or deletes anything. */
    private DetachedPipeline leave(Pipeline pipeline) throws InterruptedException {
        try {
            connection.disconnect();
            pipeline.disconnected();
            pipeline.awaitFollower(LAST_RECEIVE);
        } catch (WsManException e) {
            LOGGER.log(Level.FINE, "the server did not confirm that it let {0} go", pipeline);
        }
        connection.close();
        control.finish();
        pipeline.awaitFollower(LAST_RECEIVE);
        receiving.close();
        return connection.ids(pipeline.command(), pipeline.isDisconnected());
    }

    /**
     * Ends this client's part: deletes the session when nothing runs in it, leaves it ({@link Pipeline#detach()}) when a
     * pipeline runs, or may run, in it, and does not touch a session that was left before. Closing again does nothing.
     * Never throws; a session that could not be deleted ends by its idle time-out.
     */
    @Override
    public void close() {
        boolean leave;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            leave = startUnknown || starting || endUnknown || current != null && !hasEnded(current);
        }
        try {
            control.call(leave ? this::leaveAll : this::giveUp);
        } catch (RemotingException e) {
            LOGGER.log(Level.FINE, "a runspace pool was closed without the server's word", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean hasEnded(Pipeline pipeline) {
        return pipeline.state().isTerminal();
    }

    private Object leaveAll() throws InterruptedException {
        Pipeline running;
        synchronized (lock) {
            running = current;
        }
        if (running != null && running.leave()) {
            return leave(running);
        }
        if (!wasLeft()) {
            disconnectQuietly();
        }
        closeConnections();
        return null;
    }

    private Object giveUp() throws WsManException {
        if (!wasLeft()) {
            return endShell();
        }
        closeConnections();
        return null;
    }

    private boolean wasLeft() {
        return connection.machine().state() == RunspacePoolState.DISCONNECTED;
    }

    private void disconnectQuietly() {
        try {
            connection.disconnect();
        } catch (WsManException e) {
            LOGGER.log(Level.FINE, "the server did not confirm the disconnect", e);
        }
    }

    /**
     * Deletes the session with whatever runs in it, and closes this pool. This kills a running pipeline: {@link #close()}
     * does not.
     *
     * @throws OutcomeUnknownException if the server's answer is missing
     * @throws PoolClosedException if the pool was closed or left before; what was left running then runs on
     */
    public void kill() throws RemotingException, InterruptedException {
        synchronized (lock) {
            if (closed) {
                throw new PoolClosedException("the pool was closed before, and a pipeline that was left in it runs on:"
                        + " come back to that with its ids first");
            }
            closed = true;
        }
        control.call(this::endShell);
    }

    private Void endShell() throws WsManException {
        connection.machine().toIfPossible(RunspacePoolState.CLOSING);
        try {
            connection.delete();
        } finally {
            connection.machine().toIfPossible(RunspacePoolState.CLOSED);
            closeConnections();
        }
        return null;
    }

    /** Gives back a shell that did not become a pool, without making the caller wait. */
    private void giveBack() {
        synchronized (lock) {
            closed = true;
        }
        try {
            control.run(this::endShell);
        } catch (PoolClosedException e) {
            LOGGER.log(Level.FINEST, "closed before", e);
        }
    }

    private void closeConnections() {
        synchronized (lock) {
            closed = true;
        }
        connection.close();
        receiving.close();
        control.finish();
    }

    /** The state only. */
    @Override
    public String toString() {
        return "RunspacePool[" + settings.configurationName() + ", " + state() + "]";
    }
}
