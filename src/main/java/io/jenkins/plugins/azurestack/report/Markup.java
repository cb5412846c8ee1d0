package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes markup into memory: whatever text is given comes out escaped, and without characters that XML forbids or that
 * could reorder what a reader sees. A short skin over the JDK's {@link XMLStreamWriter}; not thread-safe.
 */
public final class Markup {
    /** How many characters may stand in a row before a line may be broken anyway. */
    private static final int LONGEST_RUN = 24;

    private static final String PUNCTUATION = ".,:/=-_@+*";

    private final StringWriter content = new StringWriter();
    private final XMLStreamWriter writer;

    public Markup() {
        try {
            // The JDK's own: another one on the class path may write empty elements in a way that HTML does not know.
            writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(content);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("The JDK has an XML writer", e);
        }
    }

    /** The writer's exceptions are about I/O and wrong nesting; in memory only the latter is left, a defect of ours. */
    private interface Writing {
        void write() throws XMLStreamException;
    }

    private Markup write(final Writing writing) {
        try {
            writing.write();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Markup is not nested as it should be", e);
        }
    }

    /** Writes a line as it is: an XML declaration or document type. */
    public Markup prologue(final String line) {
        return write(() -> writer.writeDTD(line + "\n"));
    }

    /** Begins an element. */
    public Markup open(final String element, final String... namesAndValues) {
        return write(() -> {
            writer.writeStartElement(element);
            attributes(namesAndValues);
        });
    }

    /** Ends the innermost element. */
    public Markup close() {
        return write(writer::writeEndElement);
    }

    /** Ends the innermost element and the line. */
    public Markup closeLine() {
        return close().line();
    }

    /** An element that never has content, as {@code br} or {@code circle}. */
    public Markup empty(final String element, final String... namesAndValues) {
        return write(() -> {
            writer.writeEmptyElement(element);
            attributes(namesAndValues);
        });
    }

    /** An element with text. */
    public Markup element(final String element, final String text, final String... namesAndValues) {
        return open(element, namesAndValues).text(text).close();
    }

    /** Text, escaped. */
    public Markup text(final String text) {
        return write(() -> writer.writeCharacters(clean(text)));
    }

    /** Lines of text; each ends in a line feed. */
    public Markup lines(final List<String> lines) {
        lines.forEach(line -> text(line).line());
        return this;
    }

    /** Text from outside: isolated, so that letters written from right to left leave their surroundings alone. */
    public Markup foreign(final String text) {
        return open("bdi").breakable(text).close();
    }

    /** Text in which a line may be broken after every mark of punctuation, as in long host names and subjects. */
    public Markup breakable(final String text) {
        final String clean = clean(text);
        int from = 0;
        int run = 0;
        for (int i = 0; i < clean.length() - 1; i++) {
            run = clean.charAt(i) == ' ' ? 0 : run + 1;
            if (mayBreakAfter(clean, i, run)) {
                writePart(clean, from, i + 1).empty("wbr");
                from = i + 1;
                run = 0;
            }
        }
        return writePart(clean, from, clean.length());
    }

    private static boolean mayBreakAfter(final String text, final int index, final int run) {
        return run > 0 && PUNCTUATION.indexOf(text.charAt(index)) >= 0
                || run >= LONGEST_RUN && !Character.isLowSurrogate(text.charAt(index + 1));
    }

    private Markup writePart(final String text, final int from, final int to) {
        return write(() -> writer.writeCharacters(text.substring(from, to)));
    }

    /** Trusted text of ours over several lines, such as a style sheet; must not hold markup characters. */
    public Markup verbatim(final String text) {
        return write(() -> writer.writeCharacters(text));
    }

    /** Ends a line, so that people can read the source. */
    public Markup line() {
        return write(() -> writer.writeCharacters("\n"));
    }

    private void attributes(final String... namesAndValues) throws XMLStreamException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            writer.writeAttribute(namesAndValues[i], clean(namesAndValues[i + 1]));
        }
    }

    private static String clean(final String text) {
        return Text.printable(text, Integer.MAX_VALUE - 1);
    }

    /** All that was written, as UTF-8. */
    public byte[] bytes() {
        write(writer::writeEndDocument);
        return content.toString().getBytes(StandardCharsets.UTF_8);
    }
}
