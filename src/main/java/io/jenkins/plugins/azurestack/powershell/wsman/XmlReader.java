package io.jenkins.plugins.azurestack.powershell.wsman;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML without document types and entities, bounded in depth and number of elements. */
final class XmlReader {

    private static final int MAXIMAL_DEPTH = 48;
    private static final int MAXIMAL_ELEMENTS = 20_000;
    private static final int MAXIMAL_ATTRIBUTES = 64;

    /** The JDK's own, whatever else is on the class path; safe to share once it is set up. */
    private static final XMLInputFactory FACTORY = factory();

    private XmlReader() {}

    private static XMLInputFactory factory() {
        final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("External entities are not read");
        });
        return factory;
    }

    /**
     * @param xml a whole document, UTF-8
     * @return its root
     * @throws MalformedAnswerException if it is not well-formed, has a document type, or is beyond the bounds
     */
    static XmlElement read(final byte[] xml) throws MalformedAnswerException {
        try {
            final String text = text(xml);
            if (text.contains("<!DOCTYPE")) {
                throw new MalformedAnswerException("The answer has a document type", null);
            }
            final XMLStreamReader in = FACTORY.createXMLStreamReader(new StringReader(text));
            try {
                return new XmlReader().tree(in);
            } finally {
                in.close();
            }
        } catch (CharacterCodingException | XMLStreamException | RuntimeException e) {
            throw new MalformedAnswerException("The answer is not well-formed XML", e);
        }
    }

    /**
     * Decoded here, and searched for document types before it is parsed: no envelope has one, and of bytes that are no
     * UTF-8 and document types that are cut off the JDK's parser complains on standard error.
     */
    private static String text(final byte[] xml) throws CharacterCodingException {
        final String text =
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(xml)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private XmlElement tree(final XMLStreamReader in) throws XMLStreamException, MalformedAnswerException {
        final Deque<XmlElement> open = new ArrayDeque<>();
        XmlElement root = null;
        int elements = 0;
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    elements++;
                    final XmlElement element = element(in);
                    if (open.isEmpty()) {
                        root = element;
                    } else {
                        open.peek().add(element);
                    }
                    open.push(element);
                    if (elements > MAXIMAL_ELEMENTS || open.size() > MAXIMAL_DEPTH) {
                        throw new AnswerTooLargeException("The answer has more elements than any honest one");
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (!open.isEmpty()) {
                        open.peek().add(in.getText());
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new MalformedAnswerException("The answer has a document type or entities", null);
                default -> {
                    // Comments and processing instructions say nothing.
                }
            }
        }
        return root;
    }

    private static XmlElement element(final XMLStreamReader in) throws AnswerTooLargeException {
        final int count = in.getAttributeCount();
        if (count > MAXIMAL_ATTRIBUTES) {
            throw new AnswerTooLargeException("An element of the answer has more attributes than any honest one");
        }
        final Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < count; i++) {
            final String namespace = in.getAttributeNamespace(i);
            if (namespace == null || namespace.isEmpty()) {
                attributes.put(in.getAttributeLocalName(i), in.getAttributeValue(i));
            }
        }
        return new XmlElement(in.getNamespaceURI(), in.getLocalName(), attributes);
    }
}
