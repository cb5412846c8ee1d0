package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class CheckedBuildsTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aCheckIsFoundBehindManyBuildsThatCheckedNothing() throws IOException {
        kept(1, "expiry-east.json");
        for (int build = 2; build <= 100; build++) {
            kept(build, "east-external-20261126-abc-plan.json");
        }

        assertThat(builds().any(100)).isTrue();
        assertThat(builds().any(99)).isFalse();
    }

    @Test
    public void theLatestBuildsAreThoseOfTheHighestNumbers() throws IOException {
        kept(9, "expiry-east.json");
        kept(10, "requests-east.json");

        assertThat(builds().any(1)).isFalse();
        assertThat(builds().any(2)).isTrue();
    }

    @Test
    public void whatElseLiesBesideTheBuildsIsNone() throws IOException {
        assertThat(new CheckedBuilds(root().resolve("missing"), "evidence").any(100))
                .isFalse();
        Files.writeString(root().resolve("permalinks"), "lastStableBuild 1");
        Files.createDirectories(root().resolve("1"));
        assertThat(builds().any(100)).isFalse();
    }

    private void kept(final int build, final String file) throws IOException {
        final Path evidence =
                Files.createDirectories(root().resolve(Integer.toString(build)).resolve("evidence"));
        Files.writeString(evidence.resolve(file), "{}");
    }

    private CheckedBuilds builds() {
        return new CheckedBuilds(root(), "evidence");
    }

    private Path root() {
        return folder.getRoot().toPath();
    }
}
