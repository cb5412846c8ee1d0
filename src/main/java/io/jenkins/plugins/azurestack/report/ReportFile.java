package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import java.util.List;

/**
 * A file of evidence.
 *
 * @param name a plain file name that is the same from run to run
 * @param content the file's bytes; not copied, so a caller must leave them alone
 */
public record ReportFile(String name, byte[] content) {
    /** The files of an expiry check: {@code expiry-<stamp>.json}, {@code .html} and {@code .xml} (JUnit). */
    public static List<ReportFile> of(final ExpiryReport report) {
        final String stem = "expiry-" + report.stamp().name();
        return List.of(
                new ReportFile(stem + ".json", ExpiryJson.bytes(report)),
                new ReportFile(stem + ".html", ExpiryHtml.bytes(report)),
                new ReportFile(stem + ".xml", ExpiryJUnit.bytes(report)));
    }
}
