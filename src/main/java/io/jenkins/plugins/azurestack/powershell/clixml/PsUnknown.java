package io.jenkins.plugins.azurestack.powershell.clixml;

import java.util.Objects;

/**
 * A value in an element that this package doesn't know, kept so that a newer server's answer stays readable: the name and the text
 * of that element, without its children. Immutable.
 */
public final class PsUnknown implements PsValue {
    private final String element;
    private final String text;

    PsUnknown(String element, String text) {
        this.element = Objects.requireNonNull(element);
        this.text = Objects.requireNonNull(text);
    }

    /** The local name of the element. */
    public String element() {
        return element;
    }

    /** Its text, escapes decoded; empty when it had children only. */
    @Override
    public String asString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PsUnknown that && element.equals(that.element) && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(element, text);
    }

    /** The element's name only: the text may be secret. */
    @Override
    public String toString() {
        return "<" + element + ">";
    }
}
