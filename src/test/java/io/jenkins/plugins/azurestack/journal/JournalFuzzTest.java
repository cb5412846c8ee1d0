package io.jenkins.plugins.azurestack.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/**
 * Changes journals, locks and audit trails at random, for {@code fuzz.seconds} (2 by default; {@code fuzz.seed} repeats
 * a run), with checksums and MACs made good again half of the time, so that changes get past them: each is read, or
 * refused with a reason, and never ends with anything else.
 */
public class JournalFuzzTest {
    private static final Path FOLDER = Path.of("/home");
    private static final Path JOURNAL = FOLDER.resolve("x.journal");
    private static final Path AUDIT = FOLDER.resolve("audit.trail");
    private static final Path LOCK = FOLDER.resolve("stamp-east.lock");
    private static final RotationId ROTATION = new RotationId("east-1");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
    private static final List<String> TOKENS = List.of(
            "\n",
            "\0",
            "{",
            "}",
            "\"",
            "\\",
            ",",
            ":",
            "[",
            "null",
            "-1",
            "9223372036854775808",
            "1e9",
            "\\ud800",
            "\"fields\":{",
            "\"n\":1,",
            "\"call\":\"start-1\"",
            "\u00ff\u00fe",
            "{\"a\":".repeat(50),
            "\"at\":\"+1000000000-12-31T23:59:59Z\"");

    @Test
    public void anythingIsReadOrRefusedWithAReason() throws Exception {
        final long seed = Long.getLong("fuzz.seed", new SecureRandom().nextLong());
        final Random random = new Random(seed);
        final ForgetfulDisk good = good();
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("fuzz.seconds", 2));
        long runs = 0;
        for (; System.nanoTime() < end; runs++) {
            for (final Path file : List.of(JOURNAL, AUDIT, LOCK)) {
                byte[] changed = change(good.files().get(file), random);
                if (random.nextBoolean()) {
                    changed = signedAnew(changed, file.equals(AUDIT));
                }
                try {
                    read(file, changed);
                } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                    fail(
                            "fuzz.seed=" + seed + " run " + runs + ", " + file + ": "
                                    + HexFormat.of().formatHex(changed),
                            e);
                }
            }
        }
        assertThat(runs).isPositive();
    }

    private static ForgetfulDisk good() throws Exception {
        final ForgetfulDisk disk = new ForgetfulDisk().with(FOLDER.resolve("x"), new byte[0]);
        final Journal journal = Journal.begin(disk, JOURNAL, ROTATION, CLOCK, text -> false);
        journal.intent("start", "start-1", Fields.of("files", "13"));
        journal.note("follow", Fields.of("words", "a\u00e4\n"));
        journal.result("start-1", Fields.NONE);
        final AuditTrail audit = AuditTrail.open(disk, AUDIT, "east", TestKey.KEY, CLOCK, text -> false);
        audit.record("alice", "approve", ROTATION, Fields.of("plan", "7"));
        audit.record("alice", "release", Fields.NONE);
        new StampLocks(disk, FOLDER, CLOCK).acquire("east", new SharePath("\\\\s\\share"), ROTATION, "job #1");
        return disk;
    }

    private static void read(final Path file, final byte[] changed) throws IOException {
        final ForgetfulDisk disk = new ForgetfulDisk().with(file, changed);
        try {
            if (file.equals(JOURNAL)) {
                Journal.open(disk, file, ROTATION, CLOCK, text -> false).note("after", Fields.NONE);
                assertThat(JournalContents.read(disk, file).isTorn()).isFalse();
            } else if (file.equals(AUDIT)) {
                final AuditVerdict verdict =
                        new AuditVerifier(TestKey.KEY, "east", List.of()).verify(new ByteArrayInputStream(changed));
                assertThat(verdict.sentence()).isNotBlank();
                AuditTrail.open(disk, file, "east", TestKey.KEY, CLOCK, text -> false);
            } else {
                new StampLocks(disk, FOLDER, CLOCK).look("east");
            }
        } catch (IOException | LockedException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    /** Every line with the checksum or MAC that its rest should have. */
    private static byte[] signedAnew(final byte[] bytes, final boolean keyed) {
        final List<byte[]> lines = new ArrayList<>();
        final String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (final String line : text.split("\n", -1)) {
            final byte[] json = line.substring(line.indexOf(' ') + 1).getBytes(StandardCharsets.ISO_8859_1);
            final String word = keyed ? HexFormat.of().formatHex(TestKey.KEY.mac(json)) : Frame.checksum(json, 0);
            lines.add(json.length == 0 ? new byte[0] : Frame.line(word, json));
        }
        final byte[] all = new byte[lines.stream().mapToInt(line -> line.length).sum()];
        int at = 0;
        for (final byte[] line : lines) {
            System.arraycopy(line, 0, all, at, line.length);
            at += line.length;
        }
        return all;
    }

    private static byte[] change(final byte[] good, final Random random) {
        byte[] changed = good.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            final int at = random.nextInt(changed.length);
            switch (random.nextInt(5)) {
                case 0 -> changed[at] = (byte) random.nextInt(256);
                case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> changed = Arrays.copyOf(changed, 1 + at);
                case 3 -> changed = replaced(changed, at, random.nextInt(8), token(random));
                default ->
                    System.arraycopy(
                            good,
                            random.nextInt(good.length - 8),
                            changed,
                            Math.max(0, Math.min(at, changed.length - 8)),
                            Math.min(8, changed.length));
            }
        }
        return changed;
    }

    private static byte[] token(final Random random) {
        return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] replaced(final byte[] bytes, final int at, final int without, final byte[] token) {
        final int rest = Math.min(bytes.length, at + without);
        final byte[] all = Arrays.copyOf(bytes, at + token.length + bytes.length - rest);
        System.arraycopy(token, 0, all, at, token.length);
        System.arraycopy(bytes, rest, all, at + token.length, bytes.length - rest);
        return all;
    }
}
