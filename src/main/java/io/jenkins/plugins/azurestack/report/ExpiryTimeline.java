package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;

/** The ends of all certificates on a line of time, as SVG. Stateless. */
public final class ExpiryTimeline {
    private ExpiryTimeline() {}

    /** Renders a report. */
    public static byte[] bytes(final ExpiryReport report) {
        throw new UnsupportedOperationException("coming");
    }
}
