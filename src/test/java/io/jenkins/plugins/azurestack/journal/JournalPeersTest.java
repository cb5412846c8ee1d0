package io.jenkins.plugins.azurestack.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.azurestack.peer.DebianProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Python reads what was written by the documented format alone; strace watches when it is forced. */
public class JournalPeersTest {
    private static final String KEY = "a key that Python has too";
    private static final RotationId ROTATION = new RotationId("east-1");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path home;

    @Before
    public void setUp() throws IOException {
        home = folder.getRoot().toPath().toRealPath();
    }

    @Test
    public void pythonReadsJournalAndAuditTrail() throws Exception {
        final DebianProgram python = DebianProgram.required("python3", "python3");
        final Path script = home.resolve("verify.py");
        try (InputStream in = JournalPeersTest.class.getResourceAsStream("verify.py")) {
            Files.copy(Objects.requireNonNull(in), script);
        }
        final Disk disk = new FileDisk();
        final Path file = home.resolve("x.journal");
        final Journal journal = Journal.begin(disk, file, ROTATION, Clock.systemUTC(), text -> false);
        journal.intent("stage", "stage-1", Fields.of("words", "\u00e4 \ud83d\ude80 \" \\ \n \u0001 \u2028"));
        journal.result("stage-1", Fields.NONE);
        journal.intent("start", "start-1", Fields.NONE);
        final Path trail = home.resolve("audit.trail");
        final AuditTrail audit =
                AuditTrail.open(disk, trail, "east", new TestKey(KEY), Clock.systemUTC(), text -> false);
        audit.record("alice \u00e4", "approve", ROTATION, Fields.of("words", "\ud83d\ude80 \n"));
        audit.record("job #1", "start", Fields.NONE);

        final String[] arguments = {script.toString(), file.toString(), trail.toString(), KEY};
        assertThat(python.run(home, arguments).lines()).containsExactly("journal 3 start-1", "audit " + audit.anchor());

        final byte[] altered = Files.readAllBytes(trail);
        altered[altered.length / 2] ^= 1;
        Files.write(trail, altered);
        assertThatThrownBy(() -> python.run(home, arguments)).hasMessageContaining("AssertionError");
    }

    @Test
    public void whatIsReportedWasForcedBefore() throws Exception {
        final DebianProgram strace = DebianProgram.required("strace", "strace");
        final Path trace = home.resolve("trace");
        assumeTrue("Skipped: nobody may trace here", mayTrace(strace));
        strace.run(
                Path.of("").toAbsolutePath(),
                "-f",
                "-y",
                "-o",
                trace.toString(),
                "-e",
                "trace=fsync,write,link,linkat,rename,renameat,unlink,unlinkat,mkdir,mkdirat",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Traced.class.getName(),
                home.toString());
        final String calls = Files.readString(trace, StandardCharsets.UTF_8);
        final String root = home + "/root";
        assertInOrder(
                calls,
                "mkdir(\"" + root + "\"",
                "fsync(FD<" + home + ">)",
                "mkdir(\"" + root + "/journal\"",
                "fsync(FD<" + root + ">)",
                "fsync(FD<" + root + "/journal/x.journal.0.new>)",
                "link(\"" + root + "/journal/x.journal.0.new\", \"" + root + "/journal/x.journal\")",
                "fsync(FD<" + root + "/journal>)",
                "reported: begun",
                "write(FD<" + root + "/journal/x.journal>",
                "fsync(FD<" + root + "/journal/x.journal>)",
                "reported: intent",
                "fsync(FD<" + root + "/x.json.new>)",
                "rename(\"" + root + "/x.json.new\", \"" + root + "/x.json\")",
                "fsync(FD<" + root + ">)",
                "reported: replaced",
                "unlink(\"" + root + "/x.json\")",
                "fsync(FD<" + root + ">)",
                "reported: erased");
    }

    private boolean mayTrace(final DebianProgram strace) throws InterruptedException {
        try {
            strace.run(home, "-o", home.resolve("try").toString(), "true");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void assertInOrder(final String calls, final String... wanted) {
        final List<String> seen = calls.lines()
                .map(line -> line.replaceAll("\\([0-9]+<", "(FD<").replaceAll("AT_FDCWD<[^>]*>, |AT_FDCWD, ", ""))
                .map(line -> line.replaceAll("(link|rename|unlink|mkdir)at\\(", "$1("))
                .toList();
        int at = 0;
        for (final String call : wanted) {
            final int from = at;
            while (at < seen.size() && !seen.get(at).contains(call)) {
                at++;
            }
            assertThat(at)
                    .as("%s, after line %s of%n%s", call, from, String.join("\n", seen))
                    .isLessThan(seen.size());
            at++;
        }
    }

    /** What is watched. */
    static final class Traced {
        private Traced() {}

        /** @param arguments the folder */
        public static void main(final String[] arguments) throws Exception {
            final Disk disk = new FileDisk();
            final Path home = Path.of(arguments[0]);
            final Path root = home.resolve("root");
            disk.makeFolders(home, root.resolve("journal"));
            final Journal journal = Journal.begin(
                    disk, root.resolve("journal").resolve("x.journal"), ROTATION, Clock.systemUTC(), text -> false);
            report("begun");
            journal.intent("start", "start-1", Fields.NONE);
            report("intent");
            disk.replace(root.resolve("x.json"), new byte[] {1});
            report("replaced");
            disk.erase(root.resolve("x.json"));
            report("erased");
        }

        private static void report(final String what) {
            final byte[] line = ("reported: " + what + "\n").getBytes(StandardCharsets.UTF_8);
            System.out.write(line, 0, line.length);
            System.out.flush();
        }
    }
}
