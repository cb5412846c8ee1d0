package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.arm.HastyResourceManager;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.pep.Pace;
import io.jenkins.plugins.azurestack.simulator.pep.PrivilegedEndpoints;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.InternalSecret;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a check learns where it signs in: against a whole simulated stamp. */
public class StampSourcesTest {
    private static final String OPERATOR = "east-operator";
    private static final String CLOUD_ADMIN = "east-cloudadmin";

    @Rule
    public final TemporaryFolder home = new TemporaryFolder();

    private final Build build = new Build();
    private SimulatedStamp east;

    @After
    public void stop() throws IOException {
        if (east != null) {
            east.close();
        }
    }

    @Test
    public void oneInternalCertificateOnManyMachinesIsOneFindingWithItsHolders() throws Exception {
        start();
        endsIn(InternalSecret.Kind.CERTIFICATE, 60);

        final Map<String, Object> result = check("alerts", "endpoints");

        final List<Map<String, Object>> internal = named(result, "(internal)");
        assertThat(internal).hasSize(11).allSatisfy(finding -> assertThat(finding)
                .containsEntry("kind", "EXPIRY")
                .containsEntry("severity", "WARNING"));
        final Map<String, Object> everywhere = named(result, "CN=MA (internal)").get(0);
        assertThat((String) everywhere.get("message"))
                .contains("26 alerts")
                .contains("AZS-CA01")
                .contains("AZS-XRP03");
        assertThat((String) everywhere.get("thumbprint")).matches("[0-9A-F]{40}");
        assertThat((String) everywhere.get("notAfter")).isNotEmpty();
        assertThat((String) everywhere.get("advice")).contains("-Internal");
    }

    @Test
    public void anExternalCertificateIsOneFindingOfItsEndpointAndItsAlert() throws Exception {
        start();

        final Map<String, Object> result = check("endpoints", "alerts");

        assertThat(named(result, "(external)")).isEmpty();
        assertThat(findings(result, "DISAGREEMENT")).isEmpty();
        assertThat(named(result, "Admin Portal").get(0)).satisfies(finding -> {
            assertThat(finding).containsEntry("severity", "CRITICAL");
            assertThat((String) finding.get("message")).contains("the stamp has an alert open for it, CRITICAL");
            assertThat(places(finding)).contains("alerts").contains("endpoints");
        });
    }

    @Test
    public void theAlertOfAServiceAccountHasASeverityAndNoDate() throws Exception {
        start();
        endsIn(InternalSecret.Kind.SERVICE_ACCOUNT, 10);

        final Map<String, Object> account = named(check("alerts"), "alert ").get(0);

        assertThat(account)
                .containsEntry("severity", "CRITICAL")
                .containsEntry("notAfter", "")
                .containsEntry("thumbprint", "");
        assertThat((String) account.get("message")).contains("Pending service account password expiration");
        assertThat((String) account.get("advice")).contains("support case").contains("rotation resolves it");
        assertThat(new String(build.files.get("expiry-east.xml"), StandardCharsets.UTF_8))
                .contains("<failure type=\"CRITICAL\"")
                .doesNotContain("<skipped");
    }

    @Test
    public void timeOpensAlertsFirstAsWarningsThenAsCritical() throws Exception {
        start();
        assertThat(named(check("alerts"), "internal secrets").get(0))
                .containsEntry("severity", "OK")
                .satisfies(quiet -> assertThat((String) quiet.get("message")).contains("90 days before"));
        endsIn(InternalSecret.Kind.CERTIFICATE, 100);
        assertThat(named(check("alerts"), "(internal)")).isEmpty();

        east.world().time().advance(Duration.ofDays(20));
        assertThat(named(check("alerts"), "CN=MA (internal)").get(0)).containsEntry("severity", "WARNING");
        east.world().time().advance(Duration.ofDays(55));
        assertThat(named(check("alerts"), "CN=MA (internal)").get(0)).containsEntry("severity", "CRITICAL");
    }

