package io.jenkins.plugins.azurestack.powershell.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.RemotingException;
import io.jenkins.plugins.azurestack.powershell.ntlm.AuthenticateMessage;
import io.jenkins.plugins.azurestack.powershell.ntlm.ChallengeMessage;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmClient;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmSession;
import io.jenkins.plugins.azurestack.powershell.ntlm.TargetInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * Real messages, altered at random: whatever comes in, nothing but the declared exceptions comes out, soon and without
 * much memory. System properties: {@code fuzz.seconds} for each kind of message, {@code fuzz.seed}.
 */
public class MutatedInputTest {

    private static final Duration TIME = Duration.ofSeconds(Long.getLong("fuzz.seconds", 2));
    private static final long SEED = Long.getLong("fuzz.seed", 20260102L);
    private static final long SLOW = Duration.ofSeconds(10).toNanos();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final byte[] KEY = new byte[16];

    private static final List<byte[]> ENVELOPES = List.of(
            utf8(Replies.envelope(
                    "uuid:1",
                    "<rsp:ReceiveResponse><rsp:Stream Name=\"stdout\" CommandId=\"A\" End=\"true\">AAAA</rsp:Stream>"
                            + "<rsp:CommandState State=\"" + Namespaces.SHELL + "/CommandState/Done\">"
                            + "<rsp:ExitCode>0</rsp:ExitCode></rsp:CommandState></rsp:ReceiveResponse>")),
            utf8(Replies.envelope(
                    "uuid:1",
                    "<x:ResourceCreated><a:ReferenceParameters><w:SelectorSet><w:Selector Name=\"ShellId\">A"
                            + "</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated>")),
            utf8(Replies.faultEnvelope("uuid:1", 2150858793L, "text")),
            utf8("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><s:Envelope xmlns:s=\"" + Namespaces.SOAP
                    + "\"><s:Body><![CDATA[x]]>&b;&amp;<!-- c --></s:Body></s:Envelope>"));

    @Rule
    public final Timeout hang = Timeout.seconds(TIME.toSeconds() + 60);

    private final Random random = new Random(SEED);

    /** Something that reads what came from outside. */
    @FunctionalInterface
    private interface Target {
        void read(byte[] input) throws IOException;
    }

    @Test
    public void envelopes() {
        attack(ENVELOPES, input -> {
            final Answer answer = Answer.parse(input);
            if (answer.fault().isPresent()) {
                throw answer.fault().get().toException(Operation.RECEIVE, "name");
            }
            answer.requireAnswerTo("uuid:1");
            attempt(answer::received);
            attempt(answer::createdShell);
            attempt(answer::commandId);
            attempt(answer::connectResponse);
            answer.identity();
        });
    }

    @Test
    public void sealedBodies() throws Exception {
        final byte[] whole = SealedBody.write(NtlmSession.ofServer(KEY), ENVELOPES.get(0));
        attack(List.of(whole), input -> SealedBody.read(NtlmSession.ofClient(KEY), input));
    }

    @Test
    public void challenges() {
        final byte[] challenge = challenge();
        final PasswordCredentials credentials = new PasswordCredentials("D\\u", "p".toCharArray());
        attack(List.of(challenge), input -> new NtlmClient(credentials, "HTTP/h", KEY, Clock.systemUTC(), random)
                .authenticate(input));
    }

    @Test
    public void answersToChallenges() throws Exception {
        final NtlmClient client = new NtlmClient(
                new PasswordCredentials("D\\u", "p".toCharArray()), "HTTP/h", KEY, Clock.systemUTC(), random);
        final byte[] message = client.authenticate(challenge());
        attack(List.of(message), input -> AuthenticateMessage.parse(input)
                .verify("p".toCharArray(), client.negotiate(), challenge()));
    }

    @Test
    public void httpResponses() {
        final String body = "<html>not a challenge</html>";
        attack(
                List.of(
                        utf8("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Negotiate "
                                + java.util.Base64.getEncoder().encodeToString(challenge())
                                + "\r\nDate: Fri, 02 Jan 2026 03:04:05 GMT\r\nContent-Length: 0\r\n\r\n"),
                        utf8(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n5\r\nabcde"
                                        + "\r\n0\r\n\r\n"),
                        utf8("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 500 x\r\nContent-Length: " + body.length()
                                + "\r\n\r\n" + body)),
                input -> {
                    try (WsManClient client = WsManClient.to(WsManEndpoint.http("h"), "name")
                            .credentials(new PasswordCredentials("D\\u", "p".toCharArray()))
                            .connector((host, port, timeout) -> new CannedSocket(input))
                            .build()) {
                        client.delete(new ShellId("A"));
                    }
                });
    }

