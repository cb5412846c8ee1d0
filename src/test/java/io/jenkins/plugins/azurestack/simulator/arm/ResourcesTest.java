package io.jenkins.plugins.azurestack.simulator.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The other pages of the simulated Resource Manager (facts 6.1 and 6.4 to 6.7), and how it refuses. */
public class ResourcesTest {
    private static final String FABRIC = "Microsoft.Fabric.Admin";
    private static final String UPDATE = "Microsoft.Update.Admin";
    private static final String BACKUP = "Microsoft.Backup.Admin";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static JsonNode json(final HttpResponse<String> answer) throws IOException {
        return ServedStamp.JSON.readTree(answer.body());
    }

    @Test
    public void metadataOf2015IsAnObject() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final JsonNode endpoints = json(stamp.send(stamp.bare("/metadata/endpoints?api-version=2015-01-01")));

            assertThat(endpoints.path("galleryEndpoint").asText())
                    .isEqualTo("https://adminportal.east.azurestack.contoso.com:30015/");
            assertThat(endpoints.path("graphEndpoint").asText()).isEqualTo("https://graph.windows.net/");
            assertThat(endpoints.path("portalEndpoint").asText())
                    .isEqualTo("https://adminportal.east.azurestack.contoso.com/");
            assertThat(endpoints.at("/authentication/loginEndpoint").asText()).isEqualTo(ServedStamp.LOGIN);
            assertThat(endpoints.at("/authentication/audiences/0").asText())
                    .matches("https://[a-z.]+[.]onmicrosoft[.]com/[0-9a-f-]{36}");
        }
    }

    @Test
    public void laterMetadataIsAnArray() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final JsonNode environments = json(stamp.send(stamp.bare("/metadata/endpoints?api-version=2018-05-01")));

            assertThat(environments.isArray()).isTrue();
            for (final String field : List.of("name", "portal", "graphAudience")) {
                assertThat(environments.get(0).path(field).asText()).as(field).isNotEmpty();
            }
            assertThat(environments.at("/0/suffixes").isObject()).isTrue();
            assertThat(environments.at("/0/authentication/loginEndpoint").asText())
                    .isEqualTo(ServedStamp.LOGIN);
            assertThat(environments.at("/0/authentication/audiences/0").asText())
                    .isEqualTo(stamp.audience());
        }
    }

    @Test
    public void metadataOfAStampWithAdfsNamesItsOwnAuthority() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().adfs().serve()) {
            final JsonNode endpoints = json(stamp.send(stamp.bare("/metadata/endpoints?api-version=2015-01-01")));

            assertThat(endpoints.at("/authentication/loginEndpoint").asText())
                    .isEqualTo("https://adfs.east.azurestack.contoso.com/adfs");
            assertThat(endpoints.at("/authentication/audiences/0").asText())
                    .isEqualTo("https://adminmanagement.adfs.azurestack.local/"
                            + stamp.world().identity().tenant());
        }
    }

    @Test
    public void theDefaultProviderSubscriptionIsOneOfSeveralAndKeepsItsId() throws Exception {
        final Path state = folder.getRoot().toPath();
        final JsonNode before;
        try (ServedStamp stamp = ServedStamp.kind().store(StateStore.in(state)).serve()) {
            before = stamp.get("/subscriptions?api-version=2016-05-01");
            assertThat(before.path("value")).hasSize(3);
            assertThat(before.path("value"))
                    .extracting(one -> one.path("displayName").asText())
                    .contains("Default Provider Subscription");
        }
        try (ServedStamp stamp = ServedStamp.kind().store(StateStore.in(state)).serve()) {
            assertThat(stamp.get("/subscriptions?api-version=2016-05-01")).isEqualTo(before);
        }
    }

    @Test
    public void theFabricLocationNamesThePrivilegedEndpointsAndWhatRuns() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final String path = stamp.path(FABRIC, "fabricLocations/east?api-version=2016-05-01");
            final JsonNode quiet = stamp.get(path).path("properties");
            assertThat(quiet.path("pepIpAddresses"))
                    .extracting(JsonNode::asText)
                    .containsExactly("10.30.0.225", "10.30.0.226", "10.30.0.227");
            assertThat(quiet.path("exclusiveAdminOperationRunning").asBoolean(true))
                    .isFalse();
            assertThat(quiet.has("exclusiveAdminOperationName")).isFalse();
            for (final String field : List.of(
                    "timeServer",
                    "stampInformationId",
                    "stampCloudId",
                    "externalDNSIPAddress01",
                    "externalDNSIPAddress02",
                    "dataGeoLocation",
                    "startUpActionPlanStartTime",
                    "startUpActionPlanEndTime")) {
                assertThat(quiet.has(field)).as(field).isTrue();
            }

            stamp.world().faults().arm(Fault.EXCLUSIVE_OPERATION, Moment.ALWAYS);
            final JsonNode busy = stamp.get(path).path("properties");
            assertThat(busy.path("exclusiveAdminOperationRunning").asBoolean()).isTrue();
            assertThat(busy.path("exclusiveAdminOperationName").asText()).isEqualTo("RepairNode");
            assertThat(stamp.get(stamp.path(FABRIC, "fabricLocations?api-version=2016-05-01"))
                            .at("/value/0/properties"))
                    .isEqualTo(busy);
        }
    }

    @Test
    public void nodesNameTheirBmc() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            for (final String version : List.of("2016-05-01", "2020-10-01")) {
                final JsonNode nodes =
                        stamp.get(stamp.path(FABRIC, "fabricLocations/east/scaleUnitNodes?api-version=" + version));
                assertThat(nodes.path("value")).hasSize(4);
                final JsonNode node = nodes.at("/value/1");
                assertThat(node.path("name").asText()).isEqualTo("east/node02");
                final JsonNode properties = node.path("properties");
                assertThat(properties.path("bmcAddress").asText()).isEqualTo("10.30.1.2");
                assertThat(properties.path("scaleUnitNodeStatus").asText()).isEqualTo("Running");
                assertThat(properties.path("vendor").asText()).isEqualTo("DELL");
                assertThat(properties.path("model").asText()).isEqualTo("PowerEdge R740xd");
                for (final String field : List.of(
                        "powerState",
                        "scaleUnitName",
                        "scaleUnitUri",
                        "canPowerOff",
                        "serialNumber",
                        "capacity",
                        "gpus",
                        "lastOperationName",
                        "lastOperationState")) {
                    assertThat(properties.has(field)).as(field).isTrue();
                }
                assertThat(properties.at("/capacity/memoryGB").asInt()).isPositive();
                assertThat(properties.at("/capacity/cores").asInt()).isPositive();
            }
            final JsonNode unit = stamp.get(
                            stamp.path(FABRIC, "fabricLocations/east/scaleUnits?api-version=2016-05-01"))
                    .at("/value/0/properties");
            assertThat(unit.path("nodes")).hasSize(4);
            assertThat(unit.path("isMultiNode").asBoolean()).isTrue();
            assertThat(unit.path("state").asText()).isEqualTo("Running");
            assertThat(unit.path("totalCapacity").isObject()).isTrue();
            assertThat(stamp.get(stamp.path(FABRIC, "fabricLocations/east/infraRoleInstances?api-version=2016-05-01"))
                            .path("value"))
                    .hasSize(26);
        }
    }

    @Test
    public void anOldReleaseDoesNotKnowTheNewerVersionsOfTheApi() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().version("1.2005.6.53").serve()) {
            final String nodes = stamp.path(FABRIC, "fabricLocations/east/scaleUnitNodes?api-version=");
            assertThat(stamp.ask("GET", nodes + "2020-10-01", "").statusCode()).isEqualTo(400);
            assertThat(stamp.ask("GET", nodes + "2016-05-01", "").statusCode()).isEqualTo(200);
            final String location = stamp.path(UPDATE, "updateLocations/east?api-version=");
            assertThat(stamp.ask("GET", location + "2021-07-01", "").statusCode())
                    .isEqualTo(400);
            assertThat(stamp.ask("GET", location + "2016-05-01", "").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    public void aLongOperationIsAcceptedAndAskedAboutUntilItHasEnded() throws Exception {
        final Path state = folder.getRoot().toPath();
        final String location;
        try (ServedStamp stamp = ServedStamp.kind().store(StateStore.in(state)).serve()) {
            final HttpResponse<String> accepted = stamp.ask(
                    "POST",
                    stamp.path(
                            FABRIC, "fabricLocations/east/infraRoleInstances/AZS-XRP01/Reboot?api-version=2016-05-01"),
                    "");
            assertThat(accepted.statusCode()).isEqualTo(202);
            assertThat(accepted.headers().firstValue("Retry-After")).contains("60");
            location = accepted.headers().firstValue("Location").orElseThrow();
            assertThat(location).contains("/computeOperationResults/");
            assertThat(json(stamp.ask("GET", location, ""))
                            .at("/properties/provisioningState")
                            .asText())
                    .isEqualTo("Running");
        }
        try (ServedStamp stamp = ServedStamp.kind().store(StateStore.in(state)).serve()) {
            stamp.world().time().advance(Duration.ofMinutes(10));
            final HttpResponse<String> ended = stamp.ask("GET", location, "");
            assertThat(ended.statusCode()).isEqualTo(200);
            assertThat(json(ended).at("/properties/provisioningState").asText()).isEqualTo("Succeeded");
        }
    }

    @Test
    public void updatesSayWhatIsInstalledAndWhatInstalls() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final String location = stamp.path(UPDATE, "updateLocations/east");
            final String version = "?api-version=2021-07-01";
            final JsonNode quiet = stamp.get(location + version).path("properties");
            assertThat(quiet.path("state").asText()).isEqualTo("AppliedSuccessfully");
            assertThat(quiet.path("currentVersion").asText()).isEqualTo("1.2311.1.22");
            for (final String field :
                    List.of("currentOemVersion", "oemFamily", "hardwareModel", "lastChecked", "packageVersions")) {
                assertThat(quiet.has(field)).as(field).isTrue();
            }
            assertThat(states(stamp, location + "/updates" + version)).containsExactly("Installed", "Ready");

            stamp.world().faults().arm(Fault.UPDATE_RUNNING, Moment.ALWAYS);
            final JsonNode updates = stamp.get(location + "/updates" + version).path("value");
            assertThat(states(stamp, location + "/updates" + version)).containsExactly("Installed", "Installing");
            final String name = updates.get(1).path("name").asText().substring("east/".length());
            final JsonNode run = stamp.get(location + "/updates/" + name + "/updateRuns" + version)
                    .at("/value/0/properties");
            assertThat(run.path("state").asText()).isEqualTo("InProgress");
            Instant.parse(run.path("timeStarted").asText());
            Duration.parse(run.path("duration").asText());
            for (final String field : List.of("name", "description", "status")) {
                assertThat(run.at("/progress/steps/0").path(field).asText())
                        .as(field)
                        .isNotEmpty();
            }
        }
    }

    private static List<String> states(final ServedStamp stamp, final String path) throws Exception {
        return stamp.all(path).stream()
                .map(update -> update.at("/properties/state").asText())
                .toList();
    }

    @Test
    public void theBackupLocationNamesItsCertificateAndABackupTakesHalfAnHour() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final String location = stamp.path(BACKUP, "backupLocations/east");
            final JsonNode store =
                    stamp.get(location + "?api-version=2018-09-01").at("/properties/externalStoreDefault");
            assertThat(store.path("encryptionCertThumbprint").asText()).matches("[0-9A-F]{40}");
            for (final String field : List.of(
                    "path",
                    "backupFrequencyInHours",
                    "isBackupSchedulerEnabled",
                    "nextBackupTime",
                    "lastBackupTime",
                    "backupRetentionPeriodInDays")) {
                assertThat(store.hasNonNull(field)).as(field).isTrue();
            }

            final String result = stamp.ask("POST", location + "/createBackup?api-version=2018-09-01", "")
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertThat(result).contains("/operationResults/");
            stamp.world().time().advance(Duration.ofMinutes(20));
            assertThat(stamp.ask("GET", result, "").statusCode()).isEqualTo(202);
            stamp.world().time().advance(Duration.ofMinutes(20));
            assertThat(stamp.ask("GET", result, "").statusCode()).isEqualTo(200);
        }
    }

    private static String deployment(final ServedStamp stamp, final String rest) {
        return "/subscriptions/" + stamp.manager().providerSubscription()
                + "/providers/Microsoft.Deployment.Admin/locations/global/" + rest + "?api-version=2019-01-01";
    }

    @Test
    public void productsSayWhenTheirSecretsEnd() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final JsonNode products =
                    stamp.get(deployment(stamp, "productDeployments")).path("value");
            assertThat(products)
                    .extracting(product -> product.path("name").asText())
                    .containsExactly("global/microsoft.eventhub", "global/microsoft.sqlrp");
            final JsonNode hubs = products.get(0).path("properties");
            assertThat(hubs.path("status").asText()).isEqualTo("DeploymentSucceeded");
            assertThat(hubs.at("/deployment/version").asText()).isNotEmpty();
            assertThat(hubs.at("/deployment/actionPlanInstanceResourceId").asText())
                    .contains("/actionplans/");
            assertThat(hubs.has("lastSuccessfulDeployment")).isTrue();
            assertThat(hubs.path("provisioningState").asText()).isEqualTo("Succeeded");

            final JsonNode secrets = stamp.get(
                            deployment(stamp, "productPackages/microsoft.eventhub.1.2108.1.0/secrets"))
                    .path("value");
            assertThat(secrets.at("/0/name").asText()).endsWith("/aseh-ssl-gateway-pfx");
            final JsonNode secret = secrets.at("/0/properties");
            assertThat(secret.path("secretKind").asText()).isEqualTo("Certificate");
            assertThat(secret.path("expiresAfter").asText()).isEqualTo("P730D");
            assertThat(secret.has("secretDescriptor")).isTrue();
            assertThat(secret.path("description").asText()).isNotEmpty();
            assertThat(secret.at("/secretState/status").asText()).isEqualTo("Deployed");
            assertThat(secret.at("/secretState/rotationStatus").asText()).isEqualTo("None");
            Instant.parse(secret.at("/secretState/expirationDate").asText());
        }
    }

    @Test
    public void aProductsRotationServesWhatWasImportedAndSurvivesARestart() throws Exception {
        final Path state = folder.getRoot().toPath();
        final Instant ends = InstantSource.system().instant().plus(Duration.ofDays(640));
        final IssuedCertificate fresh = ServedStamp.issue("*.eventhub.east.azurestack.contoso.com", ends);
        final String secret = "productPackages/microsoft.eventhub.1.2108.1.0/secrets/aseh-ssl-gateway-pfx";
        final String body = "{\"data\":\"" + Base64.getEncoder().encodeToString(fresh.pfx("Secret1".toCharArray()))
                + "\",\"password\":\"Secret1\"}";
        final String operation;
        try (ServedStamp stamp = ServedStamp.kind().store(StateStore.in(state)).serve()) {
            assertThat(stamp.ask("POST", deployment(stamp, secret + "/validate"), body.replace("Secret1", "wrong"))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(stamp.ask("POST", deployment(stamp, secret + "/validate"), body)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(stamp.ask("POST", deployment(stamp, secret + "/import"), body)
                            .statusCode())
                    .isEqualTo(200);

            final HttpResponse<String> accepted =
                    stamp.ask("POST", deployment(stamp, "productDeployments/microsoft.eventhub/rotateSecrets"), "");
            assertThat(accepted.statusCode()).isEqualTo(202);
            operation = accepted.headers().firstValue("Azure-AsyncOperation").orElseThrow();
            assertThat(json(stamp.ask("GET", operation, "")).path("status").asText())
                    .isEqualTo("InProgress");
            assertThat(stamp.ask("POST", deployment(stamp, "productDeployments/microsoft.sqlrp/rotateSecrets"), "")
                            .statusCode())
                    .isEqualTo(409);
            final String id = operation.replaceAll(".*/operations/([0-9a-f-]+).*", "$1");
            assertThat(stamp.get(deployment(stamp, "actionplans/" + id)).at("/properties/progress/steps"))
                    .hasSize(2);
        }
        try (ServedStamp stamp = ServedStamp.kind().store(StateStore.in(state)).serve()) {
            stamp.world().time().advance(Duration.ofHours(4));
            assertThat(json(stamp.ask("GET", operation, "")).path("status").asText())
                    .isEqualTo("Succeeded");
            final JsonNode after = stamp.get(deployment(stamp, secret)).at("/properties/secretState");
            assertThat(after.path("expirationDate").asText())
                    .isEqualTo(Json.time(fresh.leaf().getNotAfter().toInstant()));
            assertThat(after.path("rotationStatus").asText()).isEqualTo("None");
        }
    }

    @Test
    public void withoutATokenThatIsGoodACallIsChallenged() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve();
                ServedStamp foreign = ServedStamp.kind().serve()) {
            final String path = "/subscriptions?api-version=2016-05-01";
            requireChallenge(stamp.send(stamp.bare(path)), "AuthenticationFailed");
            requireChallenge(stamp.send(stamp.as("nonsense", path)), "InvalidAuthenticationToken");
            requireChallenge(stamp.send(stamp.as(foreign.token(), path)), "InvalidAuthenticationToken");
            final String token = stamp.token();
            stamp.world().faults().arm(Fault.TOKEN_EXPIRED, Moment.at("subscriptions"));
            requireChallenge(stamp.send(stamp.as(token, path)), "ExpiredAuthenticationToken");
            assertThat(stamp.send(stamp.as(token, path)).statusCode()).isEqualTo(200);
            stamp.world().time().advance(Duration.ofMinutes(60));
            requireChallenge(stamp.send(stamp.as(token, path)), "ExpiredAuthenticationToken");
        }
    }

    private static void requireChallenge(final HttpResponse<String> answer, final String code) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo(code);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("Bearer authorization_uri=\"https://login.contoso.example/")
                .contains("error=\"invalid_token\"");
    }

    @Test
    public void aRoleIsNeeded() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            register(stamp, "nobody", ServicePrincipal.Role.NONE);
            register(stamp, "reader", ServicePrincipal.Role.READER);
            final String location = stamp.path(FABRIC, "fabricLocations/east?api-version=2016-05-01");
            final String nobody = stamp.token("nobody", "secret");
            final HttpResponse<String> refused = stamp.send(stamp.as(nobody, location));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(json(refused).at("/error/code").asText()).isEqualTo("AuthorizationFailed");
            assertThat(json(refused).at("/error/message").asText())
                    .contains(
                            "does not have authorization to perform action 'Microsoft.Fabric.Admin/fabricLocations/read'");
            assertThat(json(stamp.send(stamp.as(nobody, "/subscriptions?api-version=2016-05-01")))
                            .path("value"))
                    .isEmpty();

            final String reader = stamp.token("reader", "secret");
            assertThat(stamp.send(stamp.as(reader, location)).statusCode()).isEqualTo(200);
            assertThat(stamp.send(stamp.as(
                                            reader,
                                            stamp.path(
                                                    BACKUP, "backupLocations/east/createBackup?api-version=2018-09-01"))
                                    .POST(java.net.http.HttpRequest.BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    private static void register(final ServedStamp stamp, final String id, final ServicePrincipal.Role role) {
        stamp.manager()
                .principals()
                .register(new ServicePrincipal(id, id + "-object", Optional.of("secret"), List.of(), role));
    }

    @Test
    public void whatIsNotThereIsSaidByName() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final String fabric = stamp.path(FABRIC, "fabricLocations/east?api-version=2016-05-01");
            final Map<String, String> codes = Map.of(
                    fabric.replace(stamp.manager().providerSubscription(), "5f1ed000-0000-4000-8000-00000000dead"),
                    "404 SubscriptionNotFound",
                    fabric.replace("System.east", "System.west"),
                    "404 ResourceGroupNotFound",
                    fabric.replace("fabricLocations/east", "fabricLocations/west"),
                    "404 ResourceNotFound",
                    fabric.replace("Fabric.Admin", "Fabrics.Admin"),
                    "404 InvalidResourceNamespace",
                    fabric.replace("fabricLocations/east", "fabrics/east"),
                    "404 InvalidResourceType",
                    fabric.replace("2016-05-01", "2016-05-09"),
                    "400 InvalidResourceType",
                    fabric.replace("?api-version=2016-05-01", ""),
                    "400 MissingApiVersionParameter",
                    "/subscriptions?api-version=2099-01-01",
                    "400 InvalidApiVersionParameter",
                    "/metadata/endpoints",
                    "400 MissingApiVersionParameter",
                    stamp.alerts("/5f1ed000-0000-4000-8000-00000000dead?api-version=2016-05-01"),
                    "404 ResourceNotFound");
            for (final Map.Entry<String, String> code : codes.entrySet()) {
                final HttpResponse<String> answer = stamp.ask("GET", code.getKey(), "");
                assertThat(answer.statusCode() + " "
                                + json(answer).at("/error/code").asText())
                        .as(code.getKey())
                        .isEqualTo(code.getValue());
                assertThat(json(answer).at("/error/message").asText()).isNotEmpty();
            }
            assertThat(stamp.ask("DELETE", fabric, "").statusCode()).isEqualTo(405);
        }
    }

    @Test
    public void pathsAreTheSameInAnyCase() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final String path = stamp.path(FABRIC, "fabricLocations/east");
            assertThat(stamp.get(path.toUpperCase(Locale.ROOT) + "?API-VERSION=2016-05-01"))
                    .isEqualTo(stamp.get(path.toLowerCase(Locale.ROOT) + "?api-version=2016-05-01"));
        }
    }

    @Test
    public void tooManyRequestsAreToldWhenToComeBack() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            stamp.world().faults().arm(Fault.THROTTLED, Moment.at("alerts"));
            final String alerts = stamp.alerts("?api-version=2016-05-01");
            final HttpResponse<String> throttled = stamp.ask("GET", alerts, "");

            assertThat(throttled.statusCode()).isEqualTo(429);
            assertThat(throttled.headers().firstValue("Retry-After")).contains("1");
            assertThat(stamp.ask("GET", alerts, "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    public void aLostAnswerLeavesItsEffectAndItsEntryBehind() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            stamp.world().faults().arm(Fault.ANSWER_LOST, Moment.at("rotateSecrets"));
            final String path = deployment(stamp, "productDeployments/microsoft.sqlrp/rotateSecrets");

            assertThatThrownBy(() -> stamp.ask("POST", path, "")).isInstanceOf(IOException.class);
            assertThat(stamp.world().actionPlans().running()).isPresent();
            assertThat(stamp.world().ledger().calls(Ledger.Service.RESOURCE_MANAGER, "POST " + path.split("[?]")[0]))
                    .singleElement()
                    .satisfies(call -> assertThat(call.isDone()).isTrue());
        }
    }

    @Test
    public void theWireFailsAsItIsTold() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final String alerts = stamp.alerts("?api-version=2016-05-01");
            for (final Fault fault : List.of(Fault.RESET, Fault.TRUNCATED)) {
                stamp.world().faults().arm(fault, Moment.always("alerts"));
                assertThatThrownBy(() -> stamp.ask("GET", alerts, ""))
                        .as(fault.word())
                        .isInstanceOf(IOException.class);
                stamp.world().faults().clear(fault);
            }
            stamp.world().faults().arm(Fault.SLOW_DRIP, Moment.at("alerts"));
            assertThat(stamp.get(alerts).path("value")).hasSize(25);
        }
    }

    @Test
    public void anEndpointThatIsDownTakesNoConnection() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            assertThat(stamp.manager().isDown("adminmanagement")).isFalse();
            stamp.world().faults().arm(Fault.ENDPOINT_DOWN, Moment.always("adminmanagement"));
            assertThat(stamp.manager().isDown("adminmanagement")).isTrue();
            assertThat(stamp.manager().isDown("login")).isFalse();
            stamp.world().faults().clear(Fault.ENDPOINT_DOWN);
            stamp.world().faults().arm(Fault.EVERYTHING_EXPIRED, Moment.ALWAYS);
            assertThat(stamp.manager().isDown("adminmanagement")).isFalse();
            stamp.replace(Map.of(
                    CertificateFolder.ARM_ADMIN,
                    ServedStamp.issue(
                            "adminmanagement.east.azurestack.contoso.com",
                            stamp.world().time().now().minusSeconds(1))));
            assertThat(stamp.manager().isDown("adminmanagement")).isTrue();
            assertThat(stamp.manager().isDown("login")).isFalse();
        }
    }
}
