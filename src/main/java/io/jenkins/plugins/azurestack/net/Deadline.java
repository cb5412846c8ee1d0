package io.jenkins.plugins.azurestack.net;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A point of the monotonic clock by which several waits must be over together. */
final class Deadline {
    private final Duration whole;
    private final long end;

    private Deadline(final Duration whole) {
        this.whole = whole;
        this.end = System.nanoTime() + whole.toNanos();
    }

    /** @throws IllegalArgumentException unless the time is above zero */
    static Deadline after(final Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("A timeout is longer than nothing, not " + timeout);
        }
        return new Deadline(timeout);
    }

    long leftNanos() {
        return Math.max(0, end - System.nanoTime());
    }

    boolean passed() {
        return leftNanos() == 0;
    }

    /** What is left. */
    Duration left() {
        return Duration.ofNanos(leftNanos());
    }

    /** One of so many even shares of what is left. */
    Duration share(final int parts) {
        return Duration.ofNanos(leftNanos() / parts);
    }

    /** For socket options, to which zero would mean for ever: whole milliseconds, at least one. */
    static int millis(final Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, TimeUnit.NANOSECONDS.toMillis(duration.toNanos())));
    }

    /** The whole time, as a person says it: {@code 10 s}, {@code 1.5 s}, {@code 250 ms}. */
    @Override
    public String toString() {
        final long millis = whole.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis / 1000.0 + " s";
    }
}
