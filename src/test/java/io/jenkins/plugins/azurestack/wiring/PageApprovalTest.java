package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.bmc.BmcEnding;
import io.jenkins.plugins.azurestack.bmc.PastBmcRotation;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.rotation.PastRotation;
import io.jenkins.plugins.azurestack.rotation.RotationEnding;
import io.jenkins.plugins.azurestack.rotation.RotationScope;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.Test;

public class PageApprovalTest {
    private static final String ID = "east-external-20261126-abc";
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final PageApproval.Planned PLAN =
            new PageApproval.Planned(ID, "cafe", true, NOW.plus(Duration.ofHours(23)));
    private static final Starters STARTERS = Starters.of(Set.of("alice"));

    @Test
    public void somebodyElseApprovesAPlan() {
        assertThat(PageApproval.approve(PLAN, "cafe", "bob", STARTERS, Optional.empty(), NOW, "rotate #7"))
                .isEqualTo(new Approval(ID, "bob", NOW, "on the page of rotate #7"));
        assertThat(PageApproval.approve(PLAN, "cafe", "bob", Starters.of(Set.of()), Optional.empty(), NOW, "rotate #7")
                        .approver())
                .isEqualTo("bob");
    }

    @Test
    public void whoStartedTheBuildDoesNotInWhateverCase() {
        rejected("a build that you started", () -> approve("alice"));
        rejected("a build that you started", () -> approve("ALICE"));
    }

    @Test
    public void whereNobodyKnowsWhoStartedABuildNobodyApprovesNorDoesAnApprovalCount() {
        final Starters some = STARTERS.and(Starters.UNTOLD);
        rejected("a build that you started", () -> approve("alice", some));
        rejected("does not tell who started its build", () -> approve("bob", some));
        final List<Approval> written = List.of(approve("bob", STARTERS));
        assertThat(PageApproval.of(ID, NOW, some, written)).isEmpty();
        assertThat(PageApproval.why(ID, NOW, some, written)).contains("does not tell who started its build");
    }

    @Test
    public void whatThePageDidNotShowIsNotApproved() {
        rejected(
                "not what the page showed",
                () -> PageApproval.approve(PLAN, "beef", "bob", STARTERS, Optional.empty(), NOW, "rotate #7"));
        rejected(
                "not what the page showed",
                () -> PageApproval.approve(PLAN, null, "bob", STARTERS, Optional.empty(), NOW, "rotate #7"));
    }

    @Test
    public void aPlanThatExpiredOrIsInTheWayOfItselfIsNotApproved() {
        final PageApproval.Planned old = new PageApproval.Planned(ID, "cafe", true, NOW.minusSeconds(1));
        rejected(
                "expired at 2026-11-26T11:59:59Z",
                () -> PageApproval.approve(old, "cafe", "bob", STARTERS, Optional.empty(), NOW, "rotate #7"));
        final PageApproval.Planned blocked = new PageApproval.Planned(ID, "cafe", false, PLAN.expires());
        rejected(
                "can't be carried out as it is",
                () -> PageApproval.approve(blocked, "cafe", "bob", STARTERS, Optional.empty(), NOW, "rotate #7"));
    }

    @Test
    public void aPlanThatWasUsedIsNotApprovedAgain() {
        for (final RotationEnding state : RotationEnding.values()) {
            if (state != RotationEnding.NEEDS_RERUN) {
                rejected("was used", () -> approveAfter(past(Optional.of(state))));
            }
        }
        rejected("was used", () -> approveAfter(past(Optional.empty())));
    }

    @Test
    public void aFailedRotationIsApprovedToBeRunAgainHoweverOldItsPlan() {
        final PageApproval.Planned old = new PageApproval.Planned(ID, "cafe", true, NOW.minusSeconds(1));
        assertThat(PageApproval.approve(
                                old,
                                "cafe",
                                "bob",
                                STARTERS,
                                Optional.of(past(Optional.of(RotationEnding.NEEDS_RERUN))),
                                NOW,
                                "rotate #7")
                        .planId())
                .isEqualTo(ID);
    }

