package io.jenkins.plugins.azurestack.bmc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.bmc.PaperRack.Answer;
import io.jenkins.plugins.azurestack.bmc.PaperRack.StoreFault;
import io.jenkins.plugins.azurestack.bmc.PasswordStore.Generation;
import io.jenkins.plugins.azurestack.change.End;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** The faults that are no single BMC's: a store that does not follow, and answers of the stamp that are lost. */
public class StoreFaultsTest {
    private static final int NODES = 4;

    private final PaperRack rack = new PaperRack(NODES);
    private final Desk desk = new Desk(rack);

    private long changes() {
        return rack.bmcs.stream().mapToLong(bmc -> bmc.given.size()).sum() + rack.sent.size();
    }

    @Test
    public void aStoreThatDoesNotTakeTheNewPasswordEndsItBeforeAnyBmcIsTouched() throws Exception {
        for (final StoreFault fault : StoreFault.values()) {
            final PaperRack one = new PaperRack(NODES);
            final Desk at = new Desk(one);
            one.storeFaults.put(Generation.PENDING, fault);
            final End<BmcEnding> end = at.apply(at.plan());
            assertThat(end.state()).as(end.toString()).isEqualTo(BmcEnding.NOT_STARTED);
            assertThat(end.message()).contains("could not be kept").contains("No BMC was changed");
            assertThat(one.sent).isEmpty();
            assertThat(one.everyBmcTakes(PaperRack.OLD)).isTrue();
            assertThat(at.isLocked()).isFalse();
        }
    }

    @Test
    public void aStoreThatSaysYesAndDidNotWriteIsCaughtByReadingBack() throws Exception {
        rack.storeFaults.put(Generation.PENDING, StoreFault.LIES);
        assertThat(desk.apply(desk.plan()).message()).contains("reading it back gives something else");
        assertThat(changes()).isZero();
    }

    @Test
    public void aStoreThatDoesNotFollowAtTheEndHoldsBothPasswordsAndTheMessageSaysWhichIsLive() throws Exception {
        for (final StoreFault fault : StoreFault.values()) {
            for (final Generation generation : List.of(Generation.PREVIOUS, Generation.CURRENT)) {
                final PaperRack one = new PaperRack(NODES);
                final Desk at = new Desk(one);
                one.atPhase.put(BmcPhase.FINISH, () -> one.storeFaults.put(generation, fault));
                final BmcPlan plan = at.plan();
                final End<BmcEnding> end = at.apply(plan);
                final String fresh = one.store.get(Generation.PENDING);
                assertThat(end.state()).isEqualTo(BmcEnding.NOT_SAVED);
                assertThat(end.message()).contains("Every BMC takes the new password, which 'east-bmc-pending' holds");
                assertThat(one.everyBmcTakes(fresh)).isTrue();
                assertThat(one.store).containsValue(PaperRack.OLD).containsValue(fresh);
                assertThat(at.isLocked()).isTrue();
                one.storeFaults.clear();
                assertThat(at.resume(plan).state()).isEqualTo(BmcEnding.COMPLETED);
                assertThat(one.store).isEqualTo(Map.of(Generation.CURRENT, fresh, Generation.PREVIOUS, PaperRack.OLD));
                assertThat(one.sent).hasSize(1);
            }
        }
    }

    @Test
    public void aLostAnswerOfTheStampIsSettledByLogonsAndNothingIsSentAgain() throws Exception {
        for (final Answer answer : List.of(Answer.LOSES_SESSION, Answer.LOSES_CALL)) {
            final PaperRack one = new PaperRack(NODES);
            final Desk at = new Desk(one);
            one.answers.add(answer);
            one.atPhase.put(BmcPhase.TEST, () -> one.canBeAsked = answer != Answer.LOSES_CALL);
            final BmcPlan plan = at.plan();
            final End<BmcEnding> end = at.apply(plan);
            assertThat(end.state())
                    .as(end + String.join("\n", one.log))
                    .isEqualTo(answer == Answer.LOSES_SESSION ? BmcEnding.COMPLETED : BmcEnding.UNKNOWN);
            assertThat(one.sent).hasSize(1);
            assertThat(at.resume(plan).state())
                    .isEqualTo(answer == Answer.LOSES_SESSION ? BmcEnding.COMPLETED : BmcEnding.UNKNOWN);
            assertThat(one.sent).hasSize(1);
            assertThat(one.lost()).isEmpty();
        }
    }

    @Test
    public void aPasswordThatWasRemovedWhileBmcsMayTakeItStopsEverything() throws Exception {
        rack.atPhase.put(BmcPhase.SET, () -> rack.bmc(2).rejects = true);
        final BmcPlan plan = desk.plan();
        assertThat(desk.apply(plan).state()).isEqualTo(BmcEnding.PARTIAL);
        final String fresh = rack.store.remove(Generation.PENDING);
        final End<BmcEnding> end = desk.resume(plan);
        assertThat(end.state()).isEqualTo(BmcEnding.UNKNOWN);
        assertThat(end.message()).contains("does not hold the password any more");
        assertThat(rack.sent).hasSize(1);
        rack.store.put(Generation.PENDING, fresh);
        rack.bmc(2).rejects = false;
        assertThat(desk.resume(plan).state()).isEqualTo(BmcEnding.COMPLETED);
    }

    @Test
    public void aCallThatNobodyHasSeenMayStillBeginSoThatItsPasswordIsKept() throws Exception {
        rack.answers.add(Answer.BEGINS_LATE);
        final BmcPlan plan = desk.plan();
        final End<BmcEnding> end = desk.apply(plan);
        assertThat(end.state()).as(end.toString()).isEqualTo(BmcEnding.UNKNOWN);
        assertThat(rack.store).containsKey(Generation.PENDING);
        assertThat(desk.back(plan).state()).as("going back would forget it").isEqualTo(BmcEnding.UNKNOWN);
        rack.pass(Duration.ofHours(1));
        assertThat(rack.lost()).isEmpty();
        assertThat(desk.resume(plan).state()).isEqualTo(BmcEnding.COMPLETED);
        assertThat(rack.sent).hasSize(1);
    }
}
