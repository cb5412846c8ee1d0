package io.jenkins.plugins.azurestack.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Thresholds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What pages show, made of the files that steps write. */
public class ViewsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    public void aCheckShowsItsHeadlineItsProblemsAndItsCertificatesSoonestFirst() throws IOException {
        final Map<String, Object> view = CheckView.of(json(Samples.rich()));

        assertThat(view)
                .containsEntry("stamp", "east")
                .containsEntry("severity", "CRITICAL")
                .containsEntry("css", "critical")
                .containsEntry("checkedAt", "2026-11-23 02:14 UTC");
        assertThat(String.valueOf(view.get("headline"))).contains(" end");
        assertThat(rows(view, "problems")).isNotEmpty().noneMatch(row -> "OK".equals(row.get("severity")));
        assertThat(rows(view, "certificates"))
                .extracting(row -> String.valueOf(row.get("ends")))
                .filteredOn(date -> !date.isEmpty())
                .isSorted();
        assertThat(view).containsEntry("problemsMore", 0L).containsEntry("certificatesMore", 0L);
    }

    @Test
    public void theTimelineOfAPageIsTheOneOfTheReport() throws IOException {
        final Document drawn =
                Xml.parse(String.valueOf(CheckView.of(json(Samples.rich())).get("timeline"))
                        .getBytes(StandardCharsets.UTF_8));
        final Document report = Xml.parse(ExpiryTimeline.bytes(Samples.rich()));

        assertThat(texts(drawn)).isNotEmpty();
        assertThat(texts(report)).isEqualTo(texts(drawn));
    }

    @Test
    public void drawingsHoldNoMarkupOfOthersAndNoStyle() throws IOException {
        final List<String> drawings = List.of(
                String.valueOf(CheckView.of(json(Samples.hostile())).get("timeline")),
                DaysLeftTrend.svg(
                        Samples.HOSTILE,
                        List.of(new DaysLeftTrend.Point(1, 3, Severity.CRITICAL, Samples.HOSTILE)),
                        Thresholds.STAMP_ALERTS));
        for (final String drawing : drawings) {
            for (final Element element : Xml.elements(Xml.parse(drawing.getBytes(StandardCharsets.UTF_8)), "*")) {
                assertThat(element.getTagName()).isIn("svg", "title", "desc", "rect", "line", "text", "g", "path");
                assertThat(Xml.attributeNames(element))
                        .noneMatch(name -> name.startsWith("on") || name.equals("style"));
            }
        }
    }

    @Test
    public void tenThousandFindingsAreCutAndCounted() throws IOException {
        final ObjectNode report = (ObjectNode) json(Samples.rich());
        final ArrayNode findings = (ArrayNode) report.path("findings");
        final int before = findings.size();
        final JsonNode one = findings.get(0);
        for (int i = before; i < 10_000; i++) {
            findings.add(one.deepCopy());
        }

        final Map<String, Object> view = CheckView.of(report);

        assertThat(rows(view, "problems")).hasSize(Rows.MOST);
        assertThat((Long) view.get("problemsMore")).isGreaterThan(9_000L - Rows.MOST);
        assertThat(rows(view, "certificates").size() + (Long) view.get("certificatesMore"))
                .isLessThanOrEqualTo(10_000);
        assertThat(String.valueOf(view.get("timeline"))).hasSizeLessThan(200_000);
    }

    @Test
    public void whatAFileLacksIsEmpty() throws IOException {
        final JsonNode nothing = JSON.readTree("{\"findings\":[{}, {\"kind\":\"NEW\",\"severity\":\"WORSE\"}]}");
        assertThat(CheckView.of(nothing)).containsEntry("timeline", "").containsEntry("stamp", "");
        assertThat(rows(CheckView.of(nothing), "problems"))
                .extracting(row -> row.get("kind"))
                .containsExactly("", "new");
        assertThat(PlanView.of(nothing)).containsEntry("readiness", "").containsEntry("css", "warning");
        assertThat(RotationView.of(nothing)).containsEntry("css", "critical");
    }

    @Test
    public void aPlanForTheBmcPasswordShowsItsBmcs() throws IOException {
        final Map<String, Object> view = PlanView.of(JSON.readTree(
                "{\"kind\":\"plan\",\"state\":\"READY\",\"nodes\":[{\"node\":\"n1\",\"address\":\"10.30.1.1\"}]}"));
        assertThat(rows(view, "nodes"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("node", "n1").containsEntry("address", "10.30.1.1"));
        assertThat(view).containsEntry("readiness", "");
    }

    @Test
    public void whatAPageReadsIsPlain() throws IOException {
        requirePlain(CheckView.of(json(Samples.rich())));
        requirePlain(PlanView.of(JSON.readTree("{\"gates\":[{}],\"certificates\":[{}]}")));
        requirePlain(RotationView.of(JSON.readTree("{\"events\":[{\"kind\":\"phase\"}]}")));
    }

    private static void requirePlain(final Object value) {
        if (value instanceof Map<?, ?> map) {
            assertThat(map).isInstanceOf(LinkedHashMap.class);
            map.values().forEach(ViewsTest::requirePlain);
        } else if (value instanceof List<?> list) {
            assertThat(list).isInstanceOf(ArrayList.class);
            list.forEach(ViewsTest::requirePlain);
        } else {
            assertThat(value).isInstanceOfAny(String.class, Long.class, Boolean.class);
        }
    }

    @Test
    public void theTrendGoesFromTheOldestBuildToTheNewest() {
        final List<DaysLeftTrend.Point> points = new ArrayList<>();
        for (int build = 1; build <= DaysLeftTrend.MOST + 10; build++) {
            points.add(new DaysLeftTrend.Point(build, 400 - build, Severity.OK, "ARM Public"));
        }
        final String svg = DaysLeftTrend.svg("east", points, Thresholds.STAMP_ALERTS);
        final Document drawn = Xml.parse(svg.getBytes(StandardCharsets.UTF_8));

        assertThat(Xml.elements(drawn, "path")).hasSize(DaysLeftTrend.MOST);
        assertThat(texts(drawn)).containsSubsequence("#11", "#70").doesNotContain("#10");
        assertThat(Xml.elements(drawn, "title").get(0).getTextContent())
                .isEqualTo("#11: ARM Public ends in 389 days, OK");
        assertThat(DaysLeftTrend.svg("east", points.subList(0, 1), Thresholds.STAMP_ALERTS))
                .contains("#1");
        assertThat(DaysLeftTrend.svg("east", List.of(), Thresholds.STAMP_ALERTS))
                .contains("<svg");
    }

    @Test
    public void theNumbersBesideTheTrendDoNotOverlapHoweverFarTheFirstEndIs() {
        for (final long days : new long[] {0, 60, 150, 300, 529, 739, 2000}) {
            final List<DaysLeftTrend.Point> points =
                    List.of(new DaysLeftTrend.Point(1, days, Severity.OK, "ARM Public"));
            final List<Integer> heights = Xml.elements(
                            Xml.parse(DaysLeftTrend.svg("east", points, Thresholds.STAMP_ALERTS)
                                    .getBytes(StandardCharsets.UTF_8)),
                            "text")
                    .stream()
                    .filter(text -> !text.getTextContent().startsWith("#"))
                    .map(text -> Integer.valueOf(text.getAttribute("y")))
                    .sorted()
                    .toList();

            assertThat(heights).as("scale of " + days).hasSizeGreaterThanOrEqualTo(2);
            for (int i = 1; i < heights.size(); i++) {
                assertThat(heights.get(i) - heights.get(i - 1))
                        .as("numbers for " + days)
                        .isGreaterThanOrEqualTo(14);
            }
        }
    }

    @Test
    public void anUpdateShowsWhichPasswordEachBmcTookAndWhatIsLeftToDo() throws IOException {
        final Map<String, Object> view = RotationView.of(JSON.readTree("{\"kind\":\"update\",\"lastLogons\":"
                + "[{\"node\":\"node03\",\"took\":\"current\"}],\"stillToDo\":[\"the lifecycle host\"]}"));
        assertThat(rows(view, "logons")).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("node", "node03")
                .containsEntry("took", "current"));
        assertThat(view).containsEntry("stillToDo", List.of("the lifecycle host"));
    }

    @Test
    public void anUpdateOfTheBmcPasswordIsNotCalledARotation() throws IOException {
        assertThat(RotationView.of(JSON.readTree("{\"kind\":\"update\"}"))).containsEntry("bmc", true);
        assertThat(RotationView.of(JSON.readTree("{\"kind\":\"rotation\"}"))).containsEntry("bmc", false);
    }

    private static List<String> texts(final Document drawing) {
        return Xml.elements(drawing, "text").stream()
                .map(Element::getTextContent)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(final Map<String, Object> view, final String name) {
        return (List<Map<String, Object>>) view.get(name);
    }

    private static JsonNode json(final ExpiryReport report) throws IOException {
        return JSON.readTree(ExpiryJson.bytes(report));
    }
}
