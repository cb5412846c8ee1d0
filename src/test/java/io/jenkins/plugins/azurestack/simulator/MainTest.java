package io.jenkins.plugins.azurestack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.yaml.snakeyaml.Yaml;

/** The simulator from its command line, and what it says of itself. */
public class MainTest {
    private static final Set<String> CONSTRUCTED = Set.of("name", "region", "externalFqdn");

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private record Printed(int status, String text) {}

    private static Printed run(final String... arguments) throws InterruptedException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final int status;
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            status = Main.run(out, Clock.systemUTC(), arguments);
        }
        return new Printed(status, bytes.toString(StandardCharsets.UTF_8));
    }

    private Path path(final String name) {
        return temporary.getRoot().toPath().resolve(name);
    }

    private Printed described(final String... more) throws InterruptedException {
        final List<String> arguments = new ArrayList<>(
                List.of("--for", "PT0.05S", "--describe", path("stamp.json").toString()));
        arguments.addAll(Arrays.asList(more));
        return run(arguments.toArray(String[]::new));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(path("stamp.json")));
    }

    @Test
    public void helpNamesEveryFaultEveryKindOfBmcAndEveryOption() throws Exception {
        final Printed help = run("--help");
        assertThat(help.status).isZero();
        assertThat(help.text)
                .contains(Arrays.stream(Fault.values()).map(Fault::word).toList())
                .contains(Arrays.stream(Flavour.values()).map(Flavour::word).toList())
                .contains(
                        "--name",
                        "--fqdn",
                        "--identity",
                        "--providers",
                        "--version",
                        "--nodes",
                        "--bmc",
                        "--time-factor",
                        "--share",
                        "--state",
                        "--ledger",
                        "--describe",
                        "--fault",
                        "--for");
    }

    @Test
    public void itSaysWhereEverythingListensOnLoopbackAndStopsByItself() throws Exception {
        final Printed printed = run("--for", "PT0.05S", "--nodes", "3", "--bmc", "ilo-5,xcc", "--identity", "adfs");
        assertThat(printed.status).isZero();
        assertThat(printed.text)
                .contains("A simulated ADFS stamp 'east' (east.azurestack.contoso.com, ")
                .contains(World.PRIVILEGED_ENDPOINTS.stream()
                        .flatMap(address ->
                                List.of(address + ":5985 is 127.0.0.1:", address + ":5986 is 127.0.0.1:").stream())
                        .toList())
                .contains("10.30.4.11:443 is 127.0.0.1:", "10.30.4.13:443 is 127.0.0.1:")
                .doesNotContain("10.30.4.14")
                .endsWith("Its time is over." + System.lineSeparator());
    }

    @Test
    public void whatIsNotUnderstoodIsSaidAndNothingIsStarted() throws Exception {
        for (final String[] wrong : List.of(
                new String[] {"--frob", "'--frob' is not understood"},
                new String[] {"--for", "needs a value"},
                new String[] {"--for", "soon", "is no duration"},
                new String[] {"--nodes", "201", "no whole number of nodes from 1 to 200"},
                new String[] {"--time-factor", "0.5", "no whole number of seconds"},
                new String[] {"--bmc", "toaster", "toaster"},
                new String[] {"--fault", "earthquake", "No fault is called 'earthquake'"},
                new String[] {"--fault", "reset@x#y#z", "names no moment"},
                new String[] {"--fault", "bmc-locks@alerts", "has no occasion 'alerts', so it would never strike"},
                new String[] {"--fault", "reset@Start-SecretRotation", "but no cmdlets"},
                new String[] {"--fault", "everything-expired@node01", "none but 'always'"},
                new String[] {"--name", "no good", "name"})) {
            final Printed printed = run(Arrays.copyOf(wrong, wrong.length - 1));
            assertThat(printed.status).as(String.join(" ", wrong)).isEqualTo(2);
            assertThat(printed.text)
                    .contains("Not started: ", wrong[wrong.length - 1], "--help")
                    .doesNotContain("is ready");
        }
    }

    @Test
    public void aStateThatAnotherSimulatorHasIsNotTouched() throws Exception {
        HeldFolder.during(path("state"), () -> {
            final Printed second;
            try {
                second = run("--state", path("state").toString(), "--for", "1S");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            assertThat(second.status).isEqualTo(2);
            assertThat(second.text).contains("is another simulator's that runs");
        });
        assertThat(path("state").toFile().list()).containsExactly("in-use.lock");
    }

    @Test
    public void theDescriptionIsJsonForScripts() throws Exception {
        assertThat(described("--name", "west", "--version", "1.2108.2.65", "--nodes", "2").status)
                .isZero();
        final JsonNode json = json();
        assertThat(json.path("name").asText()).isEqualTo("west");
        assertThat(json.path("version").asText()).isEqualTo("1.2108.2.65");
        assertThat(json.path("frontEnds").asText()).startsWith("127.0.0.1:");
        assertThat(json.path("names"))
                .anySatisfy(name -> assertThat(name.path("name").asText())
                        .isEqualTo("adminmanagement.west.azurestack.contoso.com"));
        assertThat(json.path("routes")).hasSize(2 * World.PRIVILEGED_ENDPOINTS.size() + 2 + 2);
        assertThat(json.path("routes"))
                .allSatisfy(route -> assertThat(route.path("to").asText()).startsWith("127.0.0.1:"));
        assertThat(json.path("credentials").fieldNames())
                .toIterable()
                .containsExactly("cloudAdmin", "operator", "bmc", "share");
        final X509Certificate root = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(
                        json.path("certificateAuthority").asText().getBytes(StandardCharsets.US_ASCII)));
        root.verify(root.getPublicKey());
    }

    @Test
    @SuppressWarnings("unchecked")
    public void theJcascFileConfiguresAStampThatThePluginKnows() throws Exception {
        assertThat(described("--identity", "ADFS").text)
                .contains(path("stamp.yaml").toString());
        final Map<String, Object> yaml = new Yaml().load(Files.readString(path("stamp.yaml")));
        final Map<String, Object> hub =
                (Map<String, Object>) ((Map<String, Object>) yaml.get("unclassified")).get("azureStackHub");
        final Map<String, Object> stamp = ((List<Map<String, Object>>) hub.get("stamps")).get(0);

        assertThat(Arrays.stream(ConfiguredStamp.class.getConstructors())
                        .filter(constructor -> constructor.isAnnotationPresent(DataBoundConstructor.class)))
                .hasSize(1);
        final ConfiguredStamp configured = new ConfiguredStamp(
                (String) stamp.get("name"), (String) stamp.get("region"), (String) stamp.get("externalFqdn"));
        final Map<String, Method> setters = Arrays.stream(ConfiguredStamp.class.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .collect(Collectors.toMap(
                        method -> java.beans.Introspector.decapitalize(
                                method.getName().substring("set".length())),
                        method -> method));
        for (final Map.Entry<String, Object> field : stamp.entrySet()) {
            if (!CONSTRUCTED.contains(field.getKey())) {
                assertThat(setters).as("ConfiguredStamp's fields").containsKey(field.getKey());
                assertThatCode(() -> setters.get(field.getKey()).invoke(configured, field.getValue()))
                        .as(field.getKey())
                        .doesNotThrowAnyException();
            }
        }
        final Stamp known = configured.toStamp();
        assertThat(known.domain()).isEqualTo("east.azurestack.contoso.com");
        assertThat(configured.getPrivilegedEndpoints()).isEqualTo(World.PRIVILEGED_ENDPOINTS);
        assertThat(configured.getCertificateShare()).isEqualTo(SimulatedStamp.SHARE);
        assertThat(ids(yaml))
                .contains(
                        configured.getCloudAdminCredentialsId(),
                        configured.getShareCredentialsId(),
                        configured.getOperatorCredentialsId(),
                        configured.getBmcCredentialsId(),
                        known.trustedCertificates().orElseThrow());
    }

    @Test
    @SuppressWarnings("unchecked")
    public void theJcascFileAndTheJsonHoldTheSameCredentials() throws Exception {
        described();
        final Map<String, Object> yaml = new Yaml().load(Files.readString(path("stamp.yaml")));
        final JsonNode credentials = json().path("credentials");
        for (final Map<String, Map<String, Object>> one : credentials(yaml)) {
            if (one.containsKey("usernamePassword")) {
                final Map<String, Object> held = one.get("usernamePassword");
                final JsonNode same = credentials.path(
                        Map.of("east-cloudadmin", "cloudAdmin", "east-share", "share", "east-bmc", "bmc")
                                .getOrDefault(held.get("id"), "operator"));
                assertThat(List.of(held.get("username"), held.get("password")))
                        .isEqualTo(List.of(
                                same.path(same.has("userName") ? "userName" : "clientId")
                                        .asText(),
                                same.path(same.has("password") ? "password" : "clientSecret")
                                        .asText()));
            } else {
                assertThat(new String(
                                Base64.getDecoder()
                                        .decode((String) one.get("file").get("secretBytes")),
                                StandardCharsets.US_ASCII))
                        .isEqualTo(json().path("certificateAuthority").asText());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Map<String, Object>>> credentials(final Map<String, Object> yaml) {
        final Map<String, Object> system =
                (Map<String, Object>) ((Map<String, Object>) yaml.get("credentials")).get("system");
        return (List<Map<String, Map<String, Object>>>) ((List<Map<String, Object>>) system.get("domainCredentials"))
                .get(0)
                .get("credentials");
    }

    private static List<Object> ids(final Map<String, Object> yaml) {
        return credentials(yaml).stream()
                .flatMap(one -> one.values().stream())
                .map(held -> held.get("id"))
                .toList();
    }

    @Test
    public void aStampOnTheSameStateIsTheSameStamp() throws Exception {
        final String state = path("state").toString();
        described("--state", state);
        final String root = json().path("certificateAuthority").asText();
        described("--state", state);
        assertThat(json().path("certificateAuthority").asText()).isEqualTo(root);
        described();
        assertThat(json().path("certificateAuthority").asText()).isNotEqualTo(root);
    }
}
