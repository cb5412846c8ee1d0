package io.jenkins.plugins.azurestack.bmc;

import java.time.Duration;
import java.util.Objects;

/**
 * How long an update waits, and how much it does at a time. Nothing of this ends what runs on the stamp.
 *
 * @param follow for the stamp's call to end
 * @param ask between two questions
 * @param locked for accounts that are locked to be free again
 * @param alerts for alerts to close, once everything else is proved
 * @param parallel at how many BMCs at a time
 */
public record BmcLimits(Duration follow, Duration ask, Duration locked, Duration alerts, int parallel) {
    /** What suits every stamp. */
    public static final BmcLimits USUAL = new BmcLimits(
            Duration.ofHours(4), Duration.ofMinutes(1), Duration.ofMinutes(70), Duration.ofMinutes(30), 32);

    public BmcLimits {
        Objects.requireNonNull(follow, "follow");
        Objects.requireNonNull(ask, "ask");
        Objects.requireNonNull(locked, "locked");
        Objects.requireNonNull(alerts, "alerts");
    }

    /** The same with another time for the stamp's call. */
    public BmcLimits follow(final Duration duration) {
        return new BmcLimits(duration, ask, locked, alerts, parallel);
    }
}
