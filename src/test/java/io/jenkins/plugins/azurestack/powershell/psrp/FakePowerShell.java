package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlReader;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlWriter;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.clixml.PsVersion;
import io.jenkins.plugins.azurestack.powershell.wsman.CancelledException;
import io.jenkins.plugins.azurestack.powershell.wsman.ConnectionFailedException;
import io.jenkins.plugins.azurestack.powershell.wsman.ConnectionLostException;
import io.jenkins.plugins.azurestack.powershell.wsman.Delivery;
import io.jenkins.plugins.azurestack.powershell.wsman.LogonRefusedException;
import io.jenkins.plugins.azurestack.powershell.wsman.SoapChannel;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManClient;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManEndpoint;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManException;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;

/**
 * A PowerShell endpoint in memory, with state machines of its own, for what no recording shows: stops, host calls, lost
 * connections, hours of silence. It writes down every request it understood.
 */
final class FakePowerShell {
    static final String CONFIGURATION = "PrivilegedEndpoint";
    private static final WsManEndpoint ENDPOINT = WsManEndpoint.https("127.0.0.1");
    private static final long LOOK_MILLIS = 5;
    private static final byte[] KEY = new byte[32];

    static {
        Arrays.fill(KEY, (byte) 7);
    }

    /** Where a connection breaks. */
    enum Cut {
        /** Nowhere. */
        NONE,
        /** No connection came about. */
        REFUSED,
        /** It broke while the request left. */
        REQUEST_TORN,
        /** The request left in full, and never arrived. */
        REQUEST_VANISHED,
        /** The server has acted; its answer never arrived. */
        ANSWER_LOST,
        /** The server has acted; half of its answer arrived. */
        ANSWER_TORN,
        /** The password is no longer good. */
        LOGON_REFUSED
    }

    final MovableClock clock = new MovableClock();
    final List<String> ledger = new CopyOnWriteArrayList<>();
    final Map<String, Deque<Cut>> cuts = new HashMap<>();
    final Map<String, Long> faults = new HashMap<>();
    final Map<String, Consumer<Running>> commands = new HashMap<>();
    final List<PsValue> created = new ArrayList<>();
    final List<PsValue> hostAnswers = new ArrayList<>();
    final Map<String, Shell> shells = new HashMap<>();
    private final SessionKey sessionKey = new SessionKey(KEY);
    String protocolVersion = "2.3";
    String otherCommandId;
    boolean timePasses;
    boolean answersKeys = true;
    boolean opens = true;
    boolean stopsAtOnce = true;
    Runnable whileSilent = () -> {};
    Runnable onReconnect = () -> {};
    Runnable onDisconnect = () -> {};
    UnaryOperator<byte[]> mangle = UnaryOperator.identity();
    private int lives;
    PsValue breaksWith;

    /** A shell and the pool in it. */
    final class Shell {
        private final String id;
        private final Deque<byte[]> queue = new ArrayDeque<>();
        private final Map<String, Running> running = new HashMap<>();
        private final Defragmenter defragmenter = new Defragmenter();
        private Fragmenter fragmenter = new Fragmenter(Fragmenter.SAFE_SIZE);
        String session;
        boolean connected = true;

        Shell(String id, String session) {
            this.id = id;
            this.session = session;
        }

        private void say(MessageType type, PsValue payload) {
            queue.addAll(
                    fragmenter.split(Message.toClient(type, UUID.fromString(id), DotNetGuid.NONE, write(payload))));
        }
    }

    /** A pipeline on the server. */
    final class Running {
        final Shell shell;
        final String id;
        final PsValue request;
        private final Deque<byte[]> queue = new ArrayDeque<>();
        private boolean done;

        Running(Shell shell, String id, PsValue request) {
            this.shell = shell;
            this.id = id;
            this.request = request;
        }

        /** Says something, each fragment in an answer of its own. */
        Running say(MessageType type, PsValue payload) {
            synchronized (FakePowerShell.this) {
                queue.addAll(fragments(type, write(payload)));
                FakePowerShell.this.notifyAll();
                return this;
            }
        }

        List<byte[]> fragments(MessageType type, byte[] payload) {
            return shell.fragmenter.split(
                    Message.toClient(type, UUID.fromString(shell.id), UUID.fromString(id), payload));
        }

        /** Puts raw bytes into the stream. */
        Running raw(byte[] bytes) {
            synchronized (FakePowerShell.this) {
                queue.add(bytes);
                return this;
            }
        }