    @Test
    public void whereResourceManagerIsDarkThatIsUnknownAndRemembered() throws Exception {
        start();
        endsIn(InternalSecret.Kind.CERTIFICATE, 25);
        check("alerts");
        east.world().faults().arm(Fault.ENDPOINT_DOWN, Moment.ALWAYS);

        final Map<String, Object> result = check("alerts");

        assertThat(findings(result, "UNKNOWN")).singleElement().satisfies(dark -> {
            assertThat(dark).containsEntry("severity", "CRITICAL");
            assertThat((String) dark.get("message"))
                    .contains("the stamp's alerts can't be read")
                    .contains("last seen");
            assertThat((String) dark.get("notAfter")).isNotEmpty();
        });
    }

    @Test
    public void whereEverythingHasExpiredTheRestIsStillReported() throws Exception {
        start(Fault.EVERYTHING_EXPIRED);

        final Map<String, Object> result = check();

        assertThat(findings(result, "EXPIRY")).hasSizeGreaterThanOrEqualTo(11);
        assertThat(findings(result, "UNKNOWN"))
                .extracting(dark -> (String) dark.get("message"))
                .filteredOn(message -> message.contains("can't be read"))
                .hasSize(3)
                .allSatisfy(message -> assertThat(message).containsOnlyOnce("can't be read"));
        assertThat(result).containsEntry("severity", "CRITICAL");
    }

    @Test
    public void aBusyResourceManagerIsAskedAgain() throws Exception {
        start();
        east.world().faults().arm(Fault.THROTTLED, Moment.NEXT);

        assertThat(findings(check("alerts"), "UNKNOWN")).isEmpty();
    }

    @Test
    public void aRefusedSecretIsSentOnce() throws Exception {
        start();
        build.secret = "NotTheSecret1";

        final Map<String, Object> result = check();

        assertThat(findings(result, "UNKNOWN")).isNotEmpty();
        assertThat(east.world().ledger().calls(Ledger.Service.RESOURCE_MANAGER).stream()
                        .filter(call -> call.action().endsWith("/oauth2/token")))
                .hasSize(1);
        assertThat(String.join("\n", build.log)).doesNotContain("NotTheSecret1");
    }

    @Test
    public void secretsOfResourceProvidersHaveTheirDates() throws Exception {
        start();

        final List<Map<String, Object>> products = named(check("products"), "microsoft.eventhub");

        assertThat(products).isNotEmpty().allSatisfy(secret -> {
            assertThat((String) secret.get("notAfter")).isNotEmpty();
            assertThat(places(secret)).containsExactly("products");
        });
    }

    @Test
    public void theBackupsCertificateIsKnownByItsThumbprintAlone() throws Exception {
        start();

        assertThat(named(check("backup"), "backup encryption")).singleElement().satisfies(backup -> {
            assertThat(backup).containsEntry("severity", "NOTICE").containsEntry("notAfter", "");
            assertThat((String) backup.get("thumbprint")).matches("[0-9A-F]{40}");
            assertThat((String) backup.get("message")).contains("no date");
        });
    }

    @Test
    public void theOperatorsSecretIsANoteAndItsCertificateHasADate() throws Exception {
        start();
        assertThat(named(check("operator"), "service principal"))
                .singleElement()
                .satisfies(secret ->
                        assertThat(secret).containsEntry("severity", "NOTICE").containsEntry("notAfter", ""));

        build.operator = Optional.of("certificate");
        assertThat(all(check("operator"))).singleElement().satisfies(certificate -> assertThat(certificate)
                .containsEntry("kind", "EXPIRY")
                .containsEntry("name", "operator's service principal")
                .containsEntry("severity", "CRITICAL")
                .doesNotContainEntry("notAfter", ""));

        build.operator = Optional.of("missing");
        assertThat(findings(check("operator"), "UNKNOWN")).singleElement().satisfies(missing -> assertThat(
                        (String) missing.get("message"))
                .contains("'missing'"));
    }

    @Test
    public void theRootIsAskedForOnceInSevenDaysAndShownWithItsAge() throws Exception {
        start();

        final Map<String, Object> fresh =
                named(check("root"), "root certificate").get(0);
        assertThat(Instant.parse((String) fresh.get("notAfter")).truncatedTo(ChronoUnit.SECONDS))
                .isEqualTo(east.world().internalSecrets().root().ends().truncatedTo(ChronoUnit.SECONDS));
        east.world().time().advance(Duration.ofDays(6));
        final Map<String, Object> shown =
                named(check("root"), "root certificate").get(0);
        assertThat(shown).containsEntry("notAfter", fresh.get("notAfter"));
        assertThat((String) shown.get("message")).contains("6 days ago");
        assertThat(informationAsked()).isEqualTo(1);

        east.world().time().advance(Duration.ofDays(2));
        check("root");
        assertThat(informationAsked()).isEqualTo(2);
    }

