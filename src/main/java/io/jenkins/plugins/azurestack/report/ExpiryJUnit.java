package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;

/** An expiry report as JUnit XML. Stateless. */
public final class ExpiryJUnit {
    private ExpiryJUnit() {}

    /** Renders a report. */
    public static byte[] bytes(final ExpiryReport report) {
        throw new UnsupportedOperationException("coming");
    }
}
