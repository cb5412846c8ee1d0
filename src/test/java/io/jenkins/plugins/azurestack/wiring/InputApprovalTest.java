package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.InputApproval.Answer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

public class InputApprovalTest {
    private static final String PLAN = "east-external-1";
    private static final Instant MADE = Instant.parse("2026-11-26T12:00:00Z");

    @Test
    public void somebodyElseHasApprovedThePlanByItsName() {
        assertThat(approval(answer("alice", 5, PLAN), answer("board", 10, "Ready: rotation (plan " + PLAN + ")")))
                .isEqualTo(new Approval(PLAN, "board", MADE.plusSeconds(11), "an input of maintenance/east #3"));
    }

    @Test
    public void whoStartedTheBuildCannotApproveInAnyCase() {
        requireMissing("'ALICE' answered, who started this build", answer("ALICE", 10, PLAN));
    }

    @Test
    public void anInputOfSomethingElseApprovesNothing() {
        requireMissing("no input of this run was answered");
        requireMissing("no input of this run that was answered names it", answer("board", 10, "Proceed?"));
    }

    @Test
    public void anInputThatWasAskedBeforeThePlanWasMadeApprovesNothing() {
        requireMissing("was asked before 2026-11-26T12:00:00Z", answer("board", -1, PLAN));
        assertThat(approval(answer("board", 0, PLAN)).approver()).isEqualTo("board");
    }

    @Test
    public void nobodyThatJenkinsKnowsApprovesNothing() {
        requireMissing(
                "answered by nobody that Jenkins knows",
                new Answer(Optional.empty(), MADE.plusSeconds(1), MADE.plusSeconds(2), PLAN));
    }

    @Test
    public void whereATimerStartedTheBuildAnybodyMayApprove() {
        assertThat(InputApproval.of(PLAN, MADE, Starters.of(Set.of()), List.of(answer("alice", 1, PLAN)), "job #1")
                        .approver())
                .isEqualTo("alice");
    }

    @Test
    public void whereNobodyKnowsWhoStartedTheBuildNobodyApproves() {
        assertThatThrownBy(() -> InputApproval.of(
                        PLAN, MADE, Starters.UNTOLD, List.of(answer("bob", 1, PLAN)), "maintenance/east #3"))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("does not tell who started its build")
                .hasMessageContaining("Nothing was changed.");
    }

    private static Approval approval(final Answer... answers) {
        return InputApproval.of(
                PLAN, MADE, Starters.of(Set.of("alice")), Arrays.asList(answers), "maintenance/east #3");
    }

    private static void requireMissing(final String reason, final Answer... answers) {
        assertThatThrownBy(() -> approval(answers))
                .isInstanceOf(Rejected.class)
                .hasMessageStartingWith("approvedPlan: '" + PLAN + "' has not been approved: ")
                .hasMessageContaining(reason)
                .hasMessageContaining("Nothing was changed");
    }

    private static Answer answer(final String user, final int after, final String message) {
        return new Answer(Optional.of(user), MADE.plusSeconds(after), MADE.plusSeconds(after + 1L), message);
    }
}
