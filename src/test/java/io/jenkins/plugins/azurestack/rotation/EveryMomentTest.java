package io.jenkins.plugins.azurestack.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.journal.ForgetfulDisk.PowerCut;
import io.jenkins.plugins.azurestack.journal.ForgetfulDisk.Survival;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.rotation.PaperStamp.Answer;
import io.jenkins.plugins.azurestack.rotation.PaperStamp.Killed;
import io.jenkins.plugins.azurestack.rotation.PaperStamp.Mishap;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/**
 * The engine ends at every moment there is: before each step that it takes on the disk, with every kind of loss of what
 * was not forced, and at each call to the stamp, by a kill, an interrupt or an outage. What comes next, a resume or a new
 * build with a new plan, is held against the stamp's ledger.
 */
public class EveryMomentTest {
    private static final int MOST_TRIES = 4;

    /** Who comes after the end of an engine. */
    private enum Next {
        RESUME,
        NEW_BUILD
    }

    private int moments;
    private final Map<RotationEnding, Integer> ends = new EnumMap<>(RotationEnding.class);

    private static Desk desk(final RotationScope scope, final List<Answer> answers, final boolean listens) {
        final Desk desk = scope == RotationScope.EXTERNAL ? Desk.external() : Desk.internal();
        desk.stamp.answers.addAll(answers);
        desk.stamp.canBeListenedToAgain = listens;
        return desk;
    }

    /** One build: a plan is carried out, and run again as often as it fails. */
    private static End<RotationEnding> build(final Desk desk, final RotationPlan plan)
            throws IOException, LockedException, InterruptedException {
        End<RotationEnding> end = desk.apply(plan);
        for (int i = 0; i < MOST_TRIES && end.state() == RotationEnding.NEEDS_RERUN; i++) {
            end = desk.rerun(plan);
        }
        return end;
    }

    private void after(final Desk desk, final RotationPlan plan, final Next next, final String moment)
            throws IOException, LockedException, InterruptedException {
        desk.stamp.calm();
        desk.stamp.pass(Duration.ofMinutes(5));
        if (next == Next.NEW_BUILD
                && desk.scope == RotationScope.INTERNAL
                && !desk.isLocked()
                && desk.stamp.fresh() > 0) {
            // It was over, and another internal rotation is another one.
            return;
        }
        Optional<End<RotationEnding>> end = Optional.empty();
        for (int i = 0;
                i < MOST_TRIES && end.filter(one -> one.state().isOver()).isEmpty();
                i++) {
            end = next == Next.NEW_BUILD && i == 0 ? anew(desk, plan) : resumed(desk, plan, end);
        }
        moments++;
        final End<RotationEnding> last = end.orElseThrow();
        ends.merge(last.state(), 1, Integer::sum);
        final PaperStamp stamp = desk.stamp;
        assertThat(stamp.fresh())
                .as("fresh starts, " + moment + ": " + last + "\n"
                        + String.join("\n", stamp.log.subList(Math.max(0, stamp.log.size() - 12), stamp.log.size())))
                .isLessThanOrEqualTo(1);
        assertThat(stamp.again()).as("re-runs, " + moment).isLessThanOrEqualTo(stamp.failures());
        if (last.state().isOver()) {
            assertThat(desk.isLocked()).as("locked, " + moment).isFalse();
            assertThat(stamp.share).as("keys on the share, " + moment).isEmpty();
        } else {
            assertThat(last.state()).as(moment + last).isEqualTo(RotationEnding.UNKNOWN);
            assertThat(last.advice()).contains("Get-ActionStatus").contains("Resume");
            assertThat(desk.isLocked()).as("locked, " + moment).isTrue();
        }
        if (last.state() == RotationEnding.COMPLETED && desk.scope == RotationScope.EXTERNAL) {
            assertThat(stamp.served).as("served, " + moment).isEqualTo(stamp.set);
        }
    }

    private Optional<End<RotationEnding>> anew(final Desk desk, final RotationPlan old)
            throws IOException, InterruptedException, LockedException {
        final RotationPlan plan = desk.plan();
        try {
            return Optional.of(build(desk, plan));
        } catch (LockedException e) {
            assertThat(e).hasMessageContaining(old.id()).hasMessageContaining("Resume");
            return Optional.empty();
        } catch (Rejected e) {
            assertThat(plan.isEmpty()).as(e.getMessage()).isTrue();
            return Optional.empty();
        }
    }

    private static Optional<End<RotationEnding>> resumed(
            final Desk desk, final RotationPlan plan, final Optional<End<RotationEnding>> before)
            throws IOException, LockedException, InterruptedException {
        try {
            if (before.filter(end -> end.state() == RotationEnding.NEEDS_RERUN).isPresent()) {
                return Optional.of(desk.rerun(plan));
            }
            return Optional.of(desk.resume(plan));
        } catch (Rejected e) {
            // Nothing of it was ever written down.
            return Optional.of(build(desk, plan));
        }
    }

