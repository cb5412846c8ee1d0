package io.jenkins.plugins.azurestack.bmc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.Test;

/** docs/operations.md has a line for everything that an update of the BMC password can leave an operator with. */
public class RunBookTest {
    @Test
    public void everyEndThatNeedsAnOperatorHasARow() throws IOException {
        final String page = Files.readString(Path.of("docs", "operations.md"));
        final String section = page.substring(page.indexOf("## The BMC password"), page.indexOf("## When it fails"));
        assertThat(section)
                .contains(Arrays.stream(BmcEnding.values())
                        .filter(state -> state != BmcEnding.COMPLETED)
                        .map(state -> "\n| `" + state + "` | ")
                        .toList());
    }
}
