package io.jenkins.plugins.azurestack.bmc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.bmc.PaperRack.Answer;
import io.jenkins.plugins.azurestack.bmc.PaperRack.Killed;
import io.jenkins.plugins.azurestack.bmc.PaperRack.Mishap;
import io.jenkins.plugins.azurestack.bmc.PasswordStore.Generation;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.journal.ForgetfulDisk.PowerCut;
import io.jenkins.plugins.azurestack.journal.ForgetfulDisk.Survival;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.Test;

/**
 * The engine ends at every moment there is: before each step that it takes on the disk, with every kind of loss of what
 * was not forced, and at each call to a BMC, the stamp or the store, by a kill, an interrupt or an outage. What comes
 * next, a resume, a new build, or a new build after somebody has released the lock, is held against what the BMCs take.
 */
public class EveryMomentTest {
    private static final int NODES = 8;
    private static final int MOST_TRIES = 4;
    private static final int RANDOM_MOMENTS = 300;
    private static final long SEED = 20261126;

    /** Who comes after the end of an engine. */
    private enum Next {
        RESUME,
        NEW_BUILD,
        /** Somebody makes sure that nothing runs, and releases the lock by hand. */
        NEW_BUILD_AFTER_RELEASE
    }

    /** In what order the BMCs and the stamp get the password. */
    private enum Kind {
        STAMP_WRITES,
        BMCS_FIRST,
        STAMP_ONLY,
        GIVEN_AND_CHANGED_ALREADY
    }

    private int moments;
    private final Map<BmcEnding, Integer> ends = new EnumMap<>(BmcEnding.class);

    private static Desk desk(final Kind kind, final int nodes, final List<Answer> answers, final boolean listens) {
        final PaperRack rack = new PaperRack(nodes);
        rack.answers.addAll(answers);
        rack.canBeListenedToAgain = listens;
        rack.version = kind == Kind.BMCS_FIRST ? "1.1908.4.33" : rack.version;
        rack.reached = kind != Kind.STAMP_ONLY;
        if (kind == Kind.GIVEN_AND_CHANGED_ALREADY) {
            rack.givenPassword = Optional.of("Given-Password.3");
            rack.bmcs.forEach(bmc -> bmc.password = "Given-Password.3");
        }
        return new Desk(rack);
    }

    private static End<BmcEnding> build(final Desk desk, final BmcPlan plan)
            throws IOException, LockedException, InterruptedException {
        return desk.apply(plan);
    }

    private void requireNothingLost(final Desk desk, final String moment) {
        // A given password is safe where it was given, until it is pending.
        assertThat(desk.rack.bmcs)
                .as(moment + " " + desk.rack.passwords())
                .allMatch(bmc -> desk.rack.store.containsValue(bmc.password)
                        || desk.rack.givenPassword.filter(bmc.password::equals).isPresent());
        assertThat(desk.rack.bmcs)
                .as("wrong passwords in a row, " + moment)
                .allMatch(bmc -> bmc.mostWrong <= PaperRack.THRESHOLD - 2);
    }

