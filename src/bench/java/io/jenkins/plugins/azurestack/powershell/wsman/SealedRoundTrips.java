package io.jenkins.plugins.azurestack.powershell.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * Sealed round trips per second on one channel, this client next to pywinrm, against the same endpoint in a process of
 * its own; rounds of both take turns, and the medians are compared. Needs Debian's python3-winrm and
 * python3-requests-ntlm, and the test classes on the class path.
 *
 * <p>Arguments: payload bytes of a Send (default 100) and round trips per round (default 2000).
 */
public final class SealedRoundTrips {

    private static final int ROUNDS = 5;
    private static final int WARMUP = 5000;
    private static final ShellId SHELL = ShellId.of(new UUID(1, 2));
    private static final CommandId COMMAND = CommandId.of(new UUID(3, 4));

    private SealedRoundTrips() {}

    public static void main(final String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("serve")) {
            serve();
            return;
        }
        final int payload = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        final int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2000;
        final Process server = server();
        try (BufferedReader out = server.inputReader(UTF_8)) {
            final int port = Integer.parseInt(out.readLine());
            compare(port, payload, count);
        } finally {
            server.destroy();
        }
    }

    private static void serve() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary)) {
            System.out.println(endpoint.port());
            Thread.currentThread().join();
        }
    }

    private static Process server() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SealedRoundTrips.class.getName(),
                        "serve")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void compare(final int port, final int payload, final int count) throws Exception {
        final Path directory = Files.createTempDirectory("round-trips");
        final byte[] bytes = new byte[payload];
        final Path envelope = Files.write(directory.resolve("envelope.xml"), envelope(bytes));
        final List<String> peer = peer(directory, port, envelope, count);
        try (WsManClient client = client(port)) {
            time(client, bytes, WARMUP);
            final List<Times> ours = new ArrayList<>();
            final List<Times> theirs = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                ours.add(time(client, bytes, count));
                theirs.add(time(directory, peer));
            }
            report(payload + " bytes, clock", count, median(ours, Times::clock), median(theirs, Times::clock));
            report(
                    payload + " bytes, processor",
                    count,
                    median(ours, Times::processor),
                    median(theirs, Times::processor));
        }
    }

    /** Nanoseconds of a round, by the clock and of the client's processor time. */
    private record Times(long clock, long processor) {}

    private static long median(final List<Times> rounds, final ToLongFunction<Times> which) {
        return rounds.stream().mapToLong(which).sorted().toArray()[ROUNDS / 2];
    }

    private static void report(final String what, final int count, final long ours, final long theirs) {
        System.out.printf(
                "%s: this client %d us, pywinrm %d us per round trip, ratio %.1f%n",
                what, ours / count / 1000, theirs / count / 1000, (double) theirs / ours);
    }

    private static Times time(final WsManClient client, final byte[] bytes, final int count) throws Exception {
        final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        final long processor = system.getProcessCpuTime();
        final long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            client.send(SHELL, COMMAND, InputStreamName.STDIN, bytes);
        }
        return new Times(System.nanoTime() - begin, system.getProcessCpuTime() - processor);
    }

    private static Times time(final Path directory, final List<String> peer) throws Exception {
        final ProcessBuilder builder = new ProcessBuilder(peer).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .put("OPENSSL_CONF", unpacked(directory, "legacy.cnf").toString());
        final Process process = builder.start();
        try (BufferedReader out = process.inputReader(UTF_8)) {
            final String[] times = out.readLine().split(" ");
            return new Times(Long.parseLong(times[0]), Long.parseLong(times[1]));
        }
    }

    private static List<String> peer(final Path directory, final int port, final Path envelope, final int count)
            throws IOException {
        return List.of(
                "/usr/bin/python3",
                unpacked(directory, "pywinrm_round_trips.py").toString(),
                Integer.toString(port),
                SealedEndpoint.USER,
                SealedEndpoint.PASSWORD,
                envelope.toString(),
                "50",
                Integer.toString(count));
    }

    private static Path unpacked(final Path directory, final String name) throws IOException {
        try (InputStream in = SealedRoundTrips.class.getResourceAsStream(name)) {
            return Files.write(directory.resolve(name), in.readAllBytes());
        }
    }

    /** What this client sends, for the other to send too. */
    private static byte[] envelope(final byte[] bytes) throws Exception {
        final List<byte[]> sent = new ArrayList<>();
        final SoapChannel catching = new SoapChannel() {
            @Override
            public byte[] exchange(final byte[] envelope, final java.time.Duration limit) {
                sent.add(envelope);
                return Replies.envelope("uuid:none", "").getBytes(UTF_8);
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        try (WsManClient client = WsManClient.to(WsManEndpoint.http("127.0.0.1"), "PrivilegedEndpoint")
                .channels(catching, catching)
                .build()) {
            client.send(SHELL, COMMAND, InputStreamName.STDIN, bytes);
        } catch (OutcomeUnknownException e) {
            // The caught answer fits nothing; only the request is wanted.
        }
        return sent.get(0);
    }

    private static WsManClient client(final int port) {
        return WsManClient.to(new WsManEndpoint(false, "127.0.0.1", port, "/wsman"), "PrivilegedEndpoint")
                .credentials(new PasswordCredentials(SealedEndpoint.USER, SealedEndpoint.PASSWORD.toCharArray()))
                .connector((host, target, timeout) -> new Socket(host, target))
                .build();
    }
}
