package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * One shell: a runspace pool with its pipelines, connected to one client session at a time or to none. Lives until it is
 * deleted, or idle for too long. Thread-safe.
 */
final class Shell {
    /** The pool itself says little; this is never full. */
    private static final int POOL_BUFFER = 1 << 20;
    /** A client that goes on at once is never taken for gone, however fast the stamp's time runs. */
    private static final long LEAST_SILENCE_NANOS = 2_000_000_000L;

    private final UUID id;
    private final String resource;
    private final Identity owner;
    private final Commands commands;
    private final EndpointWorld world;
    private final BoundInvocation.Caller caller;
    private final String language;
    private final Instant created;
    private final Outbox outbox = new Outbox(POOL_BUFFER);
    private final Pool pool;
    private final Map<UUID, Command> running = new LinkedHashMap<>();
    private String session;
    private Duration idleTimeout;
    private boolean drops;
    private boolean connected = true;
    private boolean closed;
    private int receiving;
    private Instant lastHeard;
    private long lastHeardNanos;

    Shell(
            final UUID id,
            final SoapRequest request,
            final String resource,
            final Identity owner,
            final Commands commands,
            final Duration idleTimeout,
            final EndpointWorld world) {
        this.id = id;
        this.resource = resource;
        this.owner = owner;
        this.commands = commands;
        this.world = world;
        this.session = request.sessionId();
        this.language = request.language();
        this.caller = new BoundInvocation.Caller(owner.name(), world.address(), SoapAnswer.text(id), request.culture());
        this.idleTimeout = idleTimeout;
        this.created = world.time().now();
        this.pool = new Pool(outbox, world.limits().fragmentBytes(), world.random());
        hear();
    }

    /** One command of the shell. */
    private static final class Command {
        private final Outbox outbox;
        private PipelineRun run;

        Command(final Outbox outbox) {
            this.outbox = outbox;
        }
    }

    UUID id() {
        return id;
    }

    String resource() {
        return resource;
    }

    Identity owner() {
        return owner;
    }

    /** The language of its client. */
    String language() {
        return language;
    }

    /** The culture of its client. */
    String culture() {
        return caller.culture();
    }

    Instant created() {
        return created;
    }

    synchronized Duration idleTimeout() {
        return idleTimeout;
    }

    synchronized String bufferMode() {
        return drops ? "Drop" : "Block";
    }

    synchronized boolean isConnected() {
        return connected;
    }

    synchronized Instant lastHeard() {
        return lastHeard;
    }

    /** Whether a Receive waits for what the shell itself has to say. */
    boolean isAwaited() {
        return outbox.isAwaited();
    }

    /** The ids of its commands, with whether they still run. */
    synchronized Map<UUID, Boolean> commands() {
        final Map<UUID, Boolean> states = new LinkedHashMap<>();
        running.forEach((key, command) -> states.put(key, command.run == null || !command.run.isOver()));
        return states;
    }

    /** Opens the pool with what a Create carried. */
    void open(final byte[] creationXml) throws WsManFault, InterruptedException {
        pool.open(creationXml);
    }

    private synchronized void hear() {
        lastHeard = world.time().now();
        lastHeardNanos = System.nanoTime();
    }

    /** Notes that the shell's client is there; only a connected one may do anything but come back or leave. */
    private synchronized void enterConnected() throws WsManFault {
        if (closed) {
            throw WsManFault.noSuchShell();
        }
        if (!connected) {
            throw WsManFault.shellDisconnected();
        }
        hear();
    }

    /**
     * Takes what the shell, or a command, has to say.
     *
     * @param command empty for the shell's own
     */
    Outbox.Chunk receive(
            final Optional<UUID> command,
            final String messageId,
            final int room,
            final Duration timeout,
            final BooleanSupplier isGone)
            throws WsManFault, InterruptedException {
        enterConnected();
        final Outbox from = command.isEmpty() ? outbox : command(command.get()).outbox;
        synchronized (this) {
            receiving++;
        }
        try {
            return from.receive(messageId, room, timeout.toNanos(), isGone);
        } finally {
            synchronized (this) {
                receiving--;
            }
            hear();
        }
    }

