package io.jenkins.plugins.azurestack.simulator.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.ActionPlan;
import io.jenkins.plugins.azurestack.simulator.world.InternalSecret;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the simulated stamp's alerts look like, and when they open and close (facts 1.2 to 1.4 and 6.3). */
public class AlertsTest {
    private static final String INTERNAL = "Pending internal certificate expiration";
    private static final String EXTERNAL = "Pending external certificate expiration";
    private static final String ACCOUNT = "Pending service account password expiration";
    private static final String VERSION = "?api-version=2016-05-01";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static void endsIn(final ServedStamp stamp, final InternalSecret.Kind kind, final int days) {
        final World world = stamp.world();
        world.internalSecrets().expire(kind, world.time().now().plus(Duration.ofDays(days)));
    }

    @Test
    public void eachMachineHasAnAlertForTheCertificatesItHolds() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            endsIn(stamp, InternalSecret.Kind.CERTIFICATE, 80);

            final List<JsonNode> alerts = stamp.active(INTERNAL);
            final TreeSet<String> thumbprints = new TreeSet<>();
            for (final JsonNode alert : alerts) {
                for (final String thumbprint : alert.at("/properties/alertProperties/thumbPrintsOfCertificates")
                        .asText()
                        .split("; ")) {
                    thumbprints.add(thumbprint);
                }
            }

