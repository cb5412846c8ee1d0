package io.jenkins.plugins.azurestack.powershell.wsman;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An element of an answer, with what is in it. */
final class XmlElement {

    private final String namespace;
    private final String name;
    private final Map<String, String> attributes;
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    XmlElement(final String namespace, final String name, final Map<String, String> attributes) {
        this.namespace = namespace == null ? "" : namespace;
        this.name = name;
        this.attributes = attributes;
    }

    /** Its name in full and its attributes in order, without what is in it. */
    @Override
    public String toString() {
        return "{" + namespace + "}" + name + new TreeMap<>(attributes);
    }

    void add(final XmlElement child) {
        children.add(child);
    }

    void add(final String characters) {
        text.append(characters);
    }

    boolean is(final String otherNamespace, final String otherName) {
        return namespace.equals(otherNamespace) && name.equals(otherName);
    }

    List<XmlElement> children() {
        return children;
    }

    /** The first child of that name. */
    Optional<XmlElement> child(final String childNamespace, final String childName) {
        return children.stream().filter(c -> c.is(childNamespace, childName)).findFirst();
    }

    /** Text of the first child of that name, or nothing. */
    String childText(final String childNamespace, final String childName) {
        return child(childNamespace, childName).map(XmlElement::text).orElse("");
    }

    /** Value of an attribute without namespace. */
    Optional<String> attribute(final String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /** Its own text, stripped. */
    String text() {
        return text.toString().strip();
    }

    /** Its text and that of everything in it, in a line. */
    String allText() {
        final StringBuilder all = new StringBuilder(text());
        for (final XmlElement child : children) {
            all.append(' ').append(child.allText());
        }
        return all.toString().strip();
    }
}