    @Test
    public void theRootIsNotAskedForWhileAnUpdateRuns() throws Exception {
        start();
        east.world().faults().arm(Fault.UPDATE_RUNNING, Moment.ALWAYS);
        assertThat(findings(check("root"), "UNKNOWN")).singleElement().satisfies(deferred -> assertThat(
                        (String) deferred.get("message"))
                .contains("deferred, since an update runs"));
        assertThat(informationAsked()).isZero();

        east.world().faults().clear(Fault.UPDATE_RUNNING);
        check("root");
        east.world().time().advance(Duration.ofDays(8));
        east.world().faults().arm(Fault.UPDATE_RUNNING, Moment.ALWAYS);
        assertThat(named(check("root"), "root certificate")).singleElement().satisfies(old -> assertThat(
                        (String) old.get("message"))
                .contains("8 days ago")
                .contains("deferred"));
        assertThat(informationAsked()).isEqualTo(1);
    }

    @Test
    public void theRootIsNotAskedForWhileARotationRuns() throws Exception {
        start();
        east.world().faults().arm(Fault.FOREIGN_ROTATION_RUNNING, Moment.NEXT);

        assertThat(findings(check("root"), "UNKNOWN")).singleElement().satisfies(deferred -> assertThat(
                        (String) deferred.get("message"))
                .contains("deferred, since a rotation runs"));
        assertThat(informationAsked()).isZero();
    }

    @Test
    public void aRefusedCloudAdminIsNotTriedAgain() throws Exception {
        start();
        build.cloudAdminPassword = "NotThePassword1";
        assertThat(findings(check("root"), "UNKNOWN")).hasSize(1);
        final int refused = sent();
        assertThat(refused).isPositive();
        assertThat(findings(check("root"), "UNKNOWN")).hasSize(1);
        assertThat(sent()).isEqualTo(refused);
        assertThat(String.join("\n", build.log)).doesNotContain("NotThePassword1");
    }

    @Test
    public void whereRefusedPasswordsAreForgottenNobodySignsInAtThePrivilegedEndpoint() throws Exception {
        start();
        build.key = Optional.empty();
        assertThat(findings(check("endpoints", "root"), "NOT_ASKED")).hasSize(1);
        assertThat(sent()).isZero();
    }

    private long informationAsked() {
        return east.world().ledger().calls(Ledger.Service.CMDLET).stream()
                .filter(call -> call.action().equals("Get-AzureStackStampInformation"))
                .count();
    }

    private int sent() {
        return east.world().ledger().calls(Ledger.Service.WSMAN).size();
    }

    @Test
    public void withoutAnAccountASourceIsOffAndSaysSo() throws Exception {
        start();
        build.operator = Optional.empty();

        final Map<String, Object> result = check("endpoints", "alerts");

        assertThat(findings(result, "NOT_ASKED")).singleElement().satisfies(off -> {
            assertThat(off).containsEntry("severity", "NOTICE").containsEntry("name", "alerts");
            assertThat((String) off.get("message")).contains("operatorCredentialsId");
        });
        assertThat(east.world().ledger().calls(Ledger.Service.RESOURCE_MANAGER)).isEmpty();
    }

    private void start(final Fault... faults) throws IOException {
        final var described = SimulatedStamp.of(stamp())
                .settings(PrivilegedEndpoints.Settings.usual().with(Pace.atOnce()));
        for (final Fault fault : faults) {
            described.fault(fault, Moment.ALWAYS);
        }
        east = described.start();
    }

