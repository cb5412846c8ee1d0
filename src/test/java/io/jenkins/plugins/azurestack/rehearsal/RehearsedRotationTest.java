package io.jenkins.plugins.azurestack.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.RotateSecretsArguments;
import io.jenkins.plugins.azurestack.wiring.RotationStoppedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** A rotation within a rehearsal: credentials, certificates, share and approval are such that it may be carried out. */
public class RehearsedRotationTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    @Rule
    public final Timeout limit = Timeout.seconds(300);

    private final SecureRandom random = new SecureRandom();
    private Build build;

    private RehearsedStamp stamp(final String... faults) throws IOException {
        RehearsalFolder.prepare(temporary.getRoot().toPath().resolve("out"));
        final StampTime time =
                new StampTime(Clock.systemUTC(), Clock.systemUTC().instant(), Simulation.USUAL_FACTOR);
        final Console console =
                new Console(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        build = new Build(
                console,
                time,
                Optional.empty(),
                Map.of(),
                temporary.getRoot().toPath().resolve("out"));
        final Simulation usual = Simulation.of("east");
        return new RehearsedStamp(
                new Simulation(
                        "east",
                        usual.identity(),
                        usual.providers(),
                        usual.version(),
                        usual.nodes(),
                        usual.timeFactor(),
                        List.of(faults),
                        Optional.empty()),
                time,
                console,
                random);
    }

    private static RotateSecretsArguments plan(final String scope, final String reason) {
        return new RotateSecretsArguments(scope, true, "", reason, List.of(), "", false, List.of(), 0);
    }

    private static RotateSecretsArguments apply(final Object plan) {
        return new RotateSecretsArguments("", false, String.valueOf(plan), "", List.of(), "", false, List.of(), 0);
    }

    private void answerInput(final Object message) {
        build.proceedings()
                .add(new Proceedings.Approved(
                        String.valueOf(message), "anna", "", build.time().now()));
    }

    @Test
    public void theRehearsedSetPassesEveryReadinessCheckAndIsRotatedOnceApproved() throws Exception {
        try (RehearsedStamp stamp = stamp()) {
            final RehearsedEnvironment environment = new RehearsedEnvironment(build, stamp.credentials());
            final Map<String, Object> plan = stamp.rotate(plan("external", ""), environment);
            assertThat(plan).as(() -> plan.get("summary") + " " + plan).containsEntry("state", "READY");
            assertThat((List<?>) plan.get("gates")).isNotEmpty().allSatisfy(gate -> assertThat(
                            ((Map<?, ?>) gate).get("verdict"))
                    .isEqualTo("passed"));

            assertThatThrownBy(() -> stamp.rotate(apply(plan.get("id")), environment))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("has not been approved");
            answerInput("go on?");
            assertThatThrownBy(() -> stamp.rotate(apply(plan.get("id")), environment))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("has not been approved");

            answerInput(plan.get("summary"));
            final Map<String, Object> result = stamp.rotate(apply(plan.get("id")), environment);
            assertThat(result).containsEntry("state", "COMPLETED").containsEntry("approvedBy", "anna");
            assertThat(stamp.findings().rotations()).hasSize(1);
            assertThat(stamp.findings().failedLogons()).isZero();
            assertThat(stamp.simulated().share().resolve("Certificates"))
                    .as("nothing of ours is left on the share")
                    .isEmptyDirectory();
            assertThat(KeptValues.obstacle(result)).isEmpty();
        }
    }

    @Test
    public void aFailingActionPlanStopsTheRotationInItsOwnWords() throws Exception {
        try (RehearsedStamp stamp = stamp("action-plan-fails@1.3")) {
            final RehearsedEnvironment environment = new RehearsedEnvironment(build, stamp.credentials());
            final Map<String, Object> plan = stamp.rotate(plan("external", ""), environment);
            answerInput(plan.get("summary"));
            assertThatThrownBy(() -> stamp.rotate(apply(plan.get("id")), environment))
                    .isInstanceOf(RotationStoppedException.class)
                    .hasMessageContaining("NEEDS_RERUN");
            assertThat(stamp.findings().faults()).singleElement().satisfies(fault -> assertThat(fault.occasions())
                    .isEqualTo(1));
            assertThat(stamp.simulated().ledger().calls(Ledger.Service.CMDLET, "Start-SecretRotation"))
                    .hasSize(1);
        }
    }

    @Test
    public void foreignFilesOnTheShareCloseTheGate() throws Exception {
        try (RehearsedStamp stamp = stamp("share-foreign-files")) {
            final RehearsedEnvironment environment = new RehearsedEnvironment(build, stamp.credentials());
            final Map<String, Object> plan = stamp.rotate(plan("external", ""), environment);
            assertThat(plan).containsEntry("state", "BLOCKED");
            assertThat(String.valueOf(plan.get("gates"))).contains("share");
        }
    }

    @Test
    public void anInternalRotationIsRehearsedForACompromise() throws Exception {
        try (RehearsedStamp stamp = stamp()) {
            final RehearsedEnvironment environment = new RehearsedEnvironment(build, stamp.credentials());
            assertThat(stamp.rotate(plan("internal", ""), environment)).containsEntry("state", "EMPTY");
            final Map<String, Object> plan = stamp.rotate(plan("internal", "compromise"), environment);
            assertThat(plan).as(() -> String.valueOf(plan)).containsEntry("state", "READY");
        }
    }
}
