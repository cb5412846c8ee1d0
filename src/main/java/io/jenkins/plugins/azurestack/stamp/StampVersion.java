package io.jenkins.plugins.azurestack.stamp;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a stamp, such as {@code 1.2108.2.65}: the second number is the release, year and month.
 *
 * <p>Before 1805 that number was a date of another form; such versions, and whatever else can't be read, are
 * {@link #UNKNOWN}. Of what is unknown, no comparison with a release is true.
 *
 * @param text as the stamp writes it; empty if unknown
 * @param release year and month, four digits; 0 if unknown
 */
public record StampVersion(String text, int release) implements Comparable<StampVersion> {
    /** A version that nobody told, or that can't be read. Sorts before all others. */
    public static final StampVersion UNKNOWN = new StampVersion("", 0);

    private static final Pattern FORM = Pattern.compile("1\\.(\\d{2}(?:0[1-9]|1[0-2]))((?:\\.\\d{1,6}){0,2})");
    private static final Comparator<List<Integer>> BY_NUMBERS =
            (one, other) -> Arrays.compare(one.toArray(Integer[]::new), other.toArray(Integer[]::new));

    /**
     * Reads a version.
     *
     * @param text may be null
     * @return {@link #UNKNOWN} if it is no version of a release
     */
    public static StampVersion parse(final String text) {
        final Matcher matcher = FORM.matcher(text == null ? "" : text.trim());
        return matcher.matches() ? new StampVersion(matcher.group(), Integer.parseInt(matcher.group(1))) : UNKNOWN;
    }

    /** Whether anything is known of it. */
    public boolean isKnown() {
        return release != 0;
    }

    /**
     * Whether it is surely this release or a later one.
     *
     * @param yearAndMonth such as 1903
     */
    public boolean isAtLeast(final int yearAndMonth) {
        return isKnown() && release >= yearAndMonth;
    }

    /**
     * Whether it is surely older than this release.
     *
     * @param yearAndMonth such as 1903
     */
    public boolean isBefore(final int yearAndMonth) {
        return isKnown() && release < yearAndMonth;
    }

    /** By number: of the same release, hotfixes come after it. */
    @Override
    public int compareTo(final StampVersion other) {
        return BY_NUMBERS.compare(numbers(), other.numbers());
    }

    private List<Integer> numbers() {
        return isKnown()
                ? Arrays.stream(text.split("\\.")).map(Integer::valueOf).toList()
                : List.of();
    }

    /** The text, or {@code unknown}. */
    @Override
    public String toString() {
        return isKnown() ? text : "unknown";
    }
}
