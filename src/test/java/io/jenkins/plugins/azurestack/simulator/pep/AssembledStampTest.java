package io.jenkins.plugins.azurestack.simulator.pep;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineListener;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePool;
import io.jenkins.plugins.azurestack.powershell.psrp.VerboseRecord;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManEndpoint;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** The cmdlets within the whole stamp: real share, real BMCs, real front ends. */
public class AssembledStampTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Stamp WEST = new Stamp(
            "west",
            "west",
            "azurestack.contoso.com",
            IdentityProvider.ADFS,
            Set.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Set.of());

    @Rule
    public final Timeout limit = Timeout.seconds(300);

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private static SimulatedStamp start(final Path state, final Path share, final Instant now) throws IOException {
        return SimulatedStamp.of(WEST)
                .now(now)
                .timeFactor(720)
                .state(StateStore.in(state))
                .share(share)
                .start();
    }

    private static RunspacePool open(final SimulatedStamp stamp, final int endpoint) throws Exception {
        final Identity identity = stamp.world().identity();
        try (PasswordCredentials user = new PasswordCredentials(
                identity.netBiosName() + "\\" + identity.cloudAdmin(),
                identity.cloudAdminPassword().toCharArray())) {
            return RunspacePool.at(
                            new WsManEndpoint(false, World.PRIVILEGED_ENDPOINTS.get(endpoint), 5985, "/wsman"),
                            "PrivilegedEndpoint")
                    .connector(stamp.network()::connect)
                    .credentials(user)
                    .open();
        }
    }

    @Test
    public void aRotationBegunBeforeARestartEndsAfterItAndIsServed() throws Exception {
        final Path state = temporary.newFolder().toPath();
        final Path share = temporary.newFolder().toPath();
        final Map<CertificateFolder, IssuedCertificate> set = new EnumMap<>(CertificateFolder.class);
        final CountDownLatch taken = new CountDownLatch(1);
        final Instant stopped;
        try (SimulatedStamp stamp = start(state, share, Premises.NOW)) {
            for (final CertificateFolder folder : WEST.folders()) {
                set.put(folder, stamp.issue(stamp.specimen(folder, 700)));
                final Path file = share.resolve("Certificates/ADFS")
                        .resolve(folder.folderName())
                        .resolve("new.pfx");
                Files.createDirectories(file.getParent());
                Files.write(file, new PfxMaker(set.get(folder)).bytes(Premises.PFX_PASSWORD));
            }
            final Identity identity = stamp.world().identity();
            final RunspacePool pool = open(stamp, 0);
            try (PasswordCredentials user = new PasswordCredentials(
                            identity.shareUser(), identity.sharePassword().toCharArray());
                    PsSecureString password = PsSecureString.of(Premises.PFX_PASSWORD.toCharArray())) {
                pool.command("Start-SecretRotation")
                        .parameter("PfxFilesPath", SimulatedStamp.SHARE)
                        .parameter("PathAccessCredential", user)
                        .parameter("CertificatePassword", password)
                        .listener(new PipelineListener() {
                            @Override
                            public void verbose(final VerboseRecord message) {
                                if (message.message().contains("Update Key Vault certificates")) {
                                    taken.countDown();
                                }
                            }
                        })
                        .start();
                assertThat(taken.await(60, TimeUnit.SECONDS)).isTrue();
            }
            stopped = stamp.world().time().now();
        }
        try (SimulatedStamp stamp = start(state, share, stopped);
                RunspacePool pool = open(stamp, 2)) {
            stamp.world().time().advance(Duration.ofHours(2));
            final List<PsValue> latest = pool.command("Get-ActionStatus")
                    .argument("Start-SecretRotation")
                    .run(LIMIT)
                    .output();
            assertThat(latest).singleElement().satisfies(plan -> assertThat(
                            plan.property("Status").asString())
                    .isEqualTo("Completed"));
            set.forEach((folder, certificate) ->
                    assertThat(stamp.served(folder).leaf()).isEqualTo(certificate.leaf()));
            assertThat(pool.command("Test-AzureStack")
                            .parameter("Include", List.of("AzsStampBMCSummary", "AzsExternalCertificates"))
                            .run(LIMIT)
                            .output())
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.asBoolean()).isTrue());
        }
    }
}
