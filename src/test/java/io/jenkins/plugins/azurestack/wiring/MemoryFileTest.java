package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.expiry.Memory;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import io.jenkins.plugins.azurestack.expiry.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class MemoryFileTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123456789Z");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path home;

    @Before
    public void setUp() {
        home = folder.getRoot().toPath();
    }

    @Test
    public void nothingIsRememberedAtFirst() throws IOException {
        assertThat(new MemoryFile(home).load()).isEqualTo(Memory.EMPTY);
    }

    @Test
    public void whatIsAddedIsReadBackByAnother() throws IOException {
        new MemoryFile(home).add(List.of(unknown("a")), NOW);
        new MemoryFile(home).add(List.of(unknown("a"), unknown("b")), NOW.plusSeconds(5));
        final Memory memory = new MemoryFile(home).load();
        assertThat(memory.of(unknown("a").target()))
                .contains(new Memory.Remembered(NOW, NOW.plusSeconds(5), Optional.empty(), Optional.empty()));
        assertThat(memory.targets()).containsOnlyKeys("test a", "test b");
    }

    @Test
    public void leavesNoOtherFilesBehind() throws IOException {
        new MemoryFile(home).add(List.of(unknown("a")), NOW);
        try (var files = Files.list(home)) {
            assertThat(files).containsExactly(home.resolve(MemoryFile.NAME));
        }
    }

    @Test
    public void targetsThatNobodyAsksForAreForgottenAfterAWhile() throws IOException {
        new MemoryFile(home).add(List.of(unknown("old")), NOW);
        new MemoryFile(home).add(List.of(unknown("new")), NOW.plus(Duration.ofDays(401)));
        assertThat(new MemoryFile(home).load().targets()).containsOnlyKeys("test new");
    }

    @Test
    public void aDamagedFileIsReportedAndLeftAsItIs() throws IOException {
        for (final String damaged : List.of(
                "{\"schema\":1,\"targets\":{\"x\"",
                "",
                "{\"schema\":2,\"targets\":{}}",
                "{\"schema\":1,\"targets\":{\"x\":{\"firstAsked\":\"yesterday\"}}}",
                "[]")) {
            Files.writeString(home.resolve(MemoryFile.NAME), damaged);
            assertThatThrownBy(() -> new MemoryFile(home).load())
                    .as(damaged)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("left as it is");
            assertThatThrownBy(() -> new MemoryFile(home).add(List.of(unknown("a")), NOW))
                    .isInstanceOf(IOException.class);
            assertThat(home.resolve(MemoryFile.NAME)).hasContent(damaged);
        }
    }

    @Test
    public void buildsOfOneControllerTakeTurns() throws Exception {
        final List<Thread> builds = new ArrayList<>();
        final List<Exception> failures = new ArrayList<>();
        for (int build = 0; build < 8; build++) {
            final String name = "t" + build;
            builds.add(new Thread(() -> {
                try {
                    new MemoryFile(home).add(List.of(unknown(name)), NOW);
                } catch (IOException e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            }));
        }
        builds.forEach(Thread::start);
        for (final Thread build : builds) {
            build.join();
        }
        assertThat(failures).isEmpty();
        assertThat(new MemoryFile(home).load().targets()).hasSize(8);
    }

    private static Sighting unknown(final String name) {
        return new Sighting.Unknown(new Target("test", name, Optional.empty()), "refused", "");
    }
}
