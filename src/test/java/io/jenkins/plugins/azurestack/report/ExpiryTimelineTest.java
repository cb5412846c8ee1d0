package io.jenkins.plugins.azurestack.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;
import org.w3c.dom.Element;

public class ExpiryTimelineTest {
    private static final Pattern PERCENT = Pattern.compile("\"(-?[0-9.]+)%\"");

    @Test
    public void showsTheFirstToEndOnTop() {
        final List<Element> rows = Xml.elements(Xml.parse(ExpiryTimeline.bytes(Samples.rich())), "g");
        assertThat(rows).hasSize(13);
        assertThat(title(rows.get(0))).isEqualTo("Admin Portal ended 2 days ago, CRITICAL");
        assertThat(title(rows.get(1))).isEqualTo("ARM Public ends in 12 days, CRITICAL");
        assertThat(title(rows.get(12))).startsWith("ADFS ends in");
    }

    @Test
    public void hasATitleAndADescriptionForWhoCannotSeeIt() {
        final Element svg = Xml.parse(ExpiryTimeline.bytes(Samples.rich())).getDocumentElement();
        final Element drawing = Xml.elements(svg, "svg").get(0);
        assertThat(drawing.getAttribute("role")).isEqualTo("img");
        assertThat(drawing.getAttribute("aria-labelledby")).isEqualTo("timeline-title timeline-desc");
        assertThat(Xml.elements(drawing, "title").get(0).getAttribute("id")).isEqualTo("timeline-title");
        assertThat(Xml.elements(drawing, "desc").get(0).getTextContent())
                .contains("critical from 30 days before the end, warning from 90 days");
    }

    @Test
    public void nothingIsDrawnOutsideTheLineOfTime() {
        for (final ExpiryReport report : List.of(
                Samples.rich(),
                Samples.allFine(),
                Samples.empty(),
                Samples.onlyUnknown(),
                Samples.report(
                        List.of(
                                Samples.expiry(CertificateFolder.GRAPH, -690, "graph"),
                                Samples.expiry(CertificateFolder.ADFS, 36_500, "adfs")),
                        List.of()))) {
            final Matcher percents = PERCENT.matcher(new String(ExpiryTimeline.bytes(report), UTF_8));
            while (percents.find()) {
                assertThat(Double.parseDouble(percents.group(1))).isBetween(0.0, 100.0);
            }
        }
    }

    @Test
    public void whatEndsBeyondTheEdgeGetsAnArrow() {
        assertThat(new String(ExpiryTimeline.bytes(Samples.allFine()), UTF_8)).contains("M-7-6L3 0-7 6Z");
        assertThat(new String(ExpiryTimeline.bytes(Samples.rich()), UTF_8)).doesNotContain("M-7-6L3 0-7 6Z");
    }

    @Test
    public void whatIsOnlyRememberedIsHollow() {
        final Element row = Xml.elements(Xml.parse(ExpiryTimeline.bytes(Samples.rich())), "g").stream()
                .filter(g -> title(g).startsWith("Graph"))
                .findFirst()
                .orElseThrow();
        assertThat(Xml.elements(row, "path").get(0).getAttribute("fill")).isEqualTo("none");
        assertThat(row.getTextContent()).contains("2027-04-12, 140 days?");
    }

    @Test
    public void needsNoStyleSheet() {
        assertThat(new String(ExpiryTimeline.bytes(Samples.rich()), UTF_8))
                .doesNotContain("style=")
                .doesNotContain("class=")
                .doesNotContain("<style");
    }

    @Test
    public void stopsAfterAHundredRowsAndSaysSo() {
        final String svg = new String(ExpiryTimeline.bytes(Samples.huge(10_000)), UTF_8);
        assertThat(svg).contains("and 9900 more that end later").hasSizeLessThan(100_000);
    }

    private static String title(final Element row) {
        return Xml.elements(row, "title").get(0).getTextContent();
    }
}
