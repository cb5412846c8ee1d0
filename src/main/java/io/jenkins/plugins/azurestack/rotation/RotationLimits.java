package io.jenkins.plugins.azurestack.rotation;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a rotation waits. Nothing of this ends what runs on the stamp.
 *
 * @param follow for the action plan to end
 * @param ask between two questions
 * @param settle for endpoints and the root certificate to be the new ones, once it has ended
 * @param alerts for expiry alerts to close, once everything else is proved
 */
public record RotationLimits(Duration follow, Duration ask, Duration settle, Duration alerts) {
    private static final Duration ASK = Duration.ofMinutes(1);
    private static final Duration SETTLE = Duration.ofMinutes(20);
    private static final Duration ALERTS = Duration.ofMinutes(30);
    private static final Duration EXTERNAL = Duration.ofHours(6);
    private static final Duration INTERNAL = Duration.ofHours(48);

    public RotationLimits {
        Objects.requireNonNull(follow, "follow");
        Objects.requireNonNull(ask, "ask");
        Objects.requireNonNull(settle, "settle");
        Objects.requireNonNull(alerts, "alerts");
    }

    /** What suits a scope: an external rotation takes about an hour, an internal one as long as it takes. */
    public static RotationLimits of(final RotationScope scope) {
        return new RotationLimits(scope == RotationScope.EXTERNAL ? EXTERNAL : INTERNAL, ASK, SETTLE, ALERTS);
    }

    /** The same with another time for the action plan. */
    public RotationLimits follow(final Duration duration) {
        return new RotationLimits(duration, ask, settle, alerts);
    }
}
