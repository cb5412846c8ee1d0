package io.jenkins.plugins.azurestack.simulator.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The time on the stamp: it begins when the stamp does, runs at a factor of the time outside, and can be put forward.
 * What takes long on a stamp (rotations, lock-outs, sessions that idle) goes by it; what a client waits for on the wire
 * (a Receive that times out) goes by the time outside. Thread-safe.
 */
public final class StampTime {
    /** How often a wait looks at a clock that somebody else may have moved. */
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final InstantSource outside;
    private final Instant outsideStart;
    private final Instant start;
    private final double factor;
    private final Lock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Consumer<Instant> advanced;
    private Duration ahead = Duration.ZERO;

    /**
     * @param outside the time outside
     * @param start what time it is on the stamp now
     * @param factor how many seconds go by on the stamp in one outside; more than 0
     */
    public StampTime(final InstantSource outside, final Instant start, final double factor) {
        this(outside, outside.instant(), start, factor, now -> {});
    }

    /**
     * @param advanced hears what time it is on the stamp once it was put forward
     */
    public StampTime(
            final InstantSource outside, final Instant start, final double factor, final Consumer<Instant> advanced) {
        this(outside, outside.instant(), start, factor, advanced);
    }

    /**
     * A time that began earlier.
     *
     * @param outsideStart what time it was outside when it was {@code start} on the stamp
     */
    public StampTime(
            final InstantSource outside, final Instant outsideStart, final Instant start, final double factor) {
        this(outside, outsideStart, start, factor, now -> {});
    }

    private StampTime(
            final InstantSource outside,
            final Instant outsideStart,
            final Instant start,
            final double factor,
            final Consumer<Instant> advanced) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("Time runs at a factor above 0, not at " + factor);
        }
        this.outside = outside;
        this.outsideStart = outsideStart;
        this.start = start;
        this.factor = factor;
        this.advanced = advanced;
    }

    /** What time it is on the stamp. */
    public Instant now() {
        final double gone = Duration.between(outsideStart, outside.instant()).toNanos() * factor;
        lock.lock();
        try {
            return start.plus(ahead).plusNanos((long) gone);
        } finally {
            lock.unlock();
        }
    }

    /** How many seconds go by on the stamp in one outside. */
    public double factor() {
        return factor;
    }

    /** The time on the stamp as a clock, in UTC. */
    public Clock clock() {
        return new StampClock(this, ZoneOffset.UTC);
    }

    /** Puts the stamp's time forward; whoever waits for what has now passed goes on. */
    public void advance(final Duration by) {
        lock.lock();
        try {
            ahead = ahead.plus(by);
            advanced.accept(now());
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a moment on the stamp has come; returns at once if it has. */
    public void awaitUntil(final Instant moment) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Duration left = Duration.between(now(), moment);
            while (left.compareTo(Duration.ZERO) > 0) {
                final long real = (long) (left.toNanos() / factor);
                glance(Math.max(1, Math.min(real, GLANCE.toNanos())));
                left = Duration.between(now(), moment);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the clock was put forward, or for so long: the clock outside goes on by itself. */
    private boolean glance(final long nanos) throws InterruptedException {
        return moved.awaitNanos(nanos) > 0;
    }

    /** A clock that shows the stamp's time in some zone. */
    private static final class StampClock extends Clock {
        private final StampTime time;
        private final ZoneId zone;

        StampClock(final StampTime time, final ZoneId zone) {
            this.time = time;
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(final ZoneId other) {
            return new StampClock(time, other);
        }

        @Override
        public Instant instant() {
            return time.now();
        }
    }
}
