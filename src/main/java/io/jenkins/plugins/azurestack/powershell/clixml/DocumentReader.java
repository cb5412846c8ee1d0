package io.jenkins.plugins.azurestack.powershell.clixml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads one document: the state that {@link CliXmlReader} must not keep. */
final class DocumentReader {
    private static final String NO_DOCUMENT_TYPE = "CLIXML has no document type and no entities";
    private static final String PROGRESS_TYPE = "System.Management.Automation.ProgressRecord";

    private final CliXmlLimits limits;
    private final SecureStringCipher cipher;
    private final XMLStreamReader xml;
    private final Map<String, PsObject> objects = new HashMap<>();
    private final Map<String, List<String>> typeNames = new HashMap<>();
    private int elements;
    private int depth;

    DocumentReader(String document, CliXmlLimits limits, SecureStringCipher cipher) throws CliXmlException {
        this.limits = limits;
        this.cipher = cipher;
        if (document.contains("<!DOCTYPE")) {
            // Before the parser, which would read all declarations, and print some faults, before it says that there
            // are any.
            throw new CliXmlException(NO_DOCUMENT_TYPE);
        }
        try {
            this.xml = factory().createXMLStreamReader(new StringReader(withoutOddities(document)));
        } catch (XMLStreamException notXml) {
            throw new CliXmlException("CLIXML is not well-formed XML");
        }
    }