    private void after(final Desk desk, final BmcPlan plan, final Next next, final String moment)
            throws IOException, LockedException, InterruptedException {
        requireNothingLost(desk, moment);
        desk.rack.calm();
        desk.rack.pass(next == Next.NEW_BUILD_AFTER_RELEASE ? Duration.ofHours(1) : Duration.ofMinutes(2));
        requireNothingLost(desk, moment + ", later");
        if (next == Next.NEW_BUILD_AFTER_RELEASE) {
            desk.releaseByHand();
        }
        Optional<End<BmcEnding>> end = Optional.empty();
        BmcPlan latest = plan;
        for (int i = 0;
                i < MOST_TRIES && end.filter(one -> one.state().isOver()).isEmpty();
                i++) {
            if (next != Next.RESUME && i == 0) {
                latest = desk.plan();
                end = anew(desk, plan, latest);
                latest = end.isPresent() ? latest : plan;
            } else {
                end = resumed(desk, latest);
            }
            requireNothingLost(desk, moment + ", try " + i);
            desk.rack.pass(Duration.ofMinutes(20));
            requireNothingLost(desk, moment + ", after try " + i);
        }
        moments++;
        final End<BmcEnding> last = end.orElseThrow();
        ends.merge(last.state(), 1, Integer::sum);
        final String story = moment + ": " + last + "\n" + desk.rack.passwords() + "\n"
                + String.join(
                        "\n", desk.rack.log.subList(Math.max(0, desk.rack.log.size() - 30), desk.rack.log.size()));
        if (last.state() == BmcEnding.COMPLETED) {
            assertThat(desk.rack.everyBmcTakes(desk.rack.store.get(Generation.CURRENT)))
                    .as(story)
                    .isTrue();
            assertThat(desk.rack.kept).as(story).isEqualTo(desk.rack.store.get(Generation.CURRENT));
            assertThat(desk.rack.store).as(story).doesNotContainKey(Generation.PENDING);
            assertThat(desk.isLocked()).as(story).isFalse();
        } else if (last.state() == BmcEnding.NOT_STARTED) {
            assertThat(desk.isLocked()).as(story).isFalse();
        } else {
            assertThat(last.state()).as(story).isEqualTo(BmcEnding.UNKNOWN);
            assertThat(last.advice()).as(story).contains("Get-ActionStatus");
            assertThat(desk.isLocked()).as(story).isTrue();
        }
        assertThat(desk.rack.bmcs)
                .as("no BMC is given one password twice, " + story)
                .allMatch(bmc -> new HashSet<>(bmc.given).size() == bmc.given.size());
    }

    private static Optional<End<BmcEnding>> anew(final Desk desk, final BmcPlan old, final BmcPlan plan)
            throws IOException, InterruptedException, LockedException {
        try {
            return Optional.of(build(desk, plan));
        } catch (LockedException e) {
            assertThat(e).hasMessageContaining(old.id()).hasMessageContaining("Resume");
            return Optional.empty();
        }
    }

    private static Optional<End<BmcEnding>> resumed(final Desk desk, final BmcPlan plan)
            throws IOException, LockedException, InterruptedException {
        try {
            return Optional.of(desk.resume(plan));
        } catch (Rejected e) {
            // Nothing of it was ever written down.
            return Optional.of(build(desk, plan));
        }
    }

    private void say(final String what) {
        System.out.println(what + ": " + moments + " moments, ends " + ends);
    }

    private void cutThePowerEverywhere(
            final Kind kind, final int nodes, final List<Answer> answers, final Survival survival) throws Exception {
        for (final Next next : Next.values()) {
            boolean cut = true;
            for (int step = 0; cut; step++) {
                final Desk desk = desk(kind, nodes, answers, false);
                final BmcPlan plan = desk.plan();
                desk.disk.cutPowerBefore(step);
                cut = false;
                try {
                    build(desk, plan);
                } catch (PowerCut e) {
                    cut = true;
                }
                desk.disk = desk.disk.restart(survival);
                after(desk, plan, next, kind + " cut before step " + step + ", " + survival + ", " + next);
            }
        }
    }

    @Test
    public void thePowerIsCutBeforeEachStepOfAnUpdateByTheStamp() throws Exception {
        cutThePowerEverywhere(Kind.STAMP_WRITES, 2, List.of(), Survival.NOTHING);
        cutThePowerEverywhere(Kind.STAMP_WRITES, 2, List.of(), Survival.HALVES);
        cutThePowerEverywhere(Kind.STAMP_WRITES, 2, List.of(Answer.LOSES_SESSION), Survival.NOTHING);
        say("power cut, the stamp writes");
        assertThat(moments).isGreaterThan(300);
    }

