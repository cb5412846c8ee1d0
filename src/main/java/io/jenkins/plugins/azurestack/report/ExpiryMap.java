package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import io.jenkins.plugins.azurestack.expiry.Finding;
import io.jenkins.plugins.azurestack.expiry.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of {@code azsCheckExpiry} as a pipeline sees it: {@link LinkedHashMap}, {@link ArrayList}, {@link String},
 * {@link Long} and {@link Boolean} only, mutable and serialisable, no null, every key always there. Stateless.
 *
 * <p>The fields are documented for users in {@code docs/steps.md}.
 */
public final class ExpiryMap {
    /** The version of the fields; it changes when one is removed or changes its meaning, not when one is added. */
    public static final long SCHEMA = 1;

    private ExpiryMap() {}

    /**
     * Renders a report.
     *
     * @param files where the files of evidence are, relative to the workspace; empty if there are none
     * @return a new map that nobody else holds
     */
    public static Map<String, Object> of(final ExpiryReport report, final List<String> files) {
        final Map<String, Object> map = of(report);
        map.put("files", new ArrayList<>(files));
        return map;
    }

    /** Everything but {@code files}. */
    static Map<String, Object> of(final ExpiryReport report) {
        final List<Shown> findings = Shown.all(report);
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("schema", SCHEMA);
        map.put("stamp", report.stamp().name());
        map.put("domain", report.stamp().domain());
        map.put("checkedAt", report.checkedAt().toString());
        map.put("tookMillis", report.took().toMillis());
        map.put("severity", report.severity().name());
        map.put("summary", ExpiryLog.summary(report));
        map.put("counts", counts(report));
        map.put("warnDays", (long) report.thresholds().warnDays());
        map.put("criticalDays", (long) report.thresholds().criticalDays());
        map.put("sources", new ArrayList<>(report.sources()));
        map.put(
                "next",
                report.next().map(finding -> finding(Shown.of(report, finding))).orElseGet(ExpiryMap::nothingKnown));
        map.put("findings", list(findings));
        map.put("unknown", list(findings.stream().filter(Shown::isUnknown).toList()));
        map.put(
                "excluded",
                places(report.excluded().stream().map(Shown.Place::of).toList()));
        return map;
    }

    private static Map<String, Object> counts(final ExpiryReport report) {
        final Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("critical", report.count(Severity.CRITICAL));
        counts.put("warning", report.count(Severity.WARNING));
        counts.put("notice", report.count(Severity.NOTICE));
        counts.put("ok", report.count(Severity.OK));
        counts.put("unknown", Phrases.unknown(report).count());
        counts.put("excluded", (long) report.excluded().size());
        return counts;
    }

    private static List<Object> list(final List<Shown> findings) {
        final List<Object> list = new ArrayList<>(findings.size());
        findings.forEach(finding -> list.add(finding(finding)));
        return list;
    }

    private static Map<String, Object> finding(final Shown finding) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", finding.kind().name());
        map.put("severity", finding.severity().name());
        map.put("name", finding.name());
        map.put("folder", finding.folder());
        map.put("folders", new ArrayList<>(finding.folders()));
        map.put("message", finding.message());
        map.put("advice", finding.advice());
        map.put("subject", finding.subject());
        map.put("thumbprint", finding.thumbprint());
        map.put("fingerprint", finding.fingerprint());
        map.put("notAfter", finding.notAfter().map(Object::toString).orElse(""));
        map.put("daysLeft", finding.daysLeft());
        map.put("limitedBy", finding.limitedBy());
        map.put("seenAt", places(finding.seenAt()));
        return map;
    }

    /** The fields of a finding when no certificate is known: what can't be seen counts as a warning. */
    private static Map<String, Object> nothingKnown() {
        return finding(new Shown(
                Finding.Kind.UNKNOWN,
                Severity.WARNING,
                Phrases.UNKNOWN,
                List.of(),
                "no certificate could be seen",
                "Look at what could not be seen, and at what the configuration leaves out.",
                "",
                "",
                "",
                Optional.empty(),
                -1,
                "",
                List.of()));
    }

    private static List<Object> places(final List<Shown.Place> places) {
        final List<Object> list = new ArrayList<>(places.size());
        for (final Shown.Place place : places) {
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put("source", place.source());
            map.put("name", place.name());
            map.put("folder", place.folder());
            list.add(map);
        }
        return list;
    }
}
