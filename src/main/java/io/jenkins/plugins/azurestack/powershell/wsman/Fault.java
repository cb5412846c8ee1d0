package io.jenkins.plugins.azurestack.powershell.wsman;

import io.jenkins.plugins.azurestack.powershell.wsman.WsManFaultException.Kind;
import java.util.Optional;

/**
 * What {@code s:Fault} says.
 *
 * @param code the code of {@code f:WSManFault}, unsigned; -1 if there is none
 * @param machine may be empty
 * @param providerMessage text of {@code f:Message} and {@code f:ProviderFault}; may be empty
 * @param subcode local part of the SOAP subcode; may be empty
 * @param reason SOAP reason; may be empty
 * @param detail last part of the URI in {@code wsman:FaultDetail}; may be empty
 */
record Fault(long code, String machine, String providerMessage, String subcode, String reason, String detail) {

    private static final int MAXIMAL_TEXT = 8192;

    static Fault of(final XmlElement fault) {
        final Optional<XmlElement> detail = fault.child(Namespaces.SOAP, "Detail");
        final Optional<XmlElement> wsman = detail.flatMap(d -> d.child(Namespaces.FAULT, "WSManFault"));
        return new Fault(
                wsman.flatMap(w -> w.attribute("Code")).map(Fault::code).orElse(-1L),
                wsman.flatMap(w -> w.attribute("Machine")).map(Fault::bounded).orElse(""),
                wsman.flatMap(w -> w.child(Namespaces.FAULT, "Message"))
                        .map(m -> bounded(m.allText()))
                        .orElse(""),
                fault.child(Namespaces.SOAP, "Code")
                        .flatMap(c -> c.child(Namespaces.SOAP, "Subcode"))
                        .map(s -> local(s.childText(Namespaces.SOAP, "Value"), ':'))
                        .orElse(""),
                fault.child(Namespaces.SOAP, "Reason")
                        .map(r -> bounded(r.allText()))
                        .orElse(""),
                detail.map(d -> local(d.childText(Namespaces.WSMAN, "FaultDetail"), '/'))
                        .orElse(""));
    }

    private static long code(final String text) {
        try {
            return Long.decode(text.strip()) & 0xFFFF_FFFFL;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static String local(final String text, final char separator) {
        return bounded(text.substring(text.lastIndexOf(separator) + 1));
    }

    private static String bounded(final String text) {
        return text.length() <= MAXIMAL_TEXT ? text : text.substring(0, MAXIMAL_TEXT);
    }

    /** Codes of the Windows SDK; without one, what DSP0226 says by subcode and detail. */
    Kind kind() {
        if (code == 0x8033803FL
                || (code >= 0x803381A5L && code <= 0x803381A8L)
                || code == 0x803381ABL
                || (code >= 0x803381E4L && code <= 0x803381E7L)) {
            return Kind.QUOTA;
        }
        return switch (Long.toHexString(code)) {
            case "80338029" -> Kind.TIMED_OUT;
            case "8033805b" -> Kind.SHELL_GONE;
            case "3e3", "4c7" -> Kind.ABORTED;
            case "803381c4", "803381de" -> Kind.DISCONNECTED;
            case "5" -> Kind.ACCESS_DENIED;
            case "8033803b" -> Kind.UNKNOWN_CONFIGURATION;
            case "80338048", "80338035" -> Kind.ENVELOPE_SIZE;
            default -> code < 0 ? kindBySubcode() : Kind.OTHER;
        };
    }

    private Kind kindBySubcode() {
        return switch (subcode) {
            case "TimedOut" -> Kind.TIMED_OUT;
            case "AccessDenied" -> Kind.ACCESS_DENIED;
            case "QuotaLimit" -> Kind.QUOTA;
            case "InvalidSelectors" -> Kind.SHELL_GONE;
            case "EncodingLimit" -> Kind.ENVELOPE_SIZE;
            case "DestinationUnreachable" ->
                "InvalidResourceURI".equals(detail) ? Kind.UNKNOWN_CONFIGURATION : Kind.OTHER;
            default -> Kind.OTHER;
        };
    }

    /** @return the exception that says it to an operator */
    WsManFaultException toException(final Operation operation, final String configurationName) {
        final String said = providerMessage.isEmpty() ? reason : providerMessage;
        final String message = (machine.isEmpty() ? "The server" : machine) + " answered " + operation + " with fault "
                + (code < 0 ? subcode : "0x" + Long.toHexString(code)) + ": "
                + (said.isEmpty() ? "(no words)" : said) + advice(configurationName);
        return switch (kind()) {
            case ACCESS_DENIED -> new AccessDeniedException(this, message);
            case UNKNOWN_CONFIGURATION -> new UnknownConfigurationException(this, message);
            default -> new WsManFaultException(this, message);
        };
    }

    private String advice(final String configurationName) {
        return switch (kind()) {
            case ACCESS_DENIED -> " Check that the user may use the session configuration '" + configurationName + "'.";
            case UNKNOWN_CONFIGURATION ->
                " Check the name of the session configuration: the server has no '" + configurationName + "'.";
            case QUOTA -> " Close shells that nobody needs any more, or wait until the server closes them.";
            case ENVELOPE_SIZE -> " The server takes smaller messages only: check its MaxEnvelopeSizekb.";
            case SHELL_GONE -> " The shell or command does not exist any more.";
            case DISCONNECTED -> " The shell is disconnected; reconnect to it.";
            default -> "";
        };
    }
}
