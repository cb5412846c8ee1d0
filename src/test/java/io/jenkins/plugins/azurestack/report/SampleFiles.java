package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes sample reports into {@code target/sample-reports}, to be looked at by a person. */
public final class SampleFiles {
    private SampleFiles() {}

    public static void main(final String[] args) throws IOException {
        final Path folder = Path.of("target", "sample-reports");
        final Map<String, ExpiryReport> reports = new LinkedHashMap<>();
        reports.put("rich", Samples.rich());
        reports.put("fine", Samples.allFine());
        reports.put("empty", Samples.empty());
        reports.put("unknown", Samples.onlyUnknown());
        reports.put("hostile", Samples.hostile());
        for (final Map.Entry<String, ExpiryReport> entry : reports.entrySet()) {
            final Path own = Files.createDirectories(folder.resolve(entry.getKey()));
            for (final ReportFile file : ReportFile.of(entry.getValue())) {
                Files.write(own.resolve(file.name()), file.content());
            }
            Files.write(own.resolve("timeline.svg"), ExpiryTimeline.bytes(entry.getValue()));
            Files.write(own.resolve("build.log"), ExpiryLog.lines(entry.getValue()));
        }
    }
}
