package io.jenkins.plugins.azurestack.simulator.remoting;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.w3c.dom.Element;

/** The operations of MS-WSMV on shells: reads a request, does what it says, writes the answer's body. Thread-safe. */
final class WsManService {
    /** Spelt as Windows spells it: anything else on a command closes it. */
    static final String STOP = "powershell/signal/crtl_c";

    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    /** Header, tags and the longest ids of an answer. */
    private static final int AROUND_FRAGMENTS = 2048;

    private static final int PROCESS_ID = 4242;

    private final EndpointWorld world;
    private final Shells shells;
    private final Map<String, Commands> configurations = new LinkedHashMap<>();

    WsManService(final EndpointWorld world, final List<SessionConfiguration> configurations) {
        this.world = world;
        this.shells = new Shells(world.limits().shellsPerUser());
        configurations.forEach(configuration -> this.configurations.put(
                key(WsManNames.POWERSHELL + "/" + configuration.name()), new Commands(configuration)));
    }

    private static String key(final String resource) {
        return resource.toLowerCase(Locale.ROOT);
    }

    /** The shells that are open. */
    Shells shells() {
        return shells;
    }

    /**
     * What an operation did.
     *
     * @param body of the answer
     * @param details for the ledger: ids, names of commands
     * @param cmdlets the names of the commands that it started
     */
    record Done(SoapAnswer.Body body, Map<String, String> details, List<String> cmdlets) {
        private static Done of(final SoapAnswer.Body body) {
            return new Done(body, Map.of(), List.of());
        }
    }

    /** The last word of an action's URI. */
    static String operation(final String action) {
        return action.substring(action.lastIndexOf('/') + 1);
    }

    /**
     * Does what a request says.
     *
     * @param user who sent it, proved
     * @param isGone whether its client is there no more
     */
    Done perform(
            final SoapRequest request, final Identity user, final String clientAddress, final BooleanSupplier isGone)
            throws WsManFault, InterruptedException {
        final String action = request.action();
        request.checkUnderstood();
        final Duration timeout = request.timeout();
        final String operation = operation(action);
        if (action.equals(WsManNames.TRANSFER + "/" + operation)) {
            switch (operation) {
                case "Create" -> {
                    return create(request, user, clientAddress);
                }
                case "Delete" -> {
                    return delete(request, user);
                }
                case "Get" -> {
                    if (request.resource().startsWith(WsManNames.CONFIGURATION)) {
                        throw WsManFault.accessDenied();
                    }
                    return Done.of(describing(shell(request, user)));
                }
                default -> throw WsManFault.noSuchAction();
            }
        }
        if (action.equals(WsManNames.ENUMERATION + "/Enumerate")) {
            return enumerate(request, user);
        }
        if (!action.equals(WsManNames.SHELL + "/" + operation)) {
            throw WsManFault.noSuchAction();
        }
        return switch (operation) {
            case "Command" -> command(request, user);
            case "Receive" -> receive(request, user, timeout, isGone);
            case "Send" -> send(request, user);
            case "Signal" -> signal(request, user, timeout);
            case "Disconnect" -> disconnect(request, user);
            case "Reconnect" -> reconnect(request, user);
            case "Connect" -> connect(request, user);
            default -> throw WsManFault.noSuchAction();
        };
    }

    private Commands configuration(final SoapRequest request) throws WsManFault {
        final Commands commands = configurations.get(key(request.resource()));
        if (commands == null) {
            throw WsManFault.noSuchResource();
        }
        return commands;
    }

    private Done create(final SoapRequest request, final Identity user, final String clientAddress)
            throws WsManFault, InterruptedException {
        final Commands commands = configuration(request);
        if (!world.accounts().hasRole(user.domain(), user.user())) {
            throw WsManFault.accessDenied();
        }
        if (!request.options().getOrDefault("protocolversion", "").matches("2\\.\\d{1,4}")) {
            throw WsManFault.invalidOption();
        }
        final Element wanted = request.shellElement("Shell");
        final byte[] creationXml = base64(
                SoapRequest.child(wanted, WsManNames.POWERSHELL, "creationXml").orElseThrow(WsManFault::invalidBody));
        final UUID id = wanted.getAttribute("ShellId").isEmpty()
                ? world.newId()
                : guid(wanted.getAttribute("ShellId")).orElseThrow(WsManFault::shellIdInvalid);
        final Shell shell = new Shell(
                id,
                request,
                request.resource(),
                user,
                commands,
                idleTimeout(wanted).orElse(world.limits().idleTimeout()),
                world);
        shells.add(shell);
        try {
            shell.open(creationXml);
        } catch (WsManFault e) {
            shells.close(id);
            throw e;
        }
        return new Done(
                out -> {
                    created(out, request, shell);
                    describe(out, shell, clientAddress, false);
                },
                Map.of(
                        "shell",
                        SoapAnswer.text(id),
                        "configuration",
                        request.resource().substring(WsManNames.POWERSHELL.length() + 1)),
                List.of());
    }

