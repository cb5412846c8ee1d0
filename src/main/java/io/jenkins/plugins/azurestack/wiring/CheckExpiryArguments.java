package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.expiry.Thresholds;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The arguments of {@code azsCheckExpiry}, checked.
 *
 * @param thresholds what counts as near
 * @param sources the names of the sources to ask, in the order of {@link #SOURCES}
 * @param unstableOn from which severity the build is unstable
 * @param failOn from which severity the build has failed
 * @param timeout how long the whole step may take; more than zero, at most a day
 */
public record CheckExpiryArguments(
        Thresholds thresholds, List<String> sources, Policy unstableOn, Policy failOn, Duration timeout) {
    /** The sources there are. */
    public static final List<String> SOURCES = List.of(
            EndpointSource.NAME,
            CredentialSource.NAME,
            AlertSource.NAME,
            OperatorSource.NAME,
            ProductSource.NAME,
            BackupSource.NAME,
            RootSource.NAME,
            BmcSource.NAME);
    /** How long a check may take unless told otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration LAST_MOMENT = Duration.ofSeconds(15);

    /** @throws Rejected naming the argument that cannot be used */
    public CheckExpiryArguments {
        Objects.requireNonNull(thresholds, "thresholds");
        Objects.requireNonNull(unstableOn, "unstableOn");
        Objects.requireNonNull(failOn, "failOn");
        sources = known(sources);
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
            throw new Rejected("timeout", timeout.toSeconds() + " is not a number of seconds from 1 to 86400");
        }
    }

    /** The defaults: all sources, 90 and 30 days, unstable on WARNING, failed on CRITICAL, five minutes. */
    public static CheckExpiryArguments defaults() {
        return new CheckExpiryArguments(
                Thresholds.STAMP_ALERTS, List.of(), Policy.WARNING, Policy.CRITICAL, DEFAULT_TIMEOUT);
    }

    /** The same, of whose time so much is over; a last moment is always left. */
    public CheckExpiryArguments after(final Duration over) {
        final Duration left = timeout.minus(over);
        final Duration least = timeout.compareTo(LAST_MOMENT) < 0 ? timeout : LAST_MOMENT;
        return new CheckExpiryArguments(
                thresholds, sources, unstableOn, failOn, left.compareTo(least) < 0 ? least : left);
    }

    private static List<String> known(final List<String> wanted) {
        final Set<String> names = new LinkedHashSet<>();
        for (final String name : wanted) {
            final String lower = name == null ? "" : name.trim().toLowerCase(Locale.ROOT);
            if (!SOURCES.contains(lower)) {
                throw new Rejected("sources", "'" + Text.printable(name) + "' is not one of " + SOURCES);
            }
            names.add(lower);
        }
        return SOURCES.stream()
                .filter(name -> names.isEmpty() || names.contains(name))
                .toList();
    }
}
