package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.RemotingException;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlReader;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.wsman.CommandId;
import io.jenkins.plugins.azurestack.powershell.wsman.ConnectionFailedException;
import io.jenkins.plugins.azurestack.powershell.wsman.ConnectionLostException;
import io.jenkins.plugins.azurestack.powershell.wsman.InputStreamName;
import io.jenkins.plugins.azurestack.powershell.wsman.NewShell;
import io.jenkins.plugins.azurestack.powershell.wsman.OutcomeUnknownException;
import io.jenkins.plugins.azurestack.powershell.wsman.ReceiveResult;
import io.jenkins.plugins.azurestack.powershell.wsman.SessionId;
import io.jenkins.plugins.azurestack.powershell.wsman.ShellId;
import io.jenkins.plugins.azurestack.powershell.wsman.SignalCode;
import io.jenkins.plugins.azurestack.powershell.wsman.StreamChunk;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManClient;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManException;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManFaultException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * One runspace pool on its server: the conversation of the pool itself, and what its pipelines need of it.
 *
 * <p>Every method blocks on the network and belongs on one of the pool's lanes, never on a caller's thread.
 */
final class PoolConnection {
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final PoolSettings settings;
    private final UUID poolId;
    private final PoolStateMachine machine = new PoolStateMachine();
    private final CliXmlReader reader = new CliXmlReader();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile SessionId session;
    private volatile WsManClient client;
    /** Set before its first call, so that closing ends that too. */
    private volatile WsManClient nextClient;

    private final Queue<HostCall> unanswered = new ConcurrentLinkedQueue<>();
    private volatile ShellId shell;
    private volatile IncomingMessages incoming = new IncomingMessages();
    private volatile OutgoingMessages outgoing;
    private volatile SessionKey sessionKey;
    private volatile KeyExchange exchange;
    private volatile boolean keySent;
    private volatile boolean keyWanted;
    private volatile boolean created;

    PoolConnection(PoolSettings settings, UUID poolId, SessionId session) {
        this.settings = settings;
        this.poolId = poolId;
        this.session = session;
        this.shell = ShellId.of(poolId);
        this.outgoing = new OutgoingMessages(poolId, settings.fragmentSize());
        this.client = settings.clients().apply(session);
    }

    PoolStateMachine machine() {
        return machine;
    }

    IncomingMessages incoming() {
        return incoming;
    }

    /** Whether the server has confirmed that the shell is there. */
    boolean isCreated() {
        return created;
    }

    boolean hasSessionKey() {
        return sessionKey != null;
    }

    SessionKey sessionKey() {
        return sessionKey;
    }

    DetachedPipeline ids(CommandId command, boolean disconnected) {
        return new DetachedPipeline(
                shell.value(),
                command.value(),
                session.value(),
                poolId,
                machine.version(),
                DetachedPipeline.resourceUri(settings.configurationName()),
                incoming.lastObjectSeen(),
                disconnected);
    }

    /** Creates the shell, which begins the negotiation. */
    Void create() throws RemotingException {
        byte[] creation = join(
                outgoing.ofPool(MessageType.SESSION_CAPABILITY, Payloads.sessionCapability()),
                outgoing.ofPool(MessageType.INIT_RUNSPACEPOOL, Payloads.initRunspacePool()));
        NewShell wanted = new NewShell(
                shell, machine.version().toString(), settings.idleTimeout().orElse(null), creation);
        machine.to(RunspacePoolState.NEGOTIATION_SENT);
        shell = client.create(wanted).id();
        created = true;
        return null;
    }

    private static byte[] join(List<byte[]> first, List<byte[]> second) {
        List<byte[]> all = new ArrayList<>(first);
        all.addAll(second);
        return OutgoingMessages.pack(all, Integer.MAX_VALUE).get(0);
    }

    /** Receives for the pool until it is open. */
    Void awaitOpened() throws RemotingException, InterruptedException {
        Instant deadline = settings.clock().instant().plus(settings.openLimit());
        while (machine.state() != RunspacePoolState.OPENED) {
            if (!settings.clock().instant().isBefore(deadline)) {
                throw new PoolOpenTimeoutException(settings.openLimit(), machine.state());
            }
            receiveForPoolOnceMore();
            machine.checkNotBroken();
        }
        return null;
    }

