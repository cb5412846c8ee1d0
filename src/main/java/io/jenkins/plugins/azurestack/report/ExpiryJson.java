package io.jenkins.plugins.azurestack.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import java.nio.charset.StandardCharsets;

/**
 * An expiry report as JSON: the fields of {@link ExpiryMap} in the same order, without {@code files}. The same report
 * gives the same bytes. Stateless.
 */
public final class ExpiryJson {
    // Line feeds on every system, so that the same report has the same bytes.
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .build()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT));

    private ExpiryJson() {}

    /** Renders a report as UTF-8, ending in a line feed. */
    public static byte[] bytes(final ExpiryReport report) {
        try {
            return (WRITER.writeValueAsString(ExpiryMap.of(report)) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Maps, lists, strings and numbers can be written as JSON", e);
        }
    }
}
