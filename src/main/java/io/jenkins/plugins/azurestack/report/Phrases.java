package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import io.jenkins.plugins.azurestack.expiry.Finding;
import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The wordings that all renderings and pages share. Dates are in UTC, since the stamp, the CA and the reader may be anywhere. */
public final class Phrases {
    /** What the report calls a certificate when it knows of none. */
    static final String UNKNOWN = "unknown";
    /** Why a target was left out: the only reason there is. */
    static final String EXCLUDED = "left out by the list 'excluded' of the stamp's configuration";

    private static final int LONGEST_HEADLINE = 80;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Phrases() {}

    static String date(final Instant when) {
        return DATE.format(when);
    }

    /** {@code 2026-11-23 02:14 UTC}. */
    public static String minute(final Instant when) {
        return MINUTE.format(when);
    }

    /** Seconds with one digit. */
    static String seconds(final Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }

    /** {@code 1 day}, {@code 12 days}. */
    public static String count(final long number, final String one, final String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** {@code ends in 12 days}, {@code ended 3 days ago}; days as {@link ExpiryReport#daysLeft} counts them. */
    public static String ends(final long daysLeft) {
        if (daysLeft == 0) {
            return "ends in less than a day";
        }
        if (daysLeft == -1) {
            return "ended less than a day ago";
        }
        // Days left are rounded down, so what ended 36 hours ago has -2 of them: one whole day is over.
        return daysLeft > 0
                ? "ends in " + count(daysLeft, "day", "days")
                : "ended " + count(-daysLeft - 1, "day", "days") + " ago";
    }

    /** {@code ARM Public ends in 12 days}; says so if nothing is known. */
    static String headline(final ExpiryReport report) {
        return report.next()
                .map(finding -> Shown.of(report, finding))
                .map(next -> Text.printable(next.name(), LONGEST_HEADLINE) + " " + ends(next.daysLeft()))
                .orElse("No certificate could be seen");
    }

    /** {@code 1 critical, 3 warnings, 10 ok, 2 not seen, 1 left out}; what is zero is left out, except for ok. */
    static String counts(final ExpiryReport report) {
        final List<String> parts = new ArrayList<>();
        addUnlessZero(parts, report.count(Severity.CRITICAL), "critical", "critical");
        addUnlessZero(parts, report.count(Severity.WARNING), "warning", "warnings");
        addUnlessZero(parts, report.count(Severity.NOTICE), "notice", "notices");
        parts.add(report.count(Severity.OK) + " ok");
        addUnlessZero(parts, unknown(report).count(), "not seen", "not seen");
        addUnlessZero(parts, report.excluded().size(), "left out", "left out");
        return String.join(", ", parts);
    }

    private static void addUnlessZero(
            final List<String> parts, final long number, final String one, final String many) {
        if (number > 0) {
            parts.add(count(number, one, many));
        }
    }

    static Stream<Finding> unknown(final ExpiryReport report) {
        return report.findings().stream().filter(Finding::isUnknown);
    }

    /** What sort of statement a finding is, in words. */
    static String kind(final Finding.Kind kind) {
        return switch (kind) {
            case EXPIRY -> "expiry";
            case UNKNOWN -> "not seen";
            case CHAIN_INCOMPLETE -> "incomplete chain";
            case UNTRUSTED -> "untrusted";
            case NAME_MISMATCH -> "name not covered";
            case PKI_RULE -> "PKI rule";
            case SHARED -> "shared certificate";
            case SERVED_DIFFERENTLY -> "served differently";
            case STORED_DIFFERS -> "stored is not served";
            case DISAGREEMENT -> "sources disagree";
            case NOT_ASKED -> "not asked";
            case MEMORY -> "memory";
            case EXCLUSION_UNUSED -> "unused exclusion";
        };
    }
}