    private static byte[] challenge() {
        return ChallengeMessage.write(
                0xE288_8235,
                new byte[8],
                TargetInfo.empty()
                        .with(TargetInfo.NB_COMPUTER_NAME, new byte[] {65, 0, 66, 0})
                        .with(TargetInfo.TIMESTAMP, new byte[8])
                        .with(TargetInfo.FLAGS, new byte[4]));
    }

    private void attack(final List<byte[]> seeds, final Target target) {
        final long end = System.nanoTime() + TIME.toNanos();
        long runs = 0;
        while (System.nanoTime() < end || runs < seeds.size() * 10L) {
            byte[] input = seeds.get(random.nextInt(seeds.size()));
            if (runs >= seeds.size()) {
                input = mutated(input, seeds);
            }
            runs++;
            final long begin = THREADS.getCurrentThreadCpuTime();
            try {
                target.read(input);
            } catch (RemotingException expected) {
                assertThat(expected.getMessage()).isNotEmpty();
            } catch (IOException | RuntimeException | Error e) {
                fail("seed %d, run %d, input %s".formatted(SEED, runs, shown(input)), e);
            }
            // Of the processor: by the clock, a busy machine would be a finding.
            assertThat(THREADS.getCurrentThreadCpuTime() - begin)
                    .as("nanoseconds for %s", shown(input))
                    .isLessThan(SLOW);
        }
    }

    /** One to eight alterations, each of a kind that parsers are known to trip over. */
    private byte[] mutated(final byte[] original, final List<byte[]> seeds) {
        byte[] bytes = original.clone();
        for (int i = random.nextInt(8); i >= 0; i--) {
            if (bytes.length == 0) {
                return bytes;
            }
            final int at = random.nextInt(bytes.length);
            final int length = random.nextInt(Math.min(64, bytes.length - at)) + 1;
            switch (random.nextInt(8)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = join(head(bytes, at), new byte[0]);
                case 3 -> bytes = join(head(bytes, at), tail(bytes, at + length));
                case 4 -> bytes = join(head(bytes, at + length), tail(bytes, at));
                case 5 -> bytes = join(head(bytes, at), tail(seeds.get(random.nextInt(seeds.size())), at));
                case 6 -> bytes = repeated(bytes, at, length);
                default -> bytes = join(head(bytes, at), join(interesting(), tail(bytes, at + 4)));
            }
        }
        return bytes;
    }

    private byte[] interesting() {
        final byte[][] values = {
            {0, 0, 0, 0},
            {-1, -1, -1, -1},
            {-1, -1, -1, 127},
            utf8("-1"),
            utf8("2147483648"),
            utf8("99999999999999999999"),
            utf8("&b;"),
            utf8("<a>"),
            utf8("\r\n\r\n"),
            utf8("--Encrypted Boundary--")
        };
        return values[random.nextInt(values.length)];
    }

    private byte[] repeated(final byte[] bytes, final int at, final int length) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head(bytes, at));
        for (int i = random.nextInt(200); i >= 0; i--) {
            out.write(bytes, at, length);
        }
        out.writeBytes(tail(bytes, at + length));
        return out.toByteArray();
    }

    private static byte[] head(final byte[] bytes, final int length) {
        return java.util.Arrays.copyOf(bytes, Math.min(length, bytes.length));
    }

    private static byte[] tail(final byte[] bytes, final int from) {
        return java.util.Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length);
    }

    private static byte[] join(final byte[] first, final byte[] second) {
        final byte[] joined = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    /** A part that does not fit is expected; what counts is that it says so as declared. */
    private static void attempt(final java.util.concurrent.Callable<?> reading) throws IOException {
        try {
            reading.call();
        } catch (MalformedAnswerException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shown(final byte[] input) {
        return input.length > 2000
                ? HexFormat.of().formatHex(input, 0, 2000)
                : HexFormat.of().formatHex(input) + " " + new String(input, ISO_8859_1);
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(UTF_8);
    }

    /** Answers anything with the same bytes, and then ends. */
    private static final class CannedSocket extends Socket {

        private final InputStream in;
        private boolean ended;

        CannedSocket(final byte[] response) {
            this.in = new ByteArrayInputStream(response);
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public void setTcpNoDelay(final boolean on) {
            // There is no TCP.
        }

        @Override
        public void setSoTimeout(final int timeout) {
            // It never waits.
        }

        @Override
        public int getSoTimeout() {
            return 0;
        }

        @Override
        public synchronized boolean isClosed() {
            return ended;
        }

        @Override
        public synchronized void close() {
            ended = true;
        }
    }
}
