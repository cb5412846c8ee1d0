package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.psrp.Defragmenter;
import io.jenkins.plugins.azurestack.powershell.psrp.DotNetGuid;
import io.jenkins.plugins.azurestack.powershell.psrp.Fragmenter;
import io.jenkins.plugins.azurestack.powershell.psrp.Message;
import io.jenkins.plugins.azurestack.powershell.psrp.MessageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that writes its envelopes by hand and reads answers with regular expressions: the JDK's HTTP client on TLS,
 * with Basic. It says what it is told to, however wrong.
 */
final class RawClient {
    static final String CONFIGURATION = "http://schemas.microsoft.com/powershell/PrivilegedEndpoint";
    private static final String SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
    private static final String TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer";
    private static final String ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration";
    static final String PROTOCOL =
            "<w:OptionSet><w:Option Name=\"protocolversion\" MustComply=\"true\">2.3</w:Option>" + "</w:OptionSet>";
    private static final String CAPABILITY = "<Obj RefId=\"0\"><MS><Version N=\"protocolversion\">%s</Version>"
            + "<Version N=\"PSVersion\">2.0</Version><Version N=\"SerializationVersion\">1.1.0.1</Version></MS></Obj>";
    private static final Pattern STREAM = Pattern.compile("<rsp:Stream Name=\"stdout\"[^>]*>([^<]*)</rsp:Stream>");

    private final URI endpoint;
    private final String user;
    private final HttpClient http;
    private final Fragmenter fragmenter = new Fragmenter(Fragmenter.SAFE_SIZE);
    private final Defragmenter defragmenter = new Defragmenter();
    final UUID shell;
    String session = UUID.randomUUID().toString();
    String resource = CONFIGURATION;
    String timeout = "PT20S";
    int maxEnvelopeSize = 153_600;
    String furtherHeaders = "";

    RawClient(final RunningEndpoint server) throws Exception {
        this(server, TestAccounts.USER, UUID.randomUUID());
    }

