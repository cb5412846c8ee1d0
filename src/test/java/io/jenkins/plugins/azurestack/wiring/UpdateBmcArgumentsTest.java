package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.bmc.BmcCondition;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.time.Duration;
import java.util.List;
import org.junit.Test;

/** Which arguments of {@code azsUpdateBmc} go together. */
public class UpdateBmcArgumentsTest {
    private static final String ID = "east-bmc-20261126-5k2f8q0c";

    private static UpdateBmcArguments arguments(
            final String given,
            final boolean generate,
            final boolean plan,
            final String approved,
            final String resume,
            final boolean back,
            final List<String> accepted,
            final int timeout) {
        return new UpdateBmcArguments(given, generate, plan, approved, resume, back, accepted, timeout);
    }

    private static void assertRejected(final String field, final Runnable making) {
        assertThatThrownBy(making::run).isInstanceOf(Rejected.class).hasMessageStartingWith(field + ": ");
    }

    @Test
    public void aPlanSaysWhereTheNewPasswordComesFrom() {
        assertThat(arguments("", true, true, "", "", false, List.of("Way-Back"), 0)
                        .accepted())
                .containsExactly(BmcCondition.WAY_BACK);
        assertThat(arguments(" new ", false, true, "", "", false, List.of(), 0).newCredentialsId())
                .isEqualTo("new");
        assertRejected("generate", () -> arguments("", false, true, "", "", false, List.of(), 0));
        assertRejected("generate", () -> arguments("new", true, true, "", "", false, List.of(), 0));
    }

    @Test
    public void whatIsApprovedWithThePlanIsRefusedElsewhere() {
        assertRejected("generate", () -> arguments("", true, false, ID, "", false, List.of(), 0));
        assertRejected("newCredentialsId", () -> arguments("new", false, false, "", ID, false, List.of(), 0));
        assertRejected("acceptUnknown", () -> arguments("", false, false, ID, "", false, List.of("alerts"), 0));
        assertRejected("acceptUnknown", () -> arguments("", true, true, "", "", false, List.of("bmcs"), 0));
        assertRejected("acceptUnknown", () -> arguments("", true, true, "", "", false, List.of("weather"), 0));
    }

    @Test
    public void oneThingIsDoneAtATime() {
        assertThat(arguments("", false, false, ID, "", false, List.of(), 60).asked())
                .satisfies(asked -> assertThat(asked.action()).isEqualTo(PlanArguments.Action.APPLY))
                .satisfies(asked -> assertThat(asked.patience()).contains(Duration.ofMinutes(1)));
        assertThat(arguments("", false, false, "", ID, true, List.of(), 0)
                        .asked()
                        .action())
                .isEqualTo(PlanArguments.Action.RESUME);
        assertRejected("plan", () -> arguments("", false, false, "", "", false, List.of(), 0));
        assertRejected("plan", () -> arguments("", true, true, ID, "", false, List.of(), 0));
        assertRejected("back", () -> arguments("", false, false, ID, "", true, List.of(), 0));
        assertRejected("timeout", () -> arguments("", true, true, "", "", false, List.of(), 9));
        assertRejected("resume", () -> arguments("", false, false, "", "../etc", false, List.of(), 0));
    }
}
