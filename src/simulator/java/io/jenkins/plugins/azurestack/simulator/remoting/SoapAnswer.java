package io.jenkins.plugins.azurestack.simulator.remoting;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes answers in the shape of the WinRM service: its prefixes, its headers in its order. Thread-safe. */
final class SoapAnswer {
    private final String machine;
    private final Supplier<UUID> ids;

    /**
     * @param machine what faults call this machine
     * @param ids for messages and activities
     */
    SoapAnswer(final String machine, final Supplier<UUID> ids) {
        this.machine = machine;
        this.ids = ids;
    }

    /** What stands in the body. */
    @FunctionalInterface
    interface Body {
        void write(XMLStreamWriter out) throws XMLStreamException;
    }

    /** An answer to a request whose action is known. */
    byte[] to(final String action, final String messageId, final Body body) {
        return envelope(action + "Response", messageId, "", body);
    }

    /** A fault. */
    byte[] fault(final String messageId, final WsManFault fault) {
        return envelope(
                WsManNames.FAULT_ACTION,
                messageId,
                fault.notUnderstoodHeader().orElse(""),
                out -> writeFault(out, fault));
    }

    /** The answer to Identify, which has no header (DSP0226 11). */
    byte[] identify() {
        return written(out -> {
            out.writeStartElement("s", "Envelope", WsManNames.SOAP);
            out.writeAttribute("xml", WsManNames.XML, "lang", "en-US");
            out.writeNamespace("s", WsManNames.SOAP);
            out.writeEmptyElement("s", "Header", WsManNames.SOAP);
            out.writeStartElement("s", "Body", WsManNames.SOAP);
            out.writeStartElement("wsmid", "IdentifyResponse", WsManNames.IDENTIFY);
            out.writeNamespace("wsmid", WsManNames.IDENTIFY);
            identity(out, "ProtocolVersion", WsManNames.WSMAN);
            identity(out, "ProductVendor", "Microsoft Corporation");
            identity(out, "ProductVersion", "OS: 10.0.14393 SP: 0.0 Stack: 3.0");
            out.writeEndElement();
            out.writeEndElement();
            out.writeEndElement();
        });
    }

    private static void identity(final XMLStreamWriter out, final String name, final String text)
            throws XMLStreamException {
        element(out, "wsmid", name, WsManNames.IDENTIFY, text);
    }

    private byte[] envelope(final String action, final String messageId, final String notUnderstood, final Body body) {
        return written(out -> {
            out.writeStartElement("s", "Envelope", WsManNames.SOAP);
            out.writeAttribute("xml", WsManNames.XML, "lang", "en-US");
            out.writeNamespace("s", WsManNames.SOAP);
            out.writeNamespace("a", WsManNames.ADDRESSING);
            out.writeNamespace("x", WsManNames.TRANSFER);
            out.writeNamespace("e", WsManNames.EVENTING);
            out.writeNamespace("n", WsManNames.ENUMERATION);
            out.writeNamespace("w", WsManNames.WSMAN);
            out.writeNamespace("rsp", WsManNames.SHELL);
            out.writeNamespace("p", WsManNames.WSMV);
            out.writeStartElement("s", "Header", WsManNames.SOAP);
            addressing(out, "Action", action);
            addressing(out, "MessageID", "uuid:" + text(ids.get()));
            element(out, "p", "ActivityId", WsManNames.WSMV, text(ids.get()));
            addressing(out, "To", WsManNames.ANONYMOUS);
            if (!messageId.isEmpty()) {
                addressing(out, "RelatesTo", messageId);
            }
            if (!notUnderstood.isEmpty()) {
                out.writeEmptyElement("s", "NotUnderstood", WsManNames.SOAP);
                out.writeAttribute("qname", notUnderstood);
            }
            out.writeEndElement();
            out.writeStartElement("s", "Body", WsManNames.SOAP);
            body.write(out);
            out.writeEndElement();
            out.writeEndElement();
        });
    }

    private void writeFault(final XMLStreamWriter out, final WsManFault fault) throws XMLStreamException {
        out.writeStartElement("s", "Fault", WsManNames.SOAP);
        out.writeStartElement("s", "Code", WsManNames.SOAP);
        element(out, "s", "Value", WsManNames.SOAP, fault.soapCode());
        if (!fault.subcode().isEmpty()) {
            out.writeStartElement("s", "Subcode", WsManNames.SOAP);
            element(out, "s", "Value", WsManNames.SOAP, fault.subcode());
            out.writeEndElement();
        }
        out.writeEndElement();
        out.writeStartElement("s", "Reason", WsManNames.SOAP);
        out.writeStartElement("s", "Text", WsManNames.SOAP);
        out.writeAttribute("xml", WsManNames.XML, "lang", "en-US");
        out.writeCharacters(fault.getMessage());
        out.writeEndElement();
        out.writeEndElement();
        out.writeStartElement("s", "Detail", WsManNames.SOAP);
        if (fault.detail().isPresent()) {
            element(
                    out,
                    "w",
                    "FaultDetail",
                    WsManNames.WSMAN,
                    WsManNames.FAULT_DETAIL + fault.detail().get());
        }
        writeWsManFault(out, fault);
        out.writeEndElement();
        out.writeEndElement();
    }

    private void writeWsManFault(final XMLStreamWriter out, final WsManFault fault) throws XMLStreamException {
        startWsManFault(out, fault);
        if (fault.provider().isPresent()) {
            out.writeStartElement("f", "ProviderFault", WsManNames.FAULT);
            out.writeAttribute("provider", fault.provider().get());
            out.writeAttribute("path", fault.providerPath());
            startWsManFault(out, fault);
            out.writeCharacters(fault.said());
            out.writeEndElement();
            out.writeEndElement();
            out.writeEndElement();
        } else {
            out.writeCharacters(fault.said());
        }
        out.writeEndElement();
        out.writeEndElement();
    }

    /** Leaves the message open. */
    private void startWsManFault(final XMLStreamWriter out, final WsManFault fault) throws XMLStreamException {
        out.writeStartElement("f", "WSManFault", WsManNames.FAULT);
        out.writeNamespace("f", WsManNames.FAULT);
        out.writeAttribute("Code", Long.toString(fault.code()));
        out.writeAttribute("Machine", machine);
        out.writeStartElement("f", "Message", WsManNames.FAULT);
    }

    private static void addressing(final XMLStreamWriter out, final String name, final String text)
            throws XMLStreamException {
        element(out, "a", name, WsManNames.ADDRESSING, text);
    }

    /** Writes an element of MS-WSMV's shells with a text. */
    static void shell(final XMLStreamWriter out, final String name, final String text) throws XMLStreamException {
        element(out, "rsp", name, WsManNames.SHELL, text);
    }

    /** Writes an element with a text. */
    static void element(
            final XMLStreamWriter out,
            final String prefix,
            final String name,
            final String namespace,
            final String text)
            throws XMLStreamException {
        out.writeStartElement(prefix, name, namespace);
        out.writeCharacters(text);
        out.writeEndElement();
    }

    /** Bytes as text. */
    static String base64(final byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A GUID as WinRM writes them. */
    static String text(final UUID id) {
        return id.toString().toUpperCase(Locale.ROOT);
    }

    private static byte[] written(final Body envelope) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            final XMLStreamWriter out =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            envelope.write(out);
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("An envelope can be written to memory", e);
        }
        return bytes.toByteArray();
    }
}
