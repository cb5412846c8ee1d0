package io.jenkins.plugins.azurestack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePool;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** The simulator as a command line starts it: in this process where that is enough, and in one of its own. */
public class SimulatorProcessTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final Timeout limit = Timeout.seconds(120);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(final String... arguments) throws InterruptedException {
        return Main.run(new PrintStream(out, true, StandardCharsets.UTF_8), Clock.systemUTC(), arguments);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    public void whatIsNotUnderstoodIsNamedAndNothingStarts() throws Exception {
        for (final List<String> wrong : List.of(
                List.of("--wat"),
                List.of("--identity", "LDAP"),
                List.of("--identity"),
                List.of("--nodes", "0"),
                List.of("--nodes", "201"),
                List.of("--nodes", "four"),
                List.of("--time-factor", "-1"),
                List.of("--bmc", "ilo-99"),
                List.of("--bmc", ","),
                List.of("--providers", "Teapots"),
                List.of("--name", "no spaces here"),
                List.of("--fqdn", "-.-"),
                List.of("--version", "latest"),
                List.of("--fault", "earthquake"),
                List.of("--fault", "reset@#"),
                List.of("--fault", "reset@x#0"),
                List.of("--fault", "reset@+10M"),
                List.of("--for", "soon"),
                List.of("--for", "-PT1S"),
                List.of("--describe", "\0"))) {
            out.reset();
            final List<String> all = new ArrayList<>(List.of("--for", "1S", "--nodes", "1"));
            all.addAll(wrong);
            assertThat(run(all.toArray(String[]::new))).as(wrong.toString()).isEqualTo(2);
            assertThat(said())
                    .as(wrong.toString())
                    .startsWith("Not started: ")
                    .contains("--help")
                    .doesNotContain("null", "Exception", "is ready");
        }
    }

    @Test
    public void whereItCanNotWriteIsSaid() throws Exception {
        final Path file = folder.newFile("plain").toPath();
        for (final String option : List.of("--state", "--share", "--describe", "--ledger")) {
            out.reset();
            assertThat(run(
                            "--for",
                            "1S",
                            "--nodes",
                            "1",
                            option,
                            file.resolve("below").toString()))
                    .as(option)
                    .isEqualTo(2);
            assertThat(said()).as(option).contains("Not started: ", file.toString());
        }
    }

    @Test
    public void helpNamesEveryFaultAndStartsNothing() throws Exception {
        assertThat(run("--help", "--fault", "earthquake")).isZero();
        assertThat(said())
                .contains("everything-expired", "share-foreign-files", "--describe")
                .doesNotContain("ready");
    }

    @Test
    public void itListensOnLoopbackAloneObeysFaultsAndEndsAtOnceWhenItIsTold() throws Exception {
        final Path description = folder.getRoot().toPath().resolve("stamp.json");
        final Path ledger = folder.getRoot().toPath().resolve("ledger.jsonl");
        final Path log = folder.getRoot().toPath().resolve("log");
        final Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--nodes",
                        "2",
                        "--state",
                        folder.getRoot().toPath().resolve("state").toString(),
                        "--fault",
                        "endpoint-down@10.30.0.226",
                        "--describe",
                        description.toString(),
                        "--ledger",
                        ledger.toString(),
                        "--for",
                        "100S")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            while (!Files.exists(description)) {
                assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
            final JsonNode described = new ObjectMapper().readTree(description.toFile());
            final List<Integer> ports = listening(process.pid());
            assertThat(ports).hasSize(1 + described.path("routes").size());

            final JsonNode admin = described.at("/credentials/cloudAdmin");
            logOn(described, "10.30.0.225:5985", admin.path("password").asText());
            logOn(described, "10.30.0.225:5985", "wrong");
            logOn(described, "10.30.0.226:5985", admin.path("password").asText());

            final List<String> secrets = secrets(described.path("credentials"));
            assertThat(secrets).hasSize(4);
            for (final Path file : List.of(log, ledger)) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(secrets);
            }
            assertThat(Files.readString(ledger).lines())
                    .allSatisfy(
                            line -> assertThat(new ObjectMapper().readTree(line).has("outcome"))
                                    .isTrue())
                    .anyMatch(line -> line.contains("wrong-password"))
                    .noneMatch(line -> line.contains("10.30.0.226"));
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Every port that a process listens on, as Linux has it, all of them on a loopback address. */
    private static List<Integer> listening(final long process) throws IOException {
        final Path kernel = Path.of("/proc", Long.toString(process));
        org.junit.Assume.assumeTrue("Skipped: needs Linux", Files.isDirectory(kernel));
        final List<String> sockets = new ArrayList<>();
        try (Stream<Path> open = Files.list(kernel.resolve("fd"))) {
            for (final Path one : open.toList()) {
                final String link = Files.readSymbolicLink(one).toString();
                if (link.startsWith("socket:[")) {
                    sockets.add(link.substring("socket:[".length(), link.length() - 1));
                }
            }
        }
        final List<Integer> ports = new ArrayList<>();
        for (final String table : List.of("tcp", "tcp6", "udp", "udp6")) {
            for (final String line :
                    Files.readAllLines(kernel.resolve("net").resolve(table)).subList(1, lines(kernel, table))) {
                final String[] fields = line.strip().split("\\s+");
                final boolean listens = fields[3].equals("0A") || table.startsWith("udp");
                if (listens && sockets.contains(fields[9])) {
                    assertThat(fields[1])
                            .as(table)
                            .matches("(0100007F|00000000000000000000000001000000|0000000000000000FFFF00000100007F):.*");
                    ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
                }
            }
        }
        return ports;
    }

    private static int lines(final Path kernel, final String table) throws IOException {
        return Files.readAllLines(kernel.resolve("net").resolve(table)).size();
    }

    private static void logOn(final JsonNode described, final String place, final String password) throws Exception {
        for (final JsonNode route : described.path("routes")) {
            if (place.equals(
                    route.path("host").asText() + ":" + route.path("port").asInt())) {
                final String to = route.path("to").asText();
                final int port = Integer.parseInt(to.substring(to.indexOf(':') + 1));
                try (PasswordCredentials user = new PasswordCredentials(
                                described.at("/credentials/cloudAdmin/userName").asText(), password.toCharArray());
                        RunspacePool pool = RunspacePool.at(
                                        new WsManEndpoint(false, "10.30.0.225", 5985, "/wsman"), "PrivilegedEndpoint")
                                .connector((host, where, timeout) -> new Socket("127.0.0.1", port))
                                .credentials(user)
                                .open()) {
                    pool.command("Get-Command").run(Duration.ofMinutes(1));
                } catch (io.jenkins.plugins.azurestack.powershell.RemotingException e) {
                    // The ledger says how it was met.
                    continue;
                }
            }
        }
    }

    private static List<String> secrets(final JsonNode credentials) {
        final List<String> secrets = new ArrayList<>();
        credentials.forEach(one -> secrets.add(
                one.path(one.has("password") ? "password" : "clientSecret").asText()));
        return secrets;
    }
}