    /** A Receive that breaks may be asked again; a pause keeps that from becoming a storm. */
    private void receiveForPoolOnceMore() throws RemotingException, InterruptedException {
        try {
            receiveForPool();
        } catch (ConnectionLostException | ConnectionFailedException e) {
            pause(Backoff.FIRST);
        }
    }

    /** Waits before another attempt, unless the pool is closed meanwhile. */
    void pause(Duration duration) throws InterruptedException {
        settings.pauses().pause(duration, closed);
    }

    /** One Receive for the pool itself. */
    void receiveForPool() throws RemotingException {
        onPoolResult(client.receive(shell));
    }

    /** Hears the pool while a pipeline is silent, without keeping that pipeline waiting. */
    void listenToPool() throws RemotingException {
        onPoolResult(client.receive(shell, GLANCE));
        machine.checkNotBroken();
    }

    private void onPoolResult(ReceiveResult result) throws RemotingException {
        for (StreamChunk chunk : result.chunks()) {
            for (Message message : incoming.acceptForPool(chunk.bytes())) {
                onPoolMessage(message);
            }
        }
        answerPool();
    }

    /**
     * Gives the server what its messages asked for, after all of them were heard. What never left is sent the next time;
     * what may have arrived, or was not wanted any more, is not sent twice.
     */
    private void answerPool() throws RemotingException {
        try {
            if (keyWanted) {
                sendPublicKey();
            }
        } catch (WsManFaultException e) {
            // the server refuses what it has asked for; its next words tell what follows
        }
        keyWanted = false;
        for (HostCall call = unanswered.peek(); call != null; call = unanswered.peek()) {
            try {
                sendToPool(
                        InputStreamName.HOST_RESPONSE,
                        outgoing.ofPool(MessageType.RUNSPACEPOOL_HOST_RESPONSE, Payloads.hostRefusal(call)));
            } catch (OutcomeUnknownException | WsManFaultException e) {
                // see above
            }
            unanswered.remove();
        }
    }

    /** One Receive for a pipeline; what it brings is for the caller to decode. */
    ReceiveResult receive(CommandId command) throws WsManException {
        return client.receive(shell, command);
    }

    private void onPoolMessage(Message message) throws RemotingException {
        if (message.isToServer() || message.type().isEmpty()) {
            return;
        }
        switch (message.type().get()) {
            case SESSION_CAPABILITY -> {
                machine.onSessionCapability(read(message));
                if (machine.version().isAtLeast(ProtocolVersion.V2_2)) {
                    client.maxEnvelopeSize(WsManClient.LATER_MAX_ENVELOPE_SIZE);
                }
            }
            case RUNSPACEPOOL_STATE -> machine.onState(read(message));
            case RUNSPACEPOOL_INIT_DATA -> machine.onInitData();
            case APPLICATION_PRIVATE_DATA -> machine.onApplicationPrivateData(read(message));
            case PUBLIC_KEY_REQUEST -> keyWanted = true;
            case ENCRYPTED_SESSION_KEY -> onSessionKey(read(message));
            case RUNSPACEPOOL_HOST_CALL -> {
                HostCall call = HostCall.of(read(message));
                if (call.wantsAnswer()) {
                    unanswered.add(call);
                }
            }
            default -> {
                // user events, availability and records without a pipeline need no answer and change nothing
            }
        }
    }

    /** The payload of a message; null objects stay sealed when they are secure strings. */
    PsValue read(Message message) throws MalformedMessageException {
        try {
            return reader.read(message.payload());
        } catch (CliXmlException e) {
            throw new MalformedMessageException(message + " can't be read: " + e.getMessage());
        }
    }

    /** Gets a session key unless there is one (MS-PSRP 3.1.5.4.3). */
    Void requestKey() throws RemotingException {
        if (sessionKey == null) {
            sendPublicKey();
        }
        return null;
    }