    @Test
    public void thePowerIsCutBeforeEachStepOfAnUpdateOfBmcsFirst() throws Exception {
        cutThePowerEverywhere(Kind.BMCS_FIRST, 2, List.of(), Survival.NOTHING);
        cutThePowerEverywhere(Kind.BMCS_FIRST, 2, List.of(), Survival.EVERYTHING);
        cutThePowerEverywhere(Kind.GIVEN_AND_CHANGED_ALREADY, 2, List.of(), Survival.NOTHING);
        say("power cut, BMCs first");
    }

    @Test
    public void thePowerIsCutBeforeEachStepWhereOnlyTheStampReachesItsBmcs() throws Exception {
        cutThePowerEverywhere(Kind.STAMP_ONLY, 2, List.of(), Survival.NOTHING);
        say("power cut, only the stamp");
    }

    private static int calls(final Kind kind, final int nodes, final Answer answer, final boolean listens)
            throws Exception {
        final Desk desk = desk(kind, nodes, List.of(answer), listens);
        final BmcPlan plan = desk.plan();
        desk.rack.at(0, Mishap.NONE);
        build(desk, plan);
        return desk.rack.calls;
    }

    private void happensEverywhere(final Mishap mishap) throws Exception {
        for (final Kind kind : Kind.values()) {
            for (final Next next : Next.values()) {
                for (final Answer answer : List.of(Answer.RUNS, Answer.FAILS, Answer.LOSES_SESSION)) {
                    final boolean listens = answer == Answer.RUNS;
                    final int calls = calls(kind, 3, answer, listens);
                    for (int call = 0; call < calls; call++) {
                        final Desk desk = desk(kind, 3, List.of(answer), listens);
                        final BmcPlan plan = desk.plan();
                        desk.rack.at(call, mishap);
                        try {
                            build(desk, plan);
                        } catch (InterruptedException | Killed e) {
                            desk.disk.restartProcess();
                        }
                        after(desk, plan, next, kind + " " + mishap + " at call " + call + ", " + answer + ", " + next);
                    }
                }
            }
        }
    }

    @Test
    public void theEngineIsKilledAtEachCall() throws Exception {
        happensEverywhere(Mishap.KILL);
        say("killed");
        assertThat(moments).isGreaterThan(500);
    }

    @Test
    public void theBuildIsInterruptedAtEachCall() throws Exception {
        happensEverywhere(Mishap.INTERRUPT);
        say("interrupted");
    }

    @Test
    public void somethingDoesNotAnswerOnceAtEachCall() throws Exception {
        happensEverywhere(Mishap.NOT_KNOWN);
        say("outage");
    }

    @Test
    public void threeHundredRandomMomentsWithEightNodesSideBySide() throws Exception {
        final Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_MOMENTS; i++) {
            final Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            final Answer answer =
                    List.of(Answer.RUNS, Answer.FAILS, Answer.LOSES_SESSION).get(random.nextInt(3));
            final Next next = Next.values()[random.nextInt(Next.values().length)];
            final Desk desk = desk(kind, NODES, List.of(answer), random.nextBoolean());
            desk.rack.parallel = 1 + random.nextInt(NODES);
            final BmcPlan plan = desk.plan();
            final boolean cut = random.nextBoolean();
            if (cut) {
                desk.disk.cutPowerBefore(random.nextInt(700));
            } else {
                desk.rack.at(random.nextInt(120), Mishap.KILL);
            }
            try {
                build(desk, plan);
            } catch (PowerCut | Killed e) {
                // As wanted.
            }
            if (cut) {
                desk.disk = desk.disk.restart(Survival.values()[random.nextInt(Survival.values().length)]);
            } else {
                desk.disk.restartProcess();
            }
            after(desk, plan, next, "random moment " + i + " of " + SEED + ", " + kind + ", " + answer + ", " + next);
        }
        say("random");
        assertThat(moments).isEqualTo(RANDOM_MOMENTS);
    }
}
