package io.jenkins.plugins.azurestack.rehearsal;

import java.time.Duration;

/** Durations as {@code hudson.Util.getTimeSpanString} writes them: the greatest unit, below ten the next one too. */
final class Durations {
    private static final String[] UNITS = {"days", "hr", "min", "sec"};

    private static final int FEW = 10;

    private Durations() {}

    static String text(final Duration duration) {
        final long[] parts = {
            duration.toDays(), duration.toHoursPart(), duration.toMinutesPart(), duration.toSecondsPart()
        };
        for (int i = 0; i + 1 < parts.length; i++) {
            if (parts[i] > 0) {
                final String greatest = i == 0 && parts[i] == 1 ? "1 day" : parts[i] + " " + UNITS[i];
                return parts[i] < FEW ? greatest + " " + parts[i + 1] + " " + UNITS[i + 1] : greatest;
            }
        }
        return parts[parts.length - 1] + " sec";
    }
}
