package io.jenkins.plugins.azurestack.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.azurestack.expiry.Finding;
import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Thresholds;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a page shows of a check, made of the check's JSON file: {@link LinkedHashMap}, {@link ArrayList}, {@link String} and
 * {@link Long} only, since that is what a page's expressions read. Long lists are cut. Stateless.
 */
public final class CheckView {
    private static final String SEVERITY = "severity";
    private static final String NOT_AFTER = "notAfter";
    private static final int MOST_PLACES = 3;

    private CheckView() {}

    /** Renders it. What a file of another version does not have is empty. */
    public static Map<String, Object> of(final JsonNode report) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("stamp", Rows.text(report, "stamp"));
        map.put("domain", Rows.text(report, "domain"));
        map.put(SEVERITY, Rows.text(report, SEVERITY));
        map.put("css", Rows.css(Rows.text(report, SEVERITY)));
        map.put("headline", headline(report));
        map.put("checkedAt", Rows.minute(report, "checkedAt"));
        map.put("warnDays", report.path("warnDays").asLong());
        map.put("criticalDays", report.path("criticalDays").asLong());
        map.put("counts", counts(report.path("counts")));
        map.put("sources", String.join(", ", Rows.texts(report.path("sources"))));
        final List<JsonNode> findings = Rows.list(report.path("findings"));
        Rows.put(
                map,
                "problems",
                findings.stream()
                        .filter(finding -> !Rows.text(finding, SEVERITY).equals("OK"))
                        .toList(),
                CheckView::problem);
        Rows.put(map, "certificates", certificates(findings), CheckView::certificate);
        Rows.put(map, "excluded", Rows.list(report.path("excluded")), CheckView::place);
        map.put("timeline", timeline(report, findings));
        return map;
    }

    private static String headline(final JsonNode report) {
        final JsonNode next = report.path("next");
        return Rows.moment(next, NOT_AFTER).isEmpty()
                ? "No certificate could be seen"
                : Rows.text(next, "name") + " "
                        + Phrases.ends(next.path("daysLeft").asLong());
    }

    private static List<Object> counts(final JsonNode counts) {
        final List<Object> list = new ArrayList<>();
        for (final String word : List.of("critical", "warning", "notice", "ok", "unknown", "excluded")) {
            final long number = counts.path(word).asLong();
            final Map<String, Object> count = new LinkedHashMap<>();
            count.put("number", number);
            count.put("words", word.equals("unknown") ? "not seen" : word.equals("excluded") ? "left out" : word);
            count.put("css", number > 0 && !word.equals("excluded") ? word : "none");
            list.add(count);
        }
        return list;
    }

    private static Map<String, Object> problem(final JsonNode finding) {
        final Map<String, Object> row = row(finding);
        row.put("kind", kind(Rows.text(finding, "kind")));
        row.put("message", Rows.text(finding, "message"));
        row.put("advice", Rows.text(finding, "advice"));
        return row;
    }

    private static String kind(final String name) {
        try {
            return Phrases.kind(Finding.Kind.valueOf(name));
        } catch (IllegalArgumentException e) {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    private static List<JsonNode> certificates(final List<JsonNode> findings) {
        // Each date is read once: there may be thousands.
        record Dated(JsonNode finding, Instant end) {}
        return findings.stream()
                .filter(finding -> Rows.text(finding, "kind").equals(Finding.Kind.EXPIRY.name()))
                .map(finding ->
                        new Dated(finding, Rows.moment(finding, NOT_AFTER).orElse(Instant.MAX)))
                .sorted(Comparator.comparing(Dated::end))
                .map(Dated::finding)
                .toList();
    }

    private static Map<String, Object> certificate(final JsonNode finding) {
        final Map<String, Object> row = row(finding);
        row.put(
                "others",
                Rows.texts(finding.path("folders")).stream()
                        .filter(folder -> !folder.equals(Rows.text(finding, "name")))
                        .collect(Collectors.joining(", ")));
        row.put("subject", Rows.text(finding, "subject"));
        row.put("limitedBy", Rows.text(finding, "limitedBy"));
        row.put("thumbprint", ExpiryHtml.masked(Rows.text(finding, "thumbprint")));
        return row;
    }

    private static Map<String, Object> row(final JsonNode finding) {
        final Map<String, Object> row = new LinkedHashMap<>();
        final String severity = Rows.text(finding, SEVERITY);
        final boolean unknown = isUnknown(finding);
        row.put("name", Rows.text(finding, "name"));
        row.put(SEVERITY, severity);
        row.put("css", Rows.css(severity));
        row.put("ends", Rows.date(finding, NOT_AFTER));
        row.put(
                "left",
                Rows.moment(finding, NOT_AFTER).isEmpty()
                        ? ""
                        : unknown
                                ? "last known"
                                : Phrases.ends(finding.path("daysLeft").asLong()));
        row.put("places", places(finding.path("seenAt")));
        return row;
    }

    private static boolean isUnknown(final JsonNode finding) {
        return Rows.text(finding, "kind").equals(Finding.Kind.UNKNOWN.name());
    }

    private static String places(final JsonNode places) {
        final List<String> some = new ArrayList<>();
        Rows.list(places).stream()
                .limit(MOST_PLACES)
                .forEach(place -> some.add(Rows.text(place, "source") + " " + Rows.text(place, "name")));
        return String.join(", ", some)
                + (places.size() > MOST_PLACES ? " and " + (places.size() - MOST_PLACES) + " more" : "");
    }

    private static Map<String, Object> place(final JsonNode place) {
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", Rows.text(place, "name"));
        row.put("source", Rows.text(place, "source"));
        row.put("folder", Rows.text(place, "folder"));
        return row;
    }

    /** Markup that is written escaped; empty if there is no date to show. */
    private static String timeline(final JsonNode report, final List<JsonNode> findings) {
        final List<ExpiryTimeline.Row> rows = new ArrayList<>();
        for (final JsonNode finding : findings) {
            final boolean unknown = isUnknown(finding);
            if (unknown || Rows.text(finding, "kind").equals(Finding.Kind.EXPIRY.name())) {
                Rows.moment(finding, NOT_AFTER)
                        .ifPresent(end -> rows.add(new ExpiryTimeline.Row(
                                Rows.text(finding, "name"),
                                severity(Rows.text(finding, SEVERITY)),
                                end,
                                finding.path("daysLeft").asLong(),
                                unknown)));
            }
        }
        final Optional<Instant> checkedAt = Rows.moment(report, "checkedAt");
        if (rows.isEmpty() || checkedAt.isEmpty()) {
            return "";
        }
        final Markup svg = new Markup();
        ExpiryTimeline.write(
                svg, new ExpiryTimeline.Subject(Rows.text(report, "stamp"), checkedAt.get(), thresholds(report), rows));
        return new String(svg.bytes(), StandardCharsets.UTF_8);
    }

    private static Severity severity(final String name) {
        try {
            return Severity.valueOf(name);
        } catch (IllegalArgumentException e) {
            return Severity.WARNING;
        }
    }

    private static Thresholds thresholds(final JsonNode report) {
        try {
            return new Thresholds(
                    report.path("warnDays").asInt(), report.path("criticalDays").asInt());
        } catch (Rejected e) {
            return Thresholds.STAMP_ALERTS;
        }
    }
}
