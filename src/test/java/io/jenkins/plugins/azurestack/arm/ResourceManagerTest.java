package io.jenkins.plugins.azurestack.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.azurestack.simulator.arm.ServedStamp;
import io.jenkins.plugins.azurestack.simulator.arm.ServicePrincipal;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.InternalSecret;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** What the client learns from a stamp, and what it says and does where it learns nothing. */
public class ResourceManagerTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<Duration> pauses = new ArrayList<>();

    private ResourceManager client(final ServedStamp stamp) {
        return client(stamp, secretOf(stamp));
    }

    private static ClientSecret secretOf(final ServedStamp stamp) {
        final String secret = stamp.world().identity().clientSecret();
        return new ClientSecret(stamp.world().identity().clientId(), Optional.empty(), secret.toCharArray());
    }

    private ResourceManager client(final ServedStamp stamp, final OperatorCredentials credentials) {
        return client(
                stamp,
                credentials,
                TrustedRoots.of(List.of(ServedStamp.authority().root())));
    }

    private ResourceManager client(
            final ServedStamp stamp, final OperatorCredentials credentials, final TrustedRoots roots) {
        return new ResourceManager(
                stamp.world().stamp(),
                credentials,
                roots,
                stamp::connect,
                stamp.world().time().clock(),
                RANDOM,
                Limits.USUAL,
                pauses::add);
    }

    private static void endsIn(final ServedStamp stamp, final InternalSecret.Kind kind, final int days) {
        stamp.world()
                .internalSecrets()
                .expire(
                        kind,
                        stamp.world().time().now().plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.SECONDS));
    }

    private static List<Ledger.Call> calls(final ServedStamp stamp) {
        return stamp.world().ledger().calls(Ledger.Service.RESOURCE_MANAGER);
    }

    @Test
    public void oneCertificateOnManyMachinesIsOneFinding() throws Exception {
        for (final ServedStamp.Kind kind :
                List.of(ServedStamp.kind(), ServedStamp.kind().adfs())) {
            try (ServedStamp stamp = kind.serve();
                    ResourceManager client = client(stamp)) {
                endsIn(stamp, InternalSecret.Kind.CERTIFICATE, 60);
                endsIn(stamp, InternalSecret.Kind.SERVICE_ACCOUNT, 10);

                final List<Alert> alerts = client.activeAlerts();
                final ExpiryAlerts found = ExpiryAlerts.of(alerts);

                assertThat(alerts).hasSize(27);
                assertThat(found.certificates()).hasSize(11);
                final ExpiryAlerts.Certificate everywhere = found.certificates().stream()
                        .filter(one -> one.certificate().subject().equals("CN=MA"))
                        .findFirst()
                        .orElseThrow();
                final InternalSecret real = stamp.world().internalSecrets().all().stream()
                        .filter(secret -> secret.subject().equals("CN=MA"))
                        .findFirst()
                        .orElseThrow();
                assertThat(everywhere.certificate().thumbprint()).isEqualTo(real.thumbprint());
                assertThat(everywhere.certificate().ends()).contains(real.ends());
                assertThat(everywhere.certificate().issuer()).isEqualTo(real.issuer());
                assertThat(everywhere.certificate().names()).isEqualTo("DNS Name=MA");
                assertThat(everywhere.holders()).hasSize(26).contains("AZS-CA01", "AZS-XRP03");
                assertThat(everywhere.severity()).isEqualTo(Alert.Severity.WARNING);
                assertThat(found.others()).singleElement().satisfies(alert -> {
                    assertThat(alert.title()).isEqualTo("Pending service account password expiration");
                    assertThat(alert.severity()).isEqualTo(Alert.Severity.CRITICAL);
                    assertThat(alert.description())
                            .isEqualTo(
                                    "The password of service account FabricRingServices will expire within 30 days.");
                    assertThat(alert.remediation()).contains("https://aka.ms/azsrotateinternalcertificates");
                });
            }
        }
    }

    @Test
    public void allAlertsComeFromAllPages() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve();
                ResourceManager client = client(stamp)) {
            final List<Alert> alerts = client.alerts();

            assertThat(alerts).hasSize(73).noneMatch(Alert::active);
            assertThat(alerts).allSatisfy(alert -> {
                assertThat(alert.created()).isPresent();
                assertThat(alert.closed()).isPresent();
                assertThat(alert.isExpiry()).isFalse();
            });
            assertThat(alerts).extracting(Alert::id).doesNotHaveDuplicates();
        }
    }

    @Test
    public void aSilentBmcIsNamed() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve();
                ResourceManager client = client(stamp)) {
            stamp.bmcAnswers("node02", false);

            assertThat(client.activeAlerts()).singleElement().satisfies(alert -> {
                assertThat(alert.isBmc()).isTrue();
                assertThat(alert.property("nodename")).contains("node02");
            });
        }
    }

    @Test
    public void theFabricSaysWhereItsEndpointsAreAndWhatRuns() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve();
                ResourceManager client = client(stamp)) {
            assertThat(client.fabricLocation())
                    .isEqualTo(new FabricLocation(
                            List.of("10.30.0.225", "10.30.0.226", "10.30.0.227"), Activity.NONE, ""));
            stamp.world().faults().arm(Fault.EXCLUSIVE_OPERATION, Moment.ALWAYS);
            assertThat(client.fabricLocation().exclusiveOperation()).isEqualTo(Activity.RUNNING);
            assertThat(client.fabricLocation().operation()).isEqualTo("RepairNode");
        }
    }

    @Test
    public void nodesUpdatesBackupAndProductsAreRead() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve();
                ResourceManager client = client(stamp)) {
            assertThat(client.nodes())
                    .hasSize(4)
                    .contains(
                            new ScaleUnitNode("node02", "10.30.1.2", "DELL", "PowerEdge R740xd", "SIM0002", "Running"));

            assertThat(client.updates().currentVersion()).isEqualTo("1.2311.1.22");
            assertThat(client.updates().activity()).isEqualTo(Activity.NONE);
            stamp.world().faults().arm(Fault.UPDATE_RUNNING, Moment.ALWAYS);
            assertThat(client.updates().activity()).isEqualTo(Activity.RUNNING);

            final BackupLocation backup = client.backupLocation();
            assertThat(backup.path()).isEqualTo("\\\\10.30.0.50\\backup");
            assertThat(backup.encryptionThumbprint().orElse("")).matches("[0-9A-F]{40}");
            assertThat(backup.lastBackup()).isPresent();
            assertThat(backup.scheduled()).contains(true);

            final Instant ends =
                    InstantSource.system().instant().plus(Duration.ofDays(15)).truncatedTo(ChronoUnit.SECONDS);
            stamp.replace(Map.of(
                    CertificateFolder.EVENT_HUBS_GATEWAY,
                    ServedStamp.issue("*.eventhub.east.azurestack.contoso.com", ends)));
            assertThat(client.productSecrets())
                    .hasSize(4)
                    .extracting(secret -> secret.product() + " " + secret.name())
                    .contains("microsoft.eventhub aseh-ssl-gateway-pfx", "microsoft.sqlrp SSLCert");
            assertThat(client.productSecrets().get(0).ends()).contains(ends);
            assertThat(client.productSecrets().get(0).kind()).isEqualTo("Certificate");
            assertThat(client.productSecrets().get(0).rotationStatus()).isEqualTo("None");
        }
    }

    @Test
    public void anOldStampIsReadTheSameWay() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().version("1.1811.0.101").serve();
                ResourceManager client = client(stamp)) {
            assertThat(client.nodes()).hasSize(4);
            assertThat(client.updates().currentVersion()).isEqualTo("1.1811.0.101");
            assertThat(client.fabricLocation().privilegedEndpoints()).hasSize(3);
        }
    }

    @Test
    public void oneTokenServesManyCallsUntilItNearsItsEnd() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve();
                ResourceManager client = client(stamp)) {
            client.fabricLocation();
            client.nodes();
            assertThat(tokensAsked(stamp)).isEqualTo(1);
            stamp.world().time().advance(Duration.ofMinutes(58));
            client.nodes();
            assertThat(tokensAsked(stamp)).isEqualTo(2);
        }
    }

    private static long tokensAsked(final ServedStamp stamp) {
        return calls(stamp).stream()
                .filter(call -> call.action().endsWith("/oauth2/token"))
                .count();
    }

    @Test
    public void aCertificateProvesTheServicePrincipalToBothAuthorities() throws Exception {
        for (final ServedStamp.Kind kind :
                List.of(ServedStamp.kind(), ServedStamp.kind().adfs())) {
            try (ServedStamp stamp = kind.serve()) {
                final String id = stamp.world().identity().clientId();
                final IssuedCertificate own = ServedStamp.issue(
                        "operator.contoso.com", InstantSource.system().instant().plus(Duration.ofDays(9)));
                stamp.manager()
                        .principals()
                        .register(new ServicePrincipal(
                                id, "object", Optional.empty(), List.of(own.leaf()), ServicePrincipal.Role.READER));
                final String tenant = stamp.world().identity().tenant();
                try (ResourceManager client =
                        client(stamp, new ClientCertificate(id, Optional.of(tenant), own.leaf(), own.key()))) {
                    assertThat(client.nodes()).hasSize(4);
                }
                assertThat(calls(stamp))
                        .filteredOn(call -> call.action().endsWith("/oauth2/token"))
                        .singleElement()
                        .satisfies(call -> assertThat(call.details()).containsEntry("proof", "certificate"));
            }
        }
    }

    @Test
    public void aTokenThatIsNotTakenIsReplacedOnce() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve();
                ResourceManager client = client(stamp)) {
            client.nodes();
            stamp.world().faults().arm(Fault.TOKEN_EXPIRED, Moment.at("scaleUnitNodes"));
            assertThat(client.nodes()).hasSize(4);
            assertThat(tokensAsked(stamp)).isEqualTo(2);

            stamp.world().faults().arm(Fault.TOKEN_EXPIRED, Moment.always("scaleUnitNodes"));
            assertThatThrownBy(client::nodes)
                    .isInstanceOf(SignInRefusedException.class)
                    .hasMessageContaining("does not take a token that its own authority just issued")
                    .hasMessageContaining("Nothing was changed");
            assertThat(tokensAsked(stamp)).isEqualTo(3);
        }
    }

    @Test
    public void aWrongSecretIsSentOnceAndNeverSaid() throws Exception {
        for (final ServedStamp.Kind kind :
                List.of(ServedStamp.kind(), ServedStamp.kind().adfs())) {
            try (ServedStamp stamp = kind.serve();
                    ClientSecret wrong = new ClientSecret(
                            stamp.world().identity().clientId(), Optional.empty(), "Guessed&Wrong%1".toCharArray());
                    ResourceManager client = client(stamp, wrong)) {
                final SignInRefusedException refused =
                        catchThrowableOfType(SignInRefusedException.class, client::nodes);

                assertThat(refused.code()).isEqualTo("invalid_client");
                assertThat(refused).hasMessageContaining("asked once, and nothing was changed");
                final StringWriter trace = new StringWriter();
                refused.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString() + wrong).doesNotContain("Guessed", "Wrong%1");
                assertThat(tokensAsked(stamp)).isEqualTo(1);
            }
        }
    }

    @Test
    public void aServicePrincipalWithoutARoleIsToldWhichOneItNeeds() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            stamp.manager()
                    .principals()
                    .register(new ServicePrincipal(
                            "nobody", "object", Optional.of("secret"), List.of(), ServicePrincipal.Role.NONE));
            try (ResourceManager client =
                    client(stamp, new ClientSecret("nobody", Optional.empty(), "secret".toCharArray()))) {
                assertThatThrownBy(client::nodes)
                        .isInstanceOf(PermissionMissingException.class)
                        .hasMessageContaining("Default Provider Subscription")
                        .hasMessageContaining("Reader");
            }
        }
    }

    @Test
    public void aBusyServiceIsAskedAgainWhenItSaysSo() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve();
                ResourceManager client = client(stamp)) {
            stamp.world()
                    .faults()
                    .arm(Fault.THROTTLED, Moment.at("scaleUnitNodes").times(2));
            assertThat(client.nodes()).hasSize(4);
            assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));

            stamp.world().faults().arm(Fault.THROTTLED, Moment.always("scaleUnitNodes"));
            final ThrottledException throttled = catchThrowableOfType(ThrottledException.class, client::nodes);
            assertThat(throttled.retryAfter()).contains(Duration.ofSeconds(1));
            assertThat(throttled).hasMessageContaining("nothing was changed");
        }
    }

    @Test
    public void aReadIsTriedAgainAfterTheWireFailed() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve();
                ResourceManager client = client(stamp)) {
            for (final Fault fault : List.of(Fault.RESET, Fault.TRUNCATED)) {
                pauses.clear();
                stamp.world().faults().arm(fault, Moment.at("scaleUnitNodes").times(2));
                assertThat(client.nodes()).as(fault.word()).hasSize(4);
                assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
                stamp.world().faults().clear(fault);
            }
            stamp.world().faults().arm(Fault.SLOW_DRIP, Moment.at("scaleUnitNodes"));
            assertThat(client.nodes()).hasSize(4);

            stamp.world().faults().arm(Fault.RESET, Moment.always("scaleUnitNodes"));
            assertThatThrownBy(client::nodes)
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("asked 4 times")
                    .hasMessageContaining("nothing was changed");
        }
    }

    @Test
    public void anEndpointThatIsDownIsUnreachable() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve();
                ResourceManager client = client(stamp)) {
            stamp.world().faults().arm(Fault.ENDPOINT_DOWN, Moment.always("adminmanagement"));
            assertThatThrownBy(client::nodes)
                    .isInstanceOfAny(UnreachableException.class, UntrustedEndpointException.class);
            stamp.world().faults().clear(Fault.ENDPOINT_DOWN);
            assertThat(client.nodes()).hasSize(4);
        }
    }

    @Test
    public void aClockThatIsAnHourOffIsNamedAsACause() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve();
                ResourceManager client = client(stamp)) {
            stamp.world().faults().arm(Fault.CLOCK_SKEW, Moment.always("subscriptions"));
            assertThatThrownBy(client::nodes)
                    .isInstanceOf(SignInRefusedException.class)
                    .hasMessageContaining("clocks");
        }
    }

    @Test
    public void aCertificateMayChangeBetweenTwoCalls() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve();
                ResourceManager client = client(stamp)) {
            assertThat(client.nodes()).hasSize(4);
            stamp.replace(Map.of(
                    CertificateFolder.ARM_ADMIN,
                    ServedStamp.issue(
                            "adminmanagement.east.azurestack.contoso.com",
                            InstantSource.system().instant().plus(Duration.ofDays(700)))));
            assertThat(client.nodes()).hasSize(4);
        }
    }

    @Test
    public void whoIsNotTrustedGetsNeitherSecretNorToken() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final String id = stamp.world().identity().clientId();
            try (ResourceManager client = client(
                    stamp,
                    new ClientSecret(id, Optional.empty(), "secret".toCharArray()),
                    TrustedRoots.of(List.of()))) {
                requireUntrusted(stamp, client);
            }
            final Instant now = InstantSource.system().instant();
            for (final IssuedCertificate wrong : List.of(
                    ServedStamp.issue("adminmanagement.east.azurestack.contoso.com", now.minus(Duration.ofDays(1))),
                    ServedStamp.issue("portal.east.azurestack.contoso.com", now.plus(Duration.ofDays(90))))) {
                stamp.replace(Map.of(CertificateFolder.ARM_ADMIN, wrong));
                try (ResourceManager client = client(stamp)) {
                    requireUntrusted(stamp, client);
                }
            }
        }
    }

    private void requireUntrusted(final ServedStamp stamp, final ResourceManager client) {
        pauses.clear();
        assertThatThrownBy(client::nodes)
                .isInstanceOf(UntrustedEndpointException.class)
                .hasMessageContaining("Nothing was sent on it");
        assertThat(calls(stamp)).isEmpty();
        assertThat(pauses).isEmpty();
    }

    @Test
    public void theRootsOfANewSetAreTrustedForTheStampAlone() throws Exception {
        final TrustedRoots roots =
                new TrustedRoots(List.of(), List.of(ServedStamp.authority().root()));
        try (ServedStamp stamp = ServedStamp.kind().adfs().serve();
                ResourceManager client = client(stamp, secretOf(stamp), roots)) {
            assertThat(client.nodes()).hasSize(4);
        }
        try (ServedStamp stamp = ServedStamp.kind().serve();
                ResourceManager client = client(stamp, secretOf(stamp), roots)) {
            assertThatThrownBy(client::nodes)
                    .isInstanceOf(UntrustedEndpointException.class)
                    .hasMessageContaining("login.contoso.example");
            assertThat(tokensAsked(stamp)).isZero();
        }
    }
}
