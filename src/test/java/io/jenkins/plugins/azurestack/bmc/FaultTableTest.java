package io.jenkins.plugins.azurestack.bmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.bmc.PasswordStore.Generation;
import io.jenkins.plugins.azurestack.change.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/**
 * What an update makes of each fault, at one, several or all BMCs, before it begins, in its middle and at its end: where
 * it stands then, and how it ends once the fault is mended and it is resumed, or taken back. Written by hand.
 */
@RunWith(Parameterized.class)
public class FaultTableTest {
    private static final int NODES = 4;

    /** In what order the BMCs and the stamp get the password. */
    enum Kind {
        STAMP_WRITES,
        BMCS_FIRST,
        STAMP_ONLY
    }

    /** When the fault begins. */
    enum When {
        /** Before the plan is carried out. */
        BEFORE,
        /** Once every condition was looked at, and the new password is kept. */
        DURING,
        /** Once the BMCs and the stamp were given it. */
        AFTER
    }

    /** At which BMCs. */
    enum At {
        FIRST(1),
        LAST(NODES),
        SEVERAL(2, 3),
        ALL(1, 2, 3, NODES);

        private final List<Integer> nodes;

        At(final Integer... nodes) {
            this.nodes = List.of(nodes);
        }
    }

    /** What goes wrong. */
    enum Fault {
        DOWN((bmc, on) -> bmc.down = on),
        REJECTS((bmc, on) -> bmc.rejects = on),
        LOSES_ANSWER((bmc, on) -> bmc.losesAnswer = on),
        LOCKS((bmc, on) -> bmc.locksNext = on),
        LOCKS_AND_SAYS_SO((bmc, on) -> {
            bmc.locksNext = on;
            bmc.tellsLock = on;
        });

        private final BiConsumer<PaperRack.Bmc, Boolean> change;

        Fault(final BiConsumer<PaperRack.Bmc, Boolean> change) {
            this.change = change;
        }

        void set(final PaperRack rack, final At at, final boolean on) {
            at.nodes.forEach(number -> change.accept(rack.bmc(number), on));
        }
    }

    /**
     * One line.
     *
     * @param stands where the update stands then
     * @param resumed where it stands once the fault is mended and it is resumed
     */
    record Line(Kind kind, Fault fault, When when, At at, BmcEnding stands, BmcEnding resumed) {
        @Override
        public String toString() {
            return (kind + " " + fault + " " + when + " " + at).toLowerCase(Locale.ROOT);
        }
    }

    private static Line line(
            final Kind kind,
            final Fault fault,
            final When when,
            final At at,
            final BmcEnding stands,
            final BmcEnding resumed) {
        return new Line(kind, fault, when, at, stands, resumed);
    }

    @Parameters(name = "{0}")
    public static List<Line> table() {
        final List<Line> table = new ArrayList<>();
        final BmcEnding none = BmcEnding.NOT_STARTED;
        final BmcEnding done = BmcEnding.COMPLETED;
        for (final At at : At.values()) {
            // One that is down, or may be locked, before anything began: nothing begins.
            for (final Kind kind : List.of(Kind.STAMP_WRITES, Kind.BMCS_FIRST)) {
                table.add(line(kind, Fault.DOWN, When.BEFORE, at, none, none));
                table.add(line(kind, Fault.LOCKS, When.BEFORE, at, none, none));
                table.add(line(kind, Fault.LOCKS_AND_SAYS_SO, When.BEFORE, at, none, none));
                table.add(line(kind, Fault.DOWN, When.AFTER, at, BmcEnding.NOT_VERIFIED, done));
                // A lock is waited for.
                table.add(line(kind, Fault.LOCKS, When.AFTER, at, done, done));
                table.add(line(kind, Fault.LOCKS_AND_SAYS_SO, When.AFTER, at, done, done));
            }
            // The stamp can't tell, either.
            table.add(line(Kind.STAMP_ONLY, Fault.DOWN, When.BEFORE, at, none, none));
            table.add(line(Kind.STAMP_ONLY, Fault.DOWN, When.DURING, at, BmcEnding.PARTIAL, done));
            table.add(line(Kind.STAMP_ONLY, Fault.REJECTS, When.DURING, at, BmcEnding.PARTIAL, done));
            table.add(line(Kind.STAMP_ONLY, Fault.DOWN, When.AFTER, at, BmcEnding.NOT_VERIFIED, done));
            // Down in the middle: a logon can't tell which it takes.
            table.add(line(Kind.STAMP_WRITES, Fault.DOWN, When.DURING, at, BmcEnding.NOT_VERIFIED, done));
            table.add(line(Kind.BMCS_FIRST, Fault.DOWN, When.DURING, at, BmcEnding.NOT_VERIFIED, done));
            // An answer that is lost is settled by a logon, and the rest is somebody's to say.
            table.add(line(Kind.BMCS_FIRST, Fault.LOSES_ANSWER, When.DURING, at, BmcEnding.PARTIAL, done));
        }
        for (final At at : List.of(At.FIRST, At.LAST, At.SEVERAL)) {
            table.add(line(Kind.STAMP_WRITES, Fault.REJECTS, When.DURING, at, BmcEnding.PARTIAL, done));
        }
        // Nothing has changed anywhere, as logons show: it is over.
        table.add(line(Kind.STAMP_WRITES, Fault.REJECTS, When.DURING, At.ALL, none, none));
        // The first one refuses it: no other is tried.
        table.add(line(Kind.BMCS_FIRST, Fault.REJECTS, When.DURING, At.FIRST, none, none));
        table.add(line(Kind.BMCS_FIRST, Fault.REJECTS, When.DURING, At.ALL, none, none));
        table.add(line(Kind.BMCS_FIRST, Fault.REJECTS, When.DURING, At.LAST, BmcEnding.PARTIAL, done));
        table.add(line(Kind.BMCS_FIRST, Fault.REJECTS, When.DURING, At.SEVERAL, BmcEnding.PARTIAL, done));
        return table;
    }

