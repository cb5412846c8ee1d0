package io.jenkins.plugins.azurestack.bmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.bmc.PaperRack.Answer;
import io.jenkins.plugins.azurestack.bmc.PaperRack.StoreFault;
import io.jenkins.plugins.azurestack.bmc.PasswordStore.Generation;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** Others edit, remove and reload credentials, and change the configuration, while an update is at work or waits. */
public class ForeignHandsTest {
    private static final String THEIRS = "Theirs-Password9";

    private final PaperRack rack = new PaperRack(3);
    private final Desk desk = new Desk(rack);

    private long changes() {
        return rack.bmcs.stream().mapToLong(bmc -> bmc.given.size()).sum() + rack.sent.size();
    }

    @Test
    public void whoWasLeftBeforeItsEndDoesNotRemoveWhatALaterUpdateKeepsAsPending() throws Exception {
        rack.atPhase.put(BmcPhase.FINISH, () -> rack.storeFaults.put(Generation.CURRENT, StoreFault.DENIES));
        final BmcPlan first = desk.plan();
        assertThat(desk.apply(first).state()).isEqualTo(BmcEnding.NOT_SAVED);
        rack.storeFaults.clear();
        desk.releaseByHand();
        rack.store.remove(Generation.PENDING);
        rack.answers.add(Answer.LOSES_SESSION);
        rack.atPhase.put(BmcPhase.TEST, () -> rack.canBeAsked = false);
        rack.atPhase.put(BmcPhase.SET, () -> rack.bmc(3).rejects = true);
        final BmcPlan second = desk.plan();
        assertThat(second.closed()).isEmpty();
        assertThat(desk.apply(second).state().isOver()).isFalse();
        rack.pass(Duration.ofHours(1));
        desk.releaseByHand();
        final End<BmcEnding> end = desk.resume(first);
        assertThat(rack.lost()).as(end + " " + rack.passwords()).isEmpty();
        assertThat(end.warnings()).as(end.toString()).anyMatch(words -> words.contains("left alone"));
        assertThat(rack.store).containsKey(Generation.PENDING);
    }

    @Test
    public void anUpdateIsNotProvedOtherwiseThanWasApproved() throws Exception {
        rack.reached = false;
        rack.answers.add(Answer.LOSES_CALL);
        final BmcPlan plan = desk.plan();
        assertThat(desk.apply(plan).state()).isEqualTo(BmcEnding.UNKNOWN);
        rack.reached = true;
        assertThatThrownBy(() -> desk.resume(plan))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("bmcAccess: stamp")
                .hasMessageContaining("Nothing was");
        assertThat(rack.store).containsEntry(Generation.CURRENT, PaperRack.OLD).containsKey(Generation.PENDING);
    }

    @Test
    public void aPendingPasswordThatIsRemovedBeforeItIsGivenEndsIt() throws Exception {
        rack.atPhase.put(BmcPhase.SET, () -> rack.store.remove(Generation.PENDING));
        final End<BmcEnding> end = desk.apply(desk.plan());
        assertThat(end.state()).as(end.toString()).isEqualTo(BmcEnding.NOT_STARTED);
        assertThat(changes()).isZero();
    }

    @Test
    public void aPendingPasswordThatIsEditedBeforeItIsGivenIsGivenToNobody() throws Exception {
        for (final String version : new String[] {"1.2501.1.47", "1.1908.4.33"}) {
            final PaperRack one = new PaperRack(3);
            one.version = version;
            final Desk at = new Desk(one);
            one.atPhase.put(BmcPhase.SET, () -> one.store.put(Generation.PENDING, THEIRS));
            final End<BmcEnding> end = at.apply(at.plan());
            assertThat(end.state()).as(end.toString()).isEqualTo(BmcEnding.NOT_STARTED);
            assertThat(one.everyBmcTakes(PaperRack.OLD)).isTrue();
            assertThat(one.sent).isEmpty();
        }
    }

    @Test
    public void aGivenPasswordThatChangesAfterTheLastLookIsNotKept() throws Exception {
        rack.givenPassword = Optional.of("Given-Password.3");
        final BmcPlan plan = desk.plan();
        rack.atPhase.put(BmcPhase.CREATE, () -> rack.givenNow = THEIRS);
        final End<BmcEnding> end = desk.apply(plan);
        assertThat(end.state()).as(end.toString()).isEqualTo(BmcEnding.NOT_STARTED);
        assertThat(rack.store).doesNotContainValue(THEIRS);
        assertThat(changes()).isZero();
    }

