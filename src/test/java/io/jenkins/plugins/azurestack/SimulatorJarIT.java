package io.jenkins.plugins.azurestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.yaml.snakeyaml.Yaml;

/** Runs the packed simulator as a process of its own. */
public class SimulatorJarIT {
    private static final Path JAR = Path.of("target/azure-stack-hub-simulator.jar");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void itListensDescribesItselfAndStopsByItself() throws Exception {
        final Path description = folder.getRoot().toPath().resolve("stamp.json");
        final Path ledger = folder.getRoot().toPath().resolve("ledger.jsonl");
        final Process process = start(
                "--identity",
                "ADFS",
                "--version",
                "1.2108.2.65",
                "--nodes",
                "2",
                "--bmc",
                "ilo-6,xcc",
                "--time-factor",
                "60",
                "--fault",
                "endpoint-down@10.30.0.226",
                "--describe",
                description.toString(),
                "--ledger",
                ledger.toString(),
                "--for",
                "12S");
        final JsonNode described = await(process, description);

        assertThat(described.path("identityProvider").asText()).isEqualTo("ADFS");
        assertThat(described.path("version").asText()).isEqualTo("1.2108.2.65");
        assertThat(hosts(described))
                .contains("10.30.0.225:5985", "10.30.0.227:5986", "10.30.4.11:443", "10.30.4.12:443");
        final String frontEnds = described.path("frontEnds").asText();
        assertThat(frontEnds).startsWith("127.0.0.1:");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(frontEnds))) {
            assertThat(socket.isConnected()).isTrue();
        }
        final Object casc = new Yaml().load(Files.readString(description.resolveSibling("stamp.yaml")));
        assertThat(casc.toString()).contains("azureStackHub", "east-cloudadmin");
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readString(ledger)).contains("\"service\":\"FRONT_END\"");
    }

    @Test
    public void whatIsNotUnderstoodIsSaidAndNothingIsStarted() throws Exception {
        final Process process = start("--fault", "earthquake");

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("No fault is called 'earthquake'", "answer-lost", "--help");
    }

    private Process start(final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** It is described once it listens; should that never come, the process ends by itself. */
    private static JsonNode await(final Process process, final Path description) throws Exception {
        while (!Files.exists(description)) {
            assertThat(process.isAlive())
                    .as(() -> "alive; it said: " + output(process))
                    .isTrue();
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        return new ObjectMapper().readTree(Files.readAllBytes(description));
    }

    private static String output(final Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static List<String> hosts(final JsonNode described) {
        final List<String> hosts = new ArrayList<>();
        described
                .path("routes")
                .forEach(route -> hosts.add(
                        route.path("host").asText() + ":" + route.path("port").asInt()));
        return hosts;
    }

    private static int port(final String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }
}
