package io.jenkins.plugins.azurestack.pep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.Test;

/** What docs/operations.md repeats of a stamp's words is what is known of them. */
public class RunBookTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    /** The words in the first column of the table of the stamp's words. */
    private static List<String> words() throws IOException {
        final String page = Files.readString(Path.of("docs", "operations.md"));
        final int begin = page.indexOf("### What the stamp says");
        return page.substring(begin, page.indexOf("###", begin + 3))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf(" | ")))
                .flatMap(cell -> QUOTED.matcher(cell).results().map(quoted -> quoted.group(1)))
                .toList();
    }

    @Test
    public void everyErrorWithAKnownRemedyIsInTheRunBookAndNoOther() throws IOException {
        assertThat(words()).allSatisfy(words -> assertThat(Remedies.of(words)).isPresent());
        assertThat(words().stream().map(Remedies::of).distinct()).hasSize(Remedies.values().length);
    }
}
