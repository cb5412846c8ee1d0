package io.jenkins.plugins.azurestack.rehearsal;

import java.time.Duration;

/** Durations as a Jenkins console writes them: the two greatest units. */
final class Durations {
    private static final String[] UNITS = {"day", "hr", "min", "sec"};

    private Durations() {}

    static String text(final Duration duration) {
        final long[] parts = {
            duration.toDays(), duration.toHoursPart(), duration.toMinutesPart(), duration.toSecondsPart()
        };
        for (int i = 0; i + 1 < parts.length; i++) {
            if (parts[i] > 0) {
                return parts[i] + " " + UNITS[i] + " " + parts[i + 1] + " " + UNITS[i + 1];
            }
        }
        return parts[parts.length - 1] + " sec";
    }
}
