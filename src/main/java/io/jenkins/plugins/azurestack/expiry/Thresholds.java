package io.jenkins.plugins.azurestack.expiry;

import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.time.Duration;
import java.time.Instant;

/**
 * How near an end of validity has to be to matter. The defaults are those of the stamp's own alerts.
 *
 * @param warnDays whole days ahead from which an expiry is a WARNING
 * @param criticalDays whole days ahead from which it is CRITICAL; not more than {@code warnDays}
 */
public record Thresholds(int warnDays, int criticalDays) {
    /** 90 and 30 days, as the stamp alerts since 2021. */
    public static final Thresholds STAMP_ALERTS = new Thresholds(90, 30);

    private static final int LONGEST = 3650;

    /** @throws Rejected if one is negative or absurd, or if they are crossed */
    public Thresholds {
        requireDays("warnDays", warnDays);
        requireDays("criticalDays", criticalDays);
        if (criticalDays > warnDays) {
            throw new Rejected(
                    "criticalDays",
                    criticalDays + " is more than warnDays (" + warnDays
                            + "), so nothing could ever be a warning first; give criticalDays <= warnDays (it is 30 unless"
                            + " given)");
        }
    }

    private static void requireDays(final String field, final int days) {
        if (days < 0 || days > LONGEST) {
            throw new Rejected(field, days + " is not a number of days from 0 to " + LONGEST);
        }
    }

    /** The severity of something that ends at {@code notAfter}, by its whole days left; what has ended is CRITICAL. */
    public Severity of(final Instant notAfter, final Instant now) {
        final long daysLeft = daysLeft(notAfter, now);
        if (daysLeft <= criticalDays) {
            return Severity.CRITICAL;
        }
        return daysLeft <= warnDays ? Severity.WARNING : Severity.OK;
    }

    /** Whole days from now until then, rounded down: negative once it has ended. */
    public static long daysLeft(final Instant notAfter, final Instant now) {
        return Math.floorDiv(
                Duration.between(now, notAfter).toSeconds(), Duration.ofDays(1).toSeconds());
    }
}
