package io.jenkins.plugins.azurestack.powershell.clixml;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes one document: the reference numbers that {@link CliXmlWriter} must not keep. */
final class DocumentWriter {
    /** Windows PowerShell refuses to read the level after this one. */
    private static final int MAX_DEPTH = CliXmlLimits.POWERSHELL_DEPTH - 1;

    private final SecureStringCipher cipher;
    private final StringBuilder out = new StringBuilder();
    private final Map<PsObject, Integer> objects = new IdentityHashMap<>();
    private final Map<List<String>, Integer> typeNames = new HashMap<>();
    private int depth;

    DocumentWriter(SecureStringCipher cipher) {
        this.cipher = cipher;
    }

    String write(PsValue value) throws CliXmlException {
        value(value, null);
        return out.toString();
    }

    private void value(PsValue value, String name) throws CliXmlException {
        if (++depth > MAX_DEPTH) {
            throw new CliXmlException(
                    "Values are nested deeper than the " + MAX_DEPTH + " levels that PowerShell reads");
        }
        if (value instanceof PsPrimitive primitive) {
            primitive(primitive, name);
        } else if (value instanceof PsObject object) {
            object(object, name);
        } else if (value instanceof PsSecureString secret) {
            leaf("SS", name, secret.seal(cipher));
        } else if (value instanceof PsMemberSet set) {
            properties("MS", name, set.members());
        } else if (value instanceof PsUnknown unknown) {
            leaf(unknown.element(), name, unknown.asString());
        } else {
            start("Nil", name);
            out.append(" />");
        }
        depth--;
    }

    private void primitive(PsPrimitive primitive, String name) {
        leaf(primitive.type().tag(), name, PrimitiveText.format(primitive));
    }

    private void object(PsObject object, String name) throws CliXmlException {
        final Integer known = objects.putIfAbsent(object, objects.size());
        if (known != null) {
            start("Ref", name);
            refId(known).append(" />");
            return;
        }
        start("Obj", name);
        refId(objects.size() - 1);
        final int content = out.append('>').length();
        types(object.typeNames());
        if (object.text().isPresent()) {
            leaf("ToString", null, object.text().get());
        }
        if (object.base().isPresent()) {
            value(object.base().get(), null);
        }
        if (object.container().isPresent()) {
            container(object.container().get(), object);
        }
        propertiesUnlessEmpty("Props", object.adapted());
        propertiesUnlessEmpty("MS", object.extended());
        end("Obj", content);
    }

    private void types(List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        final Integer known = typeNames.putIfAbsent(names, typeNames.size());
        if (known != null) {
            out.append("<TNRef");
            refId(known).append(" />");
            return;
        }
        out.append("<TN");
        refId(typeNames.size() - 1).append('>');
        names.forEach(type -> leaf("T", null, type));
        out.append("</TN>");
    }

    private void container(ContainerKind kind, PsObject object) throws CliXmlException {
        out.append('<').append(kind.tag());
        final int content = out.append('>').length();
        for (final PsValue item : object.items()) {
            value(item, null);
        }
        for (final PsEntry entry : object.entries()) {
            out.append("<En>");
            value(entry.key(), "Key");
            value(entry.value(), "Value");
            out.append("</En>");
        }
        end(kind.tag(), content);
    }

    private void propertiesUnlessEmpty(String tag, Map<String, PsValue> properties) throws CliXmlException {
        if (!properties.isEmpty()) {
            properties(tag, null, properties);
        }
    }

    private void properties(String tag, String name, Map<String, PsValue> properties) throws CliXmlException {
        start(tag, name);
        final int content = out.append('>').length();
        for (final Map.Entry<String, PsValue> property : properties.entrySet()) {
            value(property.getValue(), property.getKey());
        }
        end(tag, content);
    }

    private void leaf(String tag, String name, String text) {
        start(tag, name);
        out.append('>');
        Escapes.encode(text, out);
        out.append("</").append(tag).append('>');
    }

    private void start(String tag, String name) {
        out.append('<').append(tag);
        if (name != null) {
            out.append(" N=\"");
            Escapes.encodeAttribute(name, out);
            out.append('"');
        }
    }

    private StringBuilder refId(int number) {
        return out.append(" RefId=\"").append(number).append('"');
    }

    /** Closes an element, in the short form where nothing stands in it. */
    private void end(String tag, int content) {
        if (out.length() == content) {
            out.setLength(content - 1);
            out.append(" />");
        } else {
            out.append("</").append(tag).append('>');
        }
    }
}
