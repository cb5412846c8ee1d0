package io.jenkins.plugins.azurestack.expiry;

import static java.util.stream.Collectors.joining;

import io.jenkins.plugins.azurestack.expiry.Finding.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The judgement over what was told of: merged by thumbprint with each other and with what was seen. A date decides as
 * anywhere else; where there is none, the teller's word does. Pure.
 */
final class Hearsay {
    /** Alerts give some of their dates to the minute. */
    private static final Duration SAME_MOMENT = Duration.ofMinutes(1);

    private final Assessment assessment;
    private final Map<String, List<Sighting.Told>> told = new LinkedHashMap<>();
    private final Map<String, Sighting.Certificate> seen = new LinkedHashMap<>();
    private final Set<String> served = new LinkedHashSet<>();
    private final boolean servedIsKnown;

    Hearsay(final Assessment assessment, final List<Sighting> sightings) {
        this.assessment = assessment;
        int without = 0;
        boolean unseen = false;
        for (final Sighting sighting : sightings) {
            if (sighting instanceof Sighting.Told one) {
                // What has no thumbprint is like nothing else.
                final String key = one.thumbprint().isEmpty() ? "#" + without++ : one.thumbprint();
                told.computeIfAbsent(key, none -> new ArrayList<>()).add(one);
            } else if (sighting instanceof Sighting.Certificate certificate) {
                final String thumbprint = certificate.chain().thumbprint();
                seen.putIfAbsent(thumbprint, certificate);
                if (assessment.isServed(certificate)) {
                    served.add(thumbprint);
                }
            } else {
                unseen |= sighting.target().source().equals(assessment.servedSource());
            }
        }
        servedIsKnown =
                !unseen && !served.isEmpty() && assessment.stamp().excluded().isEmpty();
    }

    /** What was told of a certificate. */
    List<Sighting.Told> of(final String thumbprint) {
        return told.getOrDefault(thumbprint, List.of());
    }

    /** A severity by date, and what becomes of it if a teller warns: what somebody warns of is never just OK. */
    static Severity heard(final Collection<Sighting.Told> told, final Severity byDate) {
        return worst(told).isAtLeast(Severity.WARNING) ? byDate.or(Severity.NOTICE) : byDate;
    }

    /** The words of all tellers, each behind {@code before}; empty if there are none. */
    static String words(final String before, final Collection<Sighting.Told> told) {
        return told.stream()
                .map(Sighting.Told::words)
                .filter(words -> !words.isEmpty())
                .distinct()
                .map(words -> before + words)
                .collect(joining());
    }

    private static Severity worst(final Collection<Sighting.Told> told) {
        return told.stream().map(Sighting.Told::severity).reduce(Severity.OK, Severity::or);
    }

    /** What was told of and not seen, and about what the tellers do not agree. */
    List<Finding> findings() {
        final List<Finding> findings = new ArrayList<>();
        told.forEach((thumbprint, same) -> {
            if (!seen.containsKey(thumbprint)) {
                findings.add(expiry(same));
            }
            dates(thumbprint, same).ifPresent(findings::add);
            notServed(thumbprint, same).ifPresent(findings::add);
        });
        return findings;
    }

    private Finding expiry(final List<Sighting.Told> same) {
        final Optional<Instant> end = end(same);
        final Severity severity = end.map(
                        date -> heard(same, assessment.thresholds().of(date, assessment.now())))
                .orElseGet(() -> worst(same));
        final String message = end.map(assessment::ends).orElse("") + words("; ", same);
        return finding(
                Kind.EXPIRY,
                severity,
                same,
                message.startsWith("; ") ? message.substring(2) : message,
                severity == Severity.OK ? "" : advice(same));
    }

    private static Optional<Instant> end(final List<Sighting.Told> same) {
        return same.stream().map(Sighting.Told::ends).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    private static String advice(final List<Sighting.Told> same) {
        return same.stream()
                .max(Comparator.comparing(Sighting.Told::severity))
                .map(Sighting.Told::advice)
                .orElse("");
    }

    private Optional<Finding> dates(final String thumbprint, final List<Sighting.Told> same) {
        final List<Instant> dates = Stream.concat(
                        Optional.ofNullable(seen.get(thumbprint)).stream()
                                .map(certificate ->
                                        certificate.chain().leaf().getNotAfter().toInstant()),
                        same.stream().map(Sighting.Told::ends).flatMap(Optional::stream))
                .sorted()
                .toList();
        if (dates.size() < 2
                || Duration.between(dates.get(0), dates.get(dates.size() - 1)).compareTo(SAME_MOMENT) <= 0) {
            return Optional.empty();
        }
        return Optional.of(finding(
                Kind.DISAGREEMENT,
                Severity.WARNING,
                same,
                "one place says that it " + assessment.ends(dates.get(0)) + ", another that it "
                        + assessment.ends(dates.get(dates.size() - 1)),
                "Go by the earlier date, and look at the certificate itself."));
    }

    private Optional<Finding> notServed(final String thumbprint, final List<Sighting.Told> same) {
        if (!servedIsKnown || served.contains(thumbprint) || same.stream().noneMatch(Sighting.Told::served)) {
            return Optional.empty();
        }
        return Optional.of(finding(
                Kind.DISAGREEMENT,
                Severity.WARNING,
                same,
                "the stamp names it as an external certificate, but none of its endpoints was seen to serve it",
                "If it was replaced lately, the alert closes by itself; if not, see whether the stamp's configuration"
                        + " lacks a resource provider."));
    }

    private Finding finding(
            final Kind kind,
            final Severity severity,
            final List<Sighting.Told> same,
            final String message,
            final String advice) {
        final Sighting.Told first = same.get(0);
        return new Finding(
                kind,
                severity,
                first.name(),
                message,
                advice,
                Optional.empty(),
                first.thumbprint(),
                end(same),
                same.stream().map(Sighting.Told::target).distinct().toList());
    }
}
