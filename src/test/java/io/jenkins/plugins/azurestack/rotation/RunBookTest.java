package io.jenkins.plugins.azurestack.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.Test;

/** docs/operations.md has a line for everything that a rotation can leave an operator with. */
public class RunBookTest {
    private static String page() throws IOException {
        return Files.readString(Path.of("docs", "operations.md"));
    }

    @Test
    public void everyEndThatNeedsAnOperatorHasARow() throws IOException {
        assertThat(page())
                .contains(Arrays.stream(RotationEnding.values())
                        .filter(state -> state != RotationEnding.COMPLETED)
                        .map(state -> "\n| `" + state + "` | ")
                        .toList());
    }

    @Test
    public void everyPhaseHasARow() throws IOException {
        assertThat(page())
                .contains(Arrays.stream(RotationPhase.values())
                        .map(phase -> "\n| " + phase.word() + " | ")
                        .toList());
    }
}