    private void endsIn(final InternalSecret.Kind kind, final int days) {
        east.world()
                .internalSecrets()
                .expire(
                        kind,
                        east.world().time().now().plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.SECONDS));
    }

    private Map<String, Object> check(final String... sources) throws Exception {
        final CheckExpiryArguments defaults = CheckExpiryArguments.defaults();
        return new CheckExpiry(tools())
                .run(
                        stamp(),
                        build.maintenance(),
                        new CheckExpiryArguments(
                                defaults.thresholds(),
                                List.of(sources),
                                defaults.unstableOn(),
                                defaults.failOn(),
                                defaults.timeout()),
                        build);
    }

    private CheckClients.Tools tools() {
        return new CheckClients.Tools(
                east.network(), east.world().time().clock(), new SecureRandom(), HastyResourceManager::of);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> all(final Map<String, Object> result) {
        return (List<Map<String, Object>>) result.get("findings");
    }

    private static List<Map<String, Object>> findings(final Map<String, Object> result, final String kind) {
        return all(result).stream()
                .filter(finding -> kind.equals(finding.get("kind")))
                .toList();
    }

    private static List<Map<String, Object>> named(final Map<String, Object> result, final String part) {
        return findings(result, "EXPIRY").stream()
                .filter(finding -> ((String) finding.get("name")).contains(part))
                .toList();
    }

    private static List<Object> places(final Map<String, Object> finding) {
        return ((List<?>) finding.get("seenAt"))
                .stream()
                        .map(place -> ((Map<?, ?>) place).get("source"))
                        .map(Object.class::cast)
                        .toList();
    }

    private static Stamp stamp() {
        return new Stamp(
                "east",
                "east",
                "azurestack.contoso.com",
                IdentityProvider.AAD,
                Set.of(ResourceProvider.EVENT_HUBS),
                List.of(),
                Optional.empty(),
                Optional.of("roots"),
                Set.of());
    }

    /** A build whose stamp has all accounts. */
    private final class Build implements StepEnvironment, SecretLookup {
        private final List<String> log = new CopyOnWriteArrayList<>();
        private final Map<String, byte[]> files = new LinkedHashMap<>();
        private Optional<String> operator = Optional.of(OPERATOR);
        private List<String> addresses = List.of("10.30.0.225", "10.30.0.226", "10.30.0.227");
        private String secret = "";
        private String cloudAdminPassword = "";
        private Optional<AuditKey> key = Optional.of(message -> message.clone());

        Maintenance maintenance() {
            return new Maintenance(
                    addresses,
                    false,
                    Optional.of(CLOUD_ADMIN),
                    Optional.empty(),
                    Optional.empty(),
                    operator,
                    true,
                    Set.of());
        }

        @Override
        public Optional<AuditKey> logonKey() {
            return key;
        }

        @Override
        public SecretLookup credentials() {
            return this;
        }

        @Override
        public Held find(final String id, final Optional<String> password) throws NotSeenException {
            if (id.equals("certificate")) {
                final char[] secret = "Canary1Passw0rd".toCharArray();
                return new Held.File(east.served(SimulatedStamp.IN_20_DAYS).pfx(secret), secret);
            }
            if (!id.equals("roots")) {
                throw missing(id);
            }
            try {
                return new Held.File(east.authority().root().getEncoded(), new char[0]);
            } catch (CertificateEncodingException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public byte[] file(final String id) throws NotSeenException {
            throw missing(id);
        }

        @Override
        public Presence presence(final String id) {
            return Presence.HIDDEN;
        }

        @Override
        public PasswordCredentials login(final String id) throws NotSeenException {
            final var identity = east.world().identity();
            if (id.equals(CLOUD_ADMIN)) {
                return new PasswordCredentials(
                        identity.netBiosName() + "\\" + identity.cloudAdmin(),
                        (cloudAdminPassword.isEmpty() ? identity.cloudAdminPassword() : cloudAdminPassword)
                                .toCharArray());
            }
            if (!id.equals(OPERATOR)) {
                throw missing(id);
            }
            return new PasswordCredentials(
                    identity.clientId(), (secret.isEmpty() ? identity.clientSecret() : secret).toCharArray());
        }

        @Override
        public char[] password(final String id) throws NotSeenException {
            throw missing(id);
        }

        private NotSeenException missing(final String id) {
            return new NotSeenException("there is no credential '" + id + "'", "Create it.");
        }

        @Override
        public void log(final String line) {
            log.add(line);
        }

        @Override
        public Saved save(final String fileName, final byte[] content) {
            files.put(fileName, content);
            return new Saved(fileName, true);
        }

        @Override
        public Path stampFolder(final String stampName) {
            return home.getRoot().toPath();
        }

        @Override
        public void mark(final Outcome outcome, final String message) {
            log.add(outcome + " " + message);
        }
    }
}
