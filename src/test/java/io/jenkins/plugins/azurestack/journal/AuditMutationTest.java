package io.jenkins.plugins.azurestack.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * 10,000 random alterations of an audit trail (more with {@code audit.mutations}), the same ones on every run: the
 * verifier finds all of them against an anchor. Without one it finds all but whole records missing at the end, of which
 * nothing is left to be seen; there it says that the tail is not anchored.
 */
public class AuditMutationTest {
    private static final int RECORDS = 25;
    private static final long SEED = 20261123;

    private enum Mutation {
        FLIP,
        BYTE,
        DELETE,
        DELETE_BYTES,
        MOVE,
        SWAP,
        DOUBLE,
        FOREIGN,
        INSERT_BYTES,
        CUT,
        CUT_BYTES,
        ZEROS
    }

    private static byte[] trail;
    private static List<byte[]> lines;
    private static List<byte[]> foreign;
    private static Anchor anchor;

    @BeforeClass
    public static void write() throws IOException {
        final Path file = Path.of("/home/audit.trail");
        final ForgetfulDisk disk = new ForgetfulDisk().with(Path.of("/home/x"), new byte[0]);
        anchor = write(disk, file, "start");
        trail = disk.files().get(file);
        lines = lines(trail);
        // Good records of the same stamp under the same key, of another trail.
        disk.erase(file);
        write(disk, file, "other");
        foreign = lines(disk.files().get(file));
        assertThat(verify(trail, List.of(anchor)).isIntact()).isTrue();
    }

    private static Anchor write(final ForgetfulDisk disk, final Path file, final String action) throws IOException {
        final AuditTrail audit = AuditTrail.open(
                disk,
                file,
                "east",
                TestKey.KEY,
                Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC),
                text -> false);
        for (int i = 0; i < RECORDS; i++) {
            audit.record("job #" + i % 3, action, new RotationId("east-1"), Fields.of("file", "ARM Public " + i));
        }
        return audit.anchor();
    }

    private static List<byte[]> lines(final byte[] bytes) {
        return new String(bytes, UTF_8)
                .lines()
                .map(line -> (line + "\n").getBytes(UTF_8))
                .toList();
    }

    private static AuditVerdict verify(final byte[] bytes, final List<Anchor> anchors) throws IOException {
        return new AuditVerifier(TestKey.KEY, "east", anchors).verify(new ByteArrayInputStream(bytes));
    }

    @Test
    public void everyAlterationIsFound() throws IOException {
        final int count = Integer.getInteger("audit.mutations", 10_000);
        final Random random = new Random(SEED);
        final Map<Mutation, Integer> tried = new EnumMap<>(Mutation.class);
        int found = 0;
        int foundWithoutAnchor = 0;
        int notAnchored = 0;
        for (int i = 0; i < count; i++) {
            final Mutation mutation = Mutation.values()[random.nextInt(Mutation.values().length)];
            final byte[] altered = altered(mutation, random);
            tried.merge(mutation, 1, Integer::sum);
            final String which = "mutation " + i + ": " + mutation;
            final AuditVerdict anchored = verify(altered, List.of(anchor));
            assertThat(anchored.isIntact()).as(which).isFalse();
            found++;
            final AuditVerdict alone = verify(altered, List.of());
            if (alone.isIntact()) {
                assertThat(isWholeRecordsOf(altered)).as(which).isTrue();
                assertThat(anchored.problem().orElseThrow().kind()).isEqualTo(AuditVerdict.Kind.CUT);
                assertThat(alone.sentence()).contains("Tail not anchored");
                notAnchored++;
            } else {
                foundWithoutAnchor++;
            }
        }
        System.out.println("audit mutations: " + found + " of " + count + " found with an anchor; without one "
                + foundWithoutAnchor + " found, and for " + notAnchored + " cut tails 'tail not anchored'; " + tried);
        assertThat(found).isEqualTo(count);
        assertThat(foundWithoutAnchor + notAnchored).isEqualTo(count);
        assertThat(tried.keySet()).containsExactly(Mutation.values());
    }

    /** Whether it is the beginning of the trail, up to the end of a record. */
    private static boolean isWholeRecordsOf(final byte[] altered) {
        return altered.length < trail.length
                && altered[altered.length - 1] == '\n'
                && Arrays.equals(altered, Arrays.copyOf(trail, altered.length));
    }

    private static byte[] altered(final Mutation mutation, final Random random) {
        byte[] altered = trail;
        while (Arrays.equals(altered, trail)) {
            altered = mutate(mutation, random);
        }
        return altered;
    }

    private static byte[] mutate(final Mutation mutation, final Random random) {
        final byte[] bytes = trail.clone();
        final List<byte[]> order = new ArrayList<>(lines);
        final int at = random.nextInt(bytes.length);
        final int line = random.nextInt(order.size());
        switch (mutation) {
            case FLIP -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case BYTE -> bytes[at] = (byte) random.nextInt(256);
            case ZEROS -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(600)), (byte) 0);
            case DELETE -> {
                final int last = Math.min(order.size(), line + 1 + random.nextInt(3));
                order.subList(line, last).clear();
                return joined(order);
            }
            case DELETE_BYTES -> {
                return spliced(at, 1 + random.nextInt(600), new byte[0]);
            }
            case INSERT_BYTES -> {
                final byte[] more = new byte[1 + random.nextInt(20)];
                random.nextBytes(more);
                return spliced(at, 0, more);
            }
            case MOVE -> {
                final byte[] moved = order.remove(line);
                order.add(random.nextInt(order.size() + 1), moved);
                return joined(order);
            }
            case SWAP -> {
                final int other = random.nextInt(order.size());
                order.set(line, lines.get(other));
                order.set(other, lines.get(line));
                return joined(order);
            }
            case DOUBLE -> {
                // Behind the end it is no alteration of what was anchored, and still found.
                order.add(random.nextInt(order.size() + 1), lines.get(line));
                return joined(order);
            }
            case FOREIGN -> {
                order.set(line, foreign.get(line));
                return joined(order);
            }
            case CUT -> {
                return joined(order.subList(0, line));
            }
            case CUT_BYTES -> {
                return Arrays.copyOf(bytes, at);
            }
        }
        return bytes;
    }

    private static byte[] joined(final List<byte[]> order) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        order.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] spliced(final int at, final int without, final byte[] more) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(trail, 0, at);
        all.writeBytes(more);
        final int rest = Math.min(trail.length, at + without);
        all.write(trail, rest, trail.length - rest);
        return all.toByteArray();
    }
}
