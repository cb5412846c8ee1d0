package io.jenkins.plugins.azurestack.bmc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.bmc.PasswordStore.Generation;
import io.jenkins.plugins.azurestack.change.End;
import org.junit.Test;

/** What an update of the BMC password does when nothing goes wrong, and what it refuses to begin. */
public class BmcRotationTest {
    private final PaperRack rack = new PaperRack(8);
    private final Desk desk = new Desk(rack);

    @Test
    public void theStampGivesItsBmcsAGeneratedPasswordThatIsCurrentAfterwards() throws Exception {
        final BmcPlan plan = desk.plan();
        assertThat(plan.isOpen()).as(plan.gates().toString()).isTrue();
        assertThat(plan.intent().way()).isEqualTo(BmcWay.STAMP);
        final End<BmcEnding> end = desk.apply(plan);
        assertThat(end.state()).as(end + "\n" + String.join("\n", rack.log)).isEqualTo(BmcEnding.COMPLETED);
        final String fresh = rack.store.get(Generation.CURRENT);
        assertThat(fresh).hasSize(16).isNotEqualTo(PaperRack.OLD);
        assertThat(rack.everyBmcTakes(fresh)).isTrue();
        assertThat(rack.kept).isEqualTo(fresh);
        assertThat(rack.store).containsEntry(Generation.PREVIOUS, PaperRack.OLD).doesNotContainKey(Generation.PENDING);
        assertThat(rack.sent).containsExactly(fresh);
        assertThat(rack.bmcs).allMatch(bmc -> bmc.mostWrong == 0);
        assertThat(desk.isLocked()).isFalse();
    }
}
