package io.jenkins.plugins.azurestack.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.simulator.Routes;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A build in a process of its own is killed with SIGKILL, and the stamp outlives it. Then another process resumes the
 * rotation, or a new build plans and applies anew. Killed at random moments (fixed seed), 10 of them or {@code
 * rotation.kills}, and at boundaries of what it writes to the disk, every 40th or every {@code rotation.boundaries}th.
 */
public class KilledBuildTest {
    private static final long SEED = 20261126;
    private static final double HASTE = 4000;
    private static final int MOST_LINES = 75;
    private static final int MOST_MILLIS = 150;
    private static final int MOST_TRIES = 5;
    /** A rotation has more boundaries than that. */
    private static final int FEWEST_BOUNDARIES = 100;

    private static final long PATIENCE_SECONDS = 120;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Random random = new Random(SEED);
    private final Map<String, Integer> ends = new TreeMap<>();
    private final Map<String, Integer> killedIn = new TreeMap<>();

    @Test
    public void afterAnyKillTheRotationEndsWellOrSaysWhatAnOperatorHasToDo() throws Exception {
        final int kills = Integer.getInteger("rotation.kills", 10);
        try (Bench bench = bench()) {
            for (int i = 0; i < kills; i++) {
                final Path home = begun(bench);
                final int lines = 1 + random.nextInt(MOST_LINES);
                final int moment = random.nextInt(MOST_MILLIS);
                goOn(
                        bench,
                        home,
                        run(describe(bench, home, 0), Optional.empty(), said -> said.size() == lines, moment),
                        i);
            }
        }
        print(kills);
        assertThat(ends.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(kills);
    }

    @Test
    public void theSameWhereverTheDiskIsLeft() throws Exception {
        final int each = Integer.getInteger("rotation.boundaries", 40);
        int kills = 0;
        try (Bench bench = bench()) {
            boolean halted = true;
            for (int boundary = 1; halted; boundary += each) {
                final Path home = begun(bench);
                final List<String> said = run(
                        describe(bench, home, boundary),
                        Optional.empty(),
                        lines -> last(lines, "halted ").isPresent(),
                        0);
                halted = last(said, "halted ").isPresent();
                goOn(bench, home, said, kills);
                kills++;
            }
        }
        print(kills - 1);
        assertThat(kills).isGreaterThan(FEWEST_BOUNDARIES / each);
    }

    private void print(final int kills) {
        System.out.println("killed " + kills + " builds, in " + killedIn + "; afterwards " + ends);
    }

    private Bench bench() throws Exception {
        return new Bench(
                SimulatedStamp.of(Bench.east(IdentityProvider.AAD))
                        .timeFactor(HASTE)
                        .start(),
                folder.newFolder().toPath());
    }

    private Path begun(final Bench bench) throws Exception {
        final Path home = folder.newFolder().toPath();
        bench.begin(home);
        return home;
    }

    private void goOn(final Bench bench, final Path home, final List<String> said, final int number) throws Exception {
        killedIn.merge(last(said, "phase ").orElse("planning"), 1, Integer::sum);
        final Optional<String> rotation = last(said, "plan ").map(line -> line.split(" ")[0]);
        List<String> next = List.of();
        Optional<String> end = last(said, "end ");
        for (int i = 0; i < MOST_TRIES && end.filter(KilledBuildTest::isOver).isEmpty(); i++) {
            bench.stamp.world().time().advance(Duration.ofMinutes(20));
            final boolean resumes = rotation.isPresent()
                    && (number % 2 == 0 && i == 0
                            || last(next, "locked ").isPresent()
                            || last(next, "rejected ")
                                    .filter(line -> line.contains("unfinished"))
                                    .isPresent());
            next = run(describe(bench, home, 0), resumes ? rotation : Optional.empty());
            end = last(next, "end ");
            if (end.filter(line -> line.startsWith("UNKNOWN")).isPresent()
                    || last(next, "rejected ")
                            .filter(line -> line.contains("nothing to do") && !line.contains("unfinished"))
                            .isPresent()) {
                break;
            }
        }
        final String story = String.join("\n", said) + "\n--\n" + String.join("\n", next);
        final String outcome = end.map(line -> line.split(" ")[0]).orElse("served already");
        ends.merge(outcome, 1, Integer::sum);
        assertThat(bench.began(false)).as(story).isLessThanOrEqualTo(1);
        assertThat(bench.sent(false)).as(story).isLessThanOrEqualTo(1);
        assertThat(bench.sent(true)).as(story).isZero();
        assertThat(bench.harm()).as(story).isEmpty();
        if (outcome.equals("UNKNOWN")) {
            assertThat(end.orElseThrow()).as(story).contains("Get-ActionStatus");
        } else {
            assertThat(outcome).as(story).isIn("COMPLETED", "served already");
            assertThat(bench.locks().look("east")).as(story).isEmpty();
        }
        bench.stamp.world().time().advance(Duration.ofHours(2));
        bench.stamp.world().actionPlans().settle();
        clear(bench.stamp.share());
    }

    private static boolean isOver(final String end) {
        return end.startsWith("COMPLETED");
    }

    private static void clear(final Path share) throws IOException {
        try (var files = Files.walk(share)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Optional<String> last(final List<String> lines, final String what) {
        return lines.stream()
                .filter(line -> line.startsWith(what))
                .map(line -> line.substring(what.length()))
                .reduce((first, second) -> second);
    }

    private Path describe(final Bench bench, final Path home, final int boundary) throws IOException {
        final Properties where = new Properties();
        Routes.of(bench.stamp).forEach((place, port) -> where.setProperty(place, port.toString()));
        where.setProperty("outside-now", Instant.now().toString());
        where.setProperty("stamp-now", bench.stamp.world().time().now().toString());
        where.setProperty("factor", Double.toString(HASTE));
        where.setProperty("home", home.toString());
        where.setProperty("halt", Integer.toString(boundary));
        where.setProperty("share", bench.stamp.share().toString());
        where.setProperty("cloud-admin", bench.stamp.world().identity().cloudAdminPassword());
        where.setProperty("share-user", bench.stamp.world().identity().shareUser());
        where.setProperty("share-password", bench.stamp.world().identity().sharePassword());
        final Path set = home.resolve("set");
        Files.createDirectories(set);
        where.setProperty("set", set.toString());
        final CertificateSet issued =
                bench.world(RotationScope.EXTERNAL).certificates().orElseThrow();
        for (final Map.Entry<CertificateFolder, String> one :
                issued.fingerprints().entrySet()) {
            where.setProperty(one.getKey().name(), one.getValue());
            Files.write(set.resolve(one.getKey().name()), issued.pfx(one.getKey()));
        }
        final Path file = home.resolve("where.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            where.store(out, null);
        }
        return file;
    }

    /** Runs a build to its end. */
    private static List<String> run(final Path where, final Optional<String> resumed) throws Exception {
        return run(where, resumed, said -> false, 0);
    }

    /** Runs a build until it has said enough and a moment more, when it is killed, or to its end. */
    private static List<String> run(
            final Path where,
            final Optional<String> resumed,
            final Predicate<List<String>> isEnough,
            final int momentMillis)
            throws Exception {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Djava.net.preferIPv4Stack=true",
                "-cp",
                System.getProperty("java.class.path"),
                ChildBuild.class.getName(),
                where.toString()));
        resumed.ifPresent(command::add);
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final List<String> said = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said.add(line);
                if (isEnough.test(said)) {
                    process.waitFor(momentMillis, TimeUnit.MILLISECONDS);
                    process.toHandle().destroyForcibly();
                }
            }
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.toHandle().destroyForcibly();
        }
        assertThat(said).as("the build ran").contains("ready");
        return said;
    }
}
