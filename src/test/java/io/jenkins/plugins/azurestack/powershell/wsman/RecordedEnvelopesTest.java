package io.jenkins.plugins.azurestack.powershell.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Test;
import org.yaml.snakeyaml.Yaml;

/** Our envelopes against those that real Windows accepted, and its answers against our reading. */
public class RecordedEnvelopesTest {

    private static final Path RECORDINGS = Stream.of(
                    System.getProperty("recordings", "../shared/recordings"), "../../shared/recordings")
            .map(Path::of)
            .filter(Files::isDirectory)
            .findFirst()
            .orElse(null);
    /** Elements whose text is each client's own. */
    private static final Set<String> OWN = Set.of(
            "{" + Namespaces.ADDRESSING + "}MessageID{}",
            "{" + Namespaces.ADDRESSING + "}To{}",
            "{" + Namespaces.WSMV + "}SessionId{}",
            "{" + Namespaces.WSMAN + "}MaxEnvelopeSize{}",
            "{" + Namespaces.WSMAN + "}OperationTimeout{}");

    private static final String ANSWER = Replies.envelope("uuid:X", "");

    private final List<Exchange> exchanges = new ArrayList<>();

    private record Exchange(String file, int number, String request, String response) {
        @Override
        public String toString() {
            return file + " message " + number;
        }
    }

    @Before
    public void load() throws IOException {
        assumeTrue("the recordings are not beside the project", RECORDINGS != null);
        try (Stream<Path> files = Files.list(RECORDINGS)) {
            for (final Path file :
                    files.filter(f -> f.toString().endsWith(".yml")).sorted().toList()) {
                load(file);
            }
        }
        assertThat(exchanges).hasSizeGreaterThan(100);
    }

    private void load(final Path file) throws IOException {
        final Map<String, List<Map<String, Object>>> recording = new Yaml().load(Files.readString(file));
        int number = 0;
        for (final Map<String, Object> message : recording.get("messages")) {
            number++;
            if (message.get("response") != null) {
                exchanges.add(new Exchange(
                        file.getFileName().toString(),
                        number,
                        message.get("request").toString(),
                        message.get("response").toString()));
            }
        }
    }

    @Test
    public void ourRequestsSayWhatTheirsSaid() throws Exception {
        int compared = 0;
        for (final Exchange exchange : exchanges) {
            final XmlElement theirs = XmlReader.read(exchange.request().getBytes(UTF_8));
            final Optional<byte[]> ours = rebuilt(theirs);
            if (ours.isPresent()) {
                assertThat(canonical(XmlReader.read(ours.get())))
                        .as(exchange.toString())
                        .isEqualTo(canonical(theirs));
                compared++;
            }
        }
        assertThat(compared).as("requests compared").isGreaterThan(exchanges.size() * 9 / 10);
    }

    @Test
    public void theirAnswersAreUnderstood() throws Exception {
        for (final Exchange exchange : exchanges) {
            final Answer answer = Answer.parse(exchange.response().getBytes(UTF_8));
            final XmlElement request = XmlReader.read(exchange.request().getBytes(UTF_8));
            final Optional<Fault> fault = answer.fault();
            if (fault.isPresent()) {
                assertThat(fault.get().code()).as(exchange.toString()).isPositive();
                continue;
            }
            answer.requireAnswerTo(header(request).childText(Namespaces.ADDRESSING, "MessageID"));
            switch (action(request)) {
                case "Create" -> assertThat(answer.createdShell().id().value()).isNotEmpty();
                case "Command" -> assertThat(answer.commandId().value()).isNotEmpty();
                case "Receive" -> answer.received();
                case "Connect" -> answer.connectResponse();
                default -> {
                    // An empty body says that it was done.
                }
            }
        }
    }

    @Test
    public void theFaultsOfTheRecordingsHaveTheirKinds() throws Exception {
        final Map<Long, WsManFaultException.Kind> kinds = new TreeMap<>();
        for (final Exchange exchange : exchanges) {
            Answer.parse(exchange.response().getBytes(UTF_8)).fault().ifPresent(f -> kinds.put(f.code(), f.kind()));
        }
        assertThat(kinds)
                .containsEntry(2150858793L, WsManFaultException.Kind.TIMED_OUT)
                .containsEntry(2150858843L, WsManFaultException.Kind.SHELL_GONE);
    }

