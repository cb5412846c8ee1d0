package io.jenkins.plugins.azurestack.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Every Jenkinsfile that the documents show can be rehearsed, and does what its first lines say. */
public class ShippedPipelinesTest {
    private static final Path FOLDER = Path.of("docs", "pipelines");

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Rehearsal.Outcome rehearse(final String name, final Map<String, String> parameters, final String... stamps)
            throws IOException {
        return new Rehearsal(
                        new Rehearsal.Setting(
                                Arrays.stream(stamps).map(Simulation::of).toList(),
                                temporary.getRoot().toPath().resolve(name),
                                Optional.of(BuildResult.SUCCESS),
                                "anna",
                                parameters,
                                Duration.ofMinutes(10)),
                        Clock.systemUTC(),
                        new SecureRandom(),
                        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run(Jenkinsfile.read(FOLDER.resolve(name + ".Jenkinsfile")));
    }

    @Test
    public void everyOneIsRehearsedHereOrByATestOfItsOwn() throws Exception {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "bmc.Jenkinsfile",
                            "expiry.Jenkinsfile",
                            "internal.Jenkinsfile",
                            "maintenance.Jenkinsfile",
                            "requests.Jenkinsfile",
                            "stamps.Jenkinsfile");
        }
    }

    @Test
    public void severalStampsAreCheckedAndEachHasAReportAndALedger() throws Exception {
        final Rehearsal.Outcome outcome = rehearse("stamps", Map.of(), "east", "west");
        assertThat(outcome.console())
                .contains("[Pipeline] { (Branch: east)", "[Pipeline] { (Branch: west)")
                .anyMatch(line -> line.startsWith("Stamp east: "))
                .anyMatch(line -> line.startsWith("Stamp west: "));
        final Path archive = temporary.getRoot().toPath().resolve("stamps").resolve("archive");
        assertThat(archive.resolve("expiry-east.html")).isRegularFile();
        assertThat(archive.resolve("expiry-west.html")).isRegularFile();
        assertThat(Files.readString(outcome.page()))
                .contains("What the simulated stamp east saw", "What the simulated stamp west saw")
                .doesNotContain("No step touched it.");
    }

    @Test
    public void internalSecretsAreLeftAloneWithoutAReason() throws Exception {
        final Rehearsal.Outcome outcome = rehearse("internal", Map.of(), "east");
        assertThat(outcome.result()).isEqualTo(BuildResult.SUCCESS);
        assertThat(outcome.console())
                .contains("Stage \"Rotate\" skipped due to when conditional")
                .noneMatch(line -> line.startsWith("COMPLETED"));
    }

    @Test
    public void internalSecretsAreRotatedOnceTheReasonIsApproved() throws Exception {
        final Rehearsal.Outcome outcome = rehearse("internal", Map.of("COMPROMISE", "true"), "east");
        assertThat(outcome.result()).isEqualTo(BuildResult.SUCCESS);
        assertThat(outcome.console()).anyMatch(line -> line.startsWith("COMPLETED: The internal rotation"));
        assertThat(Files.readString(outcome.page())).contains("Start-SecretRotation: 1");
    }
}
