package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.arm.Alert;
import io.jenkins.plugins.azurestack.arm.ClientSecret;
import io.jenkins.plugins.azurestack.arm.ResourceManager;
import io.jenkins.plugins.azurestack.arm.TrustedRoots;
import io.jenkins.plugins.azurestack.rotation.StampOperations.Alert.Expiring;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.tls.Manner;
import io.jenkins.plugins.azurestack.simulator.world.InternalSecret;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class ResourceManagerOperationsTest {
    private SimulatedStamp stamp;
    private ResourceManager manager;
    private ResourceManagerOperations operations;

    @Before
    public void start() throws IOException {
        stamp = SimulatedStamp.of(new Stamp(
                        "east",
                        "east",
                        "azurestack.contoso.com",
                        IdentityProvider.AAD,
                        Set.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of()))
                .start();
        // Of a fresh stamp, everything that is about to end would have its alert.
        stamp.serve(CertificateFolder.ARM_ADMIN, stamp.specimen(CertificateFolder.ARM_ADMIN, 400));
        manager = new ResourceManager(
                stamp.stamp(),
                new ClientSecret(
                        stamp.world().identity().clientId(),
                        Optional.empty(),
                        stamp.world().identity().clientSecret().toCharArray()),
                TrustedRoots.of(List.of(stamp.authority().root())),
                stamp.network(),
                stamp.world().time().clock(),
                new SecureRandom());
        operations = new ResourceManagerOperations(manager);
    }

    @After
    public void stop() throws IOException {
        manager.close();
        stamp.close();
    }

    @Test
    public void theStampIsSeenAsItIs() throws Exception {
        stamp.world()
                .internalSecrets()
                .expire(
                        InternalSecret.Kind.SERVICE_ACCOUNT,
                        stamp.world().time().now().plus(Duration.ofDays(10)).truncatedTo(ChronoUnit.SECONDS));

        assertThat(operations.version().toString()).isEqualTo(stamp.world().version());
        assertThat(operations.exclusiveOperation()).isEmpty();
        assertThat(operations.runningUpdate()).isEmpty();
        assertThat(operations.activeAlerts())
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(alert.id()).isNotEmpty())
                .extracting(io.jenkins.plugins.azurestack.rotation.StampOperations.Alert::expiring)
                .contains(Optional.of(Expiring.EXTERNAL_CERTIFICATE), Optional.of(Expiring.SERVICE_ACCOUNT));
    }

    @Test
    public void whatRunsOnTheStampIsNamed() throws Exception {
        stamp.world().faults().arm("exclusive-operation");
        stamp.world().faults().arm("update-running");

        assertThat(operations.exclusiveOperation()).isPresent();
        assertThat(operations.runningUpdate()).isPresent();
    }

    @Test
    public void aDarkResourceManagerIsUnknownAndNoAnswer() {
        stamp.meet(CertificateFolder.ARM_ADMIN, Manner.REFUSES);

        assertThatThrownBy(operations::exclusiveOperation)
                .isInstanceOf(NotKnownException.class)
                .satisfies(e -> assertThat(((NotKnownException) e).advice()).contains("accept it by name"));
        assertThatThrownBy(operations::runningUpdate).isInstanceOf(NotKnownException.class);
        assertThatThrownBy(operations::activeAlerts).isInstanceOf(NotKnownException.class);
    }

    @Test
    public void anAlertIsAboutWhatItsFaultOrItsTitleSays() {
        assertThat(about("CertificateExpiration.ExternalCert.Critical", "")).contains(Expiring.EXTERNAL_CERTIFICATE);
        assertThat(about("CertificateExpiration.InternalCert.Warning", "")).contains(Expiring.INTERNAL_CERTIFICATE);
        assertThat(about("CertificateExpiration.RootCert.Warning", "")).contains(Expiring.ROOT_CERTIFICATE);
        assertThat(about("", "Pending service account password expiration")).contains(Expiring.SERVICE_ACCOUNT);
        assertThat(about("", "PENDING EXTERNAL CERTIFICATE EXPIRATION")).contains(Expiring.EXTERNAL_CERTIFICATE);
        assertThat(about("CertificateExpiration.SomethingNew", "")).isEmpty();
        assertThat(about("FRP.Heartbeat.InfraVM", "External root unavailable")).isEmpty();
    }

    private static Optional<Expiring> about(final String fault, final String title) {
        return ResourceManagerOperations.expiring(new Alert(
                "id",
                title,
                Alert.Severity.WARNING,
                true,
                fault,
                Optional.of(Instant.EPOCH),
                Optional.empty(),
                "",
                "",
                "",
                List.of(),
                Map.of()));
    }
}
