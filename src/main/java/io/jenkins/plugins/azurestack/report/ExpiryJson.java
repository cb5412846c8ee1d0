package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;

/**
 * An expiry report as JSON: the fields of {@link ExpiryMap} in the same order, without {@code files}. The same report
 * gives the same bytes. Stateless.
 */
public final class ExpiryJson {
    private ExpiryJson() {}

    /** Renders a report as UTF-8, ending in a line feed. */
    public static byte[] bytes(final ExpiryReport report) {
        return Json.bytes(ExpiryMap.of(report));
    }
}
