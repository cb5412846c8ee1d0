package io.jenkins.plugins.azurestack.powershell.psrp;

import java.time.Duration;
import java.time.Instant;

/** How long to wait before the next attempt at a server that is out of reach. Not thread-safe. */
final class Backoff {
    static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofSeconds(30);

    private final Duration limit;
    private Instant since;
    private Duration next = Duration.ZERO;

    /** @param limit how long to go on trying */
    Backoff(Duration limit) {
        this.limit = limit;
    }

    boolean isUnderWay() {
        return since != null;
    }

    /** An attempt failed at this time; the first one begins the outage. */
    void failed(Instant now) {
        if (since == null) {
            since = now;
        }
    }

    boolean isOver(Instant now) {
        return since != null && !now.isBefore(since.plus(limit));
    }

    /** The wait before the next attempt: none, then doubling from a second to half a minute. */
    Duration next() {
        Duration wait = next;
        next = wait.isZero() ? FIRST : wait.multipliedBy(2);
        if (next.compareTo(LAST) > 0) {
            next = LAST;
        }
        return wait;
    }

    /** The server answered. */
    void end() {
        since = null;
        next = Duration.ZERO;
    }
}
