package io.jenkins.plugins.azurestack.bmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.bmc.PasswordStore.Generation;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.change.Gate.Verdict;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

/** Which condition stands in the way of what, and that no other does. */
public class GatesTest {
    private final PaperRack rack = new PaperRack(3);
    private final Desk desk = new Desk(rack);

    private void onlyClosed(final BmcCondition name, final Verdict verdict, final String words) throws Exception {
        final BmcPlan plan = desk.plan();
        assertThat(plan.closed()).singleElement().satisfies(gate -> {
            assertThat(gate.condition()).isEqualTo(name);
            assertThat(gate.verdict()).isEqualTo(verdict);
            assertThat(gate.message()).contains(words);
            assertThat(gate.advice()).isNotEmpty();
        });
        assertThat(plan.summary()).startsWith("Not possible now: ").contains(name.word());
        final End<BmcEnding> end = desk.apply(plan);
        assertThat(end.state()).isEqualTo(BmcEnding.NOT_STARTED);
        assertThat(rack.sent).isEmpty();
        assertThat(rack.everyBmcTakes(rack.bmc(1).password)).isTrue();
        assertThat(desk.isLocked()).isFalse();
    }

    @Test
    public void aVersionThatNobodyKnows() throws Exception {
        rack.version = "whatever";
        onlyClosed(BmcCondition.VERSION, Verdict.FAILED, "can't be read");
    }

    @Test
    public void aStampThatDoesNotWriteToBmcsThatNobodyElseReaches() throws Exception {
        rack.version = "1.1908.4.33";
        rack.reached = false;
        onlyClosed(BmcCondition.VERSION, Verdict.FAILED, "does not write to its BMCs");
    }

    @Test
    public void aCmdletThatLacksAParameter() throws Exception {
        rack.parameters = Set.of("verbose");
        onlyClosed(BmcCondition.CMDLET, Verdict.FAILED, "bmcpassword");
    }

    @Test
    public void aBypassThatTheCmdletDoesNotKnow() throws Exception {
        rack.parameters = Set.of("bmcpassword", "bmcuser");
        rack.givenPassword = Optional.of("Changed-By.Hand1");
        rack.bmcs.forEach(bmc -> bmc.password = "Changed-By.Hand1");
        onlyClosed(BmcCondition.CMDLET, Verdict.FAILED, "bypassbmcupdate");
    }

    @Test
    public void aStoreThatCannotBeWritten() throws Exception {
        rack.obstacles = List.of("its provider is read-only");
        onlyClosed(BmcCondition.STORE, Verdict.FAILED, "read-only");
    }

    @Test
    public void aResourceManagerThatKnowsNoNode() throws Exception {
        rack.bmcs.clear();
        assertThat(desk.plan().closed()).anySatisfy(gate -> {
            assertThat(gate.condition()).isEqualTo(BmcCondition.NODES);
            assertThat(gate.advice()).isEqualTo("Name the BMCs in the stamp's configuration.");
        });
    }

    @Test
    public void aPasswordThatIsTooLong() throws Exception {
        rack.givenPassword = Optional.of("Seventeen-letters");
        onlyClosed(BmcCondition.PASSWORD, Verdict.FAILED, "16 at most");
    }

    @Test
    public void thePasswordThatIsThereAlready() throws Exception {
        rack.givenPassword = Optional.of(PaperRack.OLD);
        onlyClosed(BmcCondition.PASSWORD, Verdict.FAILED, "it is the current one");
    }

    @Test
    public void aBmcThatTakesNoPasswordThatCanBeMade() throws Exception {
        rack.bmc(2).rules =
                new PasswordRules(1, 10, 0, Duration.ZERO, 0, Optional.of(5), Optional.empty(), Optional.empty());
        onlyClosed(BmcCondition.PASSWORD, Verdict.FAILED, "no password of 14 to 16 characters");
    }

    @Test
    public void aRotationAnUpdateAndAnExclusiveOperation() throws Exception {
        rack.rotation = Optional.of("plan 17");
        onlyClosed(BmcCondition.ROTATION, Verdict.FAILED, "plan 17");
        rack.rotation = Optional.empty();
        rack.updating = Optional.of("1.2501.1.60");
        onlyClosed(BmcCondition.UPDATE, Verdict.FAILED, "1.2501.1.60");
        rack.updating = Optional.empty();
        rack.exclusive = Optional.of("AddNode");
        onlyClosed(BmcCondition.EXCLUSIVE_OPERATION, Verdict.FAILED, "AddNode");
    }

