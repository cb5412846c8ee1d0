package io.jenkins.plugins.azurestack.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.CertificateRequestsArguments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.Test;

public class AzsCertificateRequestsStepTest {
    private static final String PEM = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

    private final AzsCertificateRequestsStep step = new AzsCertificateRequestsStep("East");
    private final AzsCertificateRequestsStep.DescriptorImpl descriptor =
            new AzsCertificateRequestsStep.DescriptorImpl();

    @Test
    public void everyArgumentOfRequestsReachesTheRun() {
        requests();

        assertThat(step.getStamp()).isEqualTo("east");
        assertThat(step.toArguments())
                .isEqualTo(new CertificateRequestsArguments(
                        List.of("ARM Public", "kEYvAULT"),
                        "C=US,O=Contoso",
                        4096,
                        true,
                        List.of("ARM Public"),
                        List.of()));
    }

    private void requests() {
        step.setFolders(List.of("ARM Public\nkEYvAULT"));
        step.setSubject(" C=US,O=Contoso ");
        step.setKeyLength(4096);
        step.setClientAuthentication(true);
        step.setNewKeys(List.of("ARM Public"));
    }

    @Test
    public void whatWasIssuedIsGivenAsTextsAndAsPathsOneALine() {
        step.setIssued(Arrays.asList(PEM, " issued/a.cer \n issued/b.p7b", null, ""));

        assertThat(step.toArguments().issued()).containsExactly(PEM.trim(), "issued/a.cer", "issued/b.p7b");
        assertThat(step.toArguments().isJoin()).isTrue();
    }

    @Test
    public void whatCannotBeRightIsRejectedNamingTheArgument() {
        assertRejected("stamp", () -> new AzsCertificateRequestsStep("../../etc"));
        assertRejected("folders", with(one -> one.setFolders(List.of("Portal"))));
        assertRejected("subject", with(one -> one.setSubject("Contoso")));
        assertRejected("keyLength", with(one -> one.setKeyLength(1024)));
        assertRejected("newKeys", with(one -> one.setNewKeys(List.of("Nothing"))));
        assertRejected("newKeys", with(one -> {
            one.setFolders(List.of("ARM Public"));
            one.setNewKeys(List.of("KeyVault"));
        }));
        for (final String path :
                List.of("/etc/passwd", "../other/a.cer", "issued/../../a.cer", "C:\\a.cer", "\\\\host\\a")) {
            assertRejected("issued", with(one -> one.setIssued(List.of(path))));
        }
        assertRejected("issued", with(one -> {
            one.setIssued(List.of("a.cer"));
            one.setKeyLength(2048);
        }));
    }

    private static ThrowingCallable with(final Consumer<AzsCertificateRequestsStep> set) {
        final AzsCertificateRequestsStep step = new AzsCertificateRequestsStep("east");
        return () -> {
            set.accept(step);
            step.toArguments();
        };
    }

    @Test
    public void aPrivateKeyIsNotEvenKept() {
        assertRejected(
                "issued",
                () -> step.setIssued(List.of("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")));
        assertThat(step.getIssued()).isEmpty();
    }

    @Test
    public void theStepRunsWithoutAWorkspaceAndIsCalledByItsStamp() {
        assertThat(descriptor.getFunctionName()).isEqualTo("azsCertificateRequests");
        assertThat(descriptor.getRequiredContext().contains(FilePath.class)).isFalse();
        assertThat(descriptor.getRequiredContext().contains(Run.class)).isTrue();
        assertThat(descriptor.getRequiredContext().contains(TaskListener.class)).isTrue();
        assertThat(descriptor.argumentsToString(Map.of("stamp", "east"))).isEqualTo("east");
        assertThat(descriptor.argumentsToString(Map.of())).isNull();
    }

    @Test
    public void nobodyAtItIsAStateToo() {
        assertThat(step.start(null).getStatus())
                .isEqualTo("not at work on requests of stamp east: not started, or already ended");
    }

    @Test
    public void aStepSurvivesSerialisation() throws IOException, ClassNotFoundException {
        requests();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(step);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((AzsCertificateRequestsStep) in.readObject()).toArguments())
                    .isEqualTo(step.toArguments());
        }
    }

    private static void assertRejected(final String argument, final ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(Rejected.class).hasMessageStartingWith(argument + ": ");
    }
}