    @Test
    public void whatAPlanWasCarriedOutUnderDoesNotStandForARerun() {
        final PastChange failed = past(Optional.of(RotationEnding.NEEDS_RERUN));
        final Approval before = new Approval(ID, "bob", NOW.minusSeconds(1), "page");
        final Approval after = new Approval(ID, "bob", NOW, "page");

        assertThat(PageApproval.stands(before, Optional.empty())).isTrue();
        assertThat(PageApproval.stands(before, Optional.of(failed))).isFalse();
        assertThat(PageApproval.stands(after, Optional.of(failed))).isTrue();
    }

    @Test
    public void thatTheFormerBmcPasswordIsGivenBackIsApprovedOnceAnUpdateWasLeft() {
        for (final BmcEnding state : BmcEnding.values()) {
            final PastChange past = PastChange.of(new PastBmcRotation(
                    new RotationId("east-bmc-20261126-abc"),
                    Optional.of(NOW),
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.of(new End<>(new RotationId("east-bmc-20261126-abc"), state, "what", "", List.of())),
                    Optional.of(NOW),
                    Optional.empty()));
            if (state.isOver()) {
                rejected("was used", () -> approveAfter(past));
            } else {
                assertThat(approveAfter(past).approver()).isEqualTo("bob");
            }
        }
    }

    @Test
    public void anApprovalCountsForItsPlanFromItsTimeOnAndNotForWhoCarriesItOut() {
        final List<Approval> written = List.of(new Approval(ID, "bob", NOW, "on the page of rotate #7"));

        assertThat(PageApproval.of(ID, NOW, STARTERS, written)).contains(written.get(0));
        assertThat(PageApproval.of("east-external-20261126-other", NOW, STARTERS, written))
                .isEmpty();
        assertThat(PageApproval.of(ID, NOW.plusSeconds(1), STARTERS, written)).isEmpty();
        assertThat(PageApproval.of(ID, NOW, Starters.of(Set.of("Bob")), written))
                .isEmpty();
        assertThat(PageApproval.why(ID, NOW.plusSeconds(1), STARTERS, written)).contains("was given before");
        assertThat(PageApproval.why(ID, NOW, Starters.of(Set.of("Bob")), written))
                .isEqualTo("'bob' approved it on its page, who started this build; somebody else has to");
        assertThat(PageApproval.why(ID, NOW, STARTERS, List.of())).isEmpty();
    }

    @Test
    public void whyAnApprovalOnThePageDoesNotCountIsSaidWhereNoInputWasAnswered() {
        assertThatThrownBy(
                        () -> InputApproval.of(ID, NOW, STARTERS, List.of(), "rotate #8", "'bob' started this build"))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining(
                        "has not been approved: 'bob' started this build. Nothing was changed. Approve it on"
                                + " the page");
    }

    private static Approval approve(final String user) {
        return approve(user, STARTERS);
    }

    private static Approval approve(final String user, final Starters starters) {
        return PageApproval.approve(PLAN, "cafe", user, starters, Optional.empty(), NOW, "rotate #7");
    }

    private static Approval approveAfter(final PastChange past) {
        return PageApproval.approve(PLAN, "cafe", "bob", STARTERS, Optional.of(past), NOW, "rotate #7");
    }

    private static PastChange past(final Optional<RotationEnding> state) {
        final RotationId id = new RotationId(ID);
        return PastChange.of(new PastRotation(
                id,
                Optional.of(NOW),
                Optional.of(RotationScope.EXTERNAL),
                1,
                Optional.empty(),
                Optional.empty(),
                state.map(one -> new End<>(id, one, "what happened", "", List.of())),
                Optional.of(NOW),
                Optional.empty()));
    }

    private static void rejected(final String words, final ThrowingCallable approving) {
        assertThatThrownBy(approving)
                .isInstanceOf(Rejected.class)
                .hasMessageContaining(words)
                .hasMessageContaining("Nothing was approved");
    }
}
