package io.jenkins.plugins.azurestack.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.time.Duration;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A build is aborted in each phase, over real sessions: what runs on the stamp runs on, and a resume completes it. */
public class InterruptedRotationTest {
    private static final double HASTE = 4000;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void anInterruptInAnyPhaseHarmsNothingAndAResumeCompletes() throws Exception {
        try (Bench bench = new Bench(
                SimulatedStamp.of(Bench.east(IdentityProvider.ADFS))
                        .timeFactor(HASTE)
                        .start(),
                folder.newFolder().toPath())) {
            for (final RotationPhase phase : RotationPhase.values()) {
                bench.begin(folder.newFolder().toPath());
                final Thread build = Thread.currentThread();
                if (phase == RotationPhase.FOLLOW) {
                    bench.atStep(build::interrupt);
                } else {
                    bench.at(phase, build::interrupt);
                }
                final RotationPlan plan = bench.plan(RotationScope.EXTERNAL);
                assertThat(isInterrupted(bench, plan))
                        .as(phase + " " + bench.log)
                        .isEqualTo(phase != RotationPhase.CLEAN);
                assertThat(bench.locks().look("east").isPresent())
                        .as(phase.word())
                        .isEqualTo(phase != RotationPhase.CLEAN);
                assertThat(bench.harm()).as(phase.word()).isEmpty();
                final End<RotationEnding> end = bench.resume(plan);
                assertThat(end.state())
                        .as(phase + " " + end + String.join("\n", bench.log))
                        .isEqualTo(RotationEnding.COMPLETED);
                assertThat(bench.harm()).as(phase.word()).isEmpty();
                assertThat(bench.began(false)).as(phase.word()).isEqualTo(1);
                assertThat(bench.began(true)).as(phase.word()).isZero();
                bench.stamp.world().time().advance(Duration.ofHours(2));
            }
        }
    }

    @Test
    public void whoseTimeForWaitingIsOverRunsOnAndAResumeCompletes() throws Exception {
        try (Bench bench = new Bench(
                SimulatedStamp.of(Bench.east(IdentityProvider.AAD))
                        .timeFactor(HASTE / 10)
                        .start(),
                folder.newFolder().toPath())) {
            bench.begin(folder.newFolder().toPath());
            bench.follow(Duration.ofMinutes(10));
            final RotationPlan plan = bench.plan(RotationScope.EXTERNAL);

            final End<RotationEnding> left = bench.apply(plan);

            assertThat(left.state()).as(String.join("\n", bench.log)).isEqualTo(RotationEnding.STILL_RUNNING);
            assertThat(left.message()).contains("the time for waiting is over");
            assertThat(bench.harm()).isEmpty();
            bench.stamp.world().time().advance(Duration.ofHours(2));
            assertThat(bench.resume(plan).state()).isEqualTo(RotationEnding.COMPLETED);
            assertThat(bench.began(false)).isEqualTo(1);
        }
    }

    /** Whether it was; a folder on this machine is cleaned too fast for that. */
    private static boolean isInterrupted(final Bench bench, final RotationPlan plan) throws Exception {
        try {
            return bench.apply(plan).state() != RotationEnding.COMPLETED || !Thread.interrupted();
        } catch (InterruptedException e) {
            return true;
        }
    }
}
