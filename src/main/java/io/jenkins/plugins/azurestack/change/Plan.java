package io.jenkins.plugins.azurestack.change;

import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What a change would do, and how its conditions stood when that was planned. Planning changes nothing. */
public interface Plan {
    /** How long a plan can be carried out. */
    Duration LASTS = Duration.ofHours(24);

    /** Names this plan, and the change that carries it out, for ever. */
    String id();

    /** What is approved. */
    Intent intent();

    /** When it was made. */
    Instant made();

    /** Every condition, in order. */
    List<Gate> gates();

    /** What an operator should know besides; each a sentence. */
    List<String> remarks();

    /** What a plan is meant to do, and nothing else. */
    interface Intent {
        /** The stamp's name. */
        String stamp();

        /** The stamp's external domain with its region. */
        String domain();

        /** The stamp's version. */
        String version();

        /** Conditions whose being unknown is accepted. */
        Set<? extends Condition> accepted();

        /** SHA-256, in lower-case hex, of the canonical form. */
        String hash();
    }

    /** When it can't be carried out any more. */
    default Instant expires() {
        return made().plus(LASTS);
    }

    /** Whether it can be carried out as far as was seen when it was made. */
    default boolean isOpen() {
        return closed().isEmpty();
    }

    /** The conditions that stand in its way. */
    default List<Gate> closed() {
        return Gate.closed(gates());
    }

    /** @throws Rejected if it is not one that may be carried out now on that stamp; nothing was changed */
    default void requireUsable(final String stamp, final Approval approval, final Instant now) {
        if (!intent().stamp().equals(stamp)) {
            throw new Rejected("approvedPlan", "'" + id() + "' is of another stamp, '" + intent().stamp() + "'");
        }
        if (!approval.planId().equals(id())) {
            throw new Rejected("approvedPlan", "'" + id() + "' has not been approved, another plan has");
        }
        if (now.isAfter(expires())) {
            throw new Rejected(
                    "approvedPlan",
                    "'" + id() + "' has expired at " + expires() + "; make a new one and have it approved");
        }
    }
}
