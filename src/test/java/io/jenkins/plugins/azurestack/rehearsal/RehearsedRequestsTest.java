package io.jenkins.plugins.azurestack.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Requests and their answers in a rehearsal, where the stamp's own authority answers. */
public class RehearsedRequestsTest {
    private static final Path SHIPPED = Path.of("docs", "pipelines", "requests.Jenkinsfile");

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Rehearsal.Outcome rehearse(final Jenkinsfile file) throws IOException {
        return new Rehearsal(
                        new Rehearsal.Setting(
                                List.of(Simulation.of("east")),
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

    @Test
    public void theShippedPipelineGoesFromRequestsToAPlanThatIsReady() throws IOException {
        final Rehearsal.Outcome outcome = rehearse(Jenkinsfile.read(SHIPPED));

        assertThat(outcome.result()).isEqualTo(BuildResult.SUCCESS);
        assertThat(outcome.console())
                .contains("11 certificate requests for stamp east: 11 with new keys, 0 with keys that were pending.")
                .contains("11 certificates of stamp east joined with their keys: 11 written, 0 there already; 0 keys"
                        + " still waiting.")
                .anyMatch(line -> line.startsWith("(The authority of the simulated stamp answers every request"))
                .anyMatch(line -> line.startsWith("Ready: external rotation of stamp 'east'"))
                .noneMatch(line -> line.contains("PRIVATE KEY"));
    }

    @Test
    public void aKeyThatWaitsIsUsedAgainAndARequestIsNoAnswer() throws IOException {
        final Rehearsal.Outcome outcome = rehearse(
                new Jenkinsfile(
                        "my.Jenkinsfile",
                        """
                node {
                    def first = azsCertificateRequests stamp: 'east', folders: ['ARM Public'], subject: 'O=Contoso'
                    def again = azsCertificateRequests stamp: 'east', folders: ['ARM Public'], subject: 'O=Contoso'
                    echo "the same: ${first.requests[0].pem == again.requests[0].pem}, again: ${again.requests[0].again}"
                    try {
                        azsCertificateRequests stamp: 'east', issued: [first.requests[0].pem]
                    } catch (e) {
                        echo "refused: ${e.message}"
                    }
                }
                """));

        assertThat(outcome.console())
                .contains("the same: true, again: true")
                .anyMatch(line ->
                        line.startsWith("refused: ") && line.contains("There is no certificate in what was given"));
    }
}