    private synchronized Command command(final UUID key) throws WsManFault {
        final Command command = running.get(key);
        if (command == null) {
            throw WsManFault.noSuchCommand();
        }
        return command;
    }

    /**
     * Begins a command with the first fragments of its pipeline.
     *
     * @return the names of its commands, if they are all here
     */
    List<String> command(final UUID key, final byte[] fragments) throws WsManFault {
        enterConnected();
        final Command command = new Command(new Outbox(world.limits().bufferedBytes()));
        synchronized (this) {
            if (running.containsKey(key)) {
                throw WsManFault.commandIdTaken();
            }
            if (running.size() >= world.limits().commandsPerShell()) {
                throw WsManFault.tooManyCommands();
            }
            running.put(key, command);
        }
        try {
            return take(command, pool.received(fragments));
        } catch (WsManFault e) {
            close(key, e);
            throw e;
        }
    }

    /**
     * Takes what a client sends.
     *
     * @return the names of the commands of a pipeline that begins with it
     */
    List<String> send(final Optional<UUID> command, final byte[] fragments) throws WsManFault, InterruptedException {
        enterConnected();
        if (command.isPresent()) {
            return take(command(command.get()), pool.received(fragments));
        }
        for (final Message message : pool.received(fragments)) {
            pool.accept(message);
        }
        return List.of();
    }

    /** Which command they are for is said around the messages: some clients write other ids into them. */
    private List<String> take(final Command command, final List<Message> messages) throws WsManFault {
        final List<String> names = new ArrayList<>();
        for (final Message message : messages) {
            if (message.type().isPresent()) {
                names.addAll(take(command, message));
            }
        }
        return names;
    }

    private List<String> take(final Command command, final Message message) throws WsManFault {
        switch (message.type().orElseThrow()) {
            case CREATE_PIPELINE -> {
                return begin(command, message.pipeline(), text(pool.read(message)));
            }
            case GET_COMMAND_METADATA -> {
                return begin(command, message.pipeline(), PipelineText.ofMetadata(pool.read(message)));
            }
            case PIPELINE_INPUT -> run(command).input(pool.read(message));
            case END_OF_PIPELINE_INPUT -> run(command).endInput();
            default -> {
                // An answer to a host call that nobody made.
            }
        }
        return List.of();
    }

    private static PipelineText text(final PsValue payload) throws WsManFault {
        try {
            return PipelineText.of(payload);
        } catch (CliXmlException e) {
            throw WsManFault.malformedMessage();
        }
    }

    private synchronized PipelineRun run(final Command command) throws WsManFault {
        if (command.run == null) {
            throw WsManFault.malformedMessage();
        }
        return command.run;
    }

    private synchronized List<String> begin(final Command command, final UUID pipeline, final PipelineText text)
            throws WsManFault {
        if (command.run != null || closed) {
            throw WsManFault.malformedMessage();
        }
        command.run = new PipelineRun(pipeline, text, pool, commands, command.outbox, world, caller);
        command.outbox.drops(drops && !connected);
        command.run.start();
        return text.names();
    }

    /**
     * Stops a pipeline.
     *
     * @return whether it is over
     */
    boolean stop(final UUID key, final Duration timeout) throws WsManFault, InterruptedException {
        enterConnected();
        final Command command = command(key);
        final PipelineRun run;
        synchronized (this) {
            run = command.run;
        }
        return run == null || run.stop(timeout.toNanos());
    }

    /** Releases a command; a pipeline that still runs dies without a word. */
    void release(final UUID key) throws WsManFault {
        enterConnected();
        command(key);
        close(key, WsManFault.aborted());
    }