    @Test
    public void aPendingPasswordThatTheStoreOnlyShowsIsSavedBeforeItIsGiven() throws Exception {
        rack.storeFaults.put(Generation.PENDING, StoreFault.DENIES);
        assertThat(desk.apply(desk.plan()).state()).isEqualTo(BmcEnding.NOT_STARTED);
        assertThat(rack.store).containsKey(Generation.PENDING);
        assertThat(rack.saved).doesNotContainKey(Generation.PENDING);
        assertThat(desk.apply(desk.plan()).state()).isEqualTo(BmcEnding.NOT_STARTED);
        rack.storeFaults.clear();
        rack.atPhase.put(BmcPhase.TEST, rack::restartStore);
        final End<BmcEnding> end = desk.apply(desk.plan());
        assertThat(rack.lost()).as(end.toString()).isEmpty();
        assertThat(end.state()).as(end.toString()).isEqualTo(BmcEnding.COMPLETED);
    }

    @Test
    public void aCurrentPasswordThatTheStoreOnlyShowsIsSavedBeforeItIsOver() throws Exception {
        rack.atPhase.put(BmcPhase.FINISH, () -> rack.storeFaults.put(Generation.CURRENT, StoreFault.DENIES));
        final BmcPlan plan = desk.plan();
        assertThat(desk.apply(plan).state()).isEqualTo(BmcEnding.NOT_SAVED);
        rack.store.remove(Generation.PENDING);
        assertThat(desk.resume(plan).state()).isEqualTo(BmcEnding.NOT_SAVED);
        rack.storeFaults.clear();
        assertThat(desk.resume(plan).state()).isEqualTo(BmcEnding.COMPLETED);
        assertThat(rack.saved).isEqualTo(rack.store).containsEntry(Generation.PREVIOUS, PaperRack.OLD);
    }

    @Test
    public void aReloadThatRemovesThePendingPasswordWhileTheCallRunsIsMadeGood() throws Exception {
        rack.atPhase.put(BmcPhase.TEST, () -> rack.store.remove(Generation.PENDING));
        final End<BmcEnding> end = desk.apply(desk.plan());
        assertThat(rack.lost()).as(end.toString()).isEmpty();
        assertThat(end.state()).as(end.toString()).isEqualTo(BmcEnding.COMPLETED);
        assertThat(rack.log).anyMatch(line -> line.contains("put back"));
    }

    @Test
    public void whatIsTakenBackIsThePasswordFromBefore() throws Exception {
        rack.version = "1.1908.4.33";
        rack.answers.add(Answer.FAILS);
        final BmcPlan plan = desk.plan();
        assertThat(desk.apply(plan).state()).isEqualTo(BmcEnding.PARTIAL);
        rack.store.put(Generation.CURRENT, THEIRS);
        final End<BmcEnding> end = desk.back(plan);
        assertThat(end.state().isOver()).as(end.toString()).isFalse();
        assertThat(rack.bmcs).noneMatch(bmc -> bmc.given.contains(THEIRS));
        rack.store.put(Generation.CURRENT, PaperRack.OLD);
        assertThat(desk.back(plan).state()).isEqualTo(BmcEnding.RESTORED);
    }

    @Test
    public void aPasswordThatABmcMayTakeLaterStays() throws Exception {
        rack.version = "1.1908.4.33";
        rack.atPhase.put(BmcPhase.SET, () -> rack.bmc(1).answersLate = true);
        final End<BmcEnding> end = desk.apply(desk.plan());
        assertThat(end.state()).as(end.toString()).isEqualTo(BmcEnding.NOT_STARTED);
        rack.bmc(1).finishLate();
        assertThat(rack.lost()).as(rack.passwords().toString()).isEmpty();
    }

    @Test
    public void aStoreThatCannotBeReadGivesAPlanThatSaysSo() throws Exception {
        rack.version = "1.1908.4.33";
        rack.store.remove(Generation.CURRENT);
        final BmcPlan plan = desk.plan();
        assertThat(plan.closed()).extracting(Gate::condition).contains(BmcCondition.STORE);
    }

    @Test
    public void aPendingPasswordThatIsTheCurrentOneIsToBeRemovedByHand() throws Exception {
        rack.store.put(Generation.PENDING, PaperRack.OLD);
        final BmcPlan plan = desk.plan();
        assertThat(plan.closed())
                .filteredOn(gate -> gate.condition() == BmcCondition.PASSWORD)
                .singleElement()
                .satisfies(gate -> assertThat(gate.advice()).contains("delete 'east-bmc-pending'"));
        assertThat(rack.store)
                .isEqualTo(Map.of(
                        Generation.CURRENT, PaperRack.OLD,
                        Generation.PENDING, PaperRack.OLD,
                        Generation.PREVIOUS, PaperRack.OLDER));
    }
}
