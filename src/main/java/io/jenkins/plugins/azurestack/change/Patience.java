package io.jenkins.plugins.azurestack.change;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * For how long a run stays with a call that runs on the stamp, listening and asking together, from when it first does. It
 * limits the waiting, never what runs. For one thread at a time.
 */
public final class Patience {
    private final Clock clock;
    private final Duration limit;
    /** Null until somebody waits. */
    private Instant end;

    /** @param limit of all waiting together */
    public Patience(final Clock clock, final Duration limit) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.limit = Objects.requireNonNull(limit, "limit");
    }

    /** What is left of it; not negative. */
    public Duration left() {
        final Instant now = clock.instant();
        if (end == null) {
            end = now.plus(limit);
        }
        return now.isBefore(end) ? Duration.between(now, end) : Duration.ZERO;
    }

    /** Whether nothing is left of it. */
    public boolean isOver() {
        return left().isZero();
    }
}
