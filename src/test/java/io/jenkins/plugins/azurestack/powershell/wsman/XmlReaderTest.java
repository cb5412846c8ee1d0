package io.jenkins.plugins.azurestack.powershell.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.Test;

/** What an answer may be made of, and how much of it. */
public class XmlReaderTest {

    private static XmlElement read(final String xml) throws MalformedAnswerException {
        return XmlReader.read(xml.getBytes(UTF_8));
    }

    @Test
    public void nestingIsBounded() throws Exception {
        assertThat(read("<a>".repeat(48) + "</a>".repeat(48)).children()).hasSize(1);
        assertThatThrownBy(() -> read("<a>".repeat(49) + "</a>".repeat(49)))
                .isInstanceOf(AnswerTooLargeException.class);
    }

    @Test
    public void elementsAreCounted() throws Exception {
        assertThat(read("<a>" + "<b/>".repeat(19_999) + "</a>").children()).hasSize(19_999);
        assertThatThrownBy(() -> read("<a>" + "<b/>".repeat(20_000) + "</a>"))
                .isInstanceOf(AnswerTooLargeException.class);
    }

    @Test
    public void attributesAreCounted() throws Exception {
        assertThat(read("<a" + attributes(64) + "/>").attribute("n63")).contains("");
        assertThatThrownBy(() -> read("<a" + attributes(65) + "/>")).isInstanceOf(AnswerTooLargeException.class);
    }

    private static String attributes(final int count) {
        final StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append(" n").append(i).append("=\"\"");
        }
        return all.toString();
    }

    @Test
    public void documentTypesAndEntitiesAreRefusedWithoutAWordOnStandardError() {
        final PrintStream before = System.err;
        final ByteArrayOutputStream words = new ByteArrayOutputStream();
        System.setErr(new PrintStream(words, true, UTF_8));
        try {
            for (final String xml : new String[] {
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a/>",
                "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
                "<!DOCTYPE a [<!ENTITY x \"y",
                "<a>&x;</a>",
                "<a b=\"&x;\"/>"
            }) {
                assertThatThrownBy(() -> read(xml)).as(xml).isInstanceOf(MalformedAnswerException.class);
            }
        } finally {
            System.setErr(before);
        }
        assertThat(words.toString(UTF_8)).isEmpty();
    }
}
