package io.jenkins.plugins.azurestack.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The real disk; and that the one of the tests does the same. */
public class FileDiskTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Disk disk = new FileDisk();
    private Path home;

    @Before
    public void setUp() {
        home = folder.getRoot().toPath();
    }

    @Test
    public void bothDisksDoTheSame() throws IOException {
        behaves(disk, home);
        behaves(new ForgetfulDisk().with(Path.of("/x/y"), new byte[0]), Path.of("/x"));
    }

    private static void behaves(final Disk disk, final Path home) throws IOException {
        final Path file = home.resolve("a");
        assertThat(disk.exists(file)).isFalse();
        assertThatThrownBy(() -> disk.open(file)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.read(file)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.remove(file)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.create(home.resolve("none").resolve("a")))
                .isInstanceOf(NoSuchFileException.class);
        try (Disk.OpenFile open = disk.create(file)) {
            open.append("one".getBytes(UTF_8));
            open.append("two".getBytes(UTF_8));
            assertThat(open.size()).isEqualTo(6);
            open.cut(4);
            open.append("x".getBytes(UTF_8));
            open.force();
        }
        assertThat(disk.readWhole(file, 5)).asString().isEqualTo("onetx");
        assertThatThrownBy(() -> disk.readWhole(file, 4)).hasMessageContaining("more than the 4 bytes");
        assertThatThrownBy(() -> disk.create(file)).isInstanceOf(FileAlreadyExistsException.class);
        try (Disk.OpenFile open = disk.open(file)) {
            open.append("y".getBytes(UTF_8));
        }
        disk.link(file, home.resolve("b"));
        assertThatThrownBy(() -> disk.link(file, home.resolve("b"))).isInstanceOf(FileAlreadyExistsException.class);
        disk.remove(file);
        assertThat(disk.readWhole(home.resolve("b"), 100)).asString().isEqualTo("onetxy");
        disk.replace(home.resolve("b"), "new".getBytes(UTF_8));
        disk.replace(home.resolve("c"), "new".getBytes(UTF_8));
        disk.createWhole(home.resolve("d"), "whole".getBytes(UTF_8));
        assertThatThrownBy(() -> disk.createWhole(home.resolve("d"), new byte[0]))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(disk.readWhole(home.resolve("b"), 100)).asString().isEqualTo("new");
        assertThat(disk.readWhole(home.resolve("d"), 100)).asString().isEqualTo("whole");
        disk.erase(home.resolve("c"));
        disk.erase(home.resolve("c"));
        disk.makeFolders(home, home.resolve("e").resolve("f"));
        disk.makeFolders(home, home.resolve("e").resolve("g"));
        assertThatThrownBy(() -> disk.makeFolder(home.resolve("e"))).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(disk.list(home).stream().filter(path -> !path.endsWith("y")))
                .containsExactly(home.resolve("b"), home.resolve("d"), home.resolve("e"));
        assertThat(disk.list(home.resolve("e"))).hasSize(2);
        assertThat(disk.list(home.resolve("none"))).isEmpty();
        assertThat(disk.freeSpace(home)).isPositive();
    }

    @Test
    public void everythingIsFinishedThoughItsThreadIsInterrupted() throws Exception {
        final JournalFolder layout = new JournalFolder(disk, home.resolve("azure-stack-hub"));
        final RotationId rotation = new RotationId("east-1");
        final Path file = layout.journal("east", rotation);
        Thread.currentThread().interrupt();
        try {
            layout.prepare("east");
            final Journal journal = Journal.begin(disk, file, rotation, CLOCK, text -> false);
            journal.intent("start", "start-1", Fields.NONE);
            journal.result("start-1", Fields.NONE);
            final StampLock lock = new StampLocks(disk, layout.locks(), CLOCK).acquire("east", rotation, "job #1");
            lock.check();
            lock.release();
            final AuditTrail audit =
                    AuditTrail.open(disk, layout.audit("east"), "east", TestKey.KEY, CLOCK, text -> false);
            audit.reserve();
            audit.record("alice", "approve", rotation, Fields.NONE);
            assertThat(audit.isWritable()).isTrue();
            disk.replace(layout.history("east").resolve("x.json"), new byte[1]);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(JournalContents.read(disk, file).records()).hasSize(2);
    }

    @Test
    public void everythingLivesBelowOneFolder() throws IOException {
        final JournalFolder layout = new JournalFolder(disk, home.resolve("azure-stack-hub"));
        layout.prepare("east");
        layout.prepare("east");
        layout.prepare("west");
        assertThat(layout.rotations("east")).isEmpty();
        for (final String id : List.of("b-2", "a-1")) {
            Journal.begin(disk, layout.journal("east", new RotationId(id)), new RotationId(id), CLOCK, text -> false);
        }
        Files.writeString(layout.journal("east", new RotationId("a-1")).resolveSibling("Not ours.journal"), "");
        assertThat(layout.rotations("east")).containsExactly(new RotationId("a-1"), new RotationId("b-2"));
        assertThat(layout.rotations("west")).isEmpty();
        assertThat(layout.locks()).isDirectory();
        assertThat(layout.history("east")).isDirectory();
        assertThat(layout.audit("east").getParent()).isDirectory();
        assertThat(home.relativize(layout.journal("east", new RotationId("a-1"))))
                .isEqualTo(Path.of("azure-stack-hub", "stamps", "east", "journal", "a-1.journal"));
        assertThatThrownBy(() -> layout.audit("../east"))
                .isInstanceOf(io.jenkins.plugins.azurestack.stamp.Rejected.class);
    }
}
