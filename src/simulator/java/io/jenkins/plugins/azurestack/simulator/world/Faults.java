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
        arm(faultOf(written), momentOf(written));
    }

    /**
     * Looks whether {@link #arm(String)} would arm it.
     *
     * @return what was written
     * @throws IllegalArgumentException if it would not
     */
    public static String require(final String written) {
        faultOf(written);
        momentOf(written);
        return written;
    }

    private static Fault faultOf(final String written) {
        final int at = written.indexOf('@');
        return Fault.of(at < 0 ? written : written.substring(0, at));
    }

    private static Moment momentOf(final String written) {
        final int at = written.indexOf('@');
        final Moment moment = at < 0 ? Moment.ALWAYS : Moment.parse(written.substring(at + 1));
        moment.occasion().ifPresent(faultOf(written)::requireOccasion);
        return moment;
    }

    /**
     * What became of a fault that was armed.
     *
     * @param written as on a command line, {@code name@moment}
     * @param occasions at how many occasions it struck
     * @param struck whether it did, or was in force when somebody looked at the stamp
     */
    public record Report(String written, int occasions, boolean struck) {}

    /** What became of all that are armed, in the order in which they were. */
    public List<Report> reports() {
        synchronized (armed) {
            return armed.stream().map(Armed::report).toList();
        }
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

    /**
     * Whether a fault that lasts has begun, at an occasion that is not used up: for what goes on while it lasts. One that
     * begins at a later occasion only has not, however near that is.
     */
    public boolean isInForce(final Fault fault, final String... names) {
        synchronized (armed) {
            return armed.stream().anyMatch(one -> one.fault == fault && one.hasBegun() && one.isDue(time.now(), names));
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
        private int struck;
        private boolean inForce;

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
            if (isWithin(occasions)) {
                struck++;
                return true;
            }
            return false;
        }

        Report report() {
            return new Report(fault.word() + "@" + moment.written(), struck, struck > 0 || inForce);
        }

        boolean isDue(final Instant now, final String... names) {
            final boolean due = !now.isBefore(from) && moment.isAt(names) && isWithin(occasions + 1);
            inForce |= due;
            return due;
        }

        boolean hasBegun() {
            return moment.first() == 1 || occasions >= moment.first();
        }

        private boolean isWithin(final long occasion) {
            return occasion >= moment.first() && occasion - moment.first() < moment.times();
        }
    }
}
