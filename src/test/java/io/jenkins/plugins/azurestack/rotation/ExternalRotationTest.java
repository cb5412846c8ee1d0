package io.jenkins.plugins.azurestack.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.journal.SecretGuard;
import io.jenkins.plugins.azurestack.journal.StampFiles;
import io.jenkins.plugins.azurestack.net.TlsProbe;
import io.jenkins.plugins.azurestack.pep.Logons;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpoints;
import io.jenkins.plugins.azurestack.pep.StampCmdlets;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.wiring.PepStampActions;
import io.jenkins.plugins.azurestack.wiring.ProbedCertificates;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A whole external rotation against a simulated stamp. */
public class ExternalRotationTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aSetIsPlannedStagedRotatedProvedAndRemoved() throws Exception {
        final Stamp stamp = new Stamp(
                "east",
                "east",
                "azurestack.contoso.com",
                IdentityProvider.AAD,
                Set.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
        try (SimulatedStamp simulated =
                        SimulatedStamp.of(stamp).timeFactor(2000).start();
                IssuedSet set = new IssuedSet(simulated)) {
            final Clock clock = simulated.world().time().clock();
            final SecureRandom random = new SecureRandom();
            final PasswordCredentials admin = new PasswordCredentials(
                    "AZURESTACK\\CloudAdmin",
                    simulated.world().identity().cloudAdminPassword().toCharArray());
            final PasswordCredentials share = new PasswordCredentials(
                    simulated.world().identity().shareUser(),
                    simulated.world().identity().sharePassword().toCharArray());
            final StampCmdlets cmdlets = new StampCmdlets(new PrivilegedEndpoints(
                    World.PRIVILEGED_ENDPOINTS,
                    Optional.empty(),
                    admin,
                    Logons.FORGETFUL,
                    simulated.network(),
                    clock,
                    random));
            final RotationWorld world = new RotationWorld(
                    stamp,
                    World.PRIVILEGED_ENDPOINTS,
                    new PepStampActions(
                            cmdlets,
                            Optional.of(new StampCmdlets.ExternalSet(
                                    SimulatedStamp.SHARE, share, IssuedSet.PASSWORD.toCharArray())),
                            time -> simulated
                                    .world()
                                    .time()
                                    .awaitUntil(clock.instant().plus(time))),
                    new WorldOperations(simulated.world()),
                    new ProbedCertificates(
                            stamp, new TlsProbe(simulated.network(), random), random, Duration.ofSeconds(20)),
                    Optional.of(set),
                    Optional.of(new DirectoryStaging(simulated)));
            final RotationPlanner planner = new RotationPlanner(world, clock, random);
            final RotationPlan plan = planner.plan(new RotationRequest(RotationScope.EXTERNAL, false, Set.of()));
            assertThat(plan.isOpen()).as(plan.summary()).isTrue();
            assertThat(plan.gates()).extracting(Gate::verdict).containsOnly(Gate.Verdict.PASSED);
            assertThat(plan.intent().certificates()).hasSize(11);
            assertThat(planner.plan(new RotationRequest(RotationScope.EXTERNAL, false, Set.of()))
                            .intent()
                            .hash())
                    .as("what is approved does not depend on when it was planned")
                    .isEqualTo(plan.intent().hash());
            final StampFiles files = new StampFiles(
                    new FileDisk(),
                    folder.getRoot().toPath().resolve("azs"),
                    "east",
                    message -> new byte[32],
                    SecretGuard.PRIVATE_KEYS,
                    clock);
            final Told told = new Told();

            final End<RotationEnding> end = new SecretRotation(
                            world, files, RotationLimits.of(RotationScope.EXTERNAL), clock, told)
                    .apply(plan, new Approval(plan.id(), "board", clock.instant(), "page"), "job #1");

            assertThat(end.state()).as(end.message()).isEqualTo(RotationEnding.COMPLETED);
            assertThat(told.phases)
                    .containsExactly(
                            RotationPhase.LOCK,
                            RotationPhase.GATE,
                            RotationPhase.STAGE,
                            RotationPhase.START,
                            RotationPhase.FOLLOW,
                            RotationPhase.VERIFY,
                            RotationPhase.CLEAN);
            // Which of the others are heard depends on who is quicker.
            assertThat(told.steps).contains("Validate external certificates");
            assertThat(simulated.ledger().calls(Ledger.Service.CMDLET, "Start-SecretRotation"))
                    .hasSize(1);
            set.fingerprints().forEach((place, fingerprint) -> assertThat(
                            IssuedSet.sha256(simulated.served(place).leaf()))
                    .as(place.folderName())
                    .isEqualTo(fingerprint));
            assertThat(new DirectoryStaging(simulated).look()).isEmpty();
            assertThat(SecretRotation.history(files)).singleElement().satisfies(past -> {
                assertThat(past.end()).contains(end);
                assertThat(past.attempts()).isEqualTo(1);
                assertThat(past.approval()).map(Approval::approver).contains("board");
                assertThat(past.left()).isPresent();
                assertThat(past.isUnfinished()).isFalse();
            });
        }
    }

    /** Keeps what it is told. */
    private static final class Told implements ChangeListener {
        private final List<Phase> phases = new ArrayList<>();
        private final Set<String> steps = new LinkedHashSet<>();

        @Override
        public void phase(final Phase phase, final String sentence) {
            phases.add(phase);
        }

        @Override
        public void line(final String text) {
            assertThat(text).doesNotContain(IssuedSet.PASSWORD).doesNotContain("\n");
        }

        @Override
        public void step(final String name, final String status) {
            steps.add(name);
        }
    }
}