    /** Windows takes shorter ones for the shortest. */
    private static Optional<Duration> idleTimeout(final Element element) throws WsManFault {
        final Optional<String> text = SoapRequest.shellText(element, "IdleTimeOut");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        final Duration wanted =
                SoapRequest.duration(text.get()).orElseThrow(() -> WsManFault.invalidTimeout(text.get()));
        return Optional.of(wanted.compareTo(Limits.SHORTEST_IDLE) < 0 ? Limits.SHORTEST_IDLE : wanted);
    }

    private static void created(final XMLStreamWriter out, final SoapRequest request, final Shell shell)
            throws XMLStreamException {
        out.writeStartElement("x", "ResourceCreated", WsManNames.TRANSFER);
        SoapAnswer.element(out, "a", "Address", WsManNames.ADDRESSING, request.to());
        out.writeStartElement("a", "ReferenceParameters", WsManNames.ADDRESSING);
        SoapAnswer.element(out, "w", "ResourceURI", WsManNames.WSMAN, shell.resource());
        out.writeStartElement("w", "SelectorSet", WsManNames.WSMAN);
        out.writeStartElement("w", "Selector", WsManNames.WSMAN);
        out.writeAttribute("Name", "ShellId");
        out.writeCharacters(SoapAnswer.text(shell.id()));
        out.writeEndElement();
        out.writeEndElement();
        out.writeEndElement();
        out.writeEndElement();
    }

    private SoapAnswer.Body describing(final Shell shell) {
        return out -> describe(out, shell, "127.0.0.1", true);
    }

    /** @param hasProcess whether the process that the shell lives in is described too */
    private void describe(
            final XMLStreamWriter out, final Shell shell, final String clientAddress, final boolean hasProcess)
            throws XMLStreamException {
        final Instant now = world.time().now();
        out.writeStartElement("rsp", "Shell", WsManNames.SHELL);
        SoapAnswer.shell(out, "ShellId", SoapAnswer.text(shell.id()));
        SoapAnswer.shell(out, "ResourceUri", shell.resource());
        SoapAnswer.shell(out, "Owner", shell.owner().name());
        SoapAnswer.shell(out, "ClientIP", clientAddress);
        SoapAnswer.shell(out, "ProcessId", Integer.toString(PROCESS_ID));
        SoapAnswer.shell(out, "IdleTimeOut", seconds(shell.idleTimeout()));
        SoapAnswer.shell(out, "InputStreams", "stdin pr");
        SoapAnswer.shell(out, "OutputStreams", "stdout");
        SoapAnswer.shell(out, "MaxIdleTimeOut", "PT2147483.647S");
        SoapAnswer.shell(out, "Locale", shell.language());
        SoapAnswer.shell(out, "DataLocale", shell.culture());
        SoapAnswer.shell(out, "CompressionMode", "NoCompression");
        SoapAnswer.shell(out, "ProfileLoaded", "Yes");
        SoapAnswer.shell(out, "Encoding", "UTF8");
        SoapAnswer.shell(out, "BufferMode", shell.bufferMode());
        SoapAnswer.shell(out, "State", shell.isConnected() ? "Connected" : "Disconnected");
        SoapAnswer.shell(out, "ShellRunTime", longForm(Duration.between(shell.created(), now)));
        SoapAnswer.shell(out, "ShellInactivity", longForm(Duration.between(shell.lastHeard(), now)));
        if (hasProcess) {
            SoapAnswer.shell(out, "MemoryUsed", "46MB");
            SoapAnswer.shell(out, "ChildProcesses", "0");
        }
        out.writeEndElement();
    }

    /** {@code PT7200.000S}. */
    private static String seconds(final Duration duration) {
        return String.format(Locale.ROOT, "PT%d.%03dS", duration.toSeconds(), duration.toMillisPart());
    }

    /** {@code P0DT0H0M2S}. */
    private static String longForm(final Duration duration) {
        return "P" + duration.toDays() + "DT" + duration.toHoursPart() + "H" + duration.toMinutesPart() + "M"
                + duration.toSecondsPart() + "S";
    }

    private Shell shell(final SoapRequest request, final Identity user) throws WsManFault {
        final String selector = request.selectors().get("ShellId");
        if (selector == null) {
            throw WsManFault.selectorMissing();
        }
        final Shell shell = shells.of(guid(selector).orElseThrow(WsManFault::noSuchShell), user);
        if (!key(request.resource()).equals(key(shell.resource()))
                && !request.resource().equals(WsManNames.SHELL)) {
            throw WsManFault.noSuchShell();
        }
        return shell;
    }