    private final Line line;
    private final PaperRack rack = new PaperRack(NODES);
    private final Desk desk = new Desk(rack);

    public FaultTableTest(final Line line) {
        this.line = line;
        rack.version = line.kind() == Kind.BMCS_FIRST ? "1.1908.4.33" : rack.version;
        rack.reached = line.kind() != Kind.STAMP_ONLY;
    }

    private End<BmcEnding> struck(final BmcPlan plan) throws Exception {
        final Runnable strike = () -> line.fault().set(rack, line.at(), true);
        switch (line.when()) {
            case BEFORE -> strike.run();
            case DURING -> rack.atPhase.put(BmcPhase.SET, strike);
            case AFTER -> rack.atPhase.put(BmcPhase.TEST, strike);
            default -> throw new IllegalStateException();
        }
        return desk.apply(plan);
    }

    private String story(final End<BmcEnding> end) {
        return line + ": " + end + "\n" + rack.passwords() + "\n" + String.join("\n", rack.log);
    }

    private void requireNothingLost(final String story) {
        assertThat(rack.lost()).as(story).isEmpty();
        assertThat(rack.bmcs).as(story).allMatch(bmc -> bmc.mostWrong <= PaperRack.THRESHOLD - 2);
    }

    @Test
    public void itStandsWhereTheTableSaysAndGoesOnOnceThatIsMended() throws Exception {
        final BmcPlan plan = desk.plan();
        final End<BmcEnding> end = struck(plan);
        assertThat(end.state()).as(story(end)).isEqualTo(line.stands());
        assertThat(desk.isLocked()).isEqualTo(!end.state().isOver());
        requireNothingLost(story(end));
        line.fault().set(rack, line.at(), false);
        final End<BmcEnding> resumed = desk.resume(plan);
        assertThat(resumed.state()).as(story(resumed)).isEqualTo(line.resumed());
        requireNothingLost(story(resumed));
        if (resumed.state() == BmcEnding.COMPLETED) {
            assertThat(rack.everyBmcTakes(rack.store.get(Generation.CURRENT)))
                    .as(story(resumed))
                    .isTrue();
            assertThat(rack.kept).as(story(resumed)).isEqualTo(rack.store.get(Generation.CURRENT));
            assertThat(rack.store).as(story(resumed)).doesNotContainKey(Generation.PENDING);
        } else {
            assertThat(rack.everyBmcTakes(PaperRack.OLD)).as(story(resumed)).isTrue();
            assertThat(rack.store).as(story(resumed)).containsEntry(Generation.CURRENT, PaperRack.OLD);
        }
        assertThat(rack.bmcs)
                .as(story(resumed))
                .allMatch(bmc -> bmc.given.stream().distinct().count() == bmc.given.size());
    }

    @Test
    public void whatStoppedHalfItsWayCanBeTakenBack() throws Exception {
        final BmcPlan plan = desk.plan();
        final End<BmcEnding> end = struck(plan);
        if (end.state() != BmcEnding.PARTIAL) {
            return;
        }
        line.fault().set(rack, line.at(), false);
        if (line.kind() == Kind.STAMP_ONLY) {
            assertThatThrownBy(() -> desk.back(plan)).hasMessageContaining("can only go forth");
            return;
        }
        final End<BmcEnding> back = desk.back(plan);
        assertThat(back.state()).as(story(back)).isEqualTo(BmcEnding.RESTORED);
        assertThat(rack.everyBmcTakes(PaperRack.OLD)).as(story(back)).isTrue();
        assertThat(rack.kept).isEqualTo(PaperRack.OLD);
        assertThat(rack.store)
                .isEqualTo(Map.of(Generation.CURRENT, PaperRack.OLD, Generation.PREVIOUS, PaperRack.OLDER));
        assertThat(desk.isLocked()).isFalse();
        requireNothingLost(story(back));
    }
}