    /** Shows the public key once per pool; whether it arrived shows in whether a session key comes. */
    private void sendPublicKey() throws RemotingException {
        if (keySent) {
            return;
        }
        keySent = true;
        exchange = settings.keyExchanges().get();
        try {
            sendToPool(
                    InputStreamName.STDIN,
                    outgoing.ofPool(MessageType.PUBLIC_KEY, Payloads.publicKey(exchange.publicKeyBlob())));
        } catch (OutcomeUnknownException e) {
            // it may have arrived, and must not be sent twice: the key comes or the limit ends the wait
        } catch (WsManException e) {
            keySent = false;
            throw e;
        }
    }

    /** Receives for the pool until the session key is there. */
    Void awaitKey() throws RemotingException, InterruptedException {
        Instant deadline = settings.clock().instant().plus(settings.keyLimit());
        while (sessionKey == null) {
            if (!settings.clock().instant().isBefore(deadline)) {
                throw new KeyExchangeException(
                        "the server sent no session key within " + settings.keyLimit()
                                + ", so no secret can be sent and no pipeline was started. Close this pool and open another",
                        null);
            }
            receiveForPoolOnceMore();
            machine.checkNotBroken();
        }
        return null;
    }

    private void onSessionKey(PsValue payload) throws MalformedMessageException {
        if (exchange == null || sessionKey != null) {
            return;
        }
        SessionKey key = exchange.open(payload.property("EncryptedSessionKey").asString());
        outgoing.use(key);
        sessionKey = key;
        exchange = null;
    }

    private void sendToPool(InputStreamName stream, List<byte[]> fragments) throws WsManException {
        for (byte[] pack : OutgoingMessages.pack(fragments, client.maxPayload())) {
            client.send(shell, stream, pack);
        }
    }

    /** The fragments of CREATE_PIPELINE; secrets in it are encrypted and their copies wiped. */
    List<byte[]> createPipeline(UUID pipeline, PipelineRequest request) throws MalformedMessageException {
        try (Secrets secrets = new Secrets()) {
            return outgoing.ofPipeline(
                    pipeline,
                    MessageType.CREATE_PIPELINE,
                    Payloads.createPipeline(request, machine.version(), secrets));
        }
    }

    /** The fragments of the pipeline's input, its end included; none without input. */
    List<byte[]> input(UUID pipeline, PipelineRequest request) throws MalformedMessageException {
        List<byte[]> fragments = new ArrayList<>();
        if (request.input().isPresent()) {
            for (PsValue value : request.input().get()) {
                fragments.addAll(outgoing.ofPipeline(pipeline, MessageType.PIPELINE_INPUT, value));
            }
            fragments.addAll(outgoing.endOfInput(pipeline));
        }
        return fragments;
    }

    /** Starts a command with the first fragment of its pipeline. */
    CommandId command(UUID pipeline, byte[] firstFragment) throws WsManException {
        return client.command(shell, CommandId.of(pipeline), firstFragment);
    }

    /** Sends further fragments to a pipeline. */
    void send(CommandId command, InputStreamName stream, List<byte[]> fragments) throws WsManException {
        for (byte[] pack : OutgoingMessages.pack(fragments, client.maxPayload())) {
            client.send(shell, command, stream, pack);
        }
    }

    /** Answers a pipeline's host call with an error. */
    void refuse(CommandId command, UUID pipeline, HostCall call) throws RemotingException {
        send(
                command,
                InputStreamName.HOST_RESPONSE,
                outgoing.ofPipeline(pipeline, MessageType.PIPELINE_HOST_RESPONSE, Payloads.hostRefusal(call)));
    }

    Void signal(CommandId command, SignalCode code) throws WsManException {
        client.signal(shell, command, code);
        return null;
    }

    Void disconnect() throws WsManException {
        client.disconnect(shell);
        machine.toIfPossible(RunspacePoolState.DISCONNECTED);
        return null;
    }

    Void delete() throws WsManException {
        client.delete(shell);
        return null;
    }

