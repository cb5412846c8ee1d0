package io.jenkins.plugins.azurestack.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.Test;

public class MarkupTest {
    @Test
    public void escapesTextAndAttributes() {
        assertThat(markup(new Markup().element("a", "<b>&\"'", "t", "<\"&>")))
                .isEqualTo("<a t=\"&lt;&quot;&amp;&gt;\">&lt;b&gt;&amp;\"'</a>");
    }

    @Test
    public void replacesWhatXmlForbidsAndWhatReordersText() {
        final String nasty = "\u0000\u001b\u202E\u2066\uFFFE\ud800\u2028\n";
        assertThat(markup(new Markup().element("a", nasty, "t", nasty))).isEqualTo("<a t=\"????????\">????????</a>");
    }

    @Test
    public void keepsLettersOfEveryScript() {
        final String text = "\u00fc \u05d0 \u4e2d \ud83d\ude00";
        assertThat(markup(new Markup().element("a", text))).isEqualTo("<a>" + text + "</a>");
    }

    @Test
    public void letsALongNameBreakAfterPunctuationOnly() {
        assertThat(markup(new Markup()
                        .open("a")
                        .breakable("one two host.domain:443")
                        .close()))
                .isEqualTo("<a>one two host.<wbr/>domain:<wbr/>443</a>");
    }

    @Test
    public void letsAWordWithoutEndBreakBetweenCharacters() {
        assertThat(markup(new Markup()
                        .open("a")
                        .breakable("\ud83d\ude00".repeat(13))
                        .close()))
                .isEqualTo("<a>" + "\ud83d\ude00".repeat(12) + "<wbr/>\ud83d\ude00</a>");
    }

    @Test
    public void anElementWithoutTextKeepsItsEndTag() {
        assertThat(markup(new Markup().open("td").close())).isEqualTo("<td></td>");
    }

    @Test
    public void wrongNestingIsADefect() {
        assertThatThrownBy(() -> new Markup().open("a").close().close()).isInstanceOf(RuntimeException.class);
    }

    private static String markup(final Markup markup) {
        return new String(markup.bytes(), UTF_8);
    }
}
