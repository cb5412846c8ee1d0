package io.jenkins.plugins.azurestack.powershell.psrp;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a WS-Man request asks for, as a server reads it. */
record SoapRequest(
        String operation,
        String messageId,
        String resourceUri,
        String sessionId,
        String shellId,
        String commandId,
        String stream,
        String code,
        String protocolVersion,
        List<String> locales,
        List<byte[]> payloads,
        boolean toPool) {
    private static final Set<String> PAYLOADS = Set.of("creationXml", "connectXml", "Arguments", "Stream");

    static SoapRequest parse(byte[] envelope) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return of(factory.newDocumentBuilder().parse(new ByteArrayInputStream(envelope)));
        } catch (Exception e) {
            throw new AssertionError("the request is not XML", e);
        }
    }

    private static SoapRequest of(Document document) {
        String commandId = "";
        String stream = "";
        String shellId = "";
        String version = "";
        List<String> locales = new ArrayList<>();
        List<byte[]> payloads = new ArrayList<>();
        NodeList all = document.getElementsByTagNameNS("*", "*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.hasAttribute("CommandId")) {
                commandId = element.getAttribute("CommandId");
            }
            switch (element.getLocalName()) {
                case "Stream" -> stream = element.getAttribute("Name");
                case "Shell" -> shellId = element.getAttribute("ShellId");
                case "Selector" -> shellId = element.getTextContent();
                case "Locale", "DataLocale" ->
                    locales.add(element.getAttributeNS("http://www.w3.org/XML/1998/namespace", "lang"));
                case "Option" ->
                    version =
                            element.getAttribute("Name").equals("protocolversion") ? element.getTextContent() : version;
                default -> {}
            }
            if (PAYLOADS.contains(element.getLocalName())) {
                payloads.add(Base64.getDecoder().decode(element.getTextContent().strip()));
            }
        }
        String action = text(document, "Action");
        return new SoapRequest(
                action.substring(action.lastIndexOf('/') + 1),
                text(document, "MessageID"),
                text(document, "ResourceURI"),
                text(document, "SessionId"),
                shellId.toUpperCase(Locale.ROOT),
                commandId.toUpperCase(Locale.ROOT),
                stream,
                text(document, "Code"),
                version,
                locales,
                payloads,
                commandId.isEmpty());
    }

    private static String text(Document document, String name) {
        NodeList found = document.getElementsByTagNameNS("*", name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }

    /** The code's or stream's last word, to tell one request of an operation from another. */
    String role() {
        return switch (operation) {
            case "Receive", "Connect" -> operation + (toPool ? " pool" : " pipeline");
            case "Send" -> "Send " + stream + (toPool ? " pool" : " pipeline");
            case "Signal" -> "Signal " + code;
            default -> operation;
        };
    }
}
