package io.jenkins.plugins.azurestack.simulator.remoting;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * A SOAP request to the WinRM service, its header understood (MS-WSMV 2.2.4.1, DSP0226 5.4). Document types and
 * entities are refused.
 */
final class SoapRequest {
    /** What a client without an opinion takes. */
    private static final int DEFAULT_ENVELOPE = 153_600;

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
    /** WinRM takes no shorter one. */
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(500);

    private static final Set<String> UNDERSTOOD = Set.of(
            WsManNames.ADDRESSING + " Action",
            WsManNames.ADDRESSING + " MessageID",
            WsManNames.ADDRESSING + " To",
            WsManNames.ADDRESSING + " ReplyTo",
            WsManNames.ADDRESSING + " FaultTo",
            WsManNames.ADDRESSING + " From",
            WsManNames.ADDRESSING + " RelatesTo",
            WsManNames.WSMAN + " ResourceURI",
            WsManNames.WSMAN + " SelectorSet",
            WsManNames.WSMAN + " OptionSet",
            WsManNames.WSMAN + " OperationTimeout",
            WsManNames.WSMAN + " MaxEnvelopeSize",
            WsManNames.WSMAN + " Locale",
            WsManNames.WSMV + " DataLocale",
            WsManNames.WSMV + " SessionId",
            WsManNames.WSMV + " OperationID",
            WsManNames.WSMV + " SequenceId",
            WsManNames.WSMV + " ActivityId",
            WsManNames.WSMV + " CompressionType");

    private final Element header;
    private final Element body;

    private SoapRequest(final Element header, final Element body) {
        this.header = header;
        this.body = body;
    }

    /** @throws WsManFault if it is no XML, or no SOAP envelope */
    static SoapRequest parse(final byte[] envelope) throws WsManFault {
        final Element root = root(envelope);
        if (!is(root, WsManNames.SOAP, "Envelope")) {
            throw WsManFault.invalidXml();
        }
        final Element body = child(root, WsManNames.SOAP, "Body").orElseThrow(WsManFault::invalidBody);
        final Element header = child(root, WsManNames.SOAP, "Header").orElseThrow(WsManFault::headerMissing);
        return new SoapRequest(header, body);
    }

    private static Element root(final byte[] envelope) throws WsManFault {
        try {
            return builder().parse(new ByteArrayInputStream(envelope)).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw WsManFault.invalidXml();
        }
    }

    private static DocumentBuilder builder() {
        try {
            final DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute("jdk.xml.maxElementDepth", "64");
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            final DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The JDK's own parser can refuse document types", e);
        }
    }

    /** @throws WsManFault if a header must be understood, and is not known here */
    void checkUnderstood() throws WsManFault {
        for (final Element one : children(header)) {
            final String must = one.getAttributeNS(WsManNames.SOAP, "mustUnderstand");
            if ((must.equals("true") || must.equals("1"))
                    && !UNDERSTOOD.contains(one.getNamespaceURI() + " " + one.getLocalName())) {
                throw WsManFault.notUnderstood(one.getTagName());
            }
        }
    }

    /** Whether it is DSP0226's Identify, which has no header. */
    boolean isIdentify() {
        return child(body, WsManNames.IDENTIFY, "Identify").isPresent();
    }

    /** The action's URI. */
    String action() throws WsManFault {
        return headerText(WsManNames.ADDRESSING, "Action").orElseThrow(WsManFault::headerMissing);
    }

    /** As the client wrote it; empty if it did not. */
    String messageId() {
        return headerText(WsManNames.ADDRESSING, "MessageID").orElse("");
    }

    /** Where the client thinks that it sends to; empty if it did not say. */
    String to() {
        return headerText(WsManNames.ADDRESSING, "To").orElse("");
    }

    /** The resource. */
    String resource() throws WsManFault {
        return headerText(WsManNames.WSMAN, "ResourceURI").orElseThrow(WsManFault::noSuchResource);
    }

