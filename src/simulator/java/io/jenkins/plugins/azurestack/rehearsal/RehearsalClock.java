package io.jenkins.plugins.azurestack.rehearsal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that a rehearsed {@code sleep} puts forward instead of waiting. Thread-safe. */
final class RehearsalClock extends Clock {
    private final Clock base;
    private volatile Duration ahead = Duration.ZERO;

    RehearsalClock(final Clock base) {
        this.base = base;
    }

    synchronized void advance(final Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(final ZoneId zone) {
        final RehearsalClock other = new RehearsalClock(base.withZone(zone));
        other.ahead = ahead;
        return other;
    }
}