        /** Puts all that is not sent yet into one answer. */
        Running inOneAnswer() {
            ByteArrayOutputStream together = new ByteArrayOutputStream();
            queue.forEach(together::writeBytes);
            queue.clear();
            return raw(together.toByteArray());
        }

        Running output(String text) {
            return say(MessageType.PIPELINE_OUTPUT, PsPrimitive.of(text));
        }

        Running state(PipelineState state) {
            return say(
                    MessageType.PIPELINE_STATE,
                    PsObject.builder().extended("PipelineState", state.number()).build());
        }

        Running fail(String id, String message) {
            say(
                    MessageType.PIPELINE_STATE,
                    PsObject.builder()
                            .extended("PipelineState", PipelineState.FAILED.number())
                            .extended("ExceptionAsErrorRecord", errorRecord(id, message))
                            .build());
            return done();
        }

        Running hostCall(long callId, int method, String name) {
            return say(MessageType.PIPELINE_HOST_CALL, question(callId, method, name));
        }

        Running complete() {
            return state(PipelineState.COMPLETED).done();
        }

        Running done() {
            synchronized (FakePowerShell.this) {
                done = true;
                FakePowerShell.this.notifyAll();
                return this;
            }
        }
    }

    static PsValue errorRecord(String id, String message) {
        return PsObject.builder()
                .types(List.of("System.Management.Automation.ErrorRecord", "System.Object"))
                .text(message)
                .extended("FullyQualifiedErrorId", id)
                .extended("ErrorCategory_Category", ErrorCategory.OBJECT_NOT_FOUND.number())
                .build();
    }

