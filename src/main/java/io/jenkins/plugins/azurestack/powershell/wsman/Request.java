package io.jenkins.plugins.azurestack.powershell.wsman;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** An envelope to be sent: the header that every operation has, in the order of real clients, and a body. */
final class Request {

    /** The JDK's own, whatever else is on the class path; safe to share once it is set up. */
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    /** Writes what is in {@code s:Body}. */
    @FunctionalInterface
    interface Body {
        void write(XMLStreamWriter out, Base64Text base64) throws XMLStreamException;
    }

    /** Writes bytes as the text of the element that is open; past the writer, which would look at each letter. */
    @FunctionalInterface
    interface Base64Text {
        void write(byte[] bytes) throws XMLStreamException;
    }

    /** What does not change within a session. */
    record Frame(String to, String resourceUri, SessionId session) {}

    private final Operation operation;
    private final Frame frame;
    private final String messageId;
    private final Map<String, Option> options = new LinkedHashMap<>();
    private ShellId shell;

    private record Option(String value, boolean mustComply) {}

    Request(final Operation operation, final Frame frame, final String messageId) {
        this.operation = operation;
        this.frame = frame;
        this.messageId = messageId;
    }

    Request option(final String name, final String value, final boolean mustComply) {
        options.put(name, new Option(value, mustComply));
        return this;
    }

    Request shell(final ShellId selected) {
        this.shell = selected;
        return this;
    }

    byte[] envelope(final int maxEnvelopeSize, final Duration timeout, final Body body) {
        try {
            final StringWriter text = new StringWriter(4096);
            final XMLStreamWriter out = FACTORY.createXMLStreamWriter(text);
            out.writeStartElement("s", "Envelope", Namespaces.SOAP);
            out.writeNamespace("s", Namespaces.SOAP);
            out.writeNamespace("wsa", Namespaces.ADDRESSING);
            out.writeNamespace("wsman", Namespaces.WSMAN);
            out.writeNamespace("wsmv", Namespaces.WSMV);
            out.writeNamespace("rsp", Namespaces.SHELL);
            out.writeStartElement("s", "Header", Namespaces.SOAP);
            header(out, maxEnvelopeSize, timeout);
            out.writeEndElement();
            out.writeStartElement("s", "Body", Namespaces.SOAP);
            body.write(out, bytes -> {
                out.writeCharacters("");
                out.flush();
                text.write(Base64.getEncoder().encodeToString(bytes));
            });
            out.writeEndElement();
            out.writeEndElement();
            out.writeEndDocument();
            out.close();
            return text.toString().getBytes(StandardCharsets.UTF_8);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Writing to memory does not fail", e);
        }
    }

    private void header(final XMLStreamWriter out, final int maxEnvelopeSize, final Duration timeout)
            throws XMLStreamException {
        text(out, "wsa", "Action", Namespaces.ADDRESSING, true, operation.action());
        culture(out, "wsmv", "DataLocale", Namespaces.WSMV);
        culture(out, "wsman", "Locale", Namespaces.WSMAN);
        text(out, "wsman", "MaxEnvelopeSize", Namespaces.WSMAN, true, Integer.toString(maxEnvelopeSize));
        text(out, "wsa", "MessageID", Namespaces.ADDRESSING, null, messageId);
        text(out, "wsman", "OperationTimeout", Namespaces.WSMAN, null, seconds(timeout));
        out.writeStartElement("wsa", "ReplyTo", Namespaces.ADDRESSING);
        text(out, "wsa", "Address", Namespaces.ADDRESSING, true, Namespaces.ADDRESSING + "/role/anonymous");
        out.writeEndElement();
        text(out, "wsman", "ResourceURI", Namespaces.WSMAN, true, frame.resourceUri());
        text(out, "wsmv", "SessionId", Namespaces.WSMV, false, frame.session().wire());
        text(out, "wsa", "To", Namespaces.ADDRESSING, null, frame.to());
        options(out);
        selectors(out);
    }

    /** PowerShell wants culture and data culture; only in en-US are its texts those that are documented. */
    private static void culture(
            final XMLStreamWriter out, final String prefix, final String name, final String namespace)
            throws XMLStreamException {
        out.writeEmptyElement(prefix, name, namespace);
        mustUnderstand(out, false);
        out.writeAttribute("xml", Namespaces.XML, "lang", "en-US");
    }

    private void options(final XMLStreamWriter out) throws XMLStreamException {
        if (options.isEmpty()) {
            return;
        }
        out.writeStartElement("wsman", "OptionSet", Namespaces.WSMAN);
        mustUnderstand(out, true);
        for (final Map.Entry<String, Option> option : options.entrySet()) {
            out.writeStartElement("wsman", "Option", Namespaces.WSMAN);
            if (option.getValue().mustComply()) {
                out.writeAttribute("MustComply", "true");
            }
            out.writeAttribute("Name", option.getKey());
            out.writeCharacters(option.getValue().value());
            out.writeEndElement();
        }
        out.writeEndElement();
    }

    private void selectors(final XMLStreamWriter out) throws XMLStreamException {
        if (shell == null) {
            return;
        }
        out.writeStartElement("wsman", "SelectorSet", Namespaces.WSMAN);
        out.writeStartElement("wsman", "Selector", Namespaces.WSMAN);
        out.writeAttribute("Name", "ShellId");
        out.writeCharacters(shell.value());
        out.writeEndElement();
        out.writeEndElement();
    }

    private static void text(
            final XMLStreamWriter out,
            final String prefix,
            final String name,
            final String namespace,
            final Boolean mustUnderstand,
            final String value)
            throws XMLStreamException {
        out.writeStartElement(prefix, name, namespace);
        if (mustUnderstand != null) {
            mustUnderstand(out, mustUnderstand);
        }
        out.writeCharacters(value);
        out.writeEndElement();
    }

    private static void mustUnderstand(final XMLStreamWriter out, final boolean must) throws XMLStreamException {
        out.writeAttribute("s", Namespaces.SOAP, "mustUnderstand", must ? "true" : "false");
    }

    /** xs:duration the way Windows' own clients write it. */
    static String seconds(final Duration time) {
        final long millis = time.toMillis();
        return millis % 1000 == 0
                ? "PT" + millis / 1000 + "S"
                : String.format(Locale.ROOT, "PT%d.%03dS", millis / 1000, millis % 1000);
    }
}