    /** Makes the client send the same, and catches what it sends. */
    private static Optional<byte[]> rebuilt(final XmlElement theirs) throws Exception {
        final List<byte[]> sent = new ArrayList<>();
        final SoapChannel channel = new SoapChannel() {
            @Override
            public byte[] exchange(final byte[] envelope, final Duration limit) {
                sent.add(envelope);
                return ANSWER.getBytes(UTF_8);
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        final String uri = header(theirs).childText(Namespaces.WSMAN, "ResourceURI");
        if (!uri.startsWith(Namespaces.POWERSHELL)) {
            return Optional.empty();
        }
        final String name = uri.substring(Namespaces.POWERSHELL.length() + 1);
        try (WsManClient client = WsManClient.to(WsManEndpoint.https("h"), name)
                .channels(channel, channel)
                .sessionId(new SessionId(new UUID(1, 1)))
                .build()) {
            client.maxEnvelopeSize(WsManClient.LATER_MAX_ENVELOPE_SIZE);
            send(client, theirs);
        } catch (WsManException e) {
            // The answer fits nothing; only the request matters here.
        }
        return sent.stream().findFirst();
    }

    private static void send(final WsManClient client, final XmlElement theirs) throws WsManException {
        final Optional<XmlElement> body = body(theirs).children().stream().findFirst();
        final ShellId shell = new ShellId(header(theirs)
                .child(Namespaces.WSMAN, "SelectorSet")
                .map(s -> s.childText(Namespaces.WSMAN, "Selector"))
                .orElse("NONE"));
        switch (action(theirs)) {
            case "Create" -> create(client, body.orElseThrow());
            case "Command" ->
                client.command(
                        shell, command(body.orElseThrow()), content(body.orElseThrow(), Namespaces.SHELL, "Arguments"));
            case "Receive" -> receive(client, shell, body.orElseThrow());
            case "Send" -> send(client, shell, body.orElseThrow());
            case "Signal" -> signal(client, shell, body.orElseThrow());
            case "Delete" -> client.delete(shell);
            case "Disconnect" -> client.disconnect(shell);
            case "Reconnect" -> client.reconnect(shell);
            case "Connect" -> connect(client, shell, body.orElseThrow());
            default -> {
                // Not an operation of this client.
            }
        }
    }

    private static void create(final WsManClient client, final XmlElement body) throws WsManException {
        client.create(new NewShell(
                new ShellId(body.attribute("ShellId").orElseThrow()),
                "2.3",
                null,
                content(body, Namespaces.POWERSHELL, "creationXml")));
    }

    private static void receive(final WsManClient client, final ShellId shell, final XmlElement body)
            throws WsManException {
        final XmlElement stream = body.child(Namespaces.SHELL, "DesiredStream").orElseThrow();
        if (stream.attribute("CommandId").isPresent()) {
            client.receive(shell, command(stream));
        } else {
            client.receive(shell);
        }
    }

    private static void send(final WsManClient client, final ShellId shell, final XmlElement body)
            throws WsManException {
        final XmlElement stream = body.child(Namespaces.SHELL, "Stream").orElseThrow();
        final byte[] bytes = Base64.getDecoder().decode(stream.text());
        final InputStreamName name = stream.attribute("Name").orElseThrow().equals("pr")
                ? InputStreamName.HOST_RESPONSE
                : InputStreamName.STDIN;
        if (stream.attribute("CommandId").isPresent()) {
            client.send(shell, command(stream), name, bytes);
        } else {
            client.send(shell, name, bytes);
        }
    }

    private static void signal(final WsManClient client, final ShellId shell, final XmlElement body)
            throws WsManException {
        if (body.childText(Namespaces.SHELL, "Code").equals(SignalCode.TERMINATE.code())) {
            client.signal(shell, command(body), SignalCode.TERMINATE);
        }
    }

    private static void connect(final WsManClient client, final ShellId shell, final XmlElement body)
            throws WsManException {
        if (body.attribute("CommandId").isPresent()) {
            client.connect(shell, command(body));
        } else {
            client.connect(shell, "2.3", content(body, Namespaces.POWERSHELL, "connectXml"));
        }
    }

    private static CommandId command(final XmlElement element) {
        return new CommandId(element.attribute("CommandId").orElseThrow());
    }

    private static byte[] content(final XmlElement body, final String namespace, final String name) {
        return Base64.getDecoder().decode(body.childText(namespace, name));
    }

    private static XmlElement header(final XmlElement envelope) {
        return envelope.child(Namespaces.SOAP, "Header").orElseThrow();
    }

    private static XmlElement body(final XmlElement envelope) {
        return envelope.child(Namespaces.SOAP, "Body").orElseThrow();
    }

    private static String action(final XmlElement envelope) {
        final String action = header(envelope).childText(Namespaces.ADDRESSING, "Action");
        return action.substring(action.lastIndexOf('/') + 1);
    }

    /** All that matters of an envelope, in an order of its own. */
    private static String canonical(final XmlElement element) {
        if (OWN.contains(element.toString())) {
            return element.toString();
        }
        return element
                + element.text()
                + element.children().stream()
                        .map(RecordedEnvelopesTest::canonical)
                        .sorted()
                        .toList();
    }
}
