package io.jenkins.plugins.azurestack.powershell.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.azurestack.powershell.Connector;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmSession;
import io.jenkins.plugins.azurestack.powershell.ntlm.WithheldAlgorithms;
import io.jenkins.plugins.azurestack.powershell.wsman.SealedEndpoint.Received;
import io.jenkins.plugins.azurestack.powershell.wsman.SealedEndpoint.Reply;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManFaultException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.Test;

/** Each thing that can be wrong has an exception of its own that says what to check. */
public class BadInputTest {

    private static final ShellId SHELL = ShellId.of(new UUID(1, 2));
    private static final CommandId COMMAND = CommandId.of(new UUID(3, 4));
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Connector DIRECT = (host, port, timeout) -> new Socket(host, port);

    @Test
    public void wrongPassword() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary);
                WsManClient client = builder(endpoint)
                        .credentials(new PasswordCredentials(SealedEndpoint.USER, "guess".toCharArray()))
                        .build()) {
            assertThatThrownBy(() -> client.delete(SHELL))
                    .isExactlyInstanceOf(LogonRefusedException.class)
                    .hasMessageContaining("password")
                    .hasMessageNotContaining("guess");
            assertThat(endpoint.logons()).containsExactly("AzureStack\\CloudAdmin refused");
        }
    }

    @Test
    public void clocksApart() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary);
                WsManClient client = builder(endpoint)
                        .credentials(new PasswordCredentials(SealedEndpoint.USER, "guess".toCharArray()))
                        .build()) {
            endpoint.refuseWith("Date: Fri, 02 Jan 2026 03:10:05 GMT\r\n");
            assertThatThrownBy(() -> client.delete(SHELL))
                    .isInstanceOf(ClockSkewException.class)
                    .hasMessageContaining("2026-01-02T03:10:05Z")
                    .hasMessageContaining("2026-01-02T03:04:05Z");
        }
    }

    @Test
    public void clocksFiveMinutesApartOrUnreadableAreTolerated() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary);
                WsManClient client = builder(endpoint)
                        .credentials(new PasswordCredentials(SealedEndpoint.USER, "guess".toCharArray()))
                        .build()) {
            for (final String date : new String[] {"Fri, 02 Jan 2026 03:09:05 GMT", "yesterday", ""}) {
                endpoint.refuseWith("Date: " + date + "\r\n");
                assertThatThrownBy(() -> client.delete(SHELL))
                        .as(date)
                        .isExactlyInstanceOf(LogonRefusedException.class);
            }
        }
    }

    @Test
    public void unknownConfigurationName() throws Exception {
        final WsManFaultException fault = fault(2150858811L, "no such thing");
        assertThat(fault).isInstanceOf(UnknownConfigurationException.class);
        assertThat(fault).hasMessageContaining("'PrivilegedEndpoint'").hasMessageContaining("no such thing");
    }

    @Test
    public void accessDenied() throws Exception {
        final WsManFaultException fault = fault(5, "Access is denied.");
        assertThat(fault).isInstanceOf(AccessDeniedException.class);
        assertThat(fault.machine()).isEqualTo("ercs01");
        assertThat(fault.providerMessage()).isEqualTo("Access is denied.");
        assertThat(fault.reason()).isEqualTo("the reason");
        assertThat(fault.delivery()).isEqualTo(Delivery.ANSWERED);
    }

    @Test
    public void faultsHaveTheirKinds() throws Exception {
        assertThat(fault(2150858843L, "").kind()).isEqualTo(Kind.SHELL_GONE);
        assertThat(fault(995, "").kind()).isEqualTo(Kind.ABORTED);
        assertThat(fault(1223, "").kind()).isEqualTo(Kind.ABORTED);
        assertThat(fault(2150859204L, "").kind()).isEqualTo(Kind.DISCONNECTED);
        assertThat(fault(2150859230L, "").kind()).isEqualTo(Kind.DISCONNECTED);
        assertThat(fault(2150858824L, "").kind()).isEqualTo(Kind.ENVELOPE_SIZE);
        assertThat(fault(2150858805L, "").kind()).isEqualTo(Kind.ENVELOPE_SIZE);
        for (final long quota : new long[] {
            2150858815L, 2150859173L, 2150859174L, 2150859175L, 2150859176L, 2150859179L, 2150859236L, 2150859239L
        }) {
            assertThat(fault(quota, "").kind()).as("%d", quota).isEqualTo(Kind.QUOTA);
        }
        assertThat(fault(87, "").kind()).isEqualTo(Kind.OTHER);
    }

    @Test
    public void aReceiveThatTimedOutOnTheServerIsNoFault() throws Exception {
        for (final int status : new int[] {200, 500}) {
            try (SealedEndpoint endpoint = new SealedEndpoint(r -> Replies.fault(r, status, 2150858793L, "timed out"));
                    WsManClient client = builder(endpoint).build()) {
                assertThat(client.receive(SHELL)).isSameAs(ReceiveResult.NO_DATA_YET);
            }
        }
    }

    @Test
    public void aCommandThatTimedOutOnTheServerMayStillHaveBegun() throws Exception {
        final OutcomeUnknownException unknown = commandAnswered(r -> Replies.fault(r, 500, 2150858793L, "timed out"));
        assertThat(unknown.operation()).isEqualTo(Operation.COMMAND);
        assertThat(unknown.shell()).contains(SHELL);
        assertThat(unknown.command()).contains(COMMAND);
        assertThat(unknown.messageId()).startsWith("uuid:");
    }

    @Test
    public void anUnsealedAnswerIsNotRead() throws Exception {
        assertThat(commandAnswered(r -> Reply.plain(
                        200,
                        "application/soap+xml;charset=UTF-8",
                        Replies.envelope(r.messageId(), "<rsp:CommandResponse/>"))))
                .cause()
                .isExactlyInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("unsealed");
    }

    @Test
    public void anAnswerSealedBySomebodyElseIsNotRead() throws Exception {
        assertThat(commandAnswered(r -> new Reply(200, SealedBody.CONTENT_TYPE, "", session -> sealedElsewhere(r))))
                .cause()
                .hasMessageContaining("altered");
    }

    private static byte[] sealedElsewhere(final Received request) {
        try {
            return SealedBody.write(
                    NtlmSession.ofServer(new byte[16]),
                    Replies.envelope(request.messageId(), "").getBytes(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    public void theAnswerToAnotherRequestIsNotTakenForThisOne() throws Exception {
        assertThat(commandAnswered(r -> Reply.sealed(200, Replies.envelope("uuid:OTHER", "<rsp:CommandResponse/>"))))
                .cause()
                .hasMessageContaining("another request");
    }

    @Test
    public void theFaultOfAnotherRequestIsNotTakenForThisOne() throws Exception {
        assertThat(commandAnswered(r -> Reply.sealed(500, Replies.faultEnvelope("uuid:OTHER", 5, "Access is denied."))))
                .cause()
                .hasMessageContaining("another request");
    }

    @Test
    public void aFaultThatNamesNoRequestIsRead() throws Exception {
        try (SealedEndpoint endpoint =
                        new SealedEndpoint(r -> Reply.sealed(500, Replies.faultEnvelope("", 5, "Access is denied.")));
                WsManClient client = builder(endpoint).build()) {
            assertThatThrownBy(() -> client.command(SHELL, COMMAND, new byte[1]))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    public void aDocumentTypeIsRefused() throws Exception {
        assertThat(commandAnswered(r -> Reply.sealed(
                        200,
                        "<!DOCTYPE s:Envelope [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                                + Replies.envelope(r.messageId(), "<rsp:CommandResponse>&e;</rsp:CommandResponse>"))))
                .cause()
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageNotContaining("root:");
    }

    @Test
    public void deepNestingIsRefused() throws Exception {
        assertThat(commandAnswered(
                        r -> Reply.sealed(200, Replies.envelope(r.messageId(), "<a>".repeat(60) + "</a>".repeat(60)))))
                .hasCauseInstanceOf(AnswerTooLargeException.class);
    }

    @Test
    public void anAnswerBeyondAllMeasureIsRefusedBeforeItIsRead() throws Exception {
        assertThat(commandAnswered(r -> new Reply(
                        200, SealedBody.CONTENT_TYPE, "Content-Length: 9999999999\r\n", session -> new byte[100])))
                .hasCauseInstanceOf(AnswerTooLargeException.class);
    }

    @Test
    public void aTruncatedSealedBodyIsRefused() throws Exception {
        assertThat(commandAnswered(r -> new Reply(200, SealedBody.CONTENT_TYPE, "", session -> {
                    final byte[] whole = SealedBody.write(
                            session, Replies.envelope(r.messageId(), "").getBytes(UTF_8));
                    return java.util.Arrays.copyOf(whole, whole.length - 60);
                })))
                .cause()
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    public void aSealedBodyThatGoesOnAfterItsLengthIsRefused() throws Exception {
        assertThat(sealedAnswer(body -> body[body.length - 24] = 'x'))
                .cause()
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("end where it says");
    }

    @Test
    public void aSealOfAnotherMechanismIsRefused() throws Exception {
        assertThat(sealedAnswer(body -> body[new String(body, ISO_8859_1).indexOf("octet-stream") + 14] = 60))
                .cause()
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("another mechanism");
    }

    private static OutcomeUnknownException sealedAnswer(final Consumer<byte[]> damage) throws Exception {
        return commandAnswered(r -> new Reply(200, SealedBody.CONTENT_TYPE, "", session -> {
            final byte[] body = SealedBody.write(
                    session, Replies.envelope(r.messageId(), "").getBytes(UTF_8));
            damage.accept(body);
            return body;
        }));
    }

    @Test
    public void aRedirectIsNotFollowed() throws Exception {
        assertThat(commandAnswered(r -> new Reply(302, "text/html", "Location: /elsewhere\r\n", s -> new byte[0])))
                .hasCauseInstanceOf(NotWsManException.class);
    }

    @Test
    public void aWebServerIsNotTakenForWinRm() throws Exception {
        assertThat(answeredBy("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"))
                .isInstanceOf(NotWsManException.class)
                .hasMessageContaining("text/html")
                .hasMessageContaining("Check host, port and path");
    }

    @Test
    public void aServerThatSpeaksNoHttpIsNotTakenForWinRm() throws Exception {
        assertThat(answeredBy("SSH-2.0-OpenSSH_9.2p1\r\n\r\n"))
                .isInstanceOfAny(NotWsManException.class, ConnectionFailedException.class);
    }

    @Test
    public void aServerWithoutNegotiateSaysWhatItLacks() throws Exception {
        assertThat(answeredBy("HTTP/1.1 401 \r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"))
                .isInstanceOf(AuthenticationUnavailableException.class)
                .hasMessageContaining("Negotiate");
    }

    @Test
    public void aConnectionThatEndsDuringTheLogonIsSaidToBeOfNoUse() throws Exception {
        assertThat(answeredBy("HTTP/1.1 401 \r\nWWW-Authenticate: Negotiate TlRMTVNTUAACAAAA\r\nConnection: close\r\n"
                        + "Content-Length: 0\r\n\r\n"))
                .isInstanceOf(AuthenticationUnavailableException.class)
                .hasMessageContaining("proxy");
    }

    @Test
    public void aVirtualMachineWithoutTheAlgorithmsOfNtlmIsToldOfHttps() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary);
                WsManClient client = builder(endpoint).build();
                WithheldAlgorithms withheld = new WithheldAlgorithms()) {
            assertThat(withheld).isNotNull();
            assertThatThrownBy(() -> client.delete(SHELL))
                    .isInstanceOf(AuthenticationUnavailableException.class)
                    .hasMessageContaining("HTTPS")
                    .hasMessageContaining("Basic");
        }
    }

    @Test
    public void nobodyListens() throws Exception {
        final int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (WsManClient client =
                builder(new WsManEndpoint(false, "127.0.0.1", port, "/wsman")).build()) {
            assertThatThrownBy(() -> client.delete(SHELL))
                    .isInstanceOf(ConnectionFailedException.class)
                    .hasMessageContaining("firewall");
        }
    }

    @Test
    public void aCertificateForAnotherNameIsRefused() throws Exception {
        final TestCertificate certificate = new TestCertificate("127.0.0.2");
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary, certificate.serverContext());
                WsManClient client =
                        tls(endpoint).sslContext(certificate.clientContext()).build()) {
            assertThatThrownBy(() -> client.delete(SHELL))
                    .isInstanceOf(TlsException.class)
                    .hasMessageContaining("127.0.0.1");
            assertThat(endpoint.ledger()).isEmpty();
        }
    }

    @Test
    public void anUntrustedChainIsRefused() throws Exception {
        final TestCertificate certificate = new TestCertificate("127.0.0.1");
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary, certificate.serverContext());
                WsManClient client = tls(endpoint).build()) {
            assertThatThrownBy(() -> client.delete(SHELL))
                    .isInstanceOf(TlsException.class)
                    .hasMessageContaining("trusted authority");
        }
    }

    @Test
    public void aPlainListenerBehindAnHttpsAddressIsSaidToBeOne() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary);
                WsManClient client = tls(endpoint).build()) {
            assertThatThrownBy(() -> client.delete(SHELL))
                    .isInstanceOf(TlsException.class)
                    .hasMessageContaining("HTTPS listener");
        }
    }

    @Test
    public void anHttpsListenerBehindAPlainAddressIsNoWinRm() throws Exception {
        final TestCertificate certificate = new TestCertificate("127.0.0.1");
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary, certificate.serverContext());
                WsManClient client = builder(endpoint).build()) {
            assertThatThrownBy(() -> client.delete(SHELL))
                    .isInstanceOfAny(NotWsManException.class, ConnectionFailedException.class);
            assertThat(endpoint.logons()).isEmpty();
        }
    }

    @Test
    public void basicIsNeverUsedWithoutTls() {
        final WsManClient.Builder builder =
                builder(new WsManEndpoint(false, "h", 1, "/wsman")).authentication(Authentication.BASIC);
        assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void basicOverTlsWorksAndItsRefusalIsNotRepeated() throws Exception {
        final TestCertificate certificate = new TestCertificate("127.0.0.1");
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary, certificate.serverContext())) {
            final WsManClient.Builder builder =
                    tls(endpoint).authentication(Authentication.BASIC).sslContext(certificate.clientContext());
            try (WsManClient client = builder.build()) {
                client.delete(SHELL);
            }
            builder.credentials(new PasswordCredentials(SealedEndpoint.USER, "guess".toCharArray()));
            try (WsManClient client = builder.build()) {
                assertThatThrownBy(() -> client.delete(SHELL)).isInstanceOf(LogonRefusedException.class);
            }
            assertThat(endpoint.ledger()).hasSize(1);
            assertThat(endpoint.logons()).containsExactly("Basic accepted", "Basic refused");
        }
    }

    @Test
    public void anEndlessAnswerIsRefusedOnceItIsTooLarge() throws Exception {
        final String head = "HTTP/1.1 401 \r\nWWW-Authenticate: Negotiate\r\nTransfer-Encoding: chunked\r\n\r\n";
        final byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(UTF_8);
        assertThat(answeredWithoutEnd(head, out -> out.write(chunk)))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageContaining("larger than");
    }

    @Test
    public void anAnswerThatComesByDribsAndDrabsIsGivenUp() throws Exception {
        final CountDownLatch never = new CountDownLatch(1);
        assertThat(answeredWithoutEnd("HTTP/1.1 401 \r\nX-Long: ", out -> {
                    out.write('x');
                    try {
                        never.await(20, TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        throw new InterruptedIOException();
                    }
                }))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageContaining("ran out");
    }

    @FunctionalInterface
    private interface Talk {
        void on(OutputStream out) throws IOException;
    }

    /** What becomes of a call when the server goes on and on. */
    private static Throwable answeredWithoutEnd(final String head, final Talk talk) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                WsManClient client = builder(new WsManEndpoint(false, "127.0.0.1", server.getLocalPort(), "/wsman"))
                        .timeouts(new WsManTimeouts(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(60)))
                        .build()) {
            final Thread thread = new Thread(
                    () -> {
                        try (Socket socket = server.accept();
                                OutputStream out = socket.getOutputStream()) {
                            out.write(head.getBytes(UTF_8));
                            while (true) {
                                talk.on(out);
                            }
                        } catch (IOException e) {
                            // The client had enough.
                        }
                    },
                    "endless server");
            thread.setDaemon(true);
            thread.start();
            return catchThrowableOfType(WsManException.class, () -> client.delete(SHELL));
        }
    }

    @Test
    public void noAnswerWithinTheTimeIsAnUnknownOutcome() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                WsManClient client = builder(new WsManEndpoint(false, "127.0.0.1", silent.getLocalPort(), "/wsman"))
                        .timeouts(new WsManTimeouts(
                                Duration.ofMillis(200),
                                Duration.ofMillis(100),
                                Duration.ofMillis(100),
                                Duration.ofMillis(100),
                                Duration.ofSeconds(60)))
                        .build()) {
            assertThatThrownBy(() -> client.delete(SHELL)).isInstanceOf(ConnectionFailedException.class);
        }
    }

    private static WsManFaultException fault(final long code, final String message) throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(r -> Replies.fault(r, 500, code, message));
                WsManClient client = builder(endpoint).build()) {
            return catchThrowableOfType(
                    WsManFaultException.class, () -> client.create(new NewShell(SHELL, "2.3", null, new byte[3])));
        }
    }

    private static OutcomeUnknownException commandAnswered(final Function<Received, Reply> script) throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(script);
                WsManClient client = builder(endpoint).build()) {
            final ThrowingCallable call = () -> client.command(SHELL, COMMAND, new byte[] {1});
            final OutcomeUnknownException unknown = catchThrowableOfType(OutcomeUnknownException.class, call);
            assertThat(endpoint.ledger()).as("requests").hasSize(1);
            return unknown;
        }
    }

    private static Throwable answeredBy(final String response) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                WsManClient client = builder(new WsManEndpoint(false, "127.0.0.1", server.getLocalPort(), "/wsman"))
                        .build()) {
            final Thread thread = new Thread(() -> answerOnce(server, response), "other server");
            thread.setDaemon(true);
            thread.start();
            return catchThrowableOfType(WsManException.class, () -> client.delete(SHELL));
        }
    }

    private static void answerOnce(final ServerSocket server, final String response) {
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            final byte[] request = new byte[4096];
            if (socket.getInputStream().read(request) > 0) {
                out.write(response.getBytes(UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WsManClient.Builder builder(final SealedEndpoint endpoint) {
        return builder(new WsManEndpoint(false, "127.0.0.1", endpoint.port(), "/wsman"));
    }

    private static WsManClient.Builder tls(final SealedEndpoint endpoint) {
        return builder(new WsManEndpoint(true, "127.0.0.1", endpoint.port(), "/wsman"));
    }

    private static WsManClient.Builder builder(final WsManEndpoint endpoint) {
        return WsManClient.to(endpoint, "PrivilegedEndpoint")
                .credentials(new PasswordCredentials(SealedEndpoint.USER, SealedEndpoint.PASSWORD.toCharArray()))
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .connector(DIRECT);
    }
}
