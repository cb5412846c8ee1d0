package io.jenkins.plugins.azurestack.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.UpdateBmcArguments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class AzsUpdateBmcStepTest {
    private static final String ID = "east-bmc-20261126-5k2f8q0c";

    private final AzsUpdateBmcStep step = new AzsUpdateBmcStep("East");
    private final AzsUpdateBmcStep.DescriptorImpl descriptor = new AzsUpdateBmcStep.DescriptorImpl();

    private void plan() {
        step.setPlan(true);
        step.setGenerate(true);
        step.setAcceptUnknown(List.of("way-back\nalerts"));
    }

    @Test
    public void everyArgumentReachesTheRun() {
        plan();
        assertThat(step.getStamp()).isEqualTo("east");
        assertThat(step.toArguments())
                .isEqualTo(new UpdateBmcArguments("", true, true, "", "", false, List.of("way-back", "alerts"), 0));
        final AzsUpdateBmcStep back = new AzsUpdateBmcStep("");
        back.setResume(" " + ID + " ");
        back.setBack(true);
        back.setTimeout(3600);
        assertThat(back.toArguments())
                .isEqualTo(new UpdateBmcArguments("", false, false, "", ID, true, List.of(), 3600));
        assertThat(back.stampName()).isEqualTo("east");
    }

    @Test
    public void whatCannotBeRightIsRejectedBeforeAnythingBegins() {
        assertThatThrownBy(() -> new AzsUpdateBmcStep("../../etc")).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> step.setTimeout(-1)).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> new AzsUpdateBmcStep(null).stampName()).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> step.start(null).start())
                .isInstanceOf(AbortException.class)
                .hasMessageStartingWith("plan: say what is to be done");
    }

    @Test
    public void theStepRunsWithoutAWorkspaceAndSaysWhatItIsAt() {
        assertThat(descriptor.getFunctionName()).isEqualTo("azsUpdateBmc");
        assertThat(descriptor.getRequiredContext().contains(FilePath.class)).isFalse();
        assertThat(descriptor.getRequiredContext().contains(Run.class)).isTrue();
        assertThat(descriptor.getRequiredContext().contains(TaskListener.class)).isTrue();
        assertThat(descriptor.argumentsToString(Map.of("stamp", "east", "approvedPlan", ID)))
                .isEqualTo(ID);
        assertThat(step.start(null).getStatus()).isEqualTo("not at work on stamp east: not started, or already ended");
        assertThat(step.start(null).blocksRestart()).isFalse();
    }

    @Test
    public void aStepSurvivesSerialisation() throws IOException, ClassNotFoundException {
        plan();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(step);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((AzsUpdateBmcStep) in.readObject()).toArguments()).isEqualTo(step.toArguments());
        }
    }
}
