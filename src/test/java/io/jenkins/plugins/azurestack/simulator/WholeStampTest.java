package io.jenkins.plugins.azurestack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineFailedException;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePool;
import io.jenkins.plugins.azurestack.powershell.wsman.LogonRefusedException;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.world.ActionPlan;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.InternalSecret;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** What one part of a stamp knows of what happened to another, through all of them, on a clock that a test moves. */
public class WholeStampTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Instant NOW = Instant.parse("2026-03-01T05:00:00Z");
    private static final String EXTERNAL = "Pending external certificate expiration";
    private static final String INTERNAL = "Pending internal certificate expiration";
    private static final String BMC = "BMC connection timeout";
    private static final String NEW = "Another1Bmc";

    private static SimulatedStamp first;

    @Rule
    public final Timeout limit = Timeout.seconds(180);

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    @BeforeClass
    public static void makeKeys() throws IOException {
        first = on(IdentityProvider.AAD).start();
        first.close();
    }

    private static SimulatedStampBuilder on(final IdentityProvider provider) {
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
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .nodes(List.of(Flavour.IDRAC_9, Flavour.IDRAC_9));
    }

    private static SimulatedStamp start() throws IOException {
        return on(IdentityProvider.AAD).state(StampVisitor.withKeysOf(first)).start();
    }

    /** Starts a command and does not wait; the stamp's clock stands. */
    private static RunspacePool begin(final StampVisitor visitor, final SimulatedStamp stamp) throws Exception {
        final RunspacePool pool = visitor.session(0);
        visitor.rotation(pool).start();
        while (stamp.world().actionPlans().all().isEmpty()) {
            Thread.onSpinWait();
        }
        return pool;
    }

    private static X509Certificate presented(final StampVisitor visitor, final String host) throws IOException {
        try (SSLSocket tls = visitor.connect(host)) {
            return (X509Certificate) tls.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    public void alertsOpenAndCloseWithWhatTheFrontEndsServe() throws Exception {
        try (SimulatedStamp stamp = start()) {
            final StampVisitor visitor = new StampVisitor(stamp);
            // One for those that have expired or have 20 days, and one for that with 60.
            assertThat(visitor.alerts()).filteredOn(EXTERNAL::equals).hasSize(2);
            for (final CertificateFolder folder :
                    EnumSet.of(SimulatedStamp.EXPIRED, SimulatedStamp.IN_20_DAYS, SimulatedStamp.IN_60_DAYS)) {
                stamp.serve(folder, stamp.specimen(folder, 500));
            }
            assertThat(visitor.alerts()).doesNotContain(EXTERNAL);
            stamp.serve(CertificateFolder.ACS_BLOB, stamp.specimen(CertificateFolder.ACS_BLOB, 91));
            assertThat(visitor.alerts()).doesNotContain(EXTERNAL);
            stamp.world().time().advance(Duration.ofDays(2));
            assertThat(visitor.alerts()).contains(EXTERNAL);
        }
    }

    @Test
    public void frontEndsServeTheNewSetFromTheEndOfTheStepThatPublishesIt() throws Exception {
        try (SimulatedStamp stamp = start()) {
            final StampVisitor visitor = new StampVisitor(stamp);
            final Map<CertificateFolder, IssuedCertificate> set = visitor.stage(700);
            final X509Certificate old =
                    stamp.served(CertificateFolder.PUBLIC_PORTAL).leaf();
            final RunspacePool pool = begin(visitor, stamp);
            final ActionPlan plan = stamp.world().actionPlans().all().get(0);
            final String portal = "portal.east.azurestack.contoso.com";

            stamp.world()
                    .time()
                    .advance(Duration.between(stamp.world().time().now(), plan.ends())
                            .minusSeconds(1));
            assertThat(visitor.location().path("exclusiveAdminOperationRunning").asBoolean())
                    .isTrue();
            assertThat(presented(visitor, portal)).isEqualTo(old);
            assertThat(visitor.alerts()).contains(EXTERNAL);

            stamp.world().time().advance(Duration.ofSeconds(1));
            assertThat(visitor.location().path("exclusiveAdminOperationRunning").asBoolean())
                    .isFalse();
            assertThat(presented(visitor, portal))
                    .isEqualTo(set.get(CertificateFolder.PUBLIC_PORTAL).leaf());
            assertThat(visitor.alerts()).doesNotContain(EXTERNAL);
            pool.close();
        }
    }

    @Test
    public void machinesAreMissedForAWhileDuringARotationAndFoundAgain() throws Exception {
        try (SimulatedStamp stamp = start()) {
            final StampVisitor visitor = new StampVisitor(stamp);
            visitor.stage(700);
            assertThat(visitor.alerts()).doesNotContain("Infrastructure role instance unavailable");
            final RunspacePool pool = begin(visitor, stamp);
            stamp.world().time().advance(Duration.ofMinutes(20));
            assertThat(visitor.alerts()).contains("Infrastructure role instance unavailable");
            stamp.world().time().advance(Duration.ofMinutes(30));
            assertThat(visitor.alerts())
                    .doesNotContain("Infrastructure role instance unavailable")
                    .contains("Infrastructure role unhealthy");
            stamp.world().time().advance(Duration.ofMinutes(30));
            assertThat(visitor.alerts()).doesNotContain("Infrastructure role unhealthy");
            pool.close();
        }
    }

    @Test
    public void internalCertificatesAreToldOfThirtyAndNinetyDaysBeforeTheirEndAndNotAfterTheirRotation()
            throws Exception {
        try (SimulatedStamp stamp = start()) {
            final StampVisitor visitor = new StampVisitor(stamp);
            assertThat(visitor.alerts()).doesNotContain(INTERNAL);
            stamp.world()
                    .internalSecrets()
                    .expire(
                            InternalSecret.Kind.CERTIFICATE,
                            stamp.world().time().now().plus(Duration.ofDays(91)));
            assertThat(visitor.alerts()).doesNotContain(INTERNAL);
            stamp.world().time().advance(Duration.ofDays(2));
            assertThat(visitor.alerts()).contains(INTERNAL);

            try (RunspacePool pool = visitor.session(0)) {
                pool.command("Start-SecretRotation").withSwitch("Internal").start();
                while (stamp.world().actionPlans().all().isEmpty()) {
                    Thread.onSpinWait();
                }
                stamp.world().time().advance(Duration.ofDays(2));
            }
            assertThat(visitor.alerts()).doesNotContain(INTERNAL);
        }
    }

    @Test
    public void aControllerThatIsDownIsAnAlertAndOneThatIsBackIsNone() throws Exception {
        try (SimulatedStamp stamp = start()) {
            final StampVisitor visitor = new StampVisitor(stamp);
            assertThat(visitor.alerts()).doesNotContain(BMC);
            stamp.world().faults().arm(Fault.ENDPOINT_DOWN, Moment.always("node02"));
            assertThat(visitor.alerts()).filteredOn(BMC::equals).hasSize(1);
            stamp.world().faults().clear(Fault.ENDPOINT_DOWN);
            assertThat(visitor.alerts()).doesNotContain(BMC);
        }
    }

    @Test
    public void tokensAreIssuedByWhomTheStampTrusts() throws Exception {
        try (SimulatedStamp aad = start();
                SimulatedStamp adfs = on(IdentityProvider.ADFS)
                        .state(StampVisitor.withKeysOf(first))
                        .start()) {
            for (final SimulatedStamp stamp : List.of(aad, adfs)) {
                final StampVisitor visitor = new StampVisitor(stamp);
                assertThat(visitor.askToken().json().path("token_type").asText())
                        .isEqualTo("Bearer");
                assertThat(visitor.location().path("pepIpAddresses")).hasSize(3);
            }
            assertThat(new StampVisitor(aad).metadata().body()).contains("https://login.contoso.example");
            assertThat(new StampVisitor(adfs).metadata().body())
                    .contains("https://adfs.east.azurestack.contoso.com/adfs");
        }
    }

    private static void setBmcCredential(final SimulatedStamp stamp, final String password) throws Exception {
        final StampVisitor visitor = new StampVisitor(stamp);
        try (RunspacePool pool = visitor.session(1);
                PsSecureString secret = PsSecureString.of(password.toCharArray())) {
            pool.command("Set-BmcCredential")
                    .parameter("BmcPassword", secret)
                    .parameter("BMCUser", stamp.world().identity().bmcUser())
                    .run(LIMIT);
        }
    }

    @Test
    public void setBmcCredentialDecidesWhatRedfishAccepts() throws Exception {
        try (SimulatedStamp stamp = on(IdentityProvider.AAD)
                .clock(Clock.systemUTC())
                .timeFactor(1000)
                .state(StampVisitor.withKeysOf(first))
                .start()) {
            final StampVisitor visitor = new StampVisitor(stamp);
            final String old = stamp.world().identity().bmcPassword();
            setBmcCredential(stamp, NEW);
            for (final String node : List.of("node01", "node02")) {
                assertThat(visitor.bmcStatus(node, old)).isEqualTo(401);
                assertThat(visitor.bmcStatus(node, NEW)).isEqualTo(200);
            }
        }
    }

    @Test
    public void eachGenerationKnowsItsParameters() throws Exception {
        assertThat(knows("1.1808.0.97", "Start-SecretRotation", "Internal")).isFalse();
        assertThat(knows("1.2108.2.65", "Start-SecretRotation", "Internal")).isTrue();
        assertThat(knows("1.1908.4.33", "Set-BmcCredential", "BypassBMCUpdate")).isFalse();
        assertThat(knows("1.1910.0.58", "Set-BmcCredential", "BypassBMCUpdate")).isTrue();
    }

    private static boolean knows(final String version, final String cmdlet, final String parameter) throws Exception {
        try (SimulatedStamp stamp = on(IdentityProvider.AAD)
                        .clock(Clock.systemUTC())
                        .version(version)
                        .state(StampVisitor.withKeysOf(first))
                        .start();
                RunspacePool pool = new StampVisitor(stamp).session(0)) {
            return !pool.command("Get-Command")
                    .parameter("Name", List.of(cmdlet))
                    .run(LIMIT)
                    .output()
                    .get(0)
                    .property("Parameters")
                    .property(parameter)
                    .isNull();
        }
    }

    @Test
    public void lockOutsAndChangedPasswordsOutliveARestart() throws Exception {
        final Path state = temporary.newFolder().toPath();
        final SimulatedStampBuilder builder = on(IdentityProvider.AAD).state(StateStore.in(state));
        final String old;
        try (SimulatedStamp stamp = builder.start()) {
            old = stamp.world().identity().bmcPassword();
            final StampVisitor visitor = new StampVisitor(stamp);
            assertThat(visitor.changeBmc("node02", old, NEW).status()).isEqualTo(200);
            while (!stamp.cloudAdmins().isLocked("AZURESTACK", "CloudAdmin")) {
                assertThatThrownBy(() -> visitor.session(0, "wrong")).isInstanceOf(LogonRefusedException.class);
            }
        }
        try (SimulatedStamp stamp = builder.start()) {
            final StampVisitor visitor = new StampVisitor(stamp);
            assertThatThrownBy(() -> visitor.session(1)).isInstanceOf(LogonRefusedException.class);
            assertThat(visitor.bmcStatus("node02", old)).isEqualTo(401);
            assertThat(visitor.bmcStatus("node02", NEW)).isEqualTo(200);
            stamp.world().time().advance(Duration.ofDays(1));
            visitor.session(1).close();
        }
    }

    @Test
    public void theLedgerHasEveryServiceWithIdentityAndOutcomeAndNoSecret() throws Exception {
        final Path file = temporary.getRoot().toPath().resolve("ledger.jsonl");
        try (SimulatedStamp stamp = on(IdentityProvider.AAD)
                .clock(Clock.systemUTC())
                .timeFactor(7200)
                .ledger(file)
                .state(StampVisitor.withKeysOf(first))
                .start()) {
            final StampVisitor visitor = new StampVisitor(stamp);
            final Identity identity = stamp.world().identity();
            visitor.stage(700);
            try (RunspacePool pool = visitor.session(0)) {
                visitor.rotation(pool).run(LIMIT);
                catchThrowableOfType(PipelineFailedException.class, () -> pool.command("Start-SecretRotation")
                        .parameter("PfxFilesPath", SimulatedStamp.SHARE)
                        .parameter(
                                "PathAccessCredential", new PasswordCredentials("nobody", "canary-wrong".toCharArray()))
                        .parameter("CertificatePassword", PsSecureString.of("canary-pfx".toCharArray()))
                        .run(LIMIT));
            }
            setBmcCredential(stamp, NEW);
            assertThat(visitor.bmcStatus("node01", "canary-bmc")).isEqualTo(401);
            assertThat(visitor.bmcStatus("node01", NEW)).isEqualTo(200);
            visitor.location();

            final List<String> secrets = new ArrayList<>(List.of(
                    identity.cloudAdminPassword(),
                    identity.clientSecret(),
                    identity.bmcPassword(),
                    identity.sharePassword(),
                    StampVisitor.PFX_PASSWORD,
                    NEW,
                    "canary"));
            for (final String secret : secrets) {
                assertThat(Files.readString(file)).doesNotContain(secret);
                assertThat(stamp.ledger().entries().toString()).doesNotContain(secret);
            }
            for (final Ledger.Service service : Ledger.Service.values()) {
                assertThat(stamp.ledger().calls(service))
                        .as(service.name())
                        .isNotEmpty()
                        .anyMatch(call -> call.isDone() || call.outcome().equals("completed"))
                        .anyMatch(call -> !call.identity().isEmpty());
            }
            final List<Ledger.Entry> entries = stamp.ledger().entries();
            assertThat(Files.readAllLines(file)).hasSizeGreaterThanOrEqualTo(entries.size());
            for (final String line : Files.readAllLines(file)) {
                final JsonNode read = StampVisitor.JSON.readTree(line);
                assertThat(List.of(
                                read.path("service").asText(),
                                read.path("outcome").asText()))
                        .doesNotContain("");
            }
        }
    }
}
