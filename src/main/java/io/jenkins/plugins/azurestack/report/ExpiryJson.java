package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;

/** An expiry report as JSON. Stateless. */
public final class ExpiryJson {
    private ExpiryJson() {}

    /** Renders a report. */
    public static byte[] bytes(final ExpiryReport report) {
        throw new UnsupportedOperationException("coming");
    }
}
