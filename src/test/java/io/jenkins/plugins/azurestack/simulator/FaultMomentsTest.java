package io.jenkins.plugins.azurestack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Faults;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

/** When faults strike, without a stamp. */
public class FaultMomentsTest {
    private static final String PEP = "10.30.0.225";

    private final Faults faults = new Faults(new StampTime(Clock.systemUTC(), Instant.EPOCH, 1));

    @Test
    public void whatBeginsAtALaterOccasionIsNotInForceBefore() {
        faults.arm("endpoint-down@10.30.0.225#2x2");
        assertThat(faults.strikes(Fault.ENDPOINT_DOWN, PEP)).isFalse();
        assertThat(faults.isInForce(Fault.ENDPOINT_DOWN, PEP)).isFalse();
        assertThat(faults.strikes(Fault.ENDPOINT_DOWN, PEP)).isTrue();
        assertThat(faults.isInForce(Fault.ENDPOINT_DOWN, PEP)).isTrue();
        assertThat(faults.strikes(Fault.ENDPOINT_DOWN, PEP)).isTrue();
        assertThat(faults.isInForce(Fault.ENDPOINT_DOWN, PEP)).isFalse();
    }

    @Test
    public void whatIsArmedForEverIsInForceAtOnce() {
        faults.arm("endpoint-down");
        assertThat(faults.isInForce(Fault.ENDPOINT_DOWN, PEP)).isTrue();
    }

    @Test
    public void anOccasionThatNeverComesIsAnError() {
        for (final String wrong : List.of(
                "endpoint-down@alerts",
                "bmc-refuses@10.30.0.225",
                "wrong-layout@Test-AzureStack",
                "update-running@node01",
                "share-foreign-files@Start-SecretRotation",
                "session-drop@node01",
                "everything-expired@node01")) {
            assertThatThrownBy(() -> Faults.require(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("would never strike; it has ");
        }
        for (final String right : List.of(
                "endpoint-down@adminmanagement#2",
                "answer-lost@node01 PATCH",
                "session-drop@receive#3",
                "action-plan-fails@Update Key Vault certificates",
                "update-running@+PT10M",
                "throttled@alertsx3")) {
            assertThat(Faults.require(right)).isEqualTo(right);
        }
    }
}