    /** A factory per document: the JDK's remembers the last reader, and with it the last document. */
    private static XMLInputFactory factory() {
        final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // CLIXML has one namespace or none, and never prefixes: declarations are attributes like any other.
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("no external entities");
        });
        return factory;
    }

    /** Drops a byte order mark, and writes as escapes the two characters that Windows writes plainly and XML forbids. */
    private static String withoutOddities(String document) {
        final String text = document.startsWith("\uFEFF") ? document.substring(1) : document;
        if (text.indexOf('\uFFFE') < 0 && text.indexOf('\uFFFF') < 0) {
            return text;
        }
        return text.replace("\uFFFE", "_xFFFE_").replace("\uFFFF", "_xFFFF_");
    }

    List<PsValue> read() throws CliXmlException {
        try {
            nextElement();
            final List<PsValue> values = new ArrayList<>();
            if ("Objs".equals(xml.getLocalName())) {
                while (nextElement()) {
                    values.add(value());
                }
            } else {
                values.add(value());
            }
            while (xml.hasNext()) {
                next();
            }
            return values;
        } catch (XMLStreamException notXml) {
            // The parser's own message may quote content.
            throw failure("CLIXML is not well-formed XML", notXml.getLocation());
        } finally {
            close();
        }
    }

    private void close() throws CliXmlException {
        try {
            xml.close();
        } catch (XMLStreamException broken) {
            throw new CliXmlException("CLIXML could not be closed");
        }
    }

    /** Reads the value of the element where the cursor stands, and leaves the cursor on its end. */
    private PsValue value() throws XMLStreamException, CliXmlException {
        if (++depth > limits.maxDepth()) {
            throw failure("Values are nested deeper than " + limits.maxDepth() + " levels");
        }
        final String tag = xml.getLocalName();
        final PsValue value =
                switch (tag) {
                    case "Nil" -> {
                        skip();
                        yield PsNull.NULL;
                    }
                    case "Obj" -> object();
                    case "Ref" -> reference();
                    case "SS" -> secureString();
                    case "MS" -> memberSet();
                    case "PR" -> progress();
                    default -> primitiveOrUnknown(tag);
                };
        depth--;
        return value;
    }

    private PsValue primitiveOrUnknown(String tag) throws XMLStreamException, CliXmlException {
        final Optional<PrimitiveType> type = PrimitiveType.ofTag(tag);
        return type.isPresent() ? primitive(type.get()) : new PsUnknown(tag, Escapes.decode(skip()));
    }

    private PsPrimitive primitive(PrimitiveType type) throws XMLStreamException, CliXmlException {
        final Location start = xml.getLocation();
        final String content = text();
        try {
            return PrimitiveText.parse(type, isEscaped(type) ? Escapes.decode(content) : content);
        } catch (IllegalArgumentException unreadable) {
            throw failure("The content of <" + type.tag() + "> is no " + type, start);
        }
    }

    private static boolean isEscaped(PrimitiveType type) {
        return type.javaType() == String.class;
    }

    private PsValue secureString() throws XMLStreamException, CliXmlException {
        final Location start = xml.getLocation();
        try {
            final PsSecureString sealed = PsSecureString.sealed(text());
            return cipher == null ? sealed : sealed.open(cipher);
        } catch (IllegalArgumentException notBase64) {
            throw failure("The content of <SS> is no base64", start);
        }
    }

    private PsValue reference() throws XMLStreamException, CliXmlException {
        final PsObject object = objects.get(refId());
        if (object == null) {
            throw failure("<Ref> refers to no object before it");
        }
        skip();
        return object;
    }

    private PsObject object() throws XMLStreamException, CliXmlException {
        final PsObject.Builder object = PsObject.builder();
        final String refId = xml.getAttributeValue(null, "RefId");
        if (refId != null) {
            // Before the children, which may refer to it.
            objects.put(refId, object.unfinished());
        }
        while (nextElement()) {
            part(object);
        }
        return object.build();
    }

    private void part(PsObject.Builder object) throws XMLStreamException, CliXmlException {
        final String tag = xml.getLocalName();
        switch (tag) {
            case "TN" -> object.types(newTypeNames());
            case "TNRef" -> object.types(knownTypeNames());
            case "ToString" -> object.text(Escapes.decode(text()));
            case "Props" -> properties(object::adapted);
            case "MS" -> properties(object::extended);
            case "LST" -> items(object, ContainerKind.LIST);
            case "IE" -> items(object, ContainerKind.ENUMERABLE);
            case "STK" -> items(object, ContainerKind.STACK);
            case "QUE" -> items(object, ContainerKind.QUEUE);
            case "DCT" -> entries(object);
            case "Obj", "SS", "PR" -> object.base(value());
            default -> baseOrUnknown(object, tag);
        }
    }

    private void baseOrUnknown(PsObject.Builder object, String tag) throws XMLStreamException, CliXmlException {
        if (PrimitiveType.ofTag(tag).isPresent()) {
            object.base(value());
        } else {
            skip();
        }
    }

    private List<String> newTypeNames() throws XMLStreamException, CliXmlException {
        final String refId = xml.getAttributeValue(null, "RefId");
        final List<String> names = new ArrayList<>();
        while (nextElement()) {
            if ("T".equals(xml.getLocalName())) {
                names.add(Escapes.decode(text()));
            } else {
                skip();
            }
        }
        final List<String> hierarchy = List.copyOf(names);
        if (refId != null) {
            typeNames.put(refId, hierarchy);
        }
        return hierarchy;
    }

    private List<String> knownTypeNames() throws XMLStreamException, CliXmlException {
        final List<String> names = typeNames.get(refId());
        if (names == null) {
            throw failure("<TNRef> refers to no type names before it");
        }
        skip();
        return names;
    }

    private void properties(BiConsumer<String, PsValue> target) throws XMLStreamException, CliXmlException {
        while (nextElement()) {
            final String name = xml.getAttributeValue(null, "N");
            if (name == null) {
                throw failure("A property has no name");
            }
            target.accept(Escapes.decode(name), value());
        }
    }

    private PsMemberSet memberSet() throws XMLStreamException, CliXmlException {
        final Map<String, PsValue> members = new LinkedHashMap<>();
        properties(members::put);
        return new PsMemberSet(members);
    }

    private void items(PsObject.Builder object, ContainerKind kind) throws XMLStreamException, CliXmlException {
        object.container(kind);
        while (nextElement()) {
            object.item(value());
        }
    }

    private void entries(PsObject.Builder object) throws XMLStreamException, CliXmlException {
        object.container(ContainerKind.DICTIONARY);
        while (nextElement()) {
            if ("En".equals(xml.getLocalName())) {
                entry(object);
            } else {
                skip();
            }
        }
    }

    private void entry(PsObject.Builder object) throws XMLStreamException, CliXmlException {
        final Map<String, PsValue> parts = new HashMap<>();
        properties(parts::put);
        final PsValue key = PsObject.find(parts, "Key");
        if (key.isNull()) {
            throw failure("A dictionary's entry has no key");
        }
        object.entry(key, PsObject.find(parts, "Value"));
    }

    /** The compact form of a progress record, as Windows writes it to standard streams; it becomes an object with properties. */
    private PsObject progress() throws XMLStreamException, CliXmlException {
        final PsObject.Builder record = PsObject.builder().types(List.of(PROGRESS_TYPE, "System.Object"));
        while (nextElement()) {
            switch (xml.getLocalName()) {
                case "AV" -> record.adapted("Activity", PsPrimitive.of(Escapes.decode(text())));
                case "AI" -> record.adapted("ActivityId", primitive(PrimitiveType.INT32));
                case "S", "Nil" -> record.adapted("CurrentOperation", value());
                case "PI" -> record.adapted("ParentActivityId", primitive(PrimitiveType.INT32));
                case "PC" -> record.adapted("PercentComplete", primitive(PrimitiveType.INT32));
                case "T" -> record.adapted("RecordType", PsPrimitive.of(Escapes.decode(text())));
                case "SR" -> record.adapted("SecondsRemaining", primitive(PrimitiveType.INT32));
                case "SD" -> record.adapted("StatusDescription", PsPrimitive.of(Escapes.decode(text())));
                default -> skip();
            }
        }
        return record.build();
    }

    private String refId() throws CliXmlException {
        final String refId = xml.getAttributeValue(null, "RefId");
        if (refId == null) {
            throw failure("<" + xml.getLocalName() + "> has no RefId");
        }
        return refId;
    }

    /** Moves to the next child element, or to the end of this one; true for a child. */
    private boolean nextElement() throws XMLStreamException, CliXmlException {
        while (true) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT:
                    return true;
                case XMLStreamConstants.END_ELEMENT:
                    return false;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA:
                    if (!xml.isWhiteSpace()) {
                        throw failure("Text where an element is expected");
                    }
                    break;
                default:
                    break;
            }
        }
    }

    /** The text of an element without children; the cursor ends on the element's end. */
    private String text() throws XMLStreamException, CliXmlException {
        String text = null;
        StringBuilder joined = null;
        while (true) {
            switch (next()) {
                case XMLStreamConstants.END_ELEMENT:
                    return joined != null ? joined.toString() : text == null ? "" : text;
                case XMLStreamConstants.START_ELEMENT:
                    throw failure("An element where text is expected");
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE:
                    if (text == null) {
                        text = xml.getText();
                    } else {
                        joined = joined == null ? new StringBuilder(text) : joined;
                        joined.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                    }
                    break;
                default:
                    break;
            }
        }
    }

    /** Passes over an element with all that is in it; answers the text that stood directly in it. */
    private String skip() throws XMLStreamException, CliXmlException {
        final StringBuilder text = new StringBuilder();
        int level = 1;
        while (level > 0) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT:
                    level++;
                    if (level > limits.maxDepth()) {
                        throw failure("Unknown elements are nested deeper than " + limits.maxDepth() + " levels");
                    }
                    break;
                case XMLStreamConstants.END_ELEMENT:
                    level--;
                    break;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA:
                    if (level == 1) {
                        text.append(xml.getText());
                    }
                    break;
                default:
                    break;
            }
        }
        return text.toString();
    }

    private int next() throws XMLStreamException, CliXmlException {
        final int event = xml.next();
        switch (event) {
            case XMLStreamConstants.START_ELEMENT:
                if (++elements > limits.maxElements()) {
                    throw failure("CLIXML has more than " + limits.maxElements() + " elements");
                }
                break;
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE:
                throw failure(NO_DOCUMENT_TYPE);
            default:
                break;
        }
        return event;
    }

    private CliXmlException failure(String message) {
        return failure(message, xml.getLocation());
    }

    private static CliXmlException failure(String message, Location place) {
        return place == null
                ? new CliXmlException(message)
                : new CliXmlException(message, place.getLineNumber(), place.getColumnNumber());
    }
}