    private byte[] write(PsValue value) {
        try {
            return new CliXmlWriter().withCipher(sessionKey).write(value);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** One key pair for all clients: making one takes longer than most tests. */
    private static final class Keys {
        static final KeyPair PAIR = pair();

        private static KeyPair pair() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return generator.generateKeyPair();
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A client's description of this endpoint. */
    RunspacePoolBuilder client() {
        return RunspacePool.at(ENDPOINT, CONFIGURATION)
                .clock(clock)
                .pauses((duration, closed) -> clock.advance(duration))
                .keyExchanges(() -> new KeyExchange(Keys.PAIR))
                .clients(session -> WsManClient.to(ENDPOINT, CONFIGURATION)
                        .sessionId(session)
                        .channels(new Channel(), new Channel())
                        .build());
    }

    /** A connection, for an endpoint on loopback. */
    SoapChannel channel() {
        return new Channel();
    }

    /** What a command does when it is started. */
    FakePowerShell on(String command, Consumer<Running> behaviour) {
        commands.put(command, behaviour);
        return this;
    }

    /** Breaks the next connections that carry this operation. */
    synchronized FakePowerShell cut(String role, Cut... points) {
        cuts.computeIfAbsent(role, r -> new ArrayDeque<>())
                .addAll(Arrays.stream(points).map(p -> p == null ? Cut.NONE : p).toList());
        return this;
    }

    /** How often a request of that role was understood. */
    long count(String role) {
        return ledger.stream().filter(role::equals).count();
    }

    synchronized Running onlyPipeline() {
        return shells.values().iterator().next().running.values().iterator().next();
    }

    synchronized Shell onlyShell() {
        return shells.values().iterator().next();
    }

    /** Says something to the pool. */
    synchronized void ask(MessageType type, PsValue content) {
        onlyShell().say(type, content);
        notifyAll();
    }

    /** What the server asks the client's host, with or without a pipeline. */
    static PsValue question(long callId, int method, String name) {
        return PsObject.builder()
                .extended("ci", callId)
                .extended("mi", PsObject.enumeration("RemoteHostMethodId", name, method))
                .build();
    }

    /** Holds the answer to the request at hand back; other requests are answered meanwhile. */
    void hold(CountDownLatch release) {
        try {
            while (release.getCount() > 0) {
                wait(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (Thread.currentThread().isInterrupted()) {
            ledger.add("interrupted");
        }
    }

    /** Puts bytes into the pool's stream that are no fragments. */
    synchronized void nonsenseForPool() {
        onlyShell().queue.add(new byte[] {1, 2, 3});
        notifyAll();
    }

    /** Tells the client that its pool is broken. */
    synchronized void breakPool() {
        onlyShell()
                .say(
                        MessageType.RUNSPACEPOOL_STATE,
                        PsObject.builder()
                                .extended("RunspaceState", RunspacePoolState.BROKEN.number())
                                .build());
        notifyAll();
    }

    /** Cuts the pipeline's messages into smaller pieces from now on; numbers go on. */
    synchronized void fragmentsOf(Shell shell, int bytes, int afterMessages) {
        shell.fragmenter = new Fragmenter(bytes + Fragment.HEADER_LENGTH);
        for (int i = 0; i < afterMessages; i++) {
            shell.fragmenter.split(new byte[1]);
        }
    }

    /** Ends the lives of all clients at once, without a word to the server. */
    synchronized void killClients() {
        lives++;
        notifyAll();
    }

    /** What Windows does with the shell of a client that has vanished. */
    synchronized void disconnectShells() {
        shells.values().forEach(shell -> shell.connected = false);
        notifyAll();
    }

    /** Waits until the server has understood so many requests of a role. */
    synchronized void awaitCount(String role, long count) throws InterruptedException {
        while (count(role) < count) {
            wait(LOOK_MILLIS);
        }
    }

    /** One connection. */
    private final class Channel implements SoapChannel {
        private final int life = lives;
        private boolean closed;

        private boolean isClosed() {
            return closed || life != lives;
        }

        @Override
        public byte[] exchange(byte[] envelope, Duration limit) throws WsManException {
            SoapRequest request = SoapRequest.parse(envelope);
            if (!request.locales().equals(List.of("en-US", "en-US"))) {
                throw new AssertionError("another culture than the documented one: " + request.locales());
            }
            synchronized (FakePowerShell.this) {
                if (isClosed()) {
                    throw new CancelledException(Delivery.NOT_SENT, "closed");
                }
                Cut cut = cuts.getOrDefault(request.role(), new ArrayDeque<>()).poll();
                before(cut, envelope.length);
                byte[] answer = answer(request);
                after(cut, envelope.length);
                return answer;
            }
        }

        private void before(Cut cut, int bytes) throws WsManException {
            if (cut == Cut.REFUSED) {
                throw new ConnectionFailedException("connection refused", null);
            }
            if (cut == Cut.LOGON_REFUSED) {
                throw new LogonRefusedException("the password is wrong", null);
            }
            if (cut == Cut.REQUEST_TORN) {
                throw new ConnectionLostException("connection reset", bytes / 2, bytes, false, null);
            }
            if (cut == Cut.REQUEST_VANISHED) {
                throw new ConnectionLostException("no answer", bytes, bytes, false, null);
            }
        }

        private void after(Cut cut, int bytes) throws WsManException {
            if (cut == Cut.ANSWER_LOST || cut == Cut.ANSWER_TORN) {
                throw new ConnectionLostException("connection reset", bytes, bytes, cut == Cut.ANSWER_TORN, null);
            }
        }

        private byte[] answer(SoapRequest request) throws WsManException {
            if (!request.operation().equals("Receive")) {
                byte[] answer = act(request);
                ledger.add(request.role());
                FakePowerShell.this.notifyAll();
                return answer;
            }
            long until = System.nanoTime() + Duration.ofMillis(LOOK_MILLIS).toNanos();
            while (true) {
                if (isClosed()) {
                    throw new CancelledException(Delivery.UNKNOWN, "closed");
                }
                byte[] answer = received(request);
                if (answer != null) {
                    ledger.add(request.role());
                    return answer;
                }
                if (timePasses || System.nanoTime() > until) {
                    return silence(request);
                }
                waitALittle();
            }
        }

        private byte[] silence(SoapRequest request) {
            ledger.add("silent " + request.role());
            if (timePasses && !request.toPool()) {
                clock.advance(Duration.ofSeconds(20));
            }
            whileSilent.run();
            return SoapAnswer.fault(request, SoapAnswer.TIMED_OUT, "nothing to say");
        }

        private void waitALittle() throws CancelledException {
            try {
                FakePowerShell.this.wait(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException(Delivery.UNKNOWN, "interrupted");
            }
        }

        @Override
        public void close() {
            synchronized (FakePowerShell.this) {
                closed = true;
                FakePowerShell.this.notifyAll();
            }
        }
    }

    private byte[] received(SoapRequest request) {
        Shell shell = shells.get(request.shellId());
        if (faults.containsKey(request.role())) {
            return SoapAnswer.fault(request, faults.get(request.role()), "told to");
        }
        if (shell == null) {
            return SoapAnswer.fault(request, SoapAnswer.GONE, "no such shell");
        }
        if (!shell.connected) {
            return SoapAnswer.fault(request, SoapAnswer.STREAM_DISCONNECTED, "the shell is disconnected");
        }
        if (!shell.session.equals(request.sessionId())) {
            return SoapAnswer.fault(request, SoapAnswer.SHELL_DISCONNECTED, "another session's shell");
        }
        if (request.toPool()) {
            return shell.queue.isEmpty() ? null : SoapAnswer.stream(request, mangle.apply(shell.queue.poll()), false);
        }
        Running running = shell.running.get(request.commandId());
        if (running == null) {
            return SoapAnswer.fault(request, SoapAnswer.GONE, "no such command");
        }
        if (running.queue.isEmpty() && running.done) {
            shell.running.remove(request.commandId());
            return SoapAnswer.stream(request, new byte[0], true);
        }
        if (running.queue.isEmpty()) {
            return null;
        }
        byte[] chunk = running.queue.poll();
        boolean done = running.done && running.queue.isEmpty();
        if (done) {
            shell.running.remove(request.commandId());
        }
        return SoapAnswer.stream(request, mangle.apply(chunk), done);
    }

    private byte[] act(SoapRequest request) {
        Long fault = faults.get(request.role());
        if (fault != null) {
            return SoapAnswer.fault(request, fault, "told to");
        }
        if (request.operation().equals("Create")) {
            return create(request);
        }
        Shell shell = shells.get(request.shellId());
        if (shell == null) {
            return SoapAnswer.fault(request, SoapAnswer.GONE, "no such shell");
        }
        return switch (request.operation()) {
            case "Command" -> command(request, shell);
            case "Send" -> sent(request, shell);
            case "Signal" -> signalled(request, shell);
            case "Delete" -> {
                shells.remove(shell.id);
                yield SoapAnswer.empty(request);
            }
            case "Disconnect" -> {
                onDisconnect.run();
                shell.connected = false;
                yield SoapAnswer.to(request, "<rsp:DisconnectResponse/>");
            }
            case "Reconnect" -> reconnect(request, shell);
            case "Connect" -> connect(request, shell);
            default -> throw new AssertionError("unknown operation " + request.operation());
        };
    }

    private byte[] create(SoapRequest request) {
        Shell shell = new Shell(request.shellId(), request.sessionId());
        shells.put(shell.id, shell);
        read(shell, request);
        shell.say(MessageType.SESSION_CAPABILITY, capability());
        shell.say(MessageType.APPLICATION_PRIVATE_DATA, PsObject.builder().build());
        if (breaksWith != null) {
            shell.say(
                    MessageType.RUNSPACEPOOL_STATE,
                    PsObject.builder()
                            .extended("RunspaceState", RunspacePoolState.BROKEN.number())
                            .extended("ExceptionAsErrorRecord", breaksWith)
                            .build());
        } else if (opens) {
            shell.say(
                    MessageType.RUNSPACEPOOL_STATE,
                    PsObject.builder()
                            .extended("RunspaceState", RunspacePoolState.OPENED.number())
                            .build());
        }
        return SoapAnswer.created(request, shell.id);
    }

    private PsValue capability() {
        return PsObject.builder()
                .extended("protocolversion", PsPrimitive.of(PsVersion.parse(protocolVersion)))
                .extended("PSVersion", PsPrimitive.of(PsVersion.parse("2.0")))
                .extended("SerializationVersion", PsPrimitive.of(PsVersion.parse("1.1.0.1")))
                .build();
    }

    private byte[] reconnect(SoapRequest request, Shell shell) {
        if (shell.connected || !shell.session.equals(request.sessionId())) {
            return SoapAnswer.fault(request, SoapAnswer.RECONNECT_NOT_VALID, "not disconnected, or not your session");
        }
        shell.connected = true;
        onReconnect.run();
        return SoapAnswer.to(request, "<rsp:ReconnectResponse/>");
    }

    private byte[] connect(SoapRequest request, Shell shell) {
        if (!request.toPool()) {
            onReconnect.run();
            return SoapAnswer.connected(request, new byte[0]);
        }
        if (shell.connected) {
            return SoapAnswer.fault(request, SoapAnswer.RECONNECT_NOT_VALID, "somebody is connected");
        }
        shell.connected = true;
        shell.session = request.sessionId();
        byte[] answer = shell.fragmenter.join(List.of(
                Message.toClient(
                        MessageType.SESSION_CAPABILITY,
                        UUID.fromString(shell.id),
                        DotNetGuid.NONE,
                        write(capability())),
                Message.toClient(
                        MessageType.RUNSPACEPOOL_INIT_DATA,
                        UUID.fromString(shell.id),
                        DotNetGuid.NONE,
                        write(PsObject.builder()
                                .extended("MinRunspaces", 1)
                                .extended("MaxRunspaces", 1)
                                .build()))));
        shell.say(MessageType.APPLICATION_PRIVATE_DATA, PsObject.builder().build());
        return SoapAnswer.connected(request, answer);
    }

    private byte[] command(SoapRequest request, Shell shell) {
        String id = otherCommandId == null ? request.commandId() : otherCommandId;
        start(shell, id, read(shell, request));
        return SoapAnswer.command(request, id);
    }

    private void start(Shell shell, String id, List<Message> messages) {
        for (Message message : messages) {
            if (message.type().orElseThrow() == MessageType.CREATE_PIPELINE) {
                PsValue body = value(message);
                created.add(body);
                Running running = new Running(shell, id, body);
                shell.running.put(id, running);
                String name = body.property("PowerShell")
                        .property("Cmds")
                        .items()
                        .get(0)
                        .property("Cmd")
                        .asString();
                commands.getOrDefault(name, r -> r.fail("CommandNotFoundException", "no such command"))
                        .accept(running);
            }
        }
    }

    private byte[] sent(SoapRequest request, Shell shell) {
        for (Message message : read(shell, request)) {
            switch (message.type().orElseThrow()) {
                case PUBLIC_KEY -> {
                    if (answersKeys) {
                        shell.say(
                                MessageType.ENCRYPTED_SESSION_KEY,
                                PsObject.builder()
                                        .extended("EncryptedSessionKey", encryptedKey(value(message)))
                                        .build());
                    }
                }
                case PIPELINE_HOST_RESPONSE, RUNSPACEPOOL_HOST_RESPONSE -> hostAnswers.add(value(message));
                case CREATE_PIPELINE -> start(shell, request.commandId(), List.of(message));
                default -> {}
            }
        }
        return SoapAnswer.to(request, "<rsp:SendResponse/>");
    }

    private byte[] signalled(SoapRequest request, Shell shell) {
        Running running = shell.running.get(request.commandId());
        if (running == null) {
            return SoapAnswer.fault(request, SoapAnswer.GONE, "no such command");
        }
        if (request.code().equals("powershell/signal/crtl_c")) {
            if (stopsAtOnce) {
                running.state(PipelineState.STOPPED).done();
            }
        } else {
            shell.running.remove(request.commandId());
        }
        return SoapAnswer.to(request, "<rsp:SignalResponse/>");
    }

    private List<Message> read(Shell shell, SoapRequest request) {
        try {
            List<Message> messages = new ArrayList<>();
            for (byte[] payload : request.payloads()) {
                messages.addAll(shell.defragmenter.accept(payload));
            }
            return messages;
        } catch (MalformedMessageException e) {
            throw new AssertionError("the client sent nonsense", e);
        }
    }

    private PsValue value(Message message) {
        try {
            return new CliXmlReader().read(message.payload());
        } catch (Exception e) {
            throw new AssertionError("the client sent nonsense", e);
        }
    }

    /** What the server has of a secret argument. */
    char[] reveal(PsValue secret) throws Exception {
        return ((PsSecureString) secret).open(sessionKey).reveal();
    }

    private static String encryptedKey(PsValue publicKey) {
        try {
            byte[] blob =
                    Base64.getDecoder().decode(publicKey.property("PublicKey").asString());
            Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            rsa.init(
                    Cipher.ENCRYPT_MODE,
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(
                                    new BigInteger(1, reversed(Arrays.copyOfRange(blob, 20, blob.length))),
                                    BigInteger.valueOf(65537))));
            byte[] encrypted = reversed(rsa.doFinal(KEY));
            byte[] answer = Arrays.copyOf(
                    new byte[] {0x01, 0x02, 0, 0, 0x10, 0x66, 0, 0, 0, (byte) 0xA4, 0, 0}, 12 + encrypted.length);
            System.arraycopy(encrypted, 0, answer, 12, encrypted.length);
            return Base64.getEncoder().encodeToString(answer);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
