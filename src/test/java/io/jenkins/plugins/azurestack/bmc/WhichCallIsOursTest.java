package io.jenkins.plugins.azurestack.bmc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.bmc.PaperRack.Answer;
import io.jenkins.plugins.azurestack.bmc.PaperRack.Killed;
import io.jenkins.plugins.azurestack.bmc.PasswordStore.Generation;
import io.jenkins.plugins.azurestack.change.End;
import java.time.Duration;
import org.junit.Test;

/** What the stamp says of one change is never taken for what became of another; a call that nobody saw is not repeated. */
public class WhichCallIsOursTest {
    private final PaperRack rack = new PaperRack(2);
    private final Desk desk = new Desk(rack);

    private void changeOnceBefore() throws Exception {
        assertThat(desk.apply(desk.plan()).state()).isEqualTo(BmcEnding.COMPLETED);
        rack.sent.clear();
    }

    @Test
    public void anOldChangeIsNotOursWhereNobodyKnewOfItBefore() throws Exception {
        rack.reached = false;
        changeOnceBefore();
        final String working = rack.store.get(Generation.CURRENT);
        rack.canBeAsked = false;
        rack.answers.add(Answer.LOSES_CALL);
        rack.atPhase.put(BmcPhase.TEST, () -> rack.canBeAsked = true);
        final End<BmcEnding> end = desk.apply(desk.plan());
        assertThat(end.state()).as(end.toString()).isEqualTo(BmcEnding.NOT_STARTED);
        assertThat(rack.sent).isEmpty();
        assertThat(rack.store).containsEntry(Generation.CURRENT, working);
    }

    @Test
    public void anOldChangeWithoutAnIdIsNotOurs() throws Exception {
        rack.reached = false;
        changeOnceBefore();
        final String working = rack.store.get(Generation.CURRENT);
        rack.namesInstances = false;
        rack.answers.add(Answer.LOSES_CALL);
        final End<BmcEnding> end = desk.apply(desk.plan());
        assertThat(end.state()).as(end.toString()).isEqualTo(BmcEnding.UNKNOWN);
        assertThat(rack.store).containsEntry(Generation.CURRENT, working).containsKey(Generation.PENDING);
    }

    @Test
    public void theEndOfTheFirstCallIsNotThatOfTheSecond() throws Exception {
        rack.reached = false;
        rack.answers.add(Answer.FAILS);
        rack.answers.add(Answer.BEGINS_LATE);
        final BmcPlan plan = desk.plan();
        assertThat(desk.apply(plan).state()).isEqualTo(BmcEnding.PARTIAL);
        assertThat(desk.resume(plan).state()).isEqualTo(BmcEnding.UNKNOWN);
        assertThat(desk.resume(plan).state()).isEqualTo(BmcEnding.UNKNOWN);
        assertThat(rack.sent).hasSize(2);
        rack.pass(Duration.ofHours(1));
        assertThat(desk.resume(plan).state()).isEqualTo(BmcEnding.COMPLETED);
        assertThat(rack.sent).hasSize(2);
    }

    @Test
    public void aCallThatNobodyHasSeenIsNotSentAgainByWhoComesAfterAKill() throws Exception {
        rack.answers.add(Answer.BEGINS_LATE);
        final BmcPlan plan = desk.plan();
        rack.atPhase.put(BmcPhase.TEST, () -> {
            throw new Killed();
        });
        try {
            desk.apply(plan);
        } catch (Killed e) {
            desk.disk.restartProcess();
        }
        final End<BmcEnding> end = desk.resume(plan);
        assertThat(end.state()).as(end.toString()).isEqualTo(BmcEnding.UNKNOWN);
        assertThat(rack.sent).hasSize(1);
        rack.pass(Duration.ofHours(1));
        assertThat(desk.resume(plan).state()).isEqualTo(BmcEnding.COMPLETED);
        assertThat(rack.sent).hasSize(1);
    }
}
