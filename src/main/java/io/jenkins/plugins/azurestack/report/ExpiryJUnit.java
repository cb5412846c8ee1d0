package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import io.jenkins.plugins.azurestack.expiry.Severity;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An expiry report as JUnit XML, as the {@code junit} step reads it: one suite, one test case for each certificate and
 * for each further finding. What is OK or a NOTICE passes, WARNING and CRITICAL fail, what could not be seen is an
 * error and never skipped, what the configuration leaves out is skipped with the reason. Stateless.
 *
 * <p>Names of test cases hold no dates or thumbprints, so that a certificate keeps its history when it is replaced.
 */
public final class ExpiryJUnit {
    /** The classic form of the timestamp has no zone, and Jenkins reads it as UTC. */
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

    private static final String PASSED = "";
    private static final String FAILURE = "failure";
    private static final String ERROR = "error";
    private static final String SKIPPED = "skipped";

    private static final Comparator<Case> BY_PLACE =
            Comparator.comparingInt(Case::source).thenComparing(Case::place);

    private ExpiryJUnit() {}

    /**
     * A test case.
     *
     * @param group the last part of its class name
     * @param source the rank among the report's sources of the one it was seen by
     * @param place where it was seen, for cases that would have the same name otherwise
     * @param outcome the name of the element that says so, empty if it passed
     */
    private record Case(
            String group,
            String name,
            int source,
            String place,
            String outcome,
            String type,
            String message,
            List<String> text) {
        Case renamed(final String newName) {
            return new Case(group, newName, source, place, outcome, type, message, text);
        }

        String key() {
            return group + " " + name;
        }
    }

    /** Renders a report as UTF-8. */
    public static byte[] bytes(final ExpiryReport report) {
        final List<Case> cases = cases(report);
        final Markup xml = new Markup();
        xml.prologue("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        xml.open(
                "testsuite",
                "name",
                "Expiry of stamp " + report.stamp().name(),
                "tests",
                Integer.toString(cases.size()),
                "failures",
                count(cases, FAILURE),
                "errors",
                count(cases, ERROR),
                "skipped",
                count(cases, SKIPPED),
                "time",
                String.format(Locale.ROOT, "%.3f", report.took().toMillis() / 1000.0),
                "timestamp",
                TIMESTAMP.format(
                        report.checkedAt().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC)));
        xml.line();
        properties(xml, report);
        final String suite = "azure-stack-hub." + report.stamp().name() + ".";
        cases.forEach(test -> testCase(xml, suite, test));
        return xml.closeLine().bytes();
    }

    private static String count(final List<Case> cases, final String outcome) {
        return Long.toString(
                cases.stream().filter(test -> test.outcome().equals(outcome)).count());
    }

    private static void properties(final Markup xml, final ExpiryReport report) {
        xml.open("properties");
        property(xml, "warnDays", Integer.toString(report.thresholds().warnDays()));
        property(xml, "criticalDays", Integer.toString(report.thresholds().criticalDays()));
        property(xml, "sources", String.join(", ", report.sources()));
        xml.closeLine();
    }

    private static void property(final Markup xml, final String name, final String value) {
        xml.empty("property", "name", name, "value", value);
    }

    private static void testCase(final Markup xml, final String suite, final Case test) {
        xml.open("testcase", "classname", suite + test.group(), "name", test.name(), "time", "0");
        switch (test.outcome()) {
            case PASSED -> xml.open("system-out").lines(test.text()).close();
            case SKIPPED -> xml.empty(SKIPPED, "message", test.message());
            default ->
                xml.open(test.outcome(), "type", test.type(), "message", test.message())
                        .lines(test.text())
                        .close();
        }
        xml.closeLine();
    }

    private static List<Case> cases(final ExpiryReport report) {
        final List<Case> cases = new ArrayList<>();
        Shown.all(report).forEach(finding -> cases.add(testCase(finding, report.sources())));
        report.excluded().stream().map(Shown.Place::of).forEach(place -> cases.add(excluded(place)));
        if (cases.isEmpty()) {
            cases.add(nothingSeen());
        }
        return distinct(cases);
    }

    private static Case nothingSeen() {
        return new Case(
                "certificates",
                "any certificate",
                0,
                "",
                ERROR,
                "UNKNOWN",
                "no certificate could be seen",
                List.of("Check the stamp's configuration, and which sources the step asks."));
    }

    private static Case testCase(final Shown finding, final List<String> sources) {
        final Optional<Shown.Place> place = finding.seenAt().stream()
                .min(Comparator.comparingInt((Shown.Place seen) -> sources.indexOf(seen.source()))
                        .thenComparing(Shown.Place::name));
        return new Case(
                group(finding),
                finding.name(),
                place.map(seen -> sources.indexOf(seen.source())).orElse(-1),
                place.map(Shown.Place::toString).orElse(""),
                outcome(finding),
                finding.isUnknown() ? "UNKNOWN" : finding.severity().name(),
                finding.severity() + ": " + finding.message(),
                text(finding));
    }

    private static Case excluded(final Shown.Place place) {
        return new Case("excluded", place.toString(), 0, "", SKIPPED, "", Phrases.EXCLUDED, List.of());
    }

    private static String group(final Shown finding) {
        if (finding.isCertificate()) {
            return finding.fingerprint().isEmpty() ? "secrets" : "certificates";
        }
        return finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String outcome(final Shown finding) {
        if (finding.isUnknown()) {
            return ERROR;
        }
        return finding.severity().isAtLeast(Severity.WARNING) ? FAILURE : PASSED;
    }

    private static List<String> text(final Shown finding) {
        final List<String> sentences = new ArrayList<>();
        sentences.add(finding.message());
        sentences.add(finding.advice());
        finding.notAfter().ifPresent(end -> sentences.add("ends " + Phrases.minute(end)));
        sentences.add(finding.subject());
        sentences.add(finding.fingerprint().isEmpty() ? "" : "SHA-256 " + finding.fingerprint());
        finding.seenAt().forEach(place -> sentences.add("seen at " + place));
        return sentences.stream().filter(sentence -> !sentence.isEmpty()).toList();
    }

    /**
     * Tells cases of the same name apart. The one seen at the first place keeps the plain name, whatever else comes and
     * goes; the others are named for where they were seen, and only then by a number.
     */
    private static List<Case> distinct(final List<Case> cases) {
        final Map<String, Case> first = cases.stream()
                .collect(Collectors.toMap(Case::key, Function.identity(), BinaryOperator.minBy(BY_PLACE)));
        final Map<String, Integer> seen = new HashMap<>();
        final List<Case> distinct = new ArrayList<>(cases.size());
        for (final Case test : cases) {
            final Case placed =
                    test.equals(first.get(test.key())) || test.place().isEmpty()
                            ? test
                            : test.renamed(test.name() + " (" + test.place() + ")");
            final int number = seen.merge(placed.key(), 1, Integer::sum);
            distinct.add(number == 1 ? placed : placed.renamed(placed.name() + " #" + number));
        }
        return distinct;
    }
}