    @Test
    public void alertsAndAMissingWayBackMayBeAccepted() throws Exception {
        rack.alerts = List.of("'BMC connection timeout' of node02");
        onlyClosed(BmcCondition.ALERTS, Verdict.UNKNOWN, "node02");
        assertThat(desk.plan(BmcCondition.ALERTS).isOpen()).isTrue();
        rack.alerts = List.of();
        rack.bmc(3).rules = new PasswordRules(
                1, 20, 0, Duration.ofHours(24), 0, Optional.of(5), Optional.empty(), Optional.empty());
        onlyClosed(BmcCondition.WAY_BACK, Verdict.UNKNOWN, "24 hours");
        assertThat(desk.plan(BmcCondition.WAY_BACK).isOpen()).isTrue();
        assertThatThrownBy(() -> desk.plan(BmcCondition.BMCS)).isInstanceOf(Rejected.class);
    }

    @Test
    public void anAccountThatTwoWrongPasswordsLockIsNotTried() throws Exception {
        rack.bmc(3).rules = new PasswordRules(
                8, 20, 0, Duration.ZERO, 0, Optional.of(2), Optional.of(Duration.ofHours(1)), Optional.empty());

        onlyClosed(BmcCondition.BMCS, Verdict.FAILED, "one or two wrong passwords");
    }

    @Test
    public void aStampThatDoesNotGetOnWithItsBmcs() throws Exception {
        rack.kept = "something else";
        onlyClosed(BmcCondition.SUMMARY, Verdict.FAILED, "AzsStampBMCSummary");
    }

    @Test
    public void aPendingPasswordIsGoneOnWithAndNothingElseTakesItsPlace() throws Exception {
        rack.store.put(Generation.PENDING, "Left-Over.16-abc");
        rack.bmc(2).password = "Left-Over.16-abc";
        rack.givenPassword = Optional.of("Another-One.16-a");
        final BmcPlan refused = desk.plan();
        assertThat(refused.closed()).extracting(Gate::condition).contains(BmcCondition.PASSWORD);
        rack.givenPassword = Optional.empty();
        final BmcPlan plan = desk.plan();
        assertThat(plan.isOpen()).as(plan.gates().toString()).isTrue();
        assertThat(plan.intent().source()).isEqualTo(PasswordSource.PENDING);
        assertThat(plan.intent().way()).isEqualTo(BmcWay.BYPASS);
        assertThat(plan.remarks()).anyMatch(remark -> remark.contains("goes on with it"));
        assertThat(desk.apply(plan).state()).isEqualTo(BmcEnding.COMPLETED);
        assertThat(rack.everyBmcTakes("Left-Over.16-abc")).isTrue();
        assertThat(rack.sent).containsExactly("Left-Over.16-abc bypass");
        assertThat(rack.bmc(2).given).isEmpty();
    }

    @Test
    public void aNodeThatTakesThePreviousPasswordIsBroughtAlong() throws Exception {
        rack.bmc(2).password = PaperRack.OLDER;
        final BmcPlan plan = desk.plan();
        assertThat(plan.isOpen()).as(plan.gates().toString()).isTrue();
        assertThat(desk.apply(plan).state()).isEqualTo(BmcEnding.COMPLETED);
        assertThat(rack.everyBmcTakes(rack.store.get(Generation.CURRENT))).isTrue();
        assertThat(rack.bmc(2).mostWrong).isEqualTo(1);
    }

    @Test
    public void whatWasApprovedAndIsAnotherNowIsNotBegun() throws Exception {
        final BmcPlan plan = desk.plan();
        rack.version = "1.2501.1.60";
        final End<BmcEnding> end = desk.apply(plan);
        assertThat(end.state()).isEqualTo(BmcEnding.NOT_STARTED);
        assertThat(end.message()).contains("not what was approved");
        assertThat(rack.sent).isEmpty();
    }
}
