package io.jenkins.plugins.azurestack.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.azurestack.expiry.Thresholds;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.CheckExpiryArguments;
import io.jenkins.plugins.azurestack.wiring.Policy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.Test;

public class AzsCheckExpiryStepTest {
    private final AzsCheckExpiryStep step = new AzsCheckExpiryStep("east");
    private final AzsCheckExpiryStep.DescriptorImpl descriptor = new AzsCheckExpiryStep.DescriptorImpl();

    @Test
    public void aStampIsAllItNeeds() {
        assertThat(step.toArguments()).isEqualTo(CheckExpiryArguments.defaults());
    }

    @Test
    public void everyArgumentReachesTheCheck() {
        step.setWarnDays(60);
        step.setCriticalDays(14);
        step.setSources(List.of("Credentials"));
        step.setUnstableOn("notice");
        step.setFailOn("NEVER");
        step.setTimeout(90);
        step.setVia("controller");

        assertThat(step.toArguments())
                .isEqualTo(new CheckExpiryArguments(
                        new Thresholds(60, 14),
                        List.of("credentials"),
                        Policy.NOTICE,
                        Policy.NEVER,
                        Duration.ofSeconds(90)));
    }

    @Test
    public void whatCannotBeRightIsRejectedNamingTheArgument() {
        assertRejected("stamp", () -> new AzsCheckExpiryStep(" "));
        assertRejected("stamp", () -> new AzsCheckExpiryStep("../../etc"));
        assertRejected("warnDays", () -> step.setWarnDays(-1));
        assertRejected("criticalDays", () -> step.setCriticalDays(-1));
        assertRejected("sources", () -> step.setSources(List.of("bmcs")));
        assertRejected("unstableOn", () -> step.setUnstableOn("SOMETIMES"));
        assertRejected("failOn", () -> step.setFailOn(null));
        assertRejected("timeout", () -> step.setTimeout(0));
        assertRejected("timeout", () -> step.setTimeout(86_401));
        assertRejected("via", () -> step.setVia("tunnel"));
    }

    @Test
    public void crossedThresholdsAreRejectedWhateverTheirOrder() {
        step.setCriticalDays(100);

        assertThatThrownBy(step::toArguments)
                .isInstanceOf(Rejected.class)
                .hasMessageStartingWith("criticalDays: 100 is more than warnDays (90)");
    }

    @Test
    public void connectionsBeginOnTheControllerOrOnTheAgentAndNowhereElse() {
        assertThat(step.getVia()).isEqualTo("controller");
        step.setVia(" Agent ");
        assertThat(step.getVia()).isEqualTo("agent");
        step.setVia("");
        assertThat(step.getVia()).isEqualTo("controller");
        assertThatThrownBy(() -> step.setVia("tunnel"))
                .isInstanceOf(Rejected.class)
                .hasMessage("via: 'tunnel' is neither 'controller' nor 'agent'");
    }

    @Test
    public void noSourcesMeansAllOfThem() {
        step.setSources(List.of(""));

        assertThat(step.getSources()).isEmpty();
        assertThat(step.toArguments().sources()).isEqualTo(CheckExpiryArguments.SOURCES);
    }

    @Test
    public void aRejectedValueLeavesTheOldOne() {
        step.setTimeout(60);
        assertThatThrownBy(() -> step.setTimeout(-5)).isInstanceOf(Rejected.class);

        assertThat(step.getTimeout()).isEqualTo(60);
    }

    @Test
    public void theStepRunsWithoutAWorkspace() {
        assertThat(descriptor.getFunctionName()).isEqualTo("azsCheckExpiry");
        assertThat(descriptor.getRequiredContext().contains(FilePath.class)).isFalse();
        assertThat(descriptor.getRequiredContext().contains(Run.class)).isTrue();
        assertThat(descriptor.getRequiredContext().contains(TaskListener.class)).isTrue();
    }

    @Test
    public void theStepIsCalledByItsStampInTheListOfSteps() {
        assertThat(descriptor.argumentsToString(Map.of("stamp", "east", "warnDays", 1)))
                .isEqualTo("east");
        assertThat(descriptor.argumentsToString(Map.of())).isNull();
    }

    @Test
    public void aStepSurvivesSerialisation() throws IOException, ClassNotFoundException {
        step.setSources(List.of("endpoints"));
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(step);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((AzsCheckExpiryStep) in.readObject()).toArguments()).isEqualTo(step.toArguments());
        }
    }

    private static void assertRejected(final String argument, final ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(Rejected.class).hasMessageStartingWith(argument + ": ");
    }
}
