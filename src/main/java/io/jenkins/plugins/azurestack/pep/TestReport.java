package io.jenkins.plugins.azurestack.pep;

import java.util.List;

/**
 * What {@code Test-AzureStack} came to.
 *
 * @param passed whether it said {@code True}; nothing else counts
 * @param lines those of its lines that speak of a failure or a warning, printable
 */
public record TestReport(boolean passed, List<String> lines) {
    public TestReport {
        lines = List.copyOf(lines);
    }
}
