package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;

/** An expiry report as one self-contained HTML page. Stateless. */
public final class ExpiryHtml {
    private ExpiryHtml() {}

    /** Renders a report. */
    public static byte[] bytes(final ExpiryReport report) {
        throw new UnsupportedOperationException("coming");
    }
}
