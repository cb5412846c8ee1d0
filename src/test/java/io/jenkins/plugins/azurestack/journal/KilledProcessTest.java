package io.jenkins.plugins.azurestack.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A process that writes journal, locks and audit trail is killed with SIGKILL at a random moment, and the next one goes
 * on where it was; 24 times, or {@code crash.kills} times. Whatever a process reported before it died is there.
 */
public class KilledProcessTest {
    private static final long SEED = 20261123;
    private static final int KILLS_PER_ROTATION = 4;
    private static final int MOST_LINES = 80;
    private static final long MOST_NANOS = 3_000_000;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Disk disk = new FileDisk();
    private final Random random = new Random(SEED);
    private int torn;
    private long records;

    @Test
    public void whatWasReportedBeforeAKillIsThereAfterwards() throws Exception {
        final int kills = Integer.getInteger("crash.kills", 24);
        for (int i = 0; i < kills; i++) {
            final int rotation = i / KILLS_PER_ROTATION;
            killOne(new RotationId("east-" + rotation), i % KILLS_PER_ROTATION == KILLS_PER_ROTATION - 1);
        }
        System.out.println("killed " + kills + " processes: " + records + " records reported and found, " + torn
                + " torn ones cut off");
        assertThat(records).isGreaterThan(kills);
    }

    private void killOne(final RotationId rotation, final boolean isLast) throws Exception {
        final List<String> said = new ArrayList<>();
        try (Child child = new Child(Writer.class, folder.getRoot().toString(), rotation.value())) {
            final int lines = random.nextInt(MOST_LINES);
            Optional<String> line = child.line();
            for (int i = 0; i < lines && line.isPresent(); i++) {
                said.add(line.get());
                line = child.line();
            }
            line.ifPresent(said::add);
            final long until = System.nanoTime() + (long) (random.nextDouble() * MOST_NANOS);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            child.kill();
            for (Optional<String> rest = child.line(); rest.isPresent(); rest = child.line()) {
                said.add(rest.get());
            }
        }
        assertThat(said).as("the child ran").contains("ready").doesNotContain("failed");
        verify(rotation, said);
        if (isLast) {
            final StampLocks locks = new StampLocks(disk, layout().locks(), Clock.systemUTC());
            final Optional<Claim> left = locks.look("east");
            if (left.isPresent()) {
                locks.adopt(rotation, left.get(), "the test").release();
            }
        }
    }

    private JournalFolder layout() {
        return new JournalFolder(disk, folder.getRoot().toPath().resolve("azure-stack-hub"));
    }

    private void verify(final RotationId rotation, final List<String> said) throws Exception {
        final Path file = layout().journal("east", rotation);
        final long reported = last(said, "journal").map(Long::parseLong).orElse(-1L);
        if (disk.exists(file)) {
            final JournalContents contents = JournalContents.read(disk, file);
            assertThat(contents.records().size()).isGreaterThanOrEqualTo((int) reported);
            torn += contents.isTorn() ? 1 : 0;
            records += Math.max(0, reported);
        } else {
            assertThat(reported).isEqualTo(-1);
        }
        final List<Anchor> anchors =
                last(said, "audit").map(Anchor::parse).stream().toList();
        if (disk.exists(layout().audit("east"))) {
            try (InputStream in = disk.read(layout().audit("east"))) {
                final AuditVerdict verdict = new AuditVerifier(TestKey.KEY, "east", anchors).verify(in);
                assertThat(verdict.isIntact() || verdict.isTorn())
                        .as(verdict.sentence())
                        .isTrue();
            }
        } else {
            assertThat(anchors).isEmpty();
        }
        final Optional<Claim> held = new StampLocks(disk, layout().locks(), Clock.systemUTC()).look("east");
        if (said.contains("locked")) {
            assertThat(held.map(Claim::rotation)).contains(rotation);
        }
    }

    private static Optional<String> last(final List<String> said, final String what) {
        return said.stream()
                .filter(line -> line.startsWith(what + " "))
                .map(line -> line.substring(what.length() + 1))
                .reduce((one, next) -> next);
    }

    /** The process that is killed. */
    static final class Writer {
        private static final int CALLS = 1_000;

        private Writer() {}

        /** @param arguments the folder, and the rotation's id */
        public static void main(final String[] arguments) throws Exception {
            try {
                write(Path.of(arguments[0]), new RotationId(arguments[1]));
            } catch (IOException | LockedException | RuntimeException e) {
                report("failed");
                throw e;
            }
        }

        private static void write(final Path home, final RotationId rotation) throws Exception {
            report("ready");
            final Disk disk = new FileDisk();
            final Clock clock = Clock.systemUTC();
            final JournalFolder layout = new JournalFolder(disk, home.resolve("azure-stack-hub"));
            layout.prepare("east");
            final StampLocks locks = new StampLocks(disk, layout.locks(), clock);
            final SharePath share = new SharePath("\\\\10.30.0.50\\rotation");
            final Optional<Claim> left = locks.look("east");
            final StampLock lock = left.isPresent()
                    ? locks.adopt(rotation, left.get(), "resumed")
                    : locks.acquire("east", share, rotation, "fresh");
            report("locked");
            final Path file = layout.journal("east", rotation);
            final Journal journal = disk.exists(file)
                    ? Journal.open(disk, file, rotation, clock, text -> false)
                    : Journal.begin(disk, file, rotation, clock, text -> false);
            report("journal " + journal.contents().records().size());
            final AuditTrail audit =
                    AuditTrail.open(disk, layout.audit("east"), "east", TestKey.KEY, clock, text -> false);
            audit.reserve();
            report("audit " + audit.anchor());
            for (final JournalRecord unfinished : journal.contents().unfinished()) {
                journal.result(unfinished.call().orElseThrow(), Fields.of("settled", "by asking"));
            }
            for (int i = 0; i < CALLS; i++) {
                lock.check();
                final String call = "call-" + journal.contents().records().size();
                report("journal "
                        + journal.intent("stage", call, Fields.of("file", "x".repeat(i * 7)))
                                .number());
                audit.record("job #1", "stage", rotation, Fields.of("call", call));
                report("audit " + audit.anchor());
                report("journal " + journal.result(call, Fields.NONE).number());
            }
        }

        private static void report(final String line) {
            System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8), 0, line.length() + 1);
            System.out.flush();
        }
    }
}
