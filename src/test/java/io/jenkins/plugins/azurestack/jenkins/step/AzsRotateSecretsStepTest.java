package io.jenkins.plugins.azurestack.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredCertificate;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import io.jenkins.plugins.azurestack.wiring.PlanArguments;
import io.jenkins.plugins.azurestack.wiring.RotateSecretsArguments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.Test;

public class AzsRotateSecretsStepTest {
    private static final String ID = "east-external-20261126-5k2f8q0c";

    private final AzsRotateSecretsStep step = new AzsRotateSecretsStep("East");
    private final AzsRotateSecretsStep.DescriptorImpl descriptor = new AzsRotateSecretsStep.DescriptorImpl();

    @Test
    public void everyArgumentOfAPlanReachesTheRun() {
        plan();

        assertThat(step.getStamp()).isEqualTo("east");
        assertThat(step.toArguments())
                .isEqualTo(new RotateSecretsArguments(
                        "external",
                        true,
                        "",
                        "",
                        List.of("alerts", "endpoints"),
                        "",
                        false,
                        List.of(new StoredCertificate(CertificateFolder.ARM_PUBLIC, "arm", Optional.of("arm-pw"))),
                        0));
    }

    private void plan() {
        step.setScope("external");
        step.setPlan(true);
        step.setAcceptUnknown(List.of("alerts\nendpoints"));
        final ConfiguredCertificate certificate = new ConfiguredCertificate("arm public", "arm");
        certificate.setPasswordCredentialsId("arm-pw");
        step.setCertificates(List.of(certificate));
        step.setVia("controller");
    }

    @Test
    public void aPlanIsCarriedOutAndARotationIsTakenUp() {
        step.setApprovedPlan(" " + ID + " ");
        step.setTimeout(3600);
        assertThat(step.toArguments().asked().action()).isEqualTo(PlanArguments.Action.APPLY);
        assertThat(step.toArguments().timeout()).isEqualTo(3600);

        step.setApprovedPlan("");
        step.setResume(ID);
        step.setRerun(true);
        assertThat(step.toArguments().asked().action()).isEqualTo(PlanArguments.Action.RESUME);
        assertThat(step.toArguments().rerun()).isTrue();
    }

    @Test
    public void whatCannotBeRightIsRejectedNamingTheArgument() {
        assertRejected("stamp", () -> new AzsRotateSecretsStep("../../etc"));
        assertRejected("scope", () -> step.setScope("everything"));
        assertRejected("via", () -> step.setVia("tunnel"));
        assertRejected("timeout", () -> step.setTimeout(-1));
        assertRejected("plan", step::toArguments);
    }

    @Test
    public void anIdSaysItsStamp() {
        final AzsRotateSecretsStep resumed = new AzsRotateSecretsStep(null);
        resumed.setResume("a-external-b-internal-20261126-1k2f8q0c");
        assertThat(resumed.stampName()).isEqualTo("a-external-b");
        step.setResume("west-internal-20261126-1k2f8q0c");
        assertThat(step.stampName()).as("what was given counts").isEqualTo("east");

        final AzsRotateSecretsStep planned = new AzsRotateSecretsStep(" ");
        planned.setPlan(true);
        assertRejected("stamp", planned::stampName);
        planned.setResume("something-else");
        assertRejected("stamp", planned::stampName);
    }

    @Test
    public void whatContradictsItselfIsRefusedBeforeAnythingBegins() {
        assertThatThrownBy(() -> step.start(null).start())
                .isInstanceOf(hudson.AbortException.class)
                .hasMessageStartingWith("plan: say what is to be done");
    }

    @Test
    public void theStepRunsWithoutAWorkspace() {
        assertThat(descriptor.getFunctionName()).isEqualTo("azsRotateSecrets");
        assertThat(descriptor.getRequiredContext().contains(FilePath.class)).isFalse();
        assertThat(descriptor.getRequiredContext().contains(Run.class)).isTrue();
        assertThat(descriptor.getRequiredContext().contains(TaskListener.class)).isTrue();
    }

    @Test
    public void theStepIsCalledByItsStampOrItsPlanInTheListOfSteps() {
        assertThat(descriptor.argumentsToString(Map.of("stamp", "east", "plan", true)))
                .isEqualTo("east");
        assertThat(descriptor.argumentsToString(Map.of("stamp", "east", "approvedPlan", ID)))
                .isEqualTo(ID);
        assertThat(descriptor.argumentsToString(Map.of("resume", ID))).isEqualTo(ID);
        assertThat(descriptor.argumentsToString(Map.of())).isNull();
    }

    @Test
    public void nobodyAtItIsAStateToo() {
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
            assertThat(((AzsRotateSecretsStep) in.readObject()).toArguments()).isEqualTo(step.toArguments());
        }
    }

    private static void assertRejected(final String argument, final ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(Rejected.class).hasMessageStartingWith(argument + ": ");
    }
}