    private void cutThePowerEverywhere(
            final RotationScope scope, final List<Answer> answers, final boolean listens, final List<Survival> losses)
            throws Exception {
        for (final Next next : Next.values()) {
            for (final Survival survival : losses) {
                boolean cut = true;
                for (int step = 0; cut; step++) {
                    final Desk desk = desk(scope, answers, listens);
                    final RotationPlan plan = desk.plan();
                    desk.disk.cutPowerBefore(step);
                    cut = false;
                    try {
                        build(desk, plan);
                    } catch (PowerCut e) {
                        cut = true;
                    }
                    desk.disk = desk.disk.restart(survival);
                    after(desk, plan, next, "cut before step " + step + ", " + survival + ", " + next);
                }
            }
        }
    }

    private void say(final String what) {
        System.out.println(what + ": " + moments + " moments, ends " + ends);
    }

    @Test
    public void thePowerIsCutBeforeEachStepOfARotationThatCompletes() throws Exception {
        cutThePowerEverywhere(
                RotationScope.EXTERNAL,
                List.of(),
                false,
                List.of(Survival.NOTHING, Survival.EVERYTHING, Survival.HALVES));
        cutThePowerEverywhere(RotationScope.EXTERNAL, List.of(), true, List.of(Survival.NOTHING));
        cutThePowerEverywhere(RotationScope.INTERNAL, List.of(), false, List.of(Survival.NOTHING));
        say("power cut, completing");
        assertThat(ends).containsKey(RotationEnding.COMPLETED).containsKey(RotationEnding.UNKNOWN);
        assertThat(moments).isGreaterThan(500);
    }

    @Test
    public void thePowerIsCutBeforeEachStepOfARotationThatFailsAndIsRunAgain() throws Exception {
        cutThePowerEverywhere(RotationScope.EXTERNAL, List.of(Answer.FAILS), false, List.of(Survival.NOTHING));
        cutThePowerEverywhere(RotationScope.INTERNAL, List.of(Answer.FAILS), true, List.of(Survival.NOTHING));
        say("power cut, failing once");
    }

    @Test
    public void thePowerIsCutBeforeEachStepOfARotationThatLosesItsSession() throws Exception {
        cutThePowerEverywhere(RotationScope.EXTERNAL, List.of(Answer.LOSES_SESSION), false, List.of(Survival.NOTHING));
        cutThePowerEverywhere(
                RotationScope.EXTERNAL, List.of(Answer.LOSES_SESSION_AND_FAILS), true, List.of(Survival.NOTHING));
        say("power cut, losing its session");
    }

    private void happensEverywhere(final Mishap mishap) throws Exception {
        for (final Next next : Next.values()) {
            for (final RotationScope scope : RotationScope.values()) {
                for (final Answer answer : List.of(Answer.COMPLETES, Answer.FAILS, Answer.LOSES_SESSION)) {
                    for (final boolean listens : new boolean[] {true, false}) {
                        final int calls = calls(scope, answer);
                        for (int call = 0; call < calls; call++) {
                            final Desk desk = desk(scope, List.of(answer), listens);
                            final RotationPlan plan = desk.plan();
                            desk.stamp.at(call, mishap);
                            try {
                                build(desk, plan);
                            } catch (InterruptedException | Killed e) {
                                desk.disk.restartProcess();
                            }
                            after(desk, plan, next, mishap + " at call " + call + ", " + answer + ", " + next);
                        }
                    }
                }
            }
        }
    }

    private static int calls(final RotationScope scope, final Answer answer) throws Exception {
        final Desk desk = desk(scope, List.of(answer), false);
        final RotationPlan plan = desk.plan();
        desk.stamp.at(0, Mishap.NONE);
        build(desk, plan);
        return desk.stamp.calls;
    }

    @Test
    public void theEngineIsKilledAtEachCallToTheStamp() throws Exception {
        happensEverywhere(Mishap.KILL);
        say("killed");
        assertThat(moments).isGreaterThan(200);
    }

    @Test
    public void theBuildIsInterruptedAtEachCallToTheStamp() throws Exception {
        happensEverywhere(Mishap.INTERRUPT);
        say("interrupted");
    }

    @Test
    public void somethingDoesNotAnswerOnceAtEachCallToTheStamp() throws Exception {
        for (final RotationScope scope : RotationScope.values()) {
            for (final Answer answer : List.of(Answer.COMPLETES, Answer.FAILS, Answer.LOSES_SESSION)) {
                final int calls = calls(scope, answer);
                for (int call = 0; call < calls; call++) {
                    final Desk desk = desk(scope, List.of(answer), false);
                    final RotationPlan plan = desk.plan();
                    desk.stamp.at(call, Mishap.NOT_KNOWN);
                    final End<RotationEnding> end = build(desk, plan);
                    if (end.state() != RotationEnding.NOT_STARTED) {
                        after(desk, plan, Next.RESUME, "outage at call " + call + ", " + answer);
                    } else {
                        moments++;
                        assertThat(desk.stamp.ledger).isEmpty();
                        assertThat(desk.stamp.share).isEmpty();
                    }
                }
            }
        }
        say("outage");
    }
}
