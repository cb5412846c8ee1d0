package io.jenkins.plugins.azurestack.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A new BMC password within a rehearsal, at BMCs of all vendors. */
public class RehearsedBmcTest {
    private static final Path SHIPPED = Path.of("docs", "pipelines", "bmc.Jenkinsfile");
    private static final int FLAVOURS = 7;

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Rehearsal.Outcome run(final int nodes, final List<String> faults, final Jenkinsfile file)
            throws IOException {
        final Simulation usual = Simulation.of("east");
        return new Rehearsal(
                        new Rehearsal.Setting(
                                List.of(new Simulation(
                                        "east",
                                        usual.identity(),
                                        usual.providers(),
                                        usual.version(),
                                        nodes,
                                        usual.timeFactor(),
                                        faults,
                                        Optional.empty())),
                                temporary.getRoot().toPath().resolve("rehearsal"),
                                Optional.empty(),
                                "anna",
                                Map.of(),
                                Duration.ofMinutes(10)),
                        Clock.systemUTC(),
                        new SecureRandom(),
                        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run(file);
    }

    private static Jenkinsfile shipped() throws IOException {
        return new Jenkinsfile(SHIPPED.getFileName().toString(), Files.readString(SHIPPED));
    }

    @Test
    public void theShippedPipelineComesToItsEndAndSaysWhatIsStillToDo() throws Exception {
        final Rehearsal.Outcome outcome = run(4, List.of(), shipped());
        final String console = String.join("\n", outcome.console());
        assertThat(outcome.result()).as(console).isEqualTo(BuildResult.SUCCESS);
        assertThat(console)
                .contains("COMPLETED: Every BMC, and the stamp, has the new password")
                .contains("hardware lifecycle host")
                .contains("4 of 4 BMCs logged on to");
        assertThat(evidence()).contains("\"logonsTested\" : true").contains("\"stillToDo\"");
    }

    private String evidence() throws IOException {
        try (var files = Files.walk(temporary.getRoot().toPath())) {
            return files.filter(file -> file.getFileName().toString().endsWith("-evidence.json"))
                    .map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .collect(Collectors.joining());
        }
    }

    @Test
    public void bmcsOfAllSevenFlavoursJoinAndAMissingWayBackIsAccepted() throws Exception {
        final String text = Files.readString(SHIPPED)
                .replace("generate: true, plan: true", "generate: true, plan: true, acceptUnknown: ['way-back']");
        final Rehearsal.Outcome outcome = run(FLAVOURS, List.of(), new Jenkinsfile("bmc.Jenkinsfile", text));
        final String console = String.join("\n", outcome.console());
        assertThat(outcome.result()).as(console).isEqualTo(BuildResult.SUCCESS);
        assertThat(console).contains("ACCEPTED AS UNKNOWN: way-back").contains("7 of 7 BMCs logged on to");
    }

    @Test
    public void aPlanThatIsNotOpenIsNotCarriedOut() throws Exception {
        final Rehearsal.Outcome outcome = run(4, List.of("endpoint-down@node02"), shipped());
        final String console = String.join("\n", outcome.console());
        assertThat(outcome.result()).as(console).isEqualTo(BuildResult.UNSTABLE);
        assertThat(console).contains("in the way: ").contains("bmcs").doesNotContain("[set]");
    }
}
