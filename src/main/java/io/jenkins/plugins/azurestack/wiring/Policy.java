package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.Arrays;
import java.util.Locale;

/** From which severity on a build's result changes. */
public enum Policy {
    NOTICE,
    WARNING,
    CRITICAL,
    NEVER;

    /** Whether a finding of this severity is enough. */
    public boolean isMetBy(final Severity severity) {
        return this != NEVER && severity.isAtLeast(Severity.valueOf(name()));
    }

    /**
     * Reads a policy as a user writes it, ignoring case.
     *
     * @throws Rejected naming {@code field}
     */
    public static Policy parse(final String field, final String text) {
        final String wanted = text == null ? "" : text.trim().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(policy -> policy.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new Rejected(
                        field, "'" + Text.printable(text) + "' is not one of " + Arrays.toString(values())));
    }
}