    /** @param shell which one to use: a new one, or somebody else's */
    RawClient(final RunningEndpoint server, final String user, final UUID shell) throws Exception {
        this.shell = shell;
        this.endpoint = URI.create("https://localhost:" + server.httpsPort() + "/wsman");
        this.user = user;
        this.http = HttpClient.newBuilder()
                .sslContext(RunningEndpoint.trusting())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** An answer, with its status and text. */
    record Answer(int status, String text) {
        /** The code of a fault, 0 for none. */
        long code() {
            final Matcher matcher =
                    Pattern.compile("WSManFault[^>]*Code=\"(\\d+)\"").matcher(text);
            return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        }

        /** The text of the first element of that local name; empty if there is none. */
        String element(final String name) {
            final Matcher matcher = Pattern.compile("<(?:\\w+:)?" + name + "(?: [^>]*)?>([^<]*)<")
                    .matcher(text);
            return matcher.find() ? matcher.group(1) : "";
        }
    }

    Answer post(final String envelope) throws IOException, InterruptedException {
        final HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(endpoint)
                        .timeout(Duration.ofMinutes(1))
                        .header("Content-Type", "application/soap+xml;charset=UTF-8")
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString((user + ":" + TestAccounts.PASSWORD)
                                                        .getBytes(StandardCharsets.UTF_8)))
                        .POST(HttpRequest.BodyPublishers.ofString(envelope))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    /** An envelope, of which every part can be wrong. */
    String envelope(final String action, final String headers, final String body) {
        return "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
                + " xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
                + " xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\""
                + " xmlns:p=\"http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd\" xmlns:rsp=\"" + SHELL + "\">"
                + "<s:Header><a:Action s:mustUnderstand=\"true\">" + action + "</a:Action>"
                + "<a:To>" + endpoint + "</a:To><a:MessageID>uuid:" + UUID.randomUUID() + "</a:MessageID>"
                + "<w:ResourceURI s:mustUnderstand=\"true\">" + resource + "</w:ResourceURI>"
                + "<w:MaxEnvelopeSize s:mustUnderstand=\"true\">" + maxEnvelopeSize + "</w:MaxEnvelopeSize>"
                + "<w:OperationTimeout>" + timeout + "</w:OperationTimeout>"
                + "<p:SessionId s:mustUnderstand=\"false\">uuid:" + session + "</p:SessionId>" + furtherHeaders
                + headers + "</s:Header><s:Body>" + body + "</s:Body></s:Envelope>";
    }

    String selector() {
        return "<w:SelectorSet><w:Selector Name=\"ShellId\">" + text(shell) + "</w:Selector></w:SelectorSet>";
    }

    static String text(final UUID id) {
        return id.toString().toUpperCase(Locale.ROOT);
    }

    private String fragments(final UUID pipeline, final Object... typesAndPayloads) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < typesAndPayloads.length; i += 2) {
            final byte[] payload = ((String) typesAndPayloads[i + 1]).getBytes(StandardCharsets.UTF_8);
            fragmenter
                    .split(Message.toServer((MessageType) typesAndPayloads[i], shell, pipeline, payload))
                    .forEach(all::writeBytes);
        }
        return Base64.getEncoder().encodeToString(all.toByteArray());
    }

    Answer create() throws IOException, InterruptedException {
        return create("2.3", "");
    }

    /** @param elements more of the shell, such as its idle time-out */
    Answer create(final String version, final String elements) throws IOException, InterruptedException {
        return post(envelope(TRANSFER + "/Create", PROTOCOL, shellBody(text(shell), version, elements)));
    }

    String shellBody(final String id, final String version, final String elements) {
        return "<rsp:Shell ShellId=\"" + id + "\"><rsp:InputStreams>stdin pr</rsp:InputStreams>"
                + "<rsp:OutputStreams>stdout</rsp:OutputStreams>" + elements
                + "<creationXml xmlns=\"http://schemas.microsoft.com/powershell\">"
                + fragments(
                        DotNetGuid.NONE,
                        MessageType.SESSION_CAPABILITY,
                        CAPABILITY.formatted(version),
                        MessageType.INIT_RUNSPACEPOOL,
                        "<Obj RefId=\"0\"><MS><I32 N=\"MinRunspaces\">1</I32><I32 N=\"MaxRunspaces\">1</I32></MS>"
                                + "</Obj>")
                + "</creationXml></rsp:Shell>";
    }

    Answer operate(final String operation, final String body) throws IOException, InterruptedException {
        return post(envelope(SHELL + "/" + operation, selector(), body));
    }

    Answer transfer(final String operation) throws IOException, InterruptedException {
        return post(envelope(TRANSFER + "/" + operation, selector(), ""));
    }

    Answer enumerate(final String of, final String filter) throws IOException, InterruptedException {
        final String before = resource;
        resource = of;
        try {
            return post(envelope(
                    ENUMERATION + "/Enumerate",
                    "",
                    "<e:Enumerate xmlns:e=\"" + ENUMERATION + "\"><w:OptimizeEnumeration/>"
                            + "<w:MaxElements>32000</w:MaxElements>" + filter + "</e:Enumerate>"));
        } finally {
            resource = before;
        }
    }

    Answer receive(final UUID command) throws IOException, InterruptedException {
        return operate(
                "Receive",
                "<rsp:Receive><rsp:DesiredStream"
                        + (command == null ? "" : " CommandId=\"" + text(command) + "\"")
                        + ">stdout</rsp:DesiredStream></rsp:Receive>");
    }

    /** The messages of a Receive's answer that are whole. */
    List<Message> messages(final Answer answer) throws Exception {
        final List<Message> messages = new ArrayList<>();
        final Matcher matcher = STREAM.matcher(answer.text());
        while (matcher.find()) {
            messages.addAll(defragmenter.accept(Base64.getDecoder().decode(matcher.group(1))));
        }
        return messages;
    }

    /** Receives until a pool is open. */
    void open() throws Exception {
        create();
        while (true) {
            for (final Message message : messages(receive(null))) {
                if (message.type().orElseThrow() == MessageType.RUNSPACEPOOL_STATE) {
                    return;
                }
            }
        }
    }

    /** Starts a pipeline of one command with named parameters, as CLIXML. */
    Answer command(final UUID id, final String name, final String arguments) throws IOException, InterruptedException {
        return command(id, name, arguments, 0);
    }

    /** @param streams the flags of the streams whose records shall tell their invocation */
    Answer command(final UUID id, final String name, final String arguments, final int streams)
            throws IOException, InterruptedException {
        return begin(id, MessageType.CREATE_PIPELINE, pipeline(name, arguments, streams));
    }

    private Answer begin(final UUID id, final MessageType type, final String payload)
            throws IOException, InterruptedException {
        return operate(
                "Command",
                "<rsp:CommandLine CommandId=\"" + text(id) + "\"><rsp:Command/><rsp:Arguments>"
                        + fragments(id, type, payload) + "</rsp:Arguments></rsp:CommandLine>");
    }

    private static String pipeline(final String name, final String arguments, final int streams) {
        return "<Obj RefId=\"0\"><MS><B N=\"NoInput\">true</B><I32 N=\"RemoteStreamOptions\">" + streams
                + "</I32><Obj N=\"PowerShell\" RefId=\"1\"><MS>"
                + "<Nil N=\"ExtraCmds\"/><Obj N=\"Cmds\" RefId=\"2\"><LST><Obj RefId=\"3\"><MS><S N=\"Cmd\">" + name
                + "</S><B N=\"IsScript\">false</B><Obj N=\"Args\" RefId=\"4\"><LST>" + arguments
                + "</LST></Obj></MS></Obj></LST></Obj></MS></Obj></MS></Obj>";
    }

    /** Starts a pipeline of one command that objects follow for. */
    Answer commandWithInput(final UUID id, final String name) throws IOException, InterruptedException {
        return begin(id, MessageType.CREATE_PIPELINE, pipeline(name, "", 0).replace("true", "false"));
    }

    /** Asks for what is known of commands. */
    Answer metadata(final UUID id, final String name) throws IOException, InterruptedException {
        return begin(
                id,
                MessageType.GET_COMMAND_METADATA,
                "<Obj RefId=\"0\"><MS><Obj N=\"Name\" RefId=\"1\"><LST><S>" + name + "</S></LST></Obj></MS></Obj>");
    }

    static String argument(final String name, final String value) {
        return "<Obj RefId=\"9\"><MS><S N=\"N\">" + name + "</S>" + value + "</MS></Obj>";
    }

    Answer send(final UUID command, final MessageType type, final String payload)
            throws IOException, InterruptedException {
        return operate(
                "Send",
                "<rsp:Send><rsp:Stream Name=\"stdin\""
                        + (command == null ? "" : " CommandId=\"" + text(command) + "\"") + ">"
                        + fragments(command == null ? DotNetGuid.NONE : command, type, payload)
                        + "</rsp:Stream></rsp:Send>");
    }

    Answer signal(final UUID command, final String code) throws IOException, InterruptedException {
        return operate(
                "Signal",
                "<rsp:Signal CommandId=\"" + text(command) + "\"><rsp:Code>" + code + "</rsp:Code></rsp:Signal>");
    }

    Answer connect() throws IOException, InterruptedException {
        return post(envelope(
                SHELL + "/Connect",
                PROTOCOL + selector(),
                "<rsp:Connect><connectXml xmlns=\"http://schemas.microsoft.com/powershell\">"
                        + fragments(
                                DotNetGuid.NONE,
                                MessageType.SESSION_CAPABILITY,
                                CAPABILITY.formatted("2.3"),
                                MessageType.CONNECT_RUNSPACEPOOL,
                                "<S/>")
                        + "</connectXml></rsp:Connect>"));
    }
}
