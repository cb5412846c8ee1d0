package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;

/** The result of {@code azsCheckExpiry} as a pipeline sees it. Stateless. */
public final class ExpiryMap {
    private ExpiryMap() {}

    /** Renders a report. */
    public static java.util.Map<String, Object> of(final ExpiryReport report, final java.util.List<String> files) {
        throw new UnsupportedOperationException("coming");
    }
}
