package io.jenkins.plugins.azurestack.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.AfterClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

/**
 * What may go wrong, in which phase, and what must become of it: the end, what a resume or a re-run makes of it, and how
 * many calls the stamp was sent. Written by hand; every row runs against a simulated stamp, each on one generation, or on
 * all of them with {@code -Dfaults.all=true}.
 */
@RunWith(Parameterized.class)
public class FaultTableTest {
    private static final double HASTE = 4000;
    private static final List<String> VERSIONS = List.of("1.1811.0.101", "1.1910.0.58", "1.2108.2.81", "1.2501.1.47");
    private static final Map<String, Bench> BENCHES = new LinkedHashMap<>();

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    /** What is expected at last, once the fault is gone. */
    private enum Then {
        /** It is over. */
        NOTHING,
        /** A resume finds that out. */
        RESUME,
        /** A re-run, with its own approval, finishes it. */
        RERUN,
        /** An operator looks at the stamp and releases the lock; the resume takes the certificates back. */
        RELEASE
    }

    /**
     * One row.
     *
     * @param fault as a command line writes it; several with blanks between them
     * @param phase when it is armed; {@code FOLLOW} is once the action plan takes the certificates
     * @param end what becomes of the rotation
     * @param sent how many fresh calls reach the cmdlet
     * @param then what is done afterwards, and ends well
     */
    private record Row(String fault, RotationPhase phase, RotationEnding end, int sent, Then then) {
        @Override
        public String toString() {
            return fault + " in " + phase + " -> " + end + ", " + sent + ", " + then;
        }
    }

    private static final String ALL_DOWN =
            "endpoint-down@10.30.0.225x1000000 endpoint-down@10.30.0.226x1000000 endpoint-down@10.30.0.227x1000000";

