package io.jenkins.plugins.azurestack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.PfxWriter;
import io.jenkins.plugins.azurestack.net.TlsProbe;
import io.jenkins.plugins.azurestack.pep.ActionListener;
import io.jenkins.plugins.azurestack.pep.ActionReport;
import io.jenkins.plugins.azurestack.pep.Logons;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpoints;
import io.jenkins.plugins.azurestack.pep.StampCmdlets;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Endpoint;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** The whole stamp before and after its secrets are rotated, as clients over the network see it. */
public class RotatedStampTest {
    private static final String SET_PASSWORD = "Rotation1Set";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SecureRandom RANDOM = new SecureRandom();

    @Rule
    public final Timeout limit = Timeout.seconds(300);

    private static SimulatedStampBuilder stamp(final IdentityProvider provider) {
        return SimulatedStamp.of(new Stamp(
                        "east",
                        "east",
                        "azurestack.contoso.com",
                        provider,
                        Set.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of()))
                .clock(Clock.systemUTC())
                .timeFactor(5000);
    }

    private static StampCmdlets cmdlets(final SimulatedStamp stamp, final PasswordCredentials admin) {
        return new StampCmdlets(new PrivilegedEndpoints(
                World.PRIVILEGED_ENDPOINTS,
                Optional.empty(),
                admin,
                Logons.FORGETFUL,
                stamp.network(),
                Clock.systemUTC(),
                RANDOM));
    }

    private static PasswordCredentials admin(final SimulatedStamp stamp) {
        final Identity identity = stamp.world().identity();
        return new PasswordCredentials(
                identity.netBiosName() + "\\" + identity.cloudAdmin(),
                identity.cloudAdminPassword().toCharArray());
    }

    private static Map<CertificateFolder, IssuedCertificate> stage(final SimulatedStamp stamp) throws IOException {
        final Map<CertificateFolder, IssuedCertificate> set = new EnumMap<>(CertificateFolder.class);
        for (final CertificateFolder folder : stamp.stamp().rotationFolders()) {
            final IssuedCertificate issued = stamp.issue(stamp.specimen(folder, 720));
            final List<X509Certificate> chain = new ArrayList<>(issued.chain());
            chain.add(stamp.authority().root());
            final Path file = stamp.share()
                    .resolve("Certificates")
                    .resolve(stamp.stamp().identityProvider().name())
                    .resolve(folder.folderName())
                    .resolve("new.pfx");
            Files.createDirectories(file.getParent());
            Files.write(
                    file,
                    new PfxWriter(RANDOM)
                            .write(
                                    issued.key(),
                                    CertificateChain.of(chain),
                                    SET_PASSWORD.toCharArray(),
                                    folder.folderName()));
            set.put(folder, issued);
        }
        return set;
    }

    private static ActionReport rotate(final SimulatedStamp stamp, final boolean internal) throws Exception {
        final Identity identity = stamp.world().identity();
        try (PasswordCredentials admin = admin(stamp);
                PasswordCredentials share = new PasswordCredentials(
                        identity.shareUser(), identity.sharePassword().toCharArray())) {
            return cmdlets(stamp, admin)
                    .startSecretRotation(
                            internal
                                    ? Optional.empty()
                                    : Optional.of(new StampCmdlets.ExternalSet(
                                            SimulatedStamp.SHARE, share, SET_PASSWORD.toCharArray())),
                            internal,
                            false,
                            Duration.ofDays(10),
                            new Deaf());
        }
    }

    private static X509Certificate presented(final SimulatedStamp stamp, final Endpoint endpoint) throws Exception {
        return new TlsProbe(stamp.network(), RANDOM)
                .look(endpoint.host("x7f3"), endpoint.port(), PATIENCE)
                .certificates()
                .get(0);
    }

