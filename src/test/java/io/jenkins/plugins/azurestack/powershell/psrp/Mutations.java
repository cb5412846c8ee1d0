package io.jenkins.plugins.azurestack.powershell.psrp;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.rules.Timeout;

/**
 * Feeds damaged inputs to a parser for {@code -Dfuzz.seconds} (2 unless said otherwise). The sequence of inputs depends on the seeds
 * and {@code -Dfuzz.seed} alone, only its length on the time, so that what was found once is found again.
 */
public final class Mutations {
    /** A parser under test. */
    @FunctionalInterface
    public interface Target {
        /** Takes one input; an exception that it may not throw is a finding. */
        void accept(byte[] input) throws Exception;
    }

    private static final int PATIENCE_SECONDS = 60;
    private static final int MOST_CHANGES = 4;
    private static final int LONGEST_RUN = 200;
    private static final long BYTES_PER_BYTE = 2_000;
    private static final long BYTES_AT_LEAST = 8 << 20;
    private static final int LONGEST_INPUT = 1 << 20;

    private final List<byte[]> seeds;
    private final List<byte[]> tokens;
    private final String boundaries;
    private final Random random = new Random(Long.getLong("fuzz.seed", 20_260_101));

    /**
     * Mutations of these inputs.
     *
     * @param seeds good inputs
     * @param tokens pieces that are worth inserting, one byte a character
     * @param boundaries bytes before which changes are likelier to make sense
     */
    public Mutations(List<byte[]> seeds, List<String> tokens, String boundaries) {
        this.seeds = List.copyOf(seeds);
        this.boundaries = boundaries;
        this.tokens = tokens.stream()
                .map(token -> token.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** What a hang looks like. */
    public static Timeout timeout() {
        return Timeout.seconds(seconds() + PATIENCE_SECONDS);
    }

    private static long seconds() {
        return Long.getLong("fuzz.seconds", 2);
    }

    /**
     * Runs until the time is up.
     *
     * @param target the parser
     * @return how many inputs were fed
     */
    public long run(Target target) {
        final long end = System.nanoTime() + seconds() * 1_000_000_000L;
        long runs = 0;
        while (System.nanoTime() < end) {
            feed(target, next());
            runs++;
        }
        return runs;
    }

    private static void feed(Target target, byte[] input) {
        final var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        try {
            target.accept(input);
        } catch (Exception | StackOverflowError | OutOfMemoryError | AssertionError finding) {
            throw new AssertionError("Found with " + Base64.getEncoder().encodeToString(input), finding);
        }
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        if (allocated > BYTES_AT_LEAST + BYTES_PER_BYTE * input.length) {
            throw new AssertionError(
                    allocated + " bytes allocated for " + Base64.getEncoder().encodeToString(input));
        }
    }

    private byte[] next() {
        byte[] input = pick(seeds);
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            final byte[] changed = change(input);
            input = changed.length > LONGEST_INPUT ? Arrays.copyOf(changed, LONGEST_INPUT) : changed;
        }
        return input;
    }

    private byte[] change(byte[] input) {
        final int at = place(input, random.nextInt(input.length + 1));
        final int to = place(input, Math.min(input.length, at + 1 + random.nextInt(LONGEST_RUN)));
        return switch (random.nextInt(8)) {
            case 0 -> flipped(input);
            case 1 -> joined(input, at, new byte[0], to);
            case 2 -> joined(input, to, Arrays.copyOfRange(input, at, to), to);
            case 3 -> joined(input, at, pick(tokens), at);
            case 4 -> joined(input, at, pick(tokens), to);
            case 5 -> joined(input, at, repeated(Arrays.copyOfRange(input, at, to)), to);
            case 6 -> spliced(input, at);
            default -> Arrays.copyOf(input, at);
        };
    }

    /** Half of the time the next boundary, else the place itself. */
    private int place(byte[] input, int from) {
        int at = from;
        if (random.nextBoolean()) {
            while (at < input.length && boundaries.indexOf(input[at]) < 0) {
                at++;
            }
        }
        return at;
    }

    private byte[] flipped(byte[] input) {
        final byte[] changed = input.clone();
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private byte[] repeated(byte[] run) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int times = random.nextInt(100); times > 0 && all.size() < LONGEST_INPUT; times--) {
            all.writeBytes(run);
        }
        return all.toByteArray();
    }

    private byte[] spliced(byte[] input, int at) {
        final byte[] other = pick(seeds);
        final int from = random.nextInt(other.length + 1);
        return joined(input, at, Arrays.copyOfRange(other, from, other.length), input.length);
    }

    private static byte[] joined(byte[] input, int head, byte[] middle, int tail) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(input, 0, head);
        all.writeBytes(middle);
        all.write(input, tail, input.length - tail);
        return all.toByteArray();
    }

    private byte[] pick(List<byte[]> from) {
        return from.get(random.nextInt(from.size()));
    }
}
