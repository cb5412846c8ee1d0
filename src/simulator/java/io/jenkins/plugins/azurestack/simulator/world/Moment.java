package io.jenkins.plugins.azurestack.simulator.world;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * When a fault strikes: at which of the occasions it has. Written as
 * {@code [occasion][#first][xTimes][+duration]}, for example {@code Start-SecretRotation}, {@code Receive#3},
 * {@code node02x5}, {@code +PT10M}, or {@code always}. Immutable.
 *
 * @param occasion what the occasion must be called, in any case; empty for any
 * @param first at the how manieth such occasion it begins, from 1
 * @param times at how many occasions it strikes from there on
 * @param after how long after it was armed it begins, in the stamp's time
 */
public record Moment(Optional<String> occasion, int first, int times, Duration after) {
    /** Every occasion, from now on. */
    public static final Moment ALWAYS = new Moment(Optional.empty(), 1, Integer.MAX_VALUE, Duration.ZERO);
    /** The next occasion, and no other. */
    public static final Moment NEXT = new Moment(Optional.empty(), 1, 1, Duration.ZERO);

    private static final String ALWAYS_WORD = "always";

    public Moment {
        Objects.requireNonNull(occasion, "occasion");
        Objects.requireNonNull(after, "after");
        if (first < 1 || times < 1 || after.isNegative()) {
            throw new IllegalArgumentException("A fault strikes from the first occasion on, at least once, and not in"
                    + " the past: first " + first + ", times " + times + ", after " + after);
        }
    }

    /** The next occasion of that name, and no other. */
    public static Moment at(final String occasion) {
        return new Moment(Optional.of(occasion), 1, 1, Duration.ZERO);
    }

    /** Every occasion of that name. */
    public static Moment always(final String occasion) {
        return new Moment(Optional.of(occasion), 1, Integer.MAX_VALUE, Duration.ZERO);
    }

    /** The same, beginning at a later occasion. */
    public Moment from(final int number) {
        return new Moment(occasion, number, times, after);
    }

    /** The same, striking that often. */
    public Moment times(final int number) {
        return new Moment(occasion, first, number, after);
    }

    /** The same, once that time has passed on the stamp. */
    public Moment after(final Duration duration) {
        return new Moment(occasion, first, times, duration);
    }

    /** As {@link #parse} reads it. */
    public String written() {
        if (equals(ALWAYS)) {
            return ALWAYS_WORD;
        }
        return occasion.orElse("")
                + (first == 1 && occasion.isPresent() ? "" : "#" + first)
                + (times == 1 ? "" : "x" + times)
                + (after.isZero() ? "" : "+" + after);
    }

    /**
     * Reads the written form; without a number of times a named occasion or a bare duration strikes once.
     *
     * @throws IllegalArgumentException if it is none; says what one looks like
     */
    public static Moment parse(final String text) {
        if (text.equalsIgnoreCase(ALWAYS_WORD)) {
            return ALWAYS;
        }
        final java.util.regex.Matcher parts = WRITTEN.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw unreadable(text, null);
        }
        try {
            final String occasion = parts.group("occasion");
            return new Moment(
                    occasion == null || occasion.isEmpty() ? Optional.empty() : Optional.of(occasion),
                    number(parts.group("first")),
                    number(parts.group("times")),
                    parts.group("after") == null ? Duration.ZERO : Duration.parse(parts.group("after")));
        } catch (DateTimeParseException | NumberFormatException e) {
            throw unreadable(text, e);
        }
    }

    private static final java.util.regex.Pattern WRITTEN = java.util.regex.Pattern.compile(
            "(?<occasion>[^#+]*?)(?:#(?<first>[0-9]+))?(?:x(?<times>[0-9]+))?(?:[+](?<after>P.+))?");

    private static int number(final String digits) {
        return digits == null ? 1 : Integer.parseInt(digits);
    }

    private static IllegalArgumentException unreadable(final String text, final Exception cause) {
        return new IllegalArgumentException(
                "'" + text + "' names no moment: write 'always', or an occasion and, as wanted, #first, xTimes and"
                        + " +duration, such as Start-SecretRotation, Receive#3, node02x5 or +PT10M",
                cause);
    }

    /** Whether an occasion that goes by these names is one of this moment's. */
    boolean isAt(final String... names) {
        return occasion.isEmpty() || Arrays.stream(names).anyMatch(occasion.get()::equalsIgnoreCase);
    }
}
