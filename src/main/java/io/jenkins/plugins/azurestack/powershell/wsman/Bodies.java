package io.jenkins.plugins.azurestack.powershell.wsman;

import java.time.Duration;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The bodies of the operations (MS-WSMV 2.2.4). */
final class Bodies {

    private Bodies() {}

    static Request.Body empty() {
        return (out, base64) -> {};
    }

    static Request.Body create(final NewShell shell) {
        return (out, base64) -> {
            start(out, "Shell");
            out.writeAttribute("ShellId", shell.id().value());
            text(out, "InputStreams", "stdin pr");
            text(out, "OutputStreams", "stdout");
            if (shell.idleTimeout().isPresent()) {
                text(out, "IdleTimeOut", Request.seconds(shell.idleTimeout().get()));
            }
            openContent(out, "creationXml", shell.creationXml(), base64);
            out.writeEndElement();
        };
    }

    static Request.Body receive(final CommandId command) {
        return (out, base64) -> {
            start(out, "Receive");
            start(out, "DesiredStream");
            commandId(out, command);
            out.writeCharacters("stdout");
            out.writeEndElement();
            out.writeEndElement();
        };
    }

    static Request.Body command(final CommandId command, final byte[] arguments) {
        return (out, base64) -> {
            start(out, "CommandLine");
            commandId(out, command);
            out.writeEmptyElement("rsp", "Command", Namespaces.SHELL);
            start(out, "Arguments");
            base64.write(arguments);
            out.writeEndElement();
            out.writeEndElement();
        };
    }

    static Request.Body send(final CommandId command, final InputStreamName stream, final byte[] bytes) {
        return (out, base64) -> {
            start(out, "Send");
            start(out, "Stream");
            out.writeAttribute("Name", stream.wireName());
            commandId(out, command);
            base64.write(bytes);
            out.writeEndElement();
            out.writeEndElement();
        };
    }

    static Request.Body signal(final CommandId command, final SignalCode code) {
        return (out, base64) -> {
            start(out, "Signal");
            commandId(out, command);
            text(out, "Code", code.code());
            out.writeEndElement();
        };
    }

    static Request.Body disconnect(final Duration idleTimeout, final BufferMode mode) {
        return (out, base64) -> {
            start(out, "Disconnect");
            if (idleTimeout != null) {
                text(out, "IdleTimeOut", Request.seconds(idleTimeout));
            }
            if (mode != null) {
                text(out, "BufferMode", mode.wireName());
            }
            out.writeEndElement();
        };
    }

    static Request.Body connect(final byte[] connectXml) {
        return (out, base64) -> {
            start(out, "Connect");
            openContent(out, "connectXml", connectXml, base64);
            out.writeEndElement();
        };
    }

    static Request.Body connect(final CommandId command) {
        return (out, base64) -> {
            start(out, "Connect");
            commandId(out, command);
            out.writeEndElement();
        };
    }

    private static void start(final XMLStreamWriter out, final String name) throws XMLStreamException {
        out.writeStartElement("rsp", name, Namespaces.SHELL);
    }

    private static void text(final XMLStreamWriter out, final String name, final String value)
            throws XMLStreamException {
        start(out, name);
        out.writeCharacters(value);
        out.writeEndElement();
    }

    private static void commandId(final XMLStreamWriter out, final CommandId command) throws XMLStreamException {
        if (command != null) {
            out.writeAttribute("CommandId", command.value());
        }
    }

    /** Written with a default namespace, as PowerShell itself does. */
    private static void openContent(
            final XMLStreamWriter out, final String name, final byte[] content, final Request.Base64Text base64)
            throws XMLStreamException {
        out.writeStartElement("", name, Namespaces.POWERSHELL);
        out.writeDefaultNamespace(Namespaces.POWERSHELL);
        base64.write(content);
        out.writeEndElement();
    }
}
