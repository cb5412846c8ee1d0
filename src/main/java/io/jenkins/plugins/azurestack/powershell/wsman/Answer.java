package io.jenkins.plugins.azurestack.powershell.wsman;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An envelope that answers a request. */
final class Answer {

    private static final String STATE_PREFIX = Namespaces.SHELL + "/CommandState/";

    private final XmlElement header;
    private final XmlElement body;

    private Answer(final XmlElement header, final XmlElement body) {
        this.header = header;
        this.body = body;
    }

    static Answer parse(final byte[] envelope) throws MalformedAnswerException {
        final XmlElement root = XmlReader.read(envelope);
        if (root == null || !root.is(Namespaces.SOAP, "Envelope")) {
            throw new MalformedAnswerException("The answer is XML, but no SOAP envelope", null);
        }
        final XmlElement body = root.child(Namespaces.SOAP, "Body")
                .orElseThrow(() -> new MalformedAnswerException("The answer has no body", null));
        final XmlElement header = root.child(Namespaces.SOAP, "Header").orElse(root);
        return new Answer(header, body);
    }

    /** The fault in it, whatever the HTTP status was. */
    Optional<Fault> fault() {
        return body.child(Namespaces.SOAP, "Fault").map(Fault::of);
    }

    /** A fault may say nothing about its request, since not all who find fault have read one; but nothing else. */
    void requireAnswerTo(final String messageId) throws MalformedAnswerException {
        final String relatesTo = header.childText(Namespaces.ADDRESSING, "RelatesTo");
        if (!relatesTo.equalsIgnoreCase(messageId) && !(relatesTo.isEmpty() && fault().isPresent())) {
            throw new MalformedAnswerException("The answer belongs to another request than " + messageId, null);
        }
    }

    CreatedShell createdShell() throws MalformedAnswerException {
        final Optional<XmlElement> shell = body.child(Namespaces.SHELL, "Shell");
        final String id = body.child(Namespaces.TRANSFER, "ResourceCreated")
                .flatMap(r -> r.child(Namespaces.ADDRESSING, "ReferenceParameters"))
                .flatMap(p -> p.child(Namespaces.WSMAN, "SelectorSet"))
                .flatMap(Answer::shellSelector)
                .or(() -> shell.map(s -> s.childText(Namespaces.SHELL, "ShellId")))
                .filter(Ids::valid)
                .orElseThrow(() -> new MalformedAnswerException("The answer to Create names no shell", null));
        return new CreatedShell(
                new ShellId(id), text(shell, "Owner"), text(shell, "IdleTimeOut"), text(shell, "BufferMode"));
    }

    private static Optional<String> shellSelector(final XmlElement selectors) {
        return selectors.children().stream()
                .filter(s -> s.is(Namespaces.WSMAN, "Selector"))
                .filter(s -> s.attribute("Name").filter("ShellId"::equals).isPresent())
                .map(XmlElement::text)
                .findFirst();
    }

    private static String text(final Optional<XmlElement> shell, final String name) {
        return shell.map(s -> s.childText(Namespaces.SHELL, name)).orElse("");
    }

    CommandId commandId() throws MalformedAnswerException {
        return body.child(Namespaces.SHELL, "CommandResponse")
                .map(r -> r.childText(Namespaces.SHELL, "CommandId"))
                .filter(Ids::valid)
                .map(CommandId::new)
                .orElseThrow(() -> new MalformedAnswerException("The answer to Command names no command", null));
    }

    byte[] connectResponse() throws MalformedAnswerException {
        final XmlElement response = body.child(Namespaces.SHELL, "ConnectResponse")
                .orElseThrow(() -> new MalformedAnswerException("The answer to Connect has not its form", null));
        return base64(response.childText(Namespaces.POWERSHELL, "connectResponseXml"));
    }

    Identity identity() throws MalformedAnswerException {
        final XmlElement response = body.child(Namespaces.IDENTITY, "IdentifyResponse")
                .orElseThrow(() -> new MalformedAnswerException("The answer to Identify has not its form", null));
        return new Identity(
                response.childText(Namespaces.IDENTITY, "ProtocolVersion"),
                response.childText(Namespaces.IDENTITY, "ProductVendor"),
                response.childText(Namespaces.IDENTITY, "ProductVersion"));
    }

    ReceiveResult received() throws MalformedAnswerException {
        final XmlElement response = body.child(Namespaces.SHELL, "ReceiveResponse")
                .orElseThrow(() -> new MalformedAnswerException("The answer to Receive has not its form", null));
        final List<StreamChunk> chunks = new ArrayList<>();
        ReceiveResult.CommandState state = ReceiveResult.CommandState.UNSAID;
        Long exitCode = null;
        for (final XmlElement child : response.children()) {
            if (child.is(Namespaces.SHELL, "Stream")) {
                chunks.add(chunk(child));
            } else if (child.is(Namespaces.SHELL, "CommandState")) {
                state = state(child.attribute("State").orElse(""));
                exitCode = exitCode(child.childText(Namespaces.SHELL, "ExitCode"));
            }
        }
        return new ReceiveResult(chunks, state, exitCode);
    }

    private static StreamChunk chunk(final XmlElement stream) throws MalformedAnswerException {
        final String command = stream.attribute("CommandId").orElse(null);
        if (command != null && !Ids.valid(command)) {
            throw new MalformedAnswerException("A stream of the answer names no command", null);
        }
        return new StreamChunk(
                stream.attribute("Name").orElse(""),
                command == null ? null : new CommandId(command),
                stream.attribute("End")
                        .map(e -> e.strip().toLowerCase(Locale.ROOT))
                        .filter(e -> "true".equals(e) || "1".equals(e))
                        .isPresent(),
                base64(stream.text()));
    }

    private static ReceiveResult.CommandState state(final String uri) {
        return switch (uri) {
            case STATE_PREFIX + "Done" -> ReceiveResult.CommandState.DONE;
            case STATE_PREFIX + "Running" -> ReceiveResult.CommandState.RUNNING;
            case STATE_PREFIX + "Pending" -> ReceiveResult.CommandState.PENDING;
            default -> ReceiveResult.CommandState.UNSAID;
        };
    }

    private static Long exitCode(final String text) throws MalformedAnswerException {
        try {
            return text.isEmpty() ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new MalformedAnswerException("The exit code in the answer is not a number", e);
        }
    }

    private static byte[] base64(final String text) throws MalformedAnswerException {
        try {
            return Base64.getDecoder().decode(text.indexOf('\n') < 0 ? text : text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new MalformedAnswerException("A stream of the answer is not base64", e);
        }
    }
}