    private static final List<Row> TABLE = List.of(
            row("", RotationPhase.GATE, RotationEnding.COMPLETED, 1, Then.NOTHING),
            row("readiness-false@always", RotationPhase.GATE, RotationEnding.NOT_STARTED, 0, Then.NOTHING),
            row("readiness-warning@always", RotationPhase.GATE, RotationEnding.NOT_STARTED, 0, Then.NOTHING),
            row("update-running@always", RotationPhase.GATE, RotationEnding.NOT_STARTED, 0, Then.NOTHING),
            row("exclusive-operation@always", RotationPhase.GATE, RotationEnding.NOT_STARTED, 0, Then.NOTHING),
            row(
                    "foreign-rotation-running@Get-ActionStatus",
                    RotationPhase.GATE,
                    RotationEnding.NOT_STARTED,
                    0,
                    Then.NOTHING),
            row(
                    "foreign-rotation-failed@Get-ActionStatus",
                    RotationPhase.GATE,
                    RotationEnding.NOT_STARTED,
                    0,
                    Then.NOTHING),
            row("endpoint-down@10.30.0.225x1000000", RotationPhase.GATE, RotationEnding.COMPLETED, 1, Then.NOTHING),
            row(ALL_DOWN, RotationPhase.GATE, RotationEnding.NOT_STARTED, 0, Then.NOTHING),
            row("session-drop@Test-AzureStack", RotationPhase.GATE, RotationEnding.COMPLETED, 1, Then.NOTHING),
            row(
                    "foreign-rotation-running@Get-ActionStatus",
                    RotationPhase.START,
                    RotationEnding.NOT_STARTED,
                    0,
                    Then.NOTHING),
            row("exclusive-operation@always", RotationPhase.START, RotationEnding.NOT_STARTED, 0, Then.NOTHING),
            row(
                    "foreign-rotation-running@Start-SecretRotation",
                    RotationPhase.START,
                    RotationEnding.UNKNOWN,
                    1,
                    Then.RELEASE),
            row(
                    "foreign-rotation-failed@Start-SecretRotation",
                    RotationPhase.START,
                    RotationEnding.UNKNOWN,
                    1,
                    Then.RELEASE),
            row("wrong-layout@Start-SecretRotation", RotationPhase.START, RotationEnding.NOT_STARTED, 1, Then.NOTHING),
            row(
                    "wrong-pfx-password@Start-SecretRotation",
                    RotationPhase.START,
                    RotationEnding.NOT_STARTED,
                    1,
                    Then.NOTHING),
            row(
                    "update-running@Start-SecretRotation",
                    RotationPhase.START,
                    RotationEnding.NOT_STARTED,
                    1,
                    Then.NOTHING),
            row(ALL_DOWN, RotationPhase.START, RotationEnding.NOT_STARTED, 0, Then.NOTHING),
            row("reset@Command#2", RotationPhase.START, RotationEnding.UNKNOWN, 0, Then.RELEASE),
            row("answer-lost@Start-SecretRotation", RotationPhase.START, RotationEnding.COMPLETED, 1, Then.NOTHING),
            row("truncated@Start-SecretRotation", RotationPhase.START, RotationEnding.COMPLETED, 1, Then.NOTHING),
            row("slow-drip@Start-SecretRotation", RotationPhase.START, RotationEnding.COMPLETED, 1, Then.NOTHING),
            row("action-plan-fails@1.1", RotationPhase.START, RotationEnding.NEEDS_RERUN, 1, Then.RERUN),
            row("action-plan-fails@1.2", RotationPhase.START, RotationEnding.NEEDS_RERUN, 1, Then.RERUN),
            row("action-plan-fails@1.4", RotationPhase.START, RotationEnding.NEEDS_RERUN, 1, Then.RERUN),
            row("action-plan-fails@1.7", RotationPhase.START, RotationEnding.NEEDS_RERUN, 1, Then.RERUN),
            row("share-full@Start-SecretRotation", RotationPhase.START, RotationEnding.NEEDS_RERUN, 1, Then.RERUN),
            row("share-read-only@Start-SecretRotation", RotationPhase.START, RotationEnding.NEEDS_RERUN, 1, Then.RERUN),
            row("session-drop@Receive", RotationPhase.FOLLOW, RotationEnding.COMPLETED, 1, Then.NOTHING),
            row("answer-lost@Receive", RotationPhase.FOLLOW, RotationEnding.COMPLETED, 1, Then.NOTHING),
            row("truncated@Receive", RotationPhase.FOLLOW, RotationEnding.COMPLETED, 1, Then.NOTHING),
            row("reset@Receive", RotationPhase.FOLLOW, RotationEnding.COMPLETED, 1, Then.NOTHING),
            row(
                    "session-drop@Receive action-plan-fails@1.5",
                    RotationPhase.FOLLOW,
                    RotationEnding.NEEDS_RERUN,
                    1,
                    Then.RERUN),
            row("session-drop@Receive " + ALL_DOWN, RotationPhase.FOLLOW, RotationEnding.STILL_RUNNING, 1, Then.RESUME),
            row(
                    "session-drop@Receive endpoint-down@10.30.0.225x1000000",
                    RotationPhase.FOLLOW,
                    RotationEnding.COMPLETED,
                    1,
                    Then.NOTHING),
            row("session-drop@Test-AzureStack", RotationPhase.VERIFY, RotationEnding.COMPLETED, 1, Then.NOTHING),
            row(
                    "readiness-false@AzsExternalCertificates",
                    RotationPhase.VERIFY,
                    RotationEnding.NOT_VERIFIED,
                    1,
                    Then.RESUME),
            row(ALL_DOWN, RotationPhase.VERIFY, RotationEnding.NOT_VERIFIED, 1, Then.RESUME));

    private static Row row(
            final String fault, final RotationPhase phase, final RotationEnding end, final int sent, final Then then) {
        return new Row(fault, phase, end, sent, then);
    }

    private final Row row;
    private final String version;
    private final IdentityProvider provider;

    public FaultTableTest(final Row row, final String version, final IdentityProvider provider) {
        this.row = row;
        this.version = version;
        this.provider = provider;
    }

    /** The rows, dealt out to the generations in turn. */
    @Parameterized.Parameters(name = "{0} on {1} {2}")
    public static List<Object[]> cells() {
        final List<Object[]> cells = new ArrayList<>();
        final boolean all = Boolean.getBoolean("faults.all");
        for (int i = 0; i < VERSIONS.size(); i++) {
            for (int j = 0; j < TABLE.size(); j++) {
                final boolean needsNewest = TABLE.get(j).fault().contains("AzsExternalCertificates");
                if (needsNewest ? i == VERSIONS.size() - 1 : all || j % VERSIONS.size() == i) {
                    cells.add(new Object[] {
                        TABLE.get(j), VERSIONS.get(i), IdentityProvider.values()[i % IdentityProvider.values().length]
                    });
                }
            }
        }
        return cells;
    }

    @AfterClass
    public static void closeBenches() throws IOException {
        for (final Bench bench : BENCHES.values()) {
            bench.close();
        }
        BENCHES.clear();
    }