    private static Optional<UUID> guid(final String text) {
        return GUID.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    private static Optional<UUID> commandId(final Element element) throws WsManFault {
        final String text = element.getAttribute("CommandId");
        return text.isEmpty() ? Optional.empty() : Optional.of(guid(text).orElseThrow(WsManFault::noSuchCommand));
    }

    private static byte[] base64(final Element element) throws WsManFault {
        try {
            return Base64.getMimeDecoder().decode(element.getTextContent().strip());
        } catch (IllegalArgumentException e) {
            throw WsManFault.invalidBody();
        }
    }

    private static Map<String, String> details(final Shell shell, final Optional<UUID> command) {
        final Map<String, String> details = new LinkedHashMap<>();
        details.put("shell", SoapAnswer.text(shell.id()));
        command.ifPresent(id -> details.put("command", SoapAnswer.text(id)));
        return details;
    }

    private Done delete(final SoapRequest request, final Identity user) throws WsManFault {
        final Shell shell = shell(request, user);
        shells.close(shell.id());
        return new Done(out -> {}, details(shell, Optional.empty()), List.of());
    }

    private Done command(final SoapRequest request, final Identity user) throws WsManFault {
        final Shell shell = shell(request, user);
        final Element line = request.shellElement("CommandLine");
        final String chosen = line.getAttribute("CommandId");
        final UUID id = chosen.isEmpty() ? world.newId() : guid(chosen).orElseThrow(WsManFault::commandIdInvalid);
        final byte[] fragments =
                base64(SoapRequest.child(line, WsManNames.SHELL, "Arguments").orElseThrow(WsManFault::invalidBody));
        final List<String> names = shell.command(id, fragments);
        return new Done(
                out -> {
                    out.writeStartElement("rsp", "CommandResponse", WsManNames.SHELL);
                    SoapAnswer.shell(out, "CommandId", SoapAnswer.text(id));
                    out.writeEndElement();
                },
                details(shell, Optional.of(id)),
                names);
    }

    private Done receive(
            final SoapRequest request, final Identity user, final Duration timeout, final BooleanSupplier isGone)
            throws WsManFault, InterruptedException {
        final Shell shell = shell(request, user);
        final Element stream = SoapRequest.child(request.shellElement("Receive"), WsManNames.SHELL, "DesiredStream")
                .orElseThrow(WsManFault::invalidBody);
        final Optional<UUID> command = commandId(stream);
        final int room = Math.min(request.maxEnvelopeSize(), world.limits().envelopeBytes()) - AROUND_FRAGMENTS;
        final Outbox.Chunk chunk = shell.receive(command, request.messageId(), room, timeout, isGone);
        return new Done(out -> received(out, chunk, command), details(shell, command), List.of());
    }

    private static void received(final XMLStreamWriter out, final Outbox.Chunk chunk, final Optional<UUID> command)
            throws XMLStreamException {
        out.writeStartElement("rsp", "ReceiveResponse", WsManNames.SHELL);
        for (final byte[] fragment : chunk.fragments()) {
            out.writeStartElement("rsp", "Stream", WsManNames.SHELL);
            out.writeAttribute("Name", "stdout");
            if (command.isPresent()) {
                out.writeAttribute("CommandId", SoapAnswer.text(command.get()));
            }
            out.writeCharacters(SoapAnswer.base64(fragment));
            out.writeEndElement();
        }
        if (chunk.isLast() && command.isPresent()) {
            out.writeStartElement("rsp", "CommandState", WsManNames.SHELL);
            out.writeAttribute("CommandId", SoapAnswer.text(command.get()));
            out.writeAttribute("State", WsManNames.SHELL + "/CommandState/Done");
            SoapAnswer.shell(out, "ExitCode", "0");
            out.writeEndElement();
        }
        out.writeEndElement();
    }

    private Done send(final SoapRequest request, final Identity user) throws WsManFault, InterruptedException {
        final Shell shell = shell(request, user);
        final Element stream = SoapRequest.child(request.shellElement("Send"), WsManNames.SHELL, "Stream")
                .orElseThrow(WsManFault::invalidBody);
        final Optional<UUID> command = commandId(stream);
        final String name = stream.getAttribute("Name");
        if (!name.equals("stdin") && !name.equals("pr")) {
            throw WsManFault.malformedMessage();
        }
        final List<String> names = shell.send(command, base64(stream));
        return new Done(
                out -> out.writeEmptyElement("rsp", "SendResponse", WsManNames.SHELL), details(shell, command), names);
    }

    private Done signal(final SoapRequest request, final Identity user, final Duration timeout)
            throws WsManFault, InterruptedException {
        final Shell shell = shell(request, user);
        final Element signal = request.shellElement("Signal");
        final Optional<UUID> command = commandId(signal);
        final String code = SoapRequest.shellText(signal, "Code").orElseThrow(WsManFault::invalidBody);
        if (command.isPresent()) {
            if (!code.equals(STOP)) {
                shell.release(command.get());
            } else if (!shell.stop(command.get(), timeout)) {
                throw WsManFault.timedOut();
            }
        }
        final Map<String, String> details = details(shell, command);
        details.put("code", operation(code));
        return new Done(out -> out.writeEmptyElement("rsp", "SignalResponse", WsManNames.SHELL), details, List.of());
    }

    private Done disconnect(final SoapRequest request, final Identity user) throws WsManFault {
        final Shell shell = shell(request, user);
        final Element disconnect = request.shellElement("Disconnect");
        final Optional<String> mode = SoapRequest.shellText(disconnect, "BufferMode");
        if (mode.isPresent() && !mode.get().equals("Block") && !mode.get().equals("Drop")) {
            throw WsManFault.invalidBody();
        }
        shell.disconnect(request.sessionId(), idleTimeout(disconnect), mode.map("Drop"::equals));
        return new Done(out -> {}, details(shell, Optional.empty()), List.of());
    }

    private Done reconnect(final SoapRequest request, final Identity user) throws WsManFault {
        final Shell shell = shell(request, user);
        shell.reconnect(request.sessionId());
        return new Done(out -> {}, details(shell, Optional.empty()), List.of());
    }

    private Done connect(final SoapRequest request, final Identity user) throws WsManFault, InterruptedException {
        final Shell shell = shell(request, user);
        final Element connect = request.shellElement("Connect");
        final Optional<UUID> command = commandId(connect);
        if (command.isPresent()) {
            shell.connect(command.get());
            return new Done(
                    out -> out.writeEmptyElement("rsp", "ConnectResponse", WsManNames.SHELL),
                    details(shell, command),
                    List.of());
        }
        final byte[] answer = shell.connect(
                request.sessionId(),
                base64(SoapRequest.child(connect, WsManNames.POWERSHELL, "connectXml")
                        .orElseThrow(WsManFault::invalidBody)));
        return new Done(
                out -> {
                    out.writeStartElement("rsp", "ConnectResponse", WsManNames.SHELL);
                    SoapAnswer.shell(out, "InputStreams", "stdin pr");
                    SoapAnswer.shell(out, "OutputStreams", "stdout");
                    out.writeStartElement("", "connectResponseXml", WsManNames.POWERSHELL);
                    out.writeDefaultNamespace(WsManNames.POWERSHELL);
                    out.writeCharacters(SoapAnswer.base64(answer));
                    out.writeEndElement();
                    out.writeEndElement();
                },
                details(shell, command),
                List.of());
    }

    private Done enumerate(final SoapRequest request, final Identity user) throws WsManFault {
        if (request.resource().equals(WsManNames.SHELL)) {
            final List<Shell> own = shells.of(user);
            return Done.of(out -> enumerated(out, !own.isEmpty(), () -> {
                for (final Shell shell : own) {
                    describe(out, shell, "127.0.0.1", true);
                }
            }));
        }
        if (!request.resource().equals(WsManNames.SHELL_COMMANDS)) {
            throw WsManFault.noSuchResource();
        }
        final String id = request.filter().get("ShellId");
        if (id == null) {
            throw WsManFault.selectorMissing();
        }
        final Map<UUID, Boolean> commands =
                shells.of(guid(id).orElseThrow(WsManFault::noSuchShell), user).commands();
        return Done.of(out -> enumerated(out, !commands.isEmpty(), () -> {
            for (final Map.Entry<UUID, Boolean> command : commands.entrySet()) {
                out.writeStartElement("rsp", "Command", WsManNames.SHELL);
                SoapAnswer.shell(out, "CommandId", SoapAnswer.text(command.getKey()));
                SoapAnswer.shell(out, "CommandLine", "");
                SoapAnswer.shell(out, "CommandState", command.getValue() ? "Running" : "Done");
                out.writeEndElement();
            }
        }));
    }

    private interface Items {
        void write() throws XMLStreamException;
    }

    private static void enumerated(final XMLStreamWriter out, final boolean hasItems, final Items items)
            throws XMLStreamException {
        out.writeStartElement("n", "EnumerateResponse", WsManNames.ENUMERATION);
        SoapAnswer.element(out, "n", "EnumerationContext", WsManNames.ENUMERATION, "");
        if (hasItems) {
            out.writeStartElement("w", "Items", WsManNames.WSMAN);
            items.write();
            out.writeEndElement();
        }
        out.writeEmptyElement("w", "EndOfSequence", WsManNames.WSMAN);
        out.writeEndElement();
    }
}
