package io.jenkins.plugins.azurestack.powershell.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.powershell.Connector;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Sealed round trips on one channel against a {@link LeanEndpoint} in a process of its own: an envelope is sealed, sent,
 * and the sealed answer opened, one after the other over one authenticated connection.
 *
 * <p>{@link #channel} and {@link #pywinrm} do the same work: both get the finished envelope as bytes and give the
 * answering envelope. {@link #calls} does more: typed Sends, envelope and payload's base64 written for each, its answer
 * parsed and checked. {@link #bare} does less: sends the same bytes again and looks at nothing, which is what loopback
 * and server cost whoever the client is.
 */
public final class SealedRoundTrips implements AutoCloseable {

    private static final ShellId SHELL = ShellId.of(new UUID(1, 2));
    private static final CommandId COMMAND = CommandId.of(new UUID(3, 4));
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Path folder;
    private final Process server;
    private final int port;

    /**
     * What a round trip took on average.
     *
     * @param clock microseconds
     * @param client microseconds of the client's processor time
     * @param server microseconds of the server's processor time
     */
    public record Trip(double clock, double client, double server) {}

    /**
     * Starts a server.
     *
     * @param folder for files
     */
    public SealedRoundTrips(final Path folder) throws IOException {
        this.folder = folder;
        this.server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.net.preferIPv4Stack=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeanEndpoint.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.port = Integer.parseInt(server.inputReader(UTF_8).readLine());
    }

    /** @return the server, for those who want to place it on a processor */
    public long serverPid() {
        return server.pid();
    }

    /** One trip. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    /** This client's transport. */
    public Trip channel(final int payload, final int warmUp, final int count) throws Exception {
        final byte[] envelope = envelope(new byte[payload]);
        try (PasswordCredentials credentials = credentials();
                SoapChannel channel = channel(credentials)) {
            return timed(warmUp, count, () -> channel.exchange(envelope, LIMIT));
        }
    }

    /** This client's typed calls. */
    public Trip calls(final int payload, final int warmUp, final int count) throws Exception {
        final byte[] bytes = new byte[payload];
        try (WsManClient client = WsManClient.to(endpoint("/wsman"), "PrivilegedEndpoint")
                .credentials(credentials())
                .connector(connector())
                .build()) {
            client.maxEnvelopeSize(Math.max(WsManClient.FIRST_MAX_ENVELOPE_SIZE, payload * 2));
            return timed(warmUp, count, () -> client.send(SHELL, COMMAND, InputStreamName.STDIN, bytes));
        }
    }

    /** The transport of pywinrm; needs Debian's python3-winrm and python3-requests-ntlm. */
    public Trip pywinrm(final int payload, final int warmUp, final int count) throws Exception {
        final Path envelope = Files.write(folder.resolve("envelope.xml"), envelope(new byte[payload]));
        final ProcessBuilder builder = new ProcessBuilder(
                        "/usr/bin/python3",
                        unpacked("pywinrm_round_trips.py").toString(),
                        "http://127.0.0.1:" + port + "/blind",
                        LeanEndpoint.USER,
                        LeanEndpoint.PASSWORD,
                        envelope.toString(),
                        Integer.toString(warmUp),
                        Integer.toString(count))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("OPENSSL_CONF", unpacked("legacy.cnf").toString());
        final Process process = builder.start();
        try (BufferedReader out = process.inputReader(UTF_8)) {
            out.readLine();
            final double before = serverMicros();
            final String[] times = out.readLine().split(" ");
            return new Trip(
                    Long.parseLong(times[0]) / 1e3 / count,
                    Long.parseLong(times[1]) / 1e3 / count,
                    (serverMicros() - before) / count);
        }
    }

    /** No client at all. */
    public Trip bare(final int payload, final int warmUp, final int count) throws Exception {
        final byte[] envelope = envelope(new byte[payload]);
        final WsManEndpoint endpoint = endpoint("/blind");
        try (PasswordCredentials credentials = credentials();
                Socket socket = connector().connect("127.0.0.1", port, LIMIT)) {
            final HttpConnection connection = new HttpConnection(endpoint, socket, null);
            final Protection protection = logon(endpoint, credentials).logOn(connection, LIMIT);
            final byte[] body = protection.protect(envelope);
            final byte[] head = ("POST /blind HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + SealedBody.CONTENT_TYPE
                            + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(ISO_8859_1);
            final byte[] request = Arrays.copyOf(head, head.length + body.length);
            System.arraycopy(body, 0, request, head.length, body.length);
            final OutputStream out = socket.getOutputStream();
            final InputStream in = socket.getInputStream();
            final byte[] buffer = new byte[1 << 16];
            return timed(warmUp, count, () -> {
                out.write(request);
                in.read(buffer);
            });
        }
    }

    /** Microseconds of processor time that the cryptography of a request takes here, without anything around it. */
    public static double sealing(final int payload, final int count) throws Exception {
        final byte[] envelope = envelope(new byte[payload]);
        final NtlmSession session = NtlmSession.ofClient(new byte[16]);
        final byte[] sealed = new byte[NtlmSession.SIGNATURE_SIZE + envelope.length];
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begin = 0;
        for (int i = -count; i < count; i++) {
            begin = i == 0 ? threads.getCurrentThreadCpuTime() : begin;
            session.seal(envelope, sealed, 0);
        }
        return (threads.getCurrentThreadCpuTime() - begin) / 1e3 / count;
    }

    private Trip timed(final int warmUp, final int count, final Work work) throws Exception {
        for (int i = 0; i < warmUp; i++) {
            work.run();
        }
        final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        final double atServer = serverMicros();
        final long processor = system.getProcessCpuTime();
        final long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            work.run();
        }
        final double clock = (System.nanoTime() - begin) / 1e3 / count;
        return new Trip(
                clock, (system.getProcessCpuTime() - processor) / 1e3 / count, (serverMicros() - atServer) / count);
    }

    private double serverMicros() {
        return server.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e3;
    }

    private Path unpacked(final String name) throws IOException {
        try (InputStream in = SealedRoundTrips.class.getResourceAsStream(name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    private WsManEndpoint endpoint(final String path) {
        return new WsManEndpoint(false, "127.0.0.1", port, path);
    }

    private static Connector connector() {
        return new DirectNetwork()::connect;
    }

    private static PasswordCredentials credentials() {
        return new PasswordCredentials(LeanEndpoint.USER, LeanEndpoint.PASSWORD.toCharArray());
    }

    private static Logon logon(final WsManEndpoint endpoint, final PasswordCredentials credentials) {
        return new Logon.Ntlm(endpoint, credentials, Clock.systemUTC(), new SecureRandom());
    }

    private SoapChannel channel(final PasswordCredentials credentials) {
        final WsManEndpoint endpoint = endpoint("/blind");
        return new HttpChannel(
                "bench",
                endpoint,
                logon(endpoint, credentials),
                LeanEndpoint.USER,
                connector(),
                null,
                WsManTimeouts.DEFAULT,
                Clock.systemUTC());
    }

    /** What a typed Send sends. */
    private static byte[] envelope(final byte[] bytes) throws WsManException {
        final List<byte[]> sent = new ArrayList<>();
        final SoapChannel catching = new SoapChannel() {
            @Override
            public byte[] exchange(final byte[] envelope, final Duration limit) {
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
            client.maxEnvelopeSize(Math.max(WsManClient.FIRST_MAX_ENVELOPE_SIZE, bytes.length * 2));
            client.send(SHELL, COMMAND, InputStreamName.STDIN, bytes);
        } catch (OutcomeUnknownException e) {
            // The caught answer fits nothing; only the request is wanted.
        }
        return sent.get(0);
    }

    @Override
    public void close() throws IOException {
        server.destroy();
    }
}
