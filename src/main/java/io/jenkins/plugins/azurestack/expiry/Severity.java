package io.jenkins.plugins.azurestack.expiry;

/** How much a finding matters, in rising order. */
public enum Severity {
    OK,
    /** Worth reading, nothing to do now: never changes a build's result by default. */
    NOTICE,
    WARNING,
    CRITICAL;

    /** The more severe of two. */
    public Severity or(final Severity other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Whether this is as severe as {@code other} or more. */
    public boolean isAtLeast(final Severity other) {
        return compareTo(other) >= 0;
    }
}