    private void close(final UUID key, final WsManFault fault) {
        final Command command;
        synchronized (this) {
            command = running.remove(key);
        }
        if (command != null) {
            close(command, fault);
        }
    }

    private void close(final Command command, final WsManFault fault) {
        command.outbox.close(fault);
        final PipelineRun run;
        synchronized (this) {
            run = command.run;
        }
        if (run != null) {
            run.close();
        }
    }

    /** A client leaves; what runs goes on. */
    void disconnect(final String leaving, final Optional<Duration> newIdleTimeout, final Optional<Boolean> newDrops)
            throws WsManFault {
        synchronized (this) {
            if (closed) {
                throw WsManFault.noSuchShell();
            }
            if (!leaving.equals(session)) {
                throw WsManFault.otherClient();
            }
            if (!connected) {
                throw WsManFault.alreadyDisconnected();
            }
            idleTimeout = newIdleTimeout.orElse(idleTimeout);
            drops = newDrops.orElse(drops);
        }
        leave();
    }

    private void leave() {
        final List<Outbox> outboxes = new ArrayList<>(List.of(outbox));
        final boolean dropping;
        synchronized (this) {
            connected = false;
            hear();
            dropping = drops;
            running.values().forEach(command -> outboxes.add(command.outbox));
        }
        for (final Outbox one : outboxes) {
            one.endWaiting(WsManFault.streamDisconnected());
            one.drops(dropping);
        }
    }

    /** The client that left, or that only lost its connection, comes back. */
    void reconnect(final String returning) throws WsManFault {
        synchronized (this) {
            if (closed) {
                throw WsManFault.noSuchShell();
            }
            if (!returning.equals(session)) {
                throw WsManFault.otherClient();
            }
        }
        come(returning);
    }

    /** Another client of the same user comes, to the pool first. */
    byte[] connect(final String coming, final byte[] connectXml) throws WsManFault, InterruptedException {
        synchronized (this) {
            if (closed) {
                throw WsManFault.noSuchShell();
            }
            if (connected && !coming.equals(session)) {
                throw WsManFault.connectedElsewhere();
            }
        }
        final byte[] answer = pool.connect(connectXml);
        come(coming);
        return answer;
    }

    /** A client that has come to the pool comes to a command. */
    void connect(final UUID key) throws WsManFault {
        enterConnected();
        command(key);
    }

    private void come(final String coming) {
        final List<Outbox> outboxes;
        synchronized (this) {
            session = coming;
            connected = true;
            hear();
            outboxes = running.values().stream().map(command -> command.outbox).toList();
        }
        outboxes.forEach(one -> one.drops(false));
    }

    /**
     * Notices that the client has been silent for too long.
     *
     * @return whether it was idle for longer than it may be, and is to be closed
     */
    boolean isExpired() {
        final boolean vanished;
        final boolean expired;
        synchronized (this) {
            if (receiving > 0) {
                hear();
                return false;
            }
            final Duration silent = Duration.between(lastHeard, world.time().now());
            expired = silent.compareTo(idleTimeout) > 0;
            vanished = connected
                    && silent.compareTo(world.limits().vanishedAfter()) > 0
                    && System.nanoTime() - lastHeardNanos > LEAST_SILENCE_NANOS;
            if (vanished) {
                // Silence began earlier: leaving must not begin the idle time anew.
                connected = false;
            }
        }
        if (vanished && !expired) {
            disconnectSilently();
        }
        return expired;
    }

    private void disconnectSilently() {
        final List<Outbox> outboxes;
        final boolean dropping;
        synchronized (this) {
            dropping = drops;
            outboxes = running.values().stream().map(command -> command.outbox).toList();
        }
        outboxes.forEach(one -> one.drops(dropping));
    }

    /** Ends everything; running pipelines die without a word. */
    void close(final WsManFault fault) {
        final List<Command> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(running.values());
            running.clear();
        }
        outbox.close(fault);
        all.forEach(command -> close(command, fault));
    }
}
