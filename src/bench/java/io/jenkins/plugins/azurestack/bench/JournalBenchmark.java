package io.jenkins.plugins.azurestack.bench;

import io.jenkins.plugins.azurestack.journal.Anchor;
import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.journal.AuditTrail;
import io.jenkins.plugins.azurestack.journal.AuditVerdict;
import io.jenkins.plugins.azurestack.journal.AuditVerifier;
import io.jenkins.plugins.azurestack.journal.Disk;
import io.jenkins.plugins.azurestack.journal.Fields;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.journal.Journal;
import io.jenkins.plugins.azurestack.journal.LongTrail;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.SecretGuard;
import io.jenkins.plugins.azurestack.journal.StampLock;
import io.jenkins.plugins.azurestack.journal.StampLocks;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What it costs to be sure. An audit trail of 200,000 records is verified, next to a Python script that an auditor
 * would write and to the 100,000 records a second that are asked for; a record of the journal is written and forced, next to the
 * same bytes without a journal; and a run of calls of 50 ms each is made with lock checks, journal and audit trail,
 * next to the same calls alone. Medians of rounds in turns.
 */
final class JournalBenchmark implements Benchmark {
    private static final String STAMP = "east";
    private static final String SECRET = "a key that Python has too";
    private static final RotationId ROTATION = new RotationId("maintenance-azure-stack-east-17");
    private static final int RECORDS = 200_000;
    private static final int PYTHON_RECORDS = 50_000;
    private static final int ROUNDS = 5;
    private static final int APPENDS = 300;
    private static final int CALLS = 40;
    private static final long CALL_MILLIS = 50;
    private static final double ASKED_PER_SECOND = 100_000;
    private static final double OVERHEAD_FLOOR = 0.95;

    private final AuditKey key = JournalBenchmark::mac;
    private final SecretGuard guard = text -> text.contains(SECRET);
    private final Disk disk = new FileDisk();
    private final Clock clock = Clock.systemUTC();

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public List<String> programs() {
        return List.of("python3");
    }

    @Override
    public void run(final Path folder, final Scores scores) throws Exception {
        verify(folder, scores);
        append(folder, scores);
        overhead(folder, scores);
    }

    /** As Jenkins's HMACConfidentialKey: a new Mac for each message. */
    private static byte[] mac(final byte[] message) {
        try {
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void verify(final Path folder, final Scores scores) throws Exception {
        final Path trail = folder.resolve("audit.trail");
        final Anchor anchor = LongTrail.write(trail, STAMP, key, RECORDS);
        final Path sample = folder.resolve("sample.trail");
        LongTrail.write(sample, STAMP, key, PYTHON_RECORDS);
        final Path script = folder.resolve("verify_trail.py");
        try (InputStream in = JournalBenchmark.class.getResourceAsStream("verify_trail.py")) {
            Files.copy(Objects.requireNonNull(in), script);
        }
        verified(trail, anchor);
        final double[] ours = new double[ROUNDS];
        final double[] python = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            ours[i] = verified(trail, anchor);
            python[i] = Double.parseDouble(
                    Shell.run(folder, List.of("/usr/bin/python3", script.toString(), sample.toString(), SECRET)));
        }
        final double perSecond = RECORDS / median(ours);
        scores.figure("journal.verify.records-per-second", perSecond);
        scores.figure(
                "journal.verify.records-per-processor-second", RECORDS / processor(() -> verified(trail, anchor)));
        scores.figure("journal.verify.python-records-per-second", PYTHON_RECORDS / median(python));
        scores.ratio("journal.verify-to-100000-a-second", perSecond / ASKED_PER_SECOND, 1);
        scores.ratio("journal.verify-to-python", perSecond / (PYTHON_RECORDS / median(python)), 1);
    }

    /** What other programs on the machine take no part of, in seconds. */
    private static double processor(final Callable<?> what) throws Exception {
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        final long start = threads.getCurrentThreadCpuTime();
        what.call();
        return (threads.getCurrentThreadCpuTime() - start) / 1e9;
    }

    private double verified(final Path trail, final Anchor anchor) throws IOException {
        final long start = System.nanoTime();
        try (InputStream in = Files.newInputStream(trail)) {
            final AuditVerdict verdict = new AuditVerifier(key, STAMP, List.of(anchor)).verify(in);
            if (!verdict.isIntact() || verdict.records() != RECORDS) {
                throw new IOException(verdict.sentence());
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private void append(final Path folder, final Scores scores) throws IOException {
        final Path file = folder.resolve("append.journal");
        final Journal journal = Journal.begin(disk, file, ROTATION, clock, guard);
        final Path bare = Files.createFile(folder.resolve("bare"));
        final long before = journal.contents().goodBytes();
        journal.note("stage", stage(0));
        final byte[] frame = new byte[(int) (journal.contents().goodBytes() - before)];
        final double[] ours = new double[APPENDS];
        final double[] theirs = new double[APPENDS];
        for (int i = 0; i < APPENDS; i++) {
            final long start = System.nanoTime();
            journal.note("stage", stage(i));
            final long between = System.nanoTime();
            try (RandomAccessFile out = new RandomAccessFile(bare.toFile(), "rw")) {
                out.seek(out.length());
                out.write(frame);
                out.getFD().sync();
            }
            ours[i] = between - start;
            theirs[i] = System.nanoTime() - between;
        }
        scores.figure("journal.append-and-force.us", median(ours) / 1e3);
        scores.figure("journal.bare-write-and-force.us", median(theirs) / 1e3);
        scores.ratio("journal.append-to-bare-write-and-force", median(theirs) / median(ours));
    }

    private static Fields stage(final int number) {
        return Fields.of("file", "ARM Public/ssl.pfx")
                .with("sha256", "0123456789abcdef".repeat(4))
                .with("number", number);
    }

    /** Three forced records and a look at the lock for each call. */
    private void overhead(final Path folder, final Scores scores) throws Exception {
        final StampLocks locks = new StampLocks(disk, folder, clock);
        final StampLock lock = locks.acquire(STAMP, ROTATION, "maintenance/azure-stack #17");
        final Journal journal = Journal.begin(disk, folder.resolve("calls.journal"), ROTATION, clock, guard);
        final AuditTrail audit = AuditTrail.open(disk, folder.resolve("calls.trail"), STAMP, key, clock, guard);
        audit.reserve();
        final double[] alone = new double[ROUNDS];
        final double[] sure = new double[ROUNDS];
        final double[] checks = new double[ROUNDS * CALLS];
        for (int round = 0; round < ROUNDS; round++) {
            final long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                Thread.sleep(CALL_MILLIS);
            }
            final long between = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                final String call = "call-" + round + "-" + i;
                final long before = System.nanoTime();
                lock.check();
                checks[round * CALLS + i] = System.nanoTime() - before;
                journal.intent("stage", call, stage(i));
                audit.record("maintenance/azure-stack #17", "stage-file", ROTATION, stage(i));
                if (!audit.isWritable()) {
                    throw new IOException("The audit trail can't be written to");
                }
                Thread.sleep(CALL_MILLIS);
                journal.result(call, Fields.NONE);
            }
            alone[round] = between - start;
            sure[round] = System.nanoTime() - between;
        }
        scores.figure("journal.lock-check.us", median(checks) / 1e3);
        scores.figure("journal.cost-of-a-sure-call.us", (median(sure) - median(alone)) / CALLS / 1e3);
        scores.ratio("journal.calls-alone-to-sure-calls", median(alone) / median(sure), OVERHEAD_FLOOR);
    }

    private static double median(final double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }
}
