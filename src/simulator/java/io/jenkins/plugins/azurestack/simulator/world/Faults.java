package io.jenkins.plugins.azurestack.simulator.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The faults that are armed. Services ask at every occasion whether one strikes. Thread-safe. */
public final class Faults {
    private final StampTime time;
    private final List<Armed> armed = new ArrayList<>();

    public Faults(final StampTime time) {
        this.time = time;
    }

    /** Lets a fault strike from now on as the moment says. */
    public void arm(final Fault fault, final Moment moment) {
        synchronized (armed) {
            armed.add(new Armed(fault, moment, time.now().plus(moment.after())));
        }
    }

    /**
     * Arms what a command line names.
     *
     * @param written {@code name@moment}, or {@code name} alone for always
     * @throws IllegalArgumentException if either is none
     */
    public void arm(final String written) {
        final int at = written.indexOf('@');
        arm(
                Fault.of(at < 0 ? written : written.substring(0, at)),
                at < 0 ? Moment.ALWAYS : Moment.parse(written.substring(at + 1)));
    }

    /** Lets a fault strike no more. */
    public void clear(final Fault fault) {
        synchronized (armed) {
            armed.removeIf(one -> one.fault == fault);
        }
    }

    /**
     * Whether a fault strikes at an occasion, which is used up by asking.
     *
     * @param names what the occasion is called; any of them matches
     */
    public boolean strikes(final Fault fault, final String... names) {
        synchronized (armed) {
            boolean struck = false;
            for (final Armed one : armed) {
                struck |= one.fault == fault && one.meets(time.now(), names);
            }
            return struck;
        }
    }

    /**
     * Whether a fault strikes at an occasion, which is used up only if it does: for whoever is in front of the one who
     * is asked {@link #strikes} by all that passes.
     */
    public boolean strikesAhead(final Fault fault, final String... names) {
        synchronized (armed) {
            return isDue(fault, names) && strikes(fault, names);
        }
    }

    /** Whether a fault would strike at an occasion, which is not used up. */
    public boolean isDue(final Fault fault, final String... names) {
        synchronized (armed) {
            return armed.stream().anyMatch(one -> one.fault == fault && one.isDue(time.now(), names));
        }
    }

    private static final class Armed {
        private final Fault fault;
        private final Moment moment;
        private final Instant from;
        private int occasions;

        Armed(final Fault fault, final Moment moment, final Instant from) {
            this.fault = fault;
            this.moment = moment;
            this.from = from;
        }

        boolean meets(final Instant now, final String... names) {
            if (now.isBefore(from) || !moment.isAt(names)) {
                return false;
            }
            if (occasions < Integer.MAX_VALUE) {
                occasions++;
            }
            return isWithin(occasions);
        }

        boolean isDue(final Instant now, final String... names) {
            return !now.isBefore(from) && moment.isAt(names) && isWithin(occasions + 1);
        }

        private boolean isWithin(final long occasion) {
            return occasion >= moment.first() && occasion - moment.first() < moment.times();
        }
    }
}