    private Bench bench() throws IOException {
        final Path home = FOLDER.newFolder().toPath();
        Bench bench = BENCHES.get(version);
        if (bench == null) {
            bench = new Bench(
                    SimulatedStamp.of(Bench.east(provider))
                            .version(version)
                            .timeFactor(HASTE)
                            .start(),
                    home);
            BENCHES.put(version, bench);
        }
        bench.begin(home);
        return bench;
    }

    private static void arm(final Bench bench, final String faults) {
        for (final String fault : faults.split(" ")) {
            if (!fault.isEmpty()) {
                bench.stamp.world().faults().arm(fault);
            }
        }
    }

    private static void clear(final Bench bench) {
        for (final Fault fault : Fault.values()) {
            bench.stamp.world().faults().clear(fault);
        }
    }

    @Test
    public void itEndsAsTheTableSays() throws Exception {
        final Bench bench = bench();
        try {
            final RotationPlan plan = bench.plan(RotationScope.EXTERNAL);
            assertThat(plan.isOpen()).as(plan.gates().toString()).isTrue();
            if (row.phase() == RotationPhase.FOLLOW) {
                bench.atStep(() -> arm(bench, row.fault()));
            } else {
                bench.at(row.phase(), () -> arm(bench, row.fault()));
            }
            final End<RotationEnding> end = bench.apply(plan);
            final String story = row + "\n" + end + "\n" + String.join("\n", bench.log);
            assertThat(end.state()).as(story).isEqualTo(row.end());
            assertThat(bench.sent(false)).as(story).isEqualTo(row.sent());
            assertThat(bench.sent(true)).as(story).isZero();
            assertThat(bench.locks().look("east").isPresent())
                    .as(story)
                    .isEqualTo(!row.end().isOver());
            clear(bench);
            afterwards(bench, plan, story);
            assertThat(bench.sent(false)).as(story).isEqualTo(row.sent());
            assertThat(bench.began(false)).as(story).isLessThanOrEqualTo(1);
            assertThat(bench.sent(true)).as(story).isEqualTo(row.then() == Then.RERUN ? 1 : 0);
            assertThat(bench.harm()).as(story).isEmpty();
            assertThat(files(bench)).as(story).isEmpty();
            assertThat(bench.locks().look("east")).as(story).isEmpty();
        } finally {
            clear(bench);
            settle(bench);
        }
    }

    private void afterwards(final Bench bench, final RotationPlan plan, final String story) throws Exception {
        if (row.then() == Then.NOTHING) {
            return;
        }
        final End<RotationEnding> resumed = bench.resume(plan);
        switch (row.then()) {
            case RESUME -> assertThat(resumed.state()).as(story).isEqualTo(RotationEnding.COMPLETED);
            case RERUN -> {
                assertThat(resumed.state()).as(story).isEqualTo(RotationEnding.NEEDS_RERUN);
                assertThat(bench.rerun(plan).state())
                        .as(story + String.join("\n", bench.log))
                        .isEqualTo(RotationEnding.COMPLETED);
            }
            default -> {
                assertThat(resumed.state()).as(story).isEqualTo(RotationEnding.UNKNOWN);
                bench.locks()
                        .release(bench.locks().look("east").orElseThrow(), "alice", "Get-ActionStatus shows another");
                assertThat(bench.resume(plan).state()).as(story).isEqualTo(RotationEnding.NOT_STARTED);
            }
        }
    }

    private static List<Path> files(final Bench bench) throws IOException {
        final Path certificates = bench.stamp.share().resolve("Certificates");
        if (!Files.exists(certificates)) {
            return List.of();
        }
        try (var files = Files.walk(certificates)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Leaves the stamp quiet, its latest rotation completed, and the share empty, for the next row. */
    private void settle(final Bench bench) throws Exception {
        bench.stamp.world().time().advance(Duration.ofHours(2));
        bench.stamp.world().actionPlans().settle();
        if (row.fault().contains("foreign-rotation-failed")) {
            bench.stamp.world().faults().arm(Fault.FOREIGN_ROTATION_RUNNING, Moment.at("Get-ActionStatus"));
            bench.world(RotationScope.EXTERNAL).actions().latest();
            bench.stamp.world().time().advance(Duration.ofHours(2));
        }
        for (final Path file : files(bench)) {
            Files.delete(file);
        }
    }
}
