package io.jenkins.plugins.azurestack.expiry;

import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everything one check found; immutable.
 *
 * @param stamp what was checked
 * @param checkedAt when the check began
 * @param took how long it took
 * @param thresholds what counted as near
 * @param sources the names of the sources asked
 * @param findings most severe first, then by date, then by name
 * @param excluded every target that was left out because the configuration says so
 */
public record ExpiryReport(
        Stamp stamp,
        Instant checkedAt,
        Duration took,
        Thresholds thresholds,
        List<String> sources,
        List<Finding> findings,
        List<Target> excluded) {

    public ExpiryReport {
        sources = List.copyOf(sources);
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::severity)
                        .reversed()
                        .thenComparing(f -> f.notAfter().orElse(Instant.MAX))
                        .thenComparing(Finding::name)
                        .thenComparing(Finding::kind))
                .toList();
        excluded = List.copyOf(excluded);
    }

    /** The most severe of all findings; WARNING if there is none, since to know nothing is not to know that all is well. */
    public Severity severity() {
        return findings.stream().map(Finding::severity).reduce(Severity::or).orElse(Severity.WARNING);
    }

    /**
     * What ends first, of all whose date is known: a certificate that was seen, or one that was seen before and is out of
     * sight now.
     */
    public Optional<Finding> next() {
        return findings.stream()
                .filter(finding -> finding.kind() == Finding.Kind.EXPIRY || finding.isUnknown())
                .filter(finding -> finding.notAfter().isPresent())
                .min(Comparator.comparing(finding -> finding.notAfter().orElseThrow()));
    }

    /** How many findings have exactly this severity. */
    public long count(final Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    /** Whole days until a finding's date, counted from the start of the check; -1 for yesterday. */
    public Optional<Long> daysLeft(final Finding finding) {
        return finding.notAfter().map(end -> Thresholds.daysLeft(end, checkedAt));
    }
}
