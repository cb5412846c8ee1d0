package io.jenkins.plugins.azurestack.powershell.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.wsman.SealedEndpoint.Received;
import io.jenkins.plugins.azurestack.powershell.wsman.SealedEndpoint.Reply;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** How channels take turns, wait, give up, and come back. */
public class ChannelTest {

    private static final ShellId SHELL = ShellId.of(new UUID(1, 2));
    private static final CommandId COMMAND = CommandId.of(new UUID(3, 4));

    @Rule
    public final Timeout hang = Timeout.seconds(60);

    private final CountDownLatch receiveArrived = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CuttingConnector connector = new CuttingConnector();

    @Test
    public void aSignalPassesAPendingReceive() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(this::holdReceives);
                WsManClient client = builder(endpoint).build()) {
            final CompletableFuture<Object> receiving = inBackground(() -> client.receive(SHELL, COMMAND));
            receiveArrived.await();
            client.signal(SHELL, COMMAND, SignalCode.STOP);
            assertThat(receiving).isNotDone();
            release.countDown();
            assertThat(receiving.get(30, TimeUnit.SECONDS)).isInstanceOf(ReceiveResult.class);
        }
    }

    @Test
    public void anInterruptEndsTheWaitAndStaysSet() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(this::holdReceives);
                WsManClient client = builder(endpoint).build()) {
            final AtomicBoolean stillSet = new AtomicBoolean();
            final AtomicReference<Throwable> thrown = new AtomicReference<>();
            final Thread caller = new Thread(() -> {
                thrown.set(catchThrowable(() -> client.receive(SHELL)));
                stillSet.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            receiveArrived.await();
            caller.interrupt();
            caller.join();
            assertThat(thrown.get()).isInstanceOf(CancelledException.class);
            assertThat(((WsManException) thrown.get()).delivery()).isEqualTo(Delivery.UNKNOWN);
            assertThat(stillSet).isTrue();
        }
    }

    @Test
    public void closingFromElsewhereEndsTheWait() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(this::holdReceives)) {
            final WsManClient client = builder(endpoint).build();
            final CompletableFuture<Object> receiving = inBackground(() -> client.receive(SHELL));
            receiveArrived.await();
            client.close();
            client.close();
            assertThat(receiving.get(30, TimeUnit.SECONDS)).isInstanceOf(CancelledException.class);
            assertThatThrownBy(() -> client.receive(SHELL)).isInstanceOf(CancelledException.class);
            assertThatThrownBy(() -> client.delete(SHELL)).isInstanceOf(CancelledException.class);
        }
    }

    @Test
    public void anInterruptedCommandIsOfUnknownOutcome() throws Exception {
        final CountDownLatch arrived = new CountDownLatch(1);
        try (SealedEndpoint endpoint = new SealedEndpoint(request -> {
                    arrived.countDown();
                    await(release);
                    return Replies.ordinary(request);
                });
                WsManClient client = builder(endpoint).build()) {
            final AtomicReference<Throwable> thrown = new AtomicReference<>();
            final Thread caller =
                    new Thread(() -> thrown.set(catchThrowable(() -> client.command(SHELL, COMMAND, new byte[1]))));
            caller.start();
            arrived.await();
            caller.interrupt();
            caller.join();
            assertThat(thrown.get())
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasCauseInstanceOf(CancelledException.class);
            release.countDown();
        }
    }

    @Test
    public void theConnectionIsUsedAgain() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary);
                WsManClient client = builder(endpoint).build()) {
            client.receive(SHELL);
            client.receive(SHELL);
            client.signal(SHELL, COMMAND, SignalCode.TERMINATE);
            client.delete(SHELL);
            assertThat(connector.connections()).isEqualTo(2);
            assertThat(endpoint.logons()).hasSize(2);
        }
    }

    @Test
    public void aConnectionThatLayTooLongIsNotTrustedWithARequest() throws Exception {
        final SettableClock clock = new SettableClock();
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary);
                WsManClient client = builder(endpoint).clock(clock).build()) {
            client.signal(SHELL, COMMAND, SignalCode.TERMINATE);
            clock.advance(WsManTimeouts.DEFAULT.idle());
            client.delete(SHELL);
            assertThat(connector.connections()).isEqualTo(2);
        }
    }

    @Test
    public void aConnectionThatTheServerEndedMeanwhileIsReplacedBeforeSending() throws Exception {
        final SettableClock clock = new SettableClock();
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary);
                WsManClient client = builder(endpoint).clock(clock).build()) {
            client.signal(SHELL, COMMAND, SignalCode.TERMINATE);
            endpoint.endConnections();
            clock.advance(Duration.ofSeconds(10));
            client.delete(SHELL);
            assertThat(endpoint.ledger()).extracting(Received::operation).containsExactly("Signal", "Delete");
        }
    }

    @Test
    public void aRequestIsSentAgainAfterA401ToItself() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(request -> request.number() == 1
                        ? new Reply(401, null, "WWW-Authenticate: Negotiate\r\n", session -> new byte[0])
                        : Replies.ordinary(request));
                WsManClient client = builder(endpoint).build()) {
            client.command(SHELL, COMMAND, new byte[1]);
            assertThat(endpoint.ledger()).hasSize(2);
            assertThat(endpoint.ledger().get(0).text())
                    .isEqualTo(endpoint.ledger().get(1).text());
            assertThat(endpoint.logons()).hasSize(2);
        }
    }

    @Test
    public void aRequestRefusedUnreadWasNotSentUntilItIsSentAgain() throws Exception {
        final AtomicInteger connections = new AtomicInteger();
        final CountDownLatch again = new CountDownLatch(1);
        try (SealedEndpoint endpoint = new SealedEndpoint(
                        request -> new Reply(401, null, "WWW-Authenticate: Negotiate\r\n", session -> new byte[0]));
                WsManClient client = builder(endpoint)
                        .connector((host, port, timeout) -> {
                            if (connections.incrementAndGet() > 1) {
                                again.countDown();
                                await(release);
                            }
                            return connector.connect(host, port, timeout);
                        })
                        .build()) {
            final AtomicReference<Throwable> thrown = new AtomicReference<>();
            final Thread caller =
                    new Thread(() -> thrown.set(catchThrowable(() -> client.command(SHELL, COMMAND, new byte[1]))));
            caller.start();
            again.await();
            caller.interrupt();
            caller.join();
            release.countDown();
            assertThat(thrown.get())
                    .isInstanceOfSatisfying(CancelledException.class, cancelled -> assertThat(cancelled.delivery())
                            .isEqualTo(Delivery.NOT_SENT));
        }
    }

    @Test
    public void a401WithASealedFaultIsAnAnswerAndNothingIsSentAgain() throws Exception {
        try (SealedEndpoint endpoint =
                        new SealedEndpoint(request -> Replies.fault(request, 401, 2150858778L, "looked at"));
                WsManClient client = builder(endpoint).build()) {
            assertThatThrownBy(() -> client.command(SHELL, COMMAND, new byte[1]))
                    .isInstanceOf(WsManFaultException.class);
            assertThat(endpoint.ledger()).hasSize(1);
        }
    }

    @Test
    public void a401WithABrokenSealIsOfUnknownOutcomeAndNothingIsSentAgain() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(request -> new Reply(
                        401, SealedBody.CONTENT_TYPE, "", session -> "--Encrypted Boundary".getBytes(UTF_8)));
                WsManClient client = builder(endpoint).build()) {
            assertThatThrownBy(() -> client.command(SHELL, COMMAND, new byte[1]))
                    .isInstanceOf(OutcomeUnknownException.class);
            assertThat(endpoint.ledger()).hasSize(1);
        }
    }

    @Test
    public void aSocketThatKnowsNoTimeOutIsClosedWhenTheTimeIsOver() throws Exception {
        final Duration half = Duration.ofMillis(500);
        final WsManTimeouts soon = new WsManTimeouts(Duration.ofSeconds(20), half, half, half, Duration.ofSeconds(60));
        try (SealedEndpoint endpoint = new SealedEndpoint(this::holdReceives);
                WsManClient client = builder(endpoint)
                        .timeouts(soon)
                        .connector((host, port, timeout) -> {
                            final Socket patient = new PatientSocket();
                            patient.connect(new InetSocketAddress(host, port));
                            return patient;
                        })
                        .build()) {
            assertThatThrownBy(() -> client.receive(SHELL))
                    .isInstanceOf(ConnectionLostException.class)
                    .hasMessageContaining("ran out");
            release.countDown();
        }
    }

    @Test
    public void anInterruptEndsTheWaitOfASocketWithAChannelToo() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(this::holdReceives);
                WsManClient client = builder(endpoint)
                        .connector((host, port, timeout) -> SocketChannel.open(new InetSocketAddress(host, port))
                                .socket())
                        .build()) {
            final AtomicReference<Throwable> thrown = new AtomicReference<>();
            final Thread caller = new Thread(() -> thrown.set(catchThrowable(() -> client.receive(SHELL))));
            caller.start();
            receiveArrived.await();
            caller.interrupt();
            caller.join();
            assertThat(thrown.get()).isInstanceOf(CancelledException.class);
            release.countDown();
            assertThat(client.receive(SHELL).done()).isTrue();
        }
    }

    @Test
    public void anInterruptEndsTheWaitForAConnection() throws Exception {
        final CountDownLatch connecting = new CountDownLatch(1);
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary);
                WsManClient client = builder(endpoint)
                        .connector((host, port, timeout) -> {
                            connecting.countDown();
                            await(release);
                            return connector.connect(host, port, timeout);
                        })
                        .build()) {
            final AtomicReference<Throwable> thrown = new AtomicReference<>();
            final Thread caller =
                    new Thread(() -> thrown.set(catchThrowable(() -> client.command(SHELL, COMMAND, new byte[1]))));
            caller.start();
            connecting.await();
            caller.interrupt();
            caller.join();
            assertThat(thrown.get())
                    .isInstanceOfSatisfying(CancelledException.class, cancelled -> assertThat(cancelled.delivery())
                            .isEqualTo(Delivery.NOT_SENT));
            release.countDown();
            assertThat(endpoint.ledger()).isEmpty();
        }
    }

    @Test
    public void aSecond401IsARefusal() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(
                        request -> new Reply(401, null, "WWW-Authenticate: Negotiate\r\n", session -> new byte[0]));
                WsManClient client = builder(endpoint).build()) {
            assertThatThrownBy(() -> client.command(SHELL, COMMAND, new byte[1]))
                    .isInstanceOf(LogonRefusedException.class);
            assertThat(endpoint.ledger()).hasSize(2);
        }
    }

    @Test
    public void otherStatusesAreNeverARequestToSendAgain() throws Exception {
        for (final int status : new int[] {400, 403, 407, 408, 429, 500, 502, 503, 504}) {
            try (SealedEndpoint endpoint = new SealedEndpoint(
                            request -> new Reply(status, null, "Retry-After: 0\r\n", session -> new byte[0]));
                    WsManClient client = builder(endpoint).build()) {
                assertThatThrownBy(() -> client.command(SHELL, COMMAND, new byte[1]))
                        .as("status %d", status)
                        .isInstanceOf(OutcomeUnknownException.class);
                assertThat(endpoint.ledger()).as("status %d", status).hasSize(1);
            }
        }
    }

    @Test
    public void aReceiveCanBeAskedAgainAfterItsConnectionBroke() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(
                        request -> request.number() == 1 ? Reply.closing() : Replies.ordinary(request));
                WsManClient client = builder(endpoint).build()) {
            assertThatThrownBy(() -> client.receive(SHELL))
                    .isInstanceOfSatisfying(ConnectionLostException.class, lost -> {
                        assertThat(lost.mayHaveCarriedData()).isTrue();
                        assertThat(lost.bytesSent()).isEqualTo(lost.bytesTotal());
                    });
            assertThat(client.receive(SHELL).done()).isTrue();
        }
    }

    @Test
    public void closingAClientLeavesTheCredentialsOfTheNextAlone() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary)) {
            final WsManClient.Builder builder = builder(endpoint);
            builder.build().close();
            try (WsManClient next = builder.build()) {
                next.delete(SHELL);
            }
            assertThat(endpoint.ledger()).hasSize(1);
        }
    }

    @Test
    public void closingEndsIdleConnectionsAndWipesThePassword() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary)) {
            final WsManClient client = builder(endpoint).build();
            client.receive(SHELL);
            client.delete(SHELL);

            client.close();

            endpoint.awaitNoConnections();
            assertThat(client).extracting("credentials.password").isEqualTo(new char[SealedEndpoint.PASSWORD.length()]);
        }
    }

    @Test
    public void aConnectionThatTheServerWillEndIsNotUsedAgain() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(request -> {
                    final Reply ordinary = Replies.ordinary(request);
                    return new Reply(200, ordinary.contentType(), "Connection: close\r\n", ordinary.body());
                });
                WsManClient client = builder(endpoint).build()) {
            client.delete(SHELL);
            client.delete(SHELL);
            assertThat(connector.connections()).isEqualTo(2);
        }
    }

    @Test
    public void theSessionIdOutlivesTheClient() throws Exception {
        try (SealedEndpoint endpoint = new SealedEndpoint(Replies::ordinary)) {
            final SessionId session;
            try (WsManClient first = builder(endpoint).build()) {
                session = first.sessionId();
                first.disconnect(SHELL, Duration.ofHours(1), BufferMode.BLOCK);
            }
            try (WsManClient second = builder(endpoint).sessionId(session).build()) {
                second.reconnect(SHELL);
            }
            assertThat(endpoint.ledger()).allMatch(r -> r.text().contains(session.wire()));
            assertThat(endpoint.ledger().get(0).text())
                    .contains("<rsp:IdleTimeOut>PT3600S</rsp:IdleTimeOut><rsp:BufferMode>Block</rsp:BufferMode>");
        }
    }

    private Reply holdReceives(final Received request) {
        if (request.operation().equals("Receive")) {
            receiveArrived.countDown();
            await(release);
        }
        return Replies.ordinary(request);
    }

    private static void await(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    private interface Call {
        Object run() throws WsManException;
    }

    private static CompletableFuture<Object> inBackground(final Call call) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return call.run();
            } catch (WsManException e) {
                return e;
            }
        });
    }

    private WsManClient.Builder builder(final SealedEndpoint endpoint) {
        return WsManClient.to(new WsManEndpoint(false, "127.0.0.1", endpoint.port(), "/wsman"), "PrivilegedEndpoint")
                .credentials(new PasswordCredentials(SealedEndpoint.USER, SealedEndpoint.PASSWORD.toCharArray()))
                .connector(connector);
    }

    /** Waits for ever, whatever it is told. */
    private static final class PatientSocket extends Socket {

        @Override
        public void setSoTimeout(final int timeout) {
            // That is the point.
        }
    }

    private static final class SettableClock extends Clock {

        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));

        void advance(final Duration by) {
            now.updateAndGet(t -> t.plus(by));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(final ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }
}