    /** The client's session, in upper case; empty if it named none. */
    String sessionId() {
        return headerText(WsManNames.WSMV, "SessionId").orElse("").toUpperCase(Locale.ROOT);
    }

    /** The client's culture. */
    String culture() {
        return locale("DataLocale", WsManNames.WSMV);
    }

    /** The client's language. */
    String language() {
        return locale("Locale", WsManNames.WSMAN);
    }

    private String locale(final String name, final String namespace) {
        return child(header, namespace, name)
                .map(one -> one.getAttributeNS(WsManNames.XML, "lang"))
                .filter(text -> !text.isEmpty())
                .orElse("en-US");
    }

    /** How long the client waits. */
    Duration timeout() throws WsManFault {
        final Optional<String> text = headerText(WsManNames.WSMAN, "OperationTimeout");
        if (text.isEmpty()) {
            return DEFAULT_TIMEOUT;
        }
        final Duration timeout = duration(text.get()).orElseThrow(() -> WsManFault.invalidTimeout(text.get()));
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0) {
            throw WsManFault.invalidTimeout(text.get());
        }
        return timeout;
    }

    /** The largest answer that the client takes, in bytes. */
    int maxEnvelopeSize() {
        try {
            return headerText(WsManNames.WSMAN, "MaxEnvelopeSize")
                    .map(Integer::parseInt)
                    .orElse(DEFAULT_ENVELOPE);
        } catch (NumberFormatException e) {
            return DEFAULT_ENVELOPE;
        }
    }

    /** The selectors, by name. */
    Map<String, String> selectors() {
        return named(child(header, WsManNames.WSMAN, "SelectorSet"), "Selector");
    }

    /** The options, by name. */
    Map<String, String> options() {
        return named(child(header, WsManNames.WSMAN, "OptionSet"), "Option");
    }

    /** The selectors of an enumeration's filter, by name. */
    Map<String, String> filter() throws WsManFault {
        return named(
                child(element(WsManNames.ENUMERATION, "Enumerate"), WsManNames.WSMAN, "Filter")
                        .flatMap(one -> child(one, WsManNames.WSMAN, "SelectorSet")),
                "Selector");
    }

    private static Map<String, String> named(final Optional<Element> set, final String name) {
        final Map<String, String> named = new LinkedHashMap<>();
        set.ifPresent(element -> children(element).stream()
                .filter(one -> is(one, WsManNames.WSMAN, name))
                .forEach(one ->
                        named.put(one.getAttribute("Name"), one.getTextContent().strip())));
        return named;
    }

    /** @throws WsManFault if the body is not this element */
    Element element(final String namespace, final String name) throws WsManFault {
        return child(body, namespace, name).orElseThrow(WsManFault::invalidBody);
    }

    /** An element of MS-WSMV's shells in the body. */
    Element shellElement(final String name) throws WsManFault {
        return element(WsManNames.SHELL, name);
    }

    private Optional<String> headerText(final String namespace, final String name) {
        return child(header, namespace, name)
                .map(one -> one.getTextContent().strip())
                .filter(text -> !text.isEmpty());
    }

    /** The first child of that name. */
    static Optional<Element> child(final Element parent, final String namespace, final String name) {
        return children(parent).stream().filter(one -> is(one, namespace, name)).findFirst();
    }

    /** The text of the first child of that name in the namespace of shells; empty if it has none. */
    static Optional<String> shellText(final Element parent, final String name) {
        return child(parent, WsManNames.SHELL, name)
                .map(one -> one.getTextContent().strip())
                .filter(text -> !text.isEmpty());
    }

    private static List<Element> children(final Element parent) {
        final List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static boolean is(final Element element, final String namespace, final String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }

    /** An {@code xs:duration} without years and months; empty if it is none, or negative. */
    static Optional<Duration> duration(final String text) {
        try {
            return Optional.of(Duration.parse(text)).filter(duration -> !duration.isNegative());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
