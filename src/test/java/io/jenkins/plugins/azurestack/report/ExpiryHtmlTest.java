package io.jenkins.plugins.azurestack.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import io.jenkins.plugins.azurestack.expiry.Severity;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

public class ExpiryHtmlTest {
    private static final List<ExpiryReport> ALL =
            List.of(Samples.rich(), Samples.allFine(), Samples.empty(), Samples.onlyUnknown(), Samples.hostile());

    /** What the page may consist of: nothing here runs, loads or submits anything. */
    private static final Set<String> ELEMENTS = Set.of(
            "html", "head", "meta", "title", "style", "body", "header", "main", "section", "footer", "h1", "h2", "h3",
            "p", "ul", "li", "div", "span", "strong", "time", "code", "br", "wbr", "bdi", "table", "thead", "tbody",
            "tr", "th", "td", "svg", "desc", "g", "rect", "line", "path", "text");

    private static final Set<String> ATTRIBUTES = Set.of(
            "lang",
            "charset",
            "name",
            "content",
            "class",
            "datetime",
            "role",
            "id",
            "aria-labelledby",
            "aria-hidden",
            "data-label",
            "scope",
            "align",
            "nowrap",
            "border",
            "cellspacing",
            "cellpadding",
            "width",
            "height",
            "viewBox",
            "overflow",
            "fill",
            "fill-opacity",
            "font-family",
            "font-size",
            "font-weight",
            "text-anchor",
            "x",
            "y",
            "x1",
            "x2",
            "y1",
            "y2",
            "d",
            "stroke",
            "stroke-opacity",
            "stroke-width",
            "stroke-dasharray");

    /** Elements that HTML allows to be closed at once: those without an end tag, and those of SVG. */
    private static final Set<String> CLOSED_AT_ONCE = Set.of("meta", "br", "wbr", "rect", "line", "path");

