package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides who may approve what on the page of the build that made a plan, and whether such an approval counts when the
 * plan is carried out. Stateless.
 */
public final class PageApproval {
    private static final String FIELD = "approvedPlan";

    private PageApproval() {}

    /**
     * A plan as its build keeps it.
     *
     * @param hash of what is approved
     * @param open whether it can be carried out, as far as was seen when it was made
     * @param expires when it can't be any more
     */
    public record Planned(String id, String hash, boolean open, Instant expires) {
        public Planned {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(hash, "hash");
            Objects.requireNonNull(expires, "expires");
        }
    }

    /**
     * Lets somebody approve a plan, or what is to become of a change that was left unfinished: that a failed rotation is run
     * again, or that the BMCs get their former password back.
     *
     * @param shown the hash that the person was shown
     * @param approver who, by user id
     * @param starters who started the build that made it
     * @param past what became of the plan; empty if it was not used
     * @param build the build that made it, for people
     * @throws Rejected if it can't be approved, or not by that person; says why
     */
    public static Approval approve(
            final Planned plan,
            final String shown,
            final String approver,
            final Starters starters,
            final Optional<PastChange> past,
            final Instant now,
            final String build) {
        if (!plan.hash().equals(shown)) {
            throw rejected(plan, "is not what the page showed; look at it again");
        }
        if (starters.include(approver)) {
            throw rejected(plan, "was made by a build that you started; somebody else has to approve it");
        }
        if (!starters.exclude(approver)) {
            throw rejected(plan, Starters.untold());
        }
        requireUsable(plan, past, now);
        return new Approval(plan.id(), approver, now, "on the page of " + build);
    }

    private static void requireUsable(final Planned plan, final Optional<PastChange> past, final Instant now) {
        if (past.isPresent()) {
            if (past.get().next() == PastChange.Next.NOTHING) {
                throw rejected(plan, "was used, and is good for one rotation; make a new one");
            }
            return;
        }
        if (now.isAfter(plan.expires())) {
            throw rejected(plan, "expired at " + plan.expires() + "; make a new one");
        }
        if (!plan.open()) {
            throw rejected(plan, "can't be carried out as it is; make a new one once nothing is in its way");
        }
    }

    private static Rejected rejected(final Planned plan, final String reason) {
        return new Rejected(FIELD, "'" + plan.id() + "' " + reason + ". Nothing was approved");
    }

    /**
     * Finds the approval of something that is about to be carried out.
     *
     * @param id a plan's, or that of a rotation that is to be run again
     * @param since what was approved before counts for nothing
     * @param starters who started the build that carries it out
     * @return empty if there is none that counts
     */
    public static Optional<Approval> of(
            final String id, final Instant since, final Starters starters, final List<Approval> written) {
        return written.stream()
                .filter(approval -> approval.planId().equals(id))
                .filter(approval -> !approval.at().isBefore(since))
                .filter(approval -> starters.exclude(approval.approver()))
                .findFirst();
    }

    /**
     * Whether an approval is for what can be done now: not for what its plan was carried out under, and has ended since.
     *
     * @param past what became of the plan; empty if it was not used
     */
    public static boolean stands(final Approval given, final Optional<PastChange> past) {
        return past.isEmpty()
                || past.get().left().filter(left -> !given.at().isBefore(left)).isPresent();
    }

    /** Why none of those that were written down counts; empty if there is none of it at all. */
    public static String why(
            final String id, final Instant since, final Starters starters, final List<Approval> written) {
        return written.stream()
                .filter(approval -> approval.planId().equals(id))
                .findFirst()
                .map(approval -> why(approval, since, starters))
                .orElse("");
    }

    private static String why(final Approval approval, final Instant since, final Starters starters) {
        if (approval.at().isBefore(since)) {
            return "the approval on its page was given before " + since;
        }
        return starters.include(approval.approver())
                ? "'" + Text.printable(approval.approver())
                        + "' approved it on its page, who started this build; somebody else has to"
                : "it " + Starters.untold();
    }
}
