package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.SecretGuard;
import io.jenkins.plugins.azurestack.journal.StampFiles;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.net.TlsProbe;
import io.jenkins.plugins.azurestack.pep.Logons;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpoints;
import io.jenkins.plugins.azurestack.pep.StampCmdlets;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.wiring.PepStampActions;
import io.jenkins.plugins.azurestack.wiring.ProbedCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * One build in a process of its own, which somebody may kill: it plans and applies, or resumes what it finds. It says a
 * line for each phase, and one for the end.
 */
final class ChildBuild {
    private ChildBuild() {}

    /** @param arguments a file of properties that says where everything is, and a rotation to resume, or nothing */
    public static void main(final String[] arguments) throws Exception {
        final Properties where = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(arguments[0]))) {
            where.load(in);
        }
        final StampTime time = new StampTime(
                Clock.systemUTC(),
                Instant.parse(where.getProperty("stamp-now")).plusNanos((long)
                        (Duration.between(Instant.parse(where.getProperty("outside-now")), Instant.now())
                                        .toNanos()
                                * Double.parseDouble(where.getProperty("factor")))),
                Double.parseDouble(where.getProperty("factor")));
        final RotationWorld world = world(where, time);
        final StampFiles files = new StampFiles(
                HaltingDisk.around(new FileDisk(), Integer.parseInt(where.getProperty("halt")), ChildBuild::haltedFor),
                Path.of(where.getProperty("home")).resolve("azs"),
                "east",
                message -> new byte[32],
                SecretGuard.PRIVATE_KEYS,
                time.clock());
        final SecretRotation rotation = new SecretRotation(
                world, files, RotationLimits.of(RotationScope.EXTERNAL), time.clock(), new Reporting());
        say("ready");
        try {
            say("end " + (arguments.length > 1 ? resumed(rotation, arguments[1]) : applied(rotation, world, time)));
        } catch (LockedException e) {
            say("locked " + e.getMessage());
        } catch (Rejected e) {
            say("rejected " + e.getMessage());
        }
    }

    /** Says that a boundary is reached, and waits to be killed there. */
    private static void haltedFor(final String boundary) {
        say("halted " + boundary);
        while (true) {
            LockSupport.park();
        }
    }

    private static String resumed(final SecretRotation rotation, final String id) throws Exception {
        return text(rotation.resume(new RotationId(id), "child"));
    }

    private static String applied(final SecretRotation rotation, final RotationWorld world, final StampTime time)
            throws Exception {
        final RotationPlan plan = new RotationPlanner(world, time.clock(), new SecureRandom())
                .plan(new RotationRequest(RotationScope.EXTERNAL, false, Set.of()));
        say("plan " + plan.id() + " " + plan.summary());
        return text(rotation.apply(plan, new Approval(plan.id(), "board", time.now(), "page"), "child"));
    }

    private static String text(final End<RotationEnding> end) {
        return end.state() + " " + end.rotation() + " " + end.message() + " " + end.advice();
    }

    private static void say(final String line) {
        final byte[] bytes = (line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }

    private static final class Reporting implements ChangeListener {
        @Override
        public void phase(final Phase phase, final String sentence) {
            say("phase " + phase);
        }

        @Override
        public void line(final String text) {
            say("line " + text);
        }

        @Override
        public void step(final String name, final String status) {
            say("step " + name);
        }
    }

    private static RotationWorld world(final Properties where, final StampTime time) {
        final Stamp stamp = Bench.east(IdentityProvider.AAD);
        final SecureRandom random = new SecureRandom();
        final Network network = (host, port, timeout) -> connect(where, host, port, timeout);
        return new RotationWorld(
                stamp,
                World.PRIVILEGED_ENDPOINTS,
                new PepStampActions(
                        new StampCmdlets(new PrivilegedEndpoints(
                                World.PRIVILEGED_ENDPOINTS,
                                Optional.empty(),
                                new PasswordCredentials(
                                        "AZURESTACK\\CloudAdmin",
                                        where.getProperty("cloud-admin").toCharArray()),
                                Logons.FORGETFUL,
                                network,
                                time.clock(),
                                random)),
                        Optional.of(new StampCmdlets.ExternalSet(
                                SimulatedStamp.SHARE,
                                new PasswordCredentials(
                                        where.getProperty("share-user"),
                                        where.getProperty("share-password").toCharArray()),
                                IssuedSet.PASSWORD.toCharArray())),
                        pause -> time.awaitUntil(time.now().plus(pause))),
                new Quiet(),
                new ProbedCertificates(stamp, new TlsProbe(network, random), random, Duration.ofSeconds(20)),
                Optional.of(new FileSet(where)),
                Optional.of(new DirectoryStaging(Path.of(where.getProperty("share")), "AAD")));
    }

    private static Socket connect(final Properties where, final String host, final int port, final Duration timeout)
            throws IOException {
        final String route = where.getProperty(host + ":" + port, where.getProperty("*"));
        final Socket socket = SocketChannel.open().socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(route)), (int)
                timeout.toMillis());
        return socket;
    }

    /** Nothing is known to Resource Manager that stands in the way. */
    private static final class Quiet implements StampOperations {
        @Override
        public Optional<String> exclusiveOperation() {
            return Optional.empty();
        }

        @Override
        public Optional<String> runningUpdate() {
            return Optional.empty();
        }

        @Override
        public List<Alert> activeAlerts() {
            return List.of();
        }

        @Override
        public List<Alert> closedAlerts(final Instant since) {
            return List.of();
        }
    }

    /** A set whose files the parent has made. */
    private static final class FileSet implements CertificateSet {
        private final Map<CertificateFolder, String> fingerprints = new EnumMap<>(CertificateFolder.class);
        private final Path folder;

        FileSet(final Properties where) {
            folder = Path.of(where.getProperty("set"));
            for (final CertificateFolder one : Bench.east(IdentityProvider.AAD).folders()) {
                fingerprints.put(one, where.getProperty(one.name()));
            }
        }

        @Override
        public Map<CertificateFolder, String> fingerprints() {
            return fingerprints;
        }

        @Override
        public List<String> obstacles() {
            return List.of();
        }

        @Override
        public List<String> remarks() {
            return List.of();
        }

        @Override
        public byte[] pfx(final CertificateFolder one) throws IOException {
            return Files.readAllBytes(folder.resolve(one.name()));
        }

        @Override
        public void close() {
            // Files.
        }
    }
}
