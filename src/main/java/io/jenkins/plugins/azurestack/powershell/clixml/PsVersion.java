package io.jenkins.plugins.azurestack.powershell.clixml;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A .NET version of two to four numbers, such as {@code 2.3} or {@code 5.1.14393.0}.
 *
 * @param major not negative
 * @param minor not negative
 * @param build {@link #ABSENT} when the version has two numbers
 * @param revision {@link #ABSENT} when the version has fewer than four numbers
 */
public record PsVersion(int major, int minor, int build, int revision) implements Comparable<PsVersion> {
    /** The value of a number that isn't there; .NET counts the same way. */
    public static final int ABSENT = -1;

    private static final Pattern FORM = Pattern.compile("\\d{1,10}(\\.\\d{1,10}){1,3}");
    private static final Comparator<PsVersion> ORDER = Comparator.comparingInt(PsVersion::major)
            .thenComparingInt(PsVersion::minor)
            .thenComparingInt(PsVersion::build)
            .thenComparingInt(PsVersion::revision);

    /** Refuses negative numbers, and a revision without a build. */
    public PsVersion {
        if (major < 0 || minor < 0 || build < ABSENT || revision < ABSENT || (build == ABSENT && revision != ABSENT)) {
            throw new IllegalArgumentException("not a version: its numbers are not negative and have no gap");
        }
    }

    /**
     * A version of two numbers.
     *
     * @param major not negative
     * @param minor not negative
     * @return that version
     */
    public static PsVersion of(int major, int minor) {
        return new PsVersion(major, minor, ABSENT, ABSENT);
    }

    /**
     * Reads the dotted form.
     *
     * @param text two to four numbers
     * @return that version
     * @throws IllegalArgumentException when the text has another form
     */
    public static PsVersion parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a version: two to four numbers with dots are");
        }
        final String[] parts = text.split("\\.");
        return new PsVersion(number(parts, 0), number(parts, 1), number(parts, 2), number(parts, 3));
    }

    private static int number(String[] parts, int index) {
        return index < parts.length ? Integer.parseInt(parts[index]) : ABSENT;
    }

    @Override
    public int compareTo(PsVersion other) {
        return ORDER.compare(this, other);
    }

    /** The dotted form. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder().append(major).append('.').append(minor);
        if (build != ABSENT) {
            text.append('.').append(build);
        }
        if (revision != ABSENT) {
            text.append('.').append(revision);
        }
        return text.toString();
    }
}