    @Test
    public void everyEndpointOfEveryFolderServesTheNewCertificateOnceTheRotationIsOver() throws Exception {
        for (final IdentityProvider provider : IdentityProvider.values()) {
            try (SimulatedStamp stamp = stamp(provider).start()) {
                final Map<CertificateFolder, IssuedCertificate> set = stage(stamp);
                for (final Endpoint endpoint : stamp.stamp().endpoints()) {
                    assertThat(presented(stamp, endpoint))
                            .isNotEqualTo(set.get(endpoint.folder()).leaf());
                }

                assertThat(rotate(stamp, false).status()).isEqualTo(ActionReport.Status.COMPLETED);

                assertThat(set.keySet()).containsExactlyElementsOf(stamp.stamp().folders());
                for (final Endpoint endpoint : stamp.stamp().endpoints()) {
                    assertThat(presented(stamp, endpoint))
                            .as(endpoint.toString())
                            .isEqualTo(set.get(endpoint.folder()).leaf());
                }
                assertThat(stamp.ledger().calls(Ledger.Service.CMDLET, "Start-SecretRotation"))
                        .hasSize(1);
            }
        }
    }

    @Test
    public void whenEverythingHasExpiredThePrivilegedEndpointIsTheWayOut() throws Exception {
        try (SimulatedStamp stamp = stamp(IdentityProvider.ADFS)
                .fault(Fault.EVERYTHING_EXPIRED, Moment.ALWAYS)
                .start()) {
            final Instant now = stamp.world().time().now();
            stamp.served().forEach((folder, certificate) -> assertThat(
                            certificate.leaf().getNotAfter().toInstant())
                    .as(folder.folderName())
                    .isBefore(now));
            assertThat(stamp.world().internalSecrets().all())
                    .isNotEmpty()
                    .allSatisfy(secret -> assertThat(secret.ends()).isBefore(now));
            for (final String dark : List.of("adminmanagement", "adfs")) {
                assertThatThrownBy(() -> stamp.network()
                                .connect(dark + "." + stamp.stamp().domain(), 443, PATIENCE))
                        .as(dark)
                        .isInstanceOf(ConnectException.class);
            }
            final Endpoint portal = stamp.stamp().endpoints().stream()
                    .filter(endpoint -> endpoint.folder() == CertificateFolder.PUBLIC_PORTAL)
                    .findFirst()
                    .orElseThrow();
            assertThat(presented(stamp, portal).getNotAfter().toInstant()).isBefore(now);

            try (PasswordCredentials admin = admin(stamp)) {
                assertThat(cmdlets(stamp, admin).stampInformation().version())
                        .isEqualTo(SimulatedStampBuilder.USUAL_VERSION);
            }
            final Map<CertificateFolder, IssuedCertificate> set = stage(stamp);
            assertThat(rotate(stamp, false).status()).isEqualTo(ActionReport.Status.COMPLETED);
            assertThat(rotate(stamp, true).status()).isEqualTo(ActionReport.Status.COMPLETED);
            assertThat(presented(stamp, portal))
                    .isEqualTo(set.get(CertificateFolder.PUBLIC_PORTAL).leaf());
            stamp.network()
                    .connect("adminmanagement." + stamp.stamp().domain(), 443, PATIENCE)
                    .close();
            final Instant after = stamp.world().time().now();
            assertThat(stamp.world().internalSecrets().all())
                    .allSatisfy(secret -> assertThat(secret.ends()).isAfter(after));
        }
    }

    @Test
    public void aFrontEndOfResourceManagerIsDownWhenAFaultSaysSo() throws Exception {
        try (SimulatedStamp stamp = stamp(IdentityProvider.AAD)
                .fault("endpoint-down@adminmanagementx2")
                .start()) {
            final String host = "adminmanagement." + stamp.stamp().domain();
            assertThatThrownBy(() -> stamp.network().connect(host, 443, PATIENCE))
                    .isInstanceOf(ConnectException.class);
            stamp.world().faults().clear(Fault.ENDPOINT_DOWN);
            stamp.network().connect(host, 443, PATIENCE).close();
        }
    }

    /** Hears nothing. */
    private static final class Deaf implements ActionListener {
        @Override
        public void starting(final Map<String, String> session) {
            // Nobody comes back for this session.
        }

        @Override
        public void began(final String instance) {
            // Its end is what counts here.
        }

        @Override
        public void said(final String line) {
            // Its end is what counts here.
        }

        @Override
        public void step(final String name, final String status) {
            // Its end is what counts here.
        }
    }
}