    @Test
    public void showsWhatIsOnlyToldOf() {
        final String page = new String(ExpiryHtml.bytes(Samples.told()), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(page)
                .contains("CN=MA (internal)")
                .contains("<code>012345")
                .contains("not known")
                .contains("sources disagree")
                .contains("not asked");
    }

    @Test
    public void hasNoScriptNoStyleAttributeAndNothingToLoad() {
        for (final ExpiryReport report : ALL) {
            for (final Element element : Xml.elements(page(report), "*")) {
                assertThat(ELEMENTS).contains(element.getTagName());
                assertThat(ATTRIBUTES).containsAll(Xml.attributeNames(element));
            }
        }
    }

    @Test
    public void theStyleSheetLoadsNothingAndCanStandInHtmlAndInXml() {
        final String css = Xml.elements(page(Samples.rich()), "style").get(0).getTextContent();
        assertThat(css).doesNotContainPattern("(?i)url\\s*\\(|@import|expression|[<>&]");
    }

    @Test
    public void saysTheSameToAnHtmlParserAsToAnXmlParser() {
        final Set<String> closedAtOnce = new TreeSet<>();
        for (final ExpiryReport report : ALL) {
            final Matcher tags = Pattern.compile("<(\\w+)[^<>]*/>").matcher(text(report));
            while (tags.find()) {
                closedAtOnce.add(tags.group(1));
            }
        }
        assertThat(CLOSED_AT_ONCE).containsAll(closedAtOnce);
    }

    @Test
    public void hostileTextsStayText() {
        final Document page = page(Samples.hostile());
        assertThat(page.getDocumentElement().getTextContent())
                .contains("<script>alert(1)</script>")
                .contains("<img src=x onerror=alert(2)>");
        assertThat(text(Samples.hostile()))
                .doesNotContain("<script")
                .doesNotContain("<img")
                .doesNotContainPattern("[\\p{Cf}\\p{Cn}\\p{Cs}&&[^\\n]]")
                .doesNotContainPattern("[\\p{Cc}&&[^\\n]]");
        assertThat(count(text(Samples.hostile()), "</style>")).isEqualTo(1);
    }

    @Test
    public void textFromOutsideCannotTurnItsSurroundingsAround() {
        final List<Element> isolated = Xml.elements(page(Samples.hostile()), "bdi");
        assertThat(isolated).anyMatch(element -> element.getTextContent().contains("\u05d0\u05d1\u05d2"));
        for (final Element element : Xml.elements(page(Samples.hostile()), "*")) {
            if (Set.of("td", "th", "p", "h1").contains(element.getTagName())) {
                assertThat(ownText(element)).doesNotContain("\u05d0\u05d1\u05d2");
            }
        }
    }

    @Test
    public void hugeSubjectsAreCut() {
        assertThat(text(Samples.hostile())).hasSizeLessThan(60_000);
    }

    @Test
    public void tellsEverythingTheReportHolds() {
        final ExpiryReport report = Samples.rich();
        final String words = Xml.elements(page(report), "body").get(0).getTextContent();
        for (final Shown finding : Shown.all(report)) {
            assertThat(words).contains(finding.name(), finding.advice());
            if (finding.isCertificate()) {
                assertThat(words).contains(finding.subject());
            }
            if (finding.severity() != Severity.OK) {
                assertThat(words).contains(finding.message());
            }
            finding.seenAt().forEach(place -> assertThat(words).contains(place.name()));
            if (finding.isDated()) {
                assertThat(words).contains(Phrases.date(finding.notAfter().orElseThrow()));
            }
        }
        report.excluded().forEach(target -> assertThat(words).contains(target.name()));
        assertThat(words)
                .contains("12.3 s", "endpoints, credentials", "Warning from 90 days", "critical from 30 days")
                .contains("Internal secrets of the stamp can't be seen");
    }

    @Test
    public void theHeadlineIsWhatEndsFirst() {
        assertThat(headline(Samples.rich())).isEqualTo("Admin Portal ended 2 days ago");
        assertThat(headline(Samples.allFine())).isEqualTo("ARM Public ends in 300 days");
        assertThat(headline(Samples.onlyUnknown())).isEqualTo("No certificate could be seen");
    }

    @Test
    public void toKnowNothingDoesNotLookLikeSuccess() {
        final Element header = Xml.elements(page(Samples.empty()), "header").get(0);
        assertThat(header.getAttribute("class")).isEqualTo("warning");
        assertThat(header.getTextContent()).contains("WARNING Nothing is known about when certificates end.");
    }

    @Test
    public void showsThumbprintsMasked() {
        final ExpiryReport report = Samples.allFine();
        final String print = Shown.all(report).get(0).thumbprint();
        assertThat(print).hasSize(40);
        assertThat(text(report))
                .contains(print.substring(0, 6) + "\u2026" + print.substring(34))
                .doesNotContain(print);
    }

    @Test
    public void groupsFindingsMostSevereFirst() {
        assertThat(Xml.elements(page(Samples.rich()), "h3"))
                .extracting(Element::getTextContent)
                .containsExactly("CRITICAL 4", "WARNING 3", "NOTICE 2");
    }

    @Test
    public void leavesOutSectionsThatHaveNothingToSay() {
        assertThat(Xml.elements(page(Samples.allFine()), "h2"))
                .extracting(Element::getTextContent)
                .containsExactly("Timeline", "What needs attention", "Certificates and secrets");
        assertThat(Xml.elements(page(Samples.rich()), "h2"))
                .extracting(Element::getTextContent)
                .containsExactly(
                        "Timeline",
                        "What needs attention",
                        "What could not be seen",
                        "Certificates and secrets",
                        "What was left out");
    }

    @Test
    public void growsInStepWithTheNumberOfFindings() {
        final long small = ExpiryHtml.bytes(Samples.huge(1_000)).length;
        final long large = ExpiryHtml.bytes(Samples.huge(10_000)).length;
        assertThat(large).isLessThan(11 * small).isLessThan(12_000_000);
    }

    private static String headline(final ExpiryReport report) {
        return Xml.elements(page(report), "h1").get(0).getTextContent();
    }

    private static String ownText(final Element element) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < element.getChildNodes().getLength(); i++) {
            if (element.getChildNodes().item(i) instanceof org.w3c.dom.Text own) {
                text.append(own.getData());
            }
        }
        return text.toString();
    }

    private static int count(final String text, final String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private static Document page(final ExpiryReport report) {
        return Xml.parse(ExpiryHtml.bytes(report));
    }

    private static String text(final ExpiryReport report) {
        return new String(ExpiryHtml.bytes(report), UTF_8);
    }
}