            assertThat(alerts).hasSize(26);
            assertThat(alerts)
                    .extracting(alert ->
                            alert.at("/properties/impactedResourceDisplayName").asText())
                    .contains("AZS-ACS01", "AZS-CA01", "AZS-ERCS03", "AZS-SLB02", "AZS-XRP03")
                    .doesNotHaveDuplicates();
            assertThat(thumbprints).hasSize(11);
            assertThat(alerts).allSatisfy(alert -> {
                assertThat(alert.at("/properties/faultTypeId").asText())
                        .isEqualTo("CertificateExpiration.InternalCert.Warning");
                assertThat(alert.at("/properties/severity").asText()).isEqualTo("Warning");
            });
        }
    }

    @Test
    public void anAlertIsShapedAsTheRecordedOnes() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind()
                .now(Instant.parse("2020-05-28T21:48:46.1234567Z"))
                .serve()) {
            stamp.world()
                    .internalSecrets()
                    .expire(InternalSecret.Kind.CERTIFICATE, Instant.parse("2020-08-26T21:48:46Z"));

            final JsonNode alert = stamp.active(INTERNAL).stream()
                    .filter(one -> one.at("/properties/impactedResourceDisplayName")
                            .asText()
                            .equals("AZS-XRP01"))
                    .findFirst()
                    .orElseThrow();
            final JsonNode properties = alert.path("properties");
            final String id = properties.path("alertId").asText();
            assertThat(UUID.fromString(id).version()).isEqualTo(4);
            assertThat(alert.path("id").asText())
                    .isEqualTo("/subscriptions/" + stamp.manager().providerSubscription()
                            + "/resourceGroups/System.east/providers/Microsoft.InfrastructureInsights.Admin"
                            + "/regionHealths/east/alerts/" + id);
            assertThat(alert.path("name").asText()).isEqualTo("east/" + id);
            assertThat(alert.path("type").asText())
                    .isEqualTo("Microsoft.InfrastructureInsights.Admin/regionHealths/alerts");
            assertThat(alert.path("location").asText()).isEqualTo("east");
            assertThat(alert.path("tags").isObject()).isTrue();
            assertThat(properties.path("state").asText()).isEqualTo("Active");
            assertThat(properties.path("createdTimestamp").asText()).isEqualTo("2020-05-28T21:48:46Z");
            assertThat(properties.path("faultHash").asText("missing")).isEmpty();
            assertThat(properties.path("hasValidRemediationAction").isBoolean()).isTrue();
            assertThat(properties.path("remediationHistory").isObject()).isTrue();
            assertThat(properties.path("preview").asText()).isEqualTo("False");
            assertThat(properties.path("impactedResourceId").asText())
                    .endsWith("/Microsoft.Fabric.Admin/fabricLocations/east/infraRoleInstances/AZS-XRP01");
            UUID.fromString(properties.path("resourceProviderRegistrationId").asText());

            assertThat(types(properties.path("description")))
                    .containsExactly("Text", "NewLine", "Text", "NewLine", "Text");
            assertThat(properties.at("/description/0/text").asText()).contains("will expire within 90 days");
            assertThat(properties.at("/description/2/text").asText()).contains("CN=MA; CN=AzKV Bootstrap Key");
            assertThat(types(properties.path("remediation"))).containsExactly("Text", "LinkBegin", "Text", "LinkEnd");
            assertThat(properties.at("/remediation/1/linkType").asText()).isEqualTo("Uri");
            assertThat(properties.at("/remediation/1/uri").asText())
                    .isEqualTo("https://aka.ms/azsrotateinternalcertificates");

            requireCertificates((ObjectNode) properties.path("alertProperties"));
        }
    }

    private static void requireCertificates(final ObjectNode said) throws Exception {
        final List<String> keys = new ArrayList<>();
        said.fieldNames().forEachRemaining(keys::add);
        final List<String> thumbprints =
                keys.stream().filter(key -> key.matches("[0-9A-Fa-f]{40}")).toList();
        assertThat(thumbprints).hasSize(11);
        for (final String key : thumbprints) {
            final JsonNode certificate =
                    ServedStamp.JSON.readTree(said.path(key).asText());
            final List<String> fields = new ArrayList<>();
            certificate.fieldNames().forEachRemaining(fields::add);
            assertThat(fields)
                    .containsExactly(
                            "IssuerName", "SubjectName", "ExpirationTimeInUtc", "ThumbPrint", "SubjectAltName");
            assertThat(certificate.path("ThumbPrint").asText())
                    .isEqualToIgnoringCase(key)
                    .isUpperCase();
            assertThat(key.substring(0, 1)).isEqualTo(key.substring(0, 1).toLowerCase(Locale.ROOT));
            assertThat(certificate.path("IssuerName").asText())
                    .isEqualTo("CN=AzureStackCertificationAuthority, DC=azurestack, DC=local");
            assertThat(certificate.path("ExpirationTimeInUtc").asText()).isEqualTo("2020-08-26T21:48:46Z");
        }
        assertThat(said.path("subjectNamesOfCertificates").asText().split("; ")).hasSize(11);
        assertThat(said.path("subjectAltNamesOfCertificates").asText().split("; "))
                .hasSize(11);
        assertThat(said.path("thumbPrintsOfCertificates").asText().split("; ")).hasSize(11);
        assertThat(said.path("issuerNamesOfCertificates").asText().split("; ")).hasSize(11);
        assertThat(said.path("expirationTimesOfCertificatesInUtc").asText().split("; "))
                .containsOnly("8/26/2020 9:48 PM")
                .hasSize(11);
    }

    private static List<String> types(final JsonNode fragments) {
        final List<String> types = new ArrayList<>();
        fragments.forEach(fragment -> types.add(fragment.path("type").asText()));
        return types;
    }

    @Test
    public void aWarningOpensAt90DaysTurnsCriticalAt30AndClosesByItselfAfterARotation() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            endsIn(stamp, InternalSecret.Kind.CERTIFICATE, 91);
            assertThat(stamp.active(INTERNAL)).isEmpty();

            stamp.world().time().advance(Duration.ofDays(2));
            assertThat(stamp.active(INTERNAL))
                    .extracting(AlertsTest::severity)
                    .containsOnly("Warning")
                    .hasSize(26);
            final String id = stamp.active(INTERNAL).get(0).path("name").asText();

            stamp.world().time().advance(Duration.ofDays(60));
            assertThat(stamp.active(INTERNAL))
                    .extracting(AlertsTest::severity)
                    .containsOnly("Critical")
                    .hasSize(26);
            assertThat(stamp.active(INTERNAL)).allSatisfy(alert -> assertThat(
                            alert.at("/properties/faultTypeId").asText())
                    .isEqualTo("CertificateExpiration.InternalCert.Critical"));

            stamp.world().internalSecrets().renew(stamp.world().time().now(), false);
            assertThat(stamp.active(INTERNAL)).isEmpty();
            final JsonNode closed = stamp.get(stamp.alerts("/" + id.substring(5) + VERSION));
            assertThat(closed.at("/properties/state").asText()).isEqualTo("Closed");
            assertThat(closed.at("/properties/closedTimestamp").asText()).isNotEmpty();
            assertThat(closed.at("/properties/closedByUserAlias").isMissingNode())
                    .isTrue();
        }
    }

    private static String severity(final JsonNode alert) {
        return alert.at("/properties/severity").asText();
    }

    @Test
    public void before1906NothingIsSaidUntil30DaysAhead() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().version("1.1904.0.36").serve()) {
            endsIn(stamp, InternalSecret.Kind.CERTIFICATE, 31);
            assertThat(stamp.active(INTERNAL)).isEmpty();

            stamp.world().time().advance(Duration.ofDays(2));
            assertThat(stamp.active(INTERNAL)).extracting(AlertsTest::severity).containsOnly("Critical");
        }
    }

    @Test
    public void theRootIsOnTheAuthoritysMachine() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            endsIn(stamp, InternalSecret.Kind.ROOT, 20);

            assertThat(stamp.active(INTERNAL)).singleElement().satisfies(alert -> assertThat(
                            alert.at("/properties/impactedResourceDisplayName").asText())
                    .isEqualTo("AZS-CA01"));
        }
    }

    @Test
    public void aServiceAccountsAlertNamesNoThumbprint() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            endsIn(stamp, InternalSecret.Kind.SERVICE_ACCOUNT, 10);

            final JsonNode alert = stamp.active(ACCOUNT).get(0);
            assertThat(alert.at("/properties/alertProperties")).isEmpty();
            assertThat(alert.at("/properties/faultTypeId").asText()).doesNotStartWith("CertificateExpiration.");
            assertThat(severity(alert)).isEqualTo("Critical");
        }
    }

    @Test
    public void anExternalCertificateHasAnAlertUntilAnotherIsServed() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final Instant now = InstantSource.system().instant();
            final String name = "portal.east.azurestack.contoso.com";
            final IssuedCertificate near = ServedStamp.issue(name, now.plus(Duration.ofDays(60)));
            stamp.replace(Map.of(CertificateFolder.PUBLIC_PORTAL, near));

            assertThat(stamp.active(EXTERNAL)).singleElement().satisfies(alert -> {
                assertThat(alert.at("/properties/faultTypeId").asText())
                        .isEqualTo("CertificateExpiration.ExternalCert.Warning");
                assertThat(alert.at("/properties/alertProperties/subjectAltNamesOfCertificates")
                                .asText())
                        .isEqualTo("DNS Name=" + name);
            });

            stamp.replace(
                    Map.of(CertificateFolder.PUBLIC_PORTAL, ServedStamp.issue(name, now.plus(Duration.ofDays(20)))));
            assertThat(stamp.active(EXTERNAL)).singleElement().satisfies(alert -> assertThat(
                            alert.at("/properties/faultTypeId").asText())
                    .isEqualTo("CertificateExpiration.ExternalCert.Critical"));

            stamp.replace(
                    Map.of(CertificateFolder.PUBLIC_PORTAL, ServedStamp.issue(name, now.plus(Duration.ofDays(600)))));
            assertThat(stamp.active(EXTERNAL)).isEmpty();
        }
    }

    @Test
    public void noAlertTellsOfEventHubs() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            stamp.replace(Map.of(
                    CertificateFolder.EVENT_HUBS_GATEWAY,
                    ServedStamp.issue(
                            "*.eventhub.east.azurestack.contoso.com",
                            InstantSource.system().instant().plus(Duration.ofDays(5)))));

            assertThat(stamp.active(EXTERNAL)).isEmpty();
        }
    }

    @Test
    public void aBmcThatDoesNotAnswerHasAnAlertThatNamesItsNode() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            stamp.bmcAnswers("node03", false);
            assertThat(stamp.active("BMC connection timeout")).singleElement().satisfies(alert -> {
                assertThat(alert.at("/properties/faultTypeId").asText()).isEqualTo("BMCAlive.BMCConnectionTimeout");
                assertThat(alert.at("/properties/severity").asText()).isEqualTo("Warning");
                assertThat(alert.at("/properties/alertProperties/nodeName").asText())
                        .isEqualTo("node03");
            });

            stamp.bmcAnswers("node03", true);
            assertThat(stamp.active("BMC connection timeout")).isEmpty();
            stamp.bmcAnswers("node03", false);
            assertThat(stamp.active("BMC connection timeout")).hasSize(1);
        }
    }

    @Test
    public void otherAlertsOpenAndCloseWhileARotationRuns() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final String unavailable = "Infrastructure role instance unavailable";
            final String unhealthy = "Infrastructure role unhealthy";
            final Instant started = stamp.world().time().now();
            stamp.world().actionPlans().start(rotation(started));
            assertThat(stamp.active(unavailable)).isEmpty();

            stamp.world().time().advance(Duration.ofMinutes(27));
            assertThat(stamp.active(unavailable)).hasSize(1);
            assertThat(stamp.active(unhealthy)).hasSize(1);

            stamp.world().time().advance(Duration.ofMinutes(40));
            assertThat(stamp.active(unavailable)).isEmpty();
            assertThat(stamp.active(unhealthy)).isEmpty();
            final List<JsonNode> closed =
                    stamp.all(stamp.alerts(VERSION + "&$filter=" + ServedStamp.encode(title(unhealthy, started))));
            assertThat(closed).singleElement().satisfies(alert -> {
                assertThat(alert.at("/properties/createdTimestamp").asText())
                        .isEqualTo(Json.time(started.plus(Duration.ofMinutes(24))));
                assertThat(alert.at("/properties/closedTimestamp").asText())
                        .isEqualTo(Json.time(started.plus(Duration.ofMinutes(54))));
            });
        }
    }

    private static String title(final String title, final Instant since) {
        return "Properties/Title eq '" + title + "' and Properties/CreatedTimestamp ge " + Json.time(since);
    }

    private static ActionPlan rotation(final Instant started) {
        return new ActionPlan(
                UUID.fromString("5f1ed000-0000-4000-8000-0000000000a1"),
                "Start-SecretRotation",
                "ExternalSecretRotation",
                "AZURESTACK\\CloudAdmin",
                started,
                List.of(new ActionPlan.Step("0", "Rotate", "Rotate.", Duration.ofHours(1))),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    public void closedAlertsStayInTheListWhichComesInPages() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final JsonNode first = stamp.get(stamp.alerts(VERSION));
            assertThat(first.path("value")).hasSize(25);
            assertThat(first.path("nextLink").asText())
                    .startsWith("https://adminmanagement.east.azurestack.contoso.com/subscriptions/");

            final List<JsonNode> all = stamp.all(stamp.alerts(VERSION));
            assertThat(all).hasSize(73);
            assertThat(all).extracting(alert -> alert.path("name").asText()).doesNotHaveDuplicates();
            assertThat(all)
                    .extracting(alert -> alert.at("/properties/faultTypeId").asText() + " "
                            + alert.at("/properties/title").asText())
                    .contains(
                            "FRP.Heartbeat.InfraVM Infrastructure role instance unavailable",
                            "FRP.Heartbeat.PhysicalNode Scale unit node is offline",
                            "Microsoft.Health.FaultType.GenericExceptionFault Infrastructure role unhealthy");
            assertThat(all)
                    .extracting(alert -> alert.at("/properties/state").asText())
                    .containsOnly("Closed");
        }
    }

    @Test
    public void theDocumentedFilterAndOrderAreUnderstood() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            endsIn(stamp, InternalSecret.Kind.CERTIFICATE, 20);
            endsIn(stamp, InternalSecret.Kind.SERVICE_ACCOUNT, 60);
            final String critical = "(Properties/State eq 'Active') and (Properties/Severity eq 'Critical')";
            final String order = "Properties/CreatedTimestamp desc";

            final List<JsonNode> found = stamp.all(stamp.alerts(
                    VERSION + "&$filter=" + ServedStamp.encode(critical) + "&$orderby=" + ServedStamp.encode(order)));
            assertThat(found).hasSize(26);
            assertThat(found).allSatisfy(alert -> assertThat(severity(alert)).isEqualTo("Critical"));

            final List<JsonNode> ordered = stamp.all(stamp.alerts(VERSION + "&$orderby=" + ServedStamp.encode(order)));
            final List<Instant> times = ordered.stream()
                    .map(alert -> Instant.parse(
                            alert.at("/properties/createdTimestamp").asText()))
                    .toList();
            assertThat(times)
                    .isSortedAccordingTo(java.util.Comparator.reverseOrder())
                    .hasSize(100);

            final String since = "not (properties/state eq 'Closed' or properties/severity ne 'Warning') and"
                    + " properties/createdTimestamp ge datetime'2020-01-01T00:00:00Z'";
            assertThat(stamp.all(stamp.alerts(VERSION + "&$filter=" + ServedStamp.encode(since))))
                    .singleElement()
                    .satisfies(alert ->
                            assertThat(alert.at("/properties/title").asText()).isEqualTo(ACCOUNT));
        }
    }

    @Test
    public void whatIsNoFilterIsABadRequest() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            for (final String bad : List.of("(a eq 'b'", "a like 'b'", "a eq", "a eq 'b' c", "'", "a eq 'b")) {
                final HttpResponse<String> answer =
                        stamp.ask("GET", stamp.alerts(VERSION + "&$filter=" + ServedStamp.encode(bad)), "");
                assertThat(answer.statusCode()).as(bad).isEqualTo(400);
                assertThat(answer.body()).contains("\"code\":\"BadRequest\"");
            }
        }
    }

    @Test
    public void aPersonClosesAnAlertWhichStaysClosedAcrossARestart() throws Exception {
        final Path state = folder.getRoot().toPath();
        final String id;
        final List<JsonNode> before;
        try (ServedStamp stamp = ServedStamp.kind().store(StateStore.in(state)).serve()) {
            endsIn(stamp, InternalSecret.Kind.SERVICE_ACCOUNT, 10);
            final JsonNode alert = stamp.active(ACCOUNT).get(0);
            id = alert.at("/properties/alertId").asText();
            final ObjectNode closed = alert.deepCopy();
            ((ObjectNode) closed.path("properties")).put("state", "Closed");

            final HttpResponse<String> answer = stamp.ask(
                    "PUT",
                    stamp.alerts("/" + id + VERSION + "&user=" + ServedStamp.encode("admin@contoso.onmicrosoft.com")),
                    closed.toString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(ServedStamp.JSON
                            .readTree(answer.body())
                            .at("/properties/closedByUserAlias")
                            .asText())
                    .isEqualTo("admin@contoso.onmicrosoft.com?api-version=1.0.0");
            assertThat(stamp.active(ACCOUNT)).isEmpty();
            before = stamp.all(stamp.alerts(VERSION));
        }
        try (ServedStamp stamp = ServedStamp.kind().store(StateStore.in(state)).serve()) {
            assertThat(stamp.active(ACCOUNT)).isEmpty();
            assertThat(stamp.all(stamp.alerts(VERSION))).isEqualTo(before);
            assertThat(stamp.get(stamp.alerts("/" + id + VERSION))
                            .at("/properties/state")
                            .asText())
                    .isEqualTo("Closed");
        }
    }

    @Test
    public void aRepairIsAskedAboutByItsGuid() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            stamp.bmcAnswers("node01", false);
            final String id = stamp.active("BMC connection timeout")
                    .get(0)
                    .at("/properties/alertId")
                    .asText();
            final HttpResponse<String> accepted = stamp.ask("POST", stamp.alerts("/" + id + "/repair" + VERSION), "");
            assertThat(accepted.statusCode()).isEqualTo(202);
            final String location = accepted.headers().firstValue("Location").orElseThrow();
            assertThat(location).contains("/healthServiceOperationResults/");
            assertThat(stamp.ask("GET", location, "").statusCode()).isEqualTo(202);

            final HttpResponse<String> wrong = stamp.ask(
                    "GET",
                    stamp.path(
                            "Microsoft.InfrastructureInsights.Admin",
                            "regionHealths/east/healthServiceOperationResults/nonsense" + VERSION),
                    "");
            assertThat(wrong.statusCode()).isEqualTo(500);
            assertThat(ServedStamp.JSON.readTree(wrong.body()).at("/error/code").asText())
                    .isNotEmpty();
        }
    }

    @Test
    public void theRegionAndItsServicesCountActiveAlerts() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            endsIn(stamp, InternalSecret.Kind.SERVICE_ACCOUNT, 10);
            stamp.bmcAnswers("node01", false);
            final String region = stamp.path("Microsoft.InfrastructureInsights.Admin", "regionHealths/east");

            final JsonNode summary = stamp.get(region + VERSION).at("/properties/alertSummary");
            assertThat(summary.path("criticalAlertCount").asInt()).isEqualTo(1);
            assertThat(summary.path("warningAlertCount").asInt()).isEqualTo(1);
            final JsonNode service =
                    stamp.get(region + "/serviceHealths" + VERSION).at("/value/0/properties");
            for (final String field : List.of(
                    "displayName", "namespace", "registrationId", "routePrefix", "serviceLocation", "infraURI")) {
                assertThat(service.path(field).asText()).as(field).isNotEmpty();
            }
            assertThat(service.path("healthState").asText()).isEqualTo("Critical");
            assertThat(stamp.get(region + "/serviceHealths" + VERSION)
                            .at("/value/1/properties/healthState")
                            .asText())
                    .isEqualTo("Healthy");
        }
    }
}