    /** Takes up the ids of a pool that another client, or this one before a crash, had. */
    void resume(DetachedPipeline ids) {
        machine.resume(ids.protocolVersion());
        shell = new ShellId(ids.shellId());
        incoming = IncomingMessages.after(ids.lastObjectSeen());
        if (machine.version().isAtLeast(ProtocolVersion.V2_2)) {
            client.maxEnvelopeSize(WsManClient.LATER_MAX_ENVELOPE_SIZE);
        }
    }

    /**
     * Comes back to the shell: Reconnect under the session that created it, else Connect as a new session. A shell that
     * refuses both may still be connected; then the next Receive tells.
     *
     * @param command the pipeline to come back to, or null
     * @throws WsManFaultException if the shell is gone or not for this user
     * @throws WsManException if the server can't be reached
     */
    void reattach(CommandId command) throws RemotingException {
        machine.toIfPossible(RunspacePoolState.CONNECTING);
        if (!reconnect()) {
            connectAsNewSession(command);
        }
        machine.toIfPossible(RunspacePoolState.OPENED);
    }

    private boolean reconnect() throws WsManException {
        try {
            client.reconnect(shell);
            return true;
        } catch (OutcomeUnknownException e) {
            return true;
        } catch (WsManFaultException e) {
            throwIfFinal(e);
            return false;
        }
    }

    private void connectAsNewSession(CommandId command) throws RemotingException {
        SessionId newSession = settings.newSession();
        WsManClient newClient = settings.clients().apply(newSession);
        nextClient = newClient;
        if (closed.getCount() == 0) {
            newClient.close();
        }
        newClient.maxEnvelopeSize(client.maxEnvelopeSize());
        OutgoingMessages newOutgoing = new OutgoingMessages(poolId, settings.fragmentSize());
        byte[] response;
        try {
            response = newClient.connect(shell, ProtocolVersion.V2_3.toString(), connectRequest(newOutgoing));
        } catch (WsManException e) {
            newClient.close();
            if (e instanceof WsManFaultException fault) {
                throwIfFinal(fault);
                return;
            }
            throw e;
        }
        client.close();
        client = newClient;
        session = newSession;
        outgoing = newOutgoing;
        forgetKey();
        connected(command, response);
    }

    /** Connects to a shell of another session. */
    Void connect(ShellId existing) throws RemotingException {
        shell = existing;
        machine.to(RunspacePoolState.CONNECTING);
        byte[] response = client.connect(shell, ProtocolVersion.V2_3.toString(), connectRequest(outgoing));
        connected(null, response);
        machine.toIfPossible(RunspacePoolState.OPENED);
        return null;
    }

    private static byte[] connectRequest(OutgoingMessages outgoing) throws MalformedMessageException {
        return join(
                outgoing.ofPool(MessageType.SESSION_CAPABILITY, Payloads.sessionCapability()),
                outgoing.ofPool(MessageType.CONNECT_RUNSPACEPOOL, Payloads.connectRunspacePool()));
    }

    private void connected(CommandId command, byte[] response) throws RemotingException {
        for (Message message : incoming.acceptForPool(response)) {
            onPoolMessage(message);
        }
        try {
            receiveForPool();
        } catch (ConnectionLostException | ConnectionFailedException e) {
            // it would have brought what the server says about itself, which nothing here depends on
        }
        machine.checkNotBroken();
        if (command != null) {
            client.connect(shell, command);
        }
    }

    /** The session key belongs to the session that exchanged it. */
    private void forgetKey() {
        SessionKey old = sessionKey;
        sessionKey = null;
        exchange = null;
        keySent = false;
        if (old != null) {
            old.close();
        }
    }

    private static void throwIfFinal(WsManFaultException fault) throws WsManFaultException {
        switch (fault.kind()) {
            case SHELL_GONE, ACCESS_DENIED, UNKNOWN_CONFIGURATION -> throw fault;
            default -> {
                // this way is closed; another one may be open
            }
        }
    }

    /** Ends the connections and wipes the session key; the shell stays as it is. */
    void close() {
        closed.countDown();
        client.close();
        WsManClient next = nextClient;
        if (next != null) {
            next.close();
        }
        SessionKey key = sessionKey;
        if (key != null) {
            key.close();
        }
    }
}
