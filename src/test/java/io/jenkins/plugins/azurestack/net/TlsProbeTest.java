package io.jenkins.plugins.azurestack.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.azurestack.certificate.BrokenCertificate;
import io.jenkins.plugins.azurestack.net.TlsProbeException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** The probe against servers that mean no good. */
public class TlsProbeTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration ENOUGH_FOR_A_BYTE = Duration.ofSeconds(3);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TICK_MILLIS = 10;

    @Rule
    public final Timeout patience = Timeout.seconds(50);

    /** What a hostile server does with a connection. */
    private interface Behaviour {
        void meet(Socket client) throws IOException;
    }

    /** Meets one client, then reads on until it goes; knows how many bytes came in all. */
    private static final class HostileServer implements Network, AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CountDownLatch met = new CountDownLatch(1);
        private final CompletableFuture<Long> received;

        HostileServer(final Behaviour behaviour) throws IOException {
            received = CompletableFuture.supplyAsync(() -> {
                try (Socket client = listener.accept()) {
                    met.countDown();
                    behaviour.meet(client);
                    client.setSoTimeout(0);
                    return client.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    return -1L;
                }
            });
        }

        @Override
        public Socket connect(final String host, final int port, final Duration timeout) throws IOException {
            return new DirectNetwork().connect("127.0.0.1", listener.getLocalPort(), timeout);
        }

        @Override
        public void close() throws IOException {
            listener.close();
            received.join();
        }
    }

    private static TlsProbeException look(final Network network, final Duration timeout) {
        return catchThrowableOfType(
                TlsProbeException.class, () -> new TlsProbe(network, RANDOM).look("east.contoso.com", 443, timeout));
    }

    private static TlsProbeException meet(final Duration timeout, final Behaviour behaviour) throws IOException {
        try (HostileServer server = new HostileServer(behaviour)) {
            return look(server, timeout);
        }
    }

    private static void assertThatIs(final TlsProbeException failure, final Kind kind, final String reason) {
        assertThat(failure).hasMessageContaining("east.contoso.com:443").hasMessageContaining(reason);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.advice()).endsWith(".");
    }

    private static void readHello(final Socket client) throws IOException {
        final InputStream in = client.getInputStream();
        final byte[] header = in.readNBytes(5);
        in.readNBytes((header[3] & 0xFF) << 8 | header[4] & 0xFF);
    }

    private static byte[] record(final int type, final int... content) {
        final byte[] record = new byte[5 + content.length];
        record[0] = (byte) type;
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte) (content.length >> 8);
        record[4] = (byte) content.length;
        for (int i = 0; i < content.length; i++) {
            record[5 + i] = (byte) content[i];
        }
        return record;
    }

    @Test
    public void givesUpOnAServerThatSaysNothing() throws Exception {
        assertThatIs(meet(SHORT, client -> {}), Kind.NO_ANSWER, "said nothing within 400 ms");
    }

    @Test
    public void givesUpOnAServerThatDribbles() throws Exception {
        final TlsProbeException failure = meet(ENOUGH_FOR_A_BYTE, client -> {
            // A handshake record of 16 KiB, and byte after byte of it, as long as the client stays.
            final byte[] header = {22, 3, 3, 0x40, 0, 2, 0, 0x3f, (byte) 0xfc};
            readHello(client);
            client.setSoTimeout(TICK_MILLIS);
            for (int i = 0; ; i++) {
                client.getOutputStream().write(i < header.length ? header[i] : 0);
                try {
                    if (client.getInputStream().read() < 0) {
                        return;
                    }
                } catch (SocketTimeoutException tick) {
                    // Time for the next byte.
                }
            }
        });

        assertThatIs(failure, Kind.NO_ANSWER, "bytes came within 3 s, too few for a certificate");
    }

    @Test
    public void tellsGarbageFromTls() throws Exception {
        final TlsProbeException failure = meet(LONG, client -> client.getOutputStream()
                .write(new byte[] {(byte) 0xDE, (byte) 0xAD, (byte) 0xBE, (byte) 0xEF, 0, 1, 2, 3}));

        assertThatIs(failure, Kind.NOT_TLS, "what answers is not TLS: its bytes are no text and no TLS record");
    }

    @Test
    public void tellsPlainHttpFromTls() throws Exception {
        final TlsProbeException failure = meet(LONG, client -> client.getOutputStream()
                .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));

        assertThatIs(failure, Kind.NOT_TLS, "it speaks plain HTTP ('HTTP/1.1 400 Bad Request')");
    }

    @Test
    public void tellsAnotherProtocolFromTlsEvenIfItIsBrief() throws Exception {
        final TlsProbeException failure = meet(LONG, client -> {
            client.getOutputStream().write("220".getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
        });

        assertThatIs(failure, Kind.NOT_TLS, "it begins with '220'");
    }

    @Test
    public void saysThatTheServerReset() throws Exception {
        final TlsProbeException failure = meet(LONG, client -> {
            readHello(client);
            client.setSoLinger(true, 0);
            client.close();
        });

        assertThatIs(failure, Kind.RESET, "the server reset the connection without a word");
    }

    @Test
    public void saysThatTheServerClosed() throws Exception {
        final TlsProbeException failure = meet(LONG, client -> {
            readHello(client);
            client.shutdownOutput();
        });

        assertThatIs(failure, Kind.CLOSED, "the server closed the connection without a word");
    }

    @Test
    public void saysThatTheServerClosedInTheMiddle() throws Exception {
        final TlsProbeException failure = meet(LONG, client -> {
            readHello(client);
            client.getOutputStream().write(new byte[] {22, 3, 3, 1, 0, 2, 0});
            client.shutdownOutput();
        });

        assertThatIs(failure, Kind.CLOSED, "after 7 bytes, before any certificate");
    }

    @Test
    public void saysWhichOldProtocolTheServerChose() throws Exception {
        final int[] hello = new int[42];
        hello[0] = 2;
        hello[3] = 38;
        hello[4] = 3;
        hello[5] = 2;

        final TlsProbeException failure =
                meet(LONG, client -> client.getOutputStream().write(record(22, hello)));

        assertThatIs(failure, Kind.PROTOCOL_TOO_OLD, "the server chose TLS 1.1");
    }

    @Test
    public void namesAnAlert() throws Exception {
        assertThatIs(
                meet(LONG, client -> client.getOutputStream().write(record(21, 2, 80))),
                Kind.ALERT,
                "the alert internal_error");
        assertThatIs(
                meet(LONG, client -> client.getOutputStream().write(record(21, 2, 200))),
                Kind.ALERT,
                "the alert number 200");
        assertThatIs(
                meet(LONG, client -> client.getOutputStream().write(record(21, 1, 0))),
                Kind.ALERT,
                "the alert close_notify");
    }

    @Test
    public void doesNotListenForEverToAServerThatNeverComesToThePoint() throws Exception {
        final byte[] warning = record(21, 1, 90);

        final TlsProbeException failure = meet(LONG, client -> {
            while (true) {
                client.getOutputStream().write(warning);
            }
        });

        assertThatIs(failure, Kind.TOO_MUCH, "more than 256 KiB came, and no certificate");
    }

    @Test
    public void doesNotTakeInAHandshakeMessageWithoutEnd() throws Exception {
        final byte[] beginning = record(22, 2, 0xFF, 0xFF, 0xFF, 3, 3);

        final TlsProbeException failure =
                meet(LONG, client -> client.getOutputStream().write(beginning));

        assertThatIs(failure, Kind.TOO_MUCH, "more came than a handshake may hold");
    }

    @Test
    public void saysThatAServersTlsMakesNoSense() throws Exception {
        final TlsProbeException failure =
                meet(LONG, client -> client.getOutputStream().write(record(22, 2, 0, 0, 2, 3, 3)));

        assertThatIs(failure, Kind.GARBLED, "what came can't be read as TLS");
    }

    @Test
    public void saysThatAServersCertificateCannotBeParsed() throws Exception {
        final byte[] certificate = BrokenCertificate.encoded();

        // Whether the server then leaves or waits for more makes no difference.
        for (final Behaviour then : List.<Behaviour>of(Socket::shutdownOutput, client -> {})) {
            final TlsProbeException failure = meet(LONG, client -> {
                readHello(client);
                client.getOutputStream().write(record(22, serverHello()));
                client.getOutputStream().write(record(22, certificateMessage(certificate)));
                then.meet(client);
            });

            assertThatIs(failure, Kind.GARBLED, "");
            assertThat(failure.advice()).contains("openssl s_client");
        }
    }

    /** TLS 1.2 with TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, and no extensions (RFC 5246 section 7.4.1.3). */
    private static int[] serverHello() {
        final int[] hello = new int[4 + 2 + 32 + 1 + 2 + 1];
        hello[0] = 2;
        hello[3] = hello.length - 4;
        hello[4] = 3;
        hello[5] = 3;
        hello[39] = 0xC0;
        hello[40] = 0x2F;
        return hello;
    }

    /** A chain of one (RFC 5246 section 7.4.2). */
    private static int[] certificateMessage(final byte[] certificate) {
        final int[] message = new int[10 + certificate.length];
        message[0] = 11;
        for (int i = 0; i < 3; i++) {
            final int length = certificate.length + 3 * (2 - i);
            message[2 + 3 * i] = length >> 8;
            message[3 + 3 * i] = length & 0xFF;
        }
        for (int i = 0; i < certificate.length; i++) {
            message[10 + i] = certificate[i];
        }
        return message;
    }

    @Test
    public void sendsNothingAtAllAfterABadAnswer() throws Exception {
        try (HostileServer server = new HostileServer(client -> {
            readHello(client);
            client.getOutputStream().write(record(22, 2, 0, 0, 2, 3, 3));
        })) {
            look(server, LONG);

            assertThat(server.received.get()).isZero();
        }
    }

    @Test
    public void saysWhyItCouldNotConnect() throws Exception {
        assertThat(look(
                                new DirectNetwork(host -> {
                                    throw new UnknownHostException(host);
                                }),
                                LONG)
                        .kind())
                .isEqualTo(Kind.UNKNOWN_HOST);
        assertThat(look(
                                (host, port, timeout) -> {
                                    throw new NoRouteToHostException("no route");
                                },
                                LONG)
                        .kind())
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(look((host, port, timeout) -> new DirectNetwork().connect("127.0.0.1", closedPort(), timeout), LONG)
                        .kind())
                .isEqualTo(Kind.REFUSED);
        assertThat(look(
                                (host, port, timeout) -> {
                                    throw new SocketTimeoutException("no answer within 60 s");
                                },
                                LONG)
                        .kind())
                .isEqualTo(Kind.NO_ANSWER);
    }

    @Test
    public void namesThePlaceWhateverTheNetworkSays() {
        final Network silent = (host, port, timeout) -> {
            throw new IOException();
        };

        assertThat(look(silent, LONG)).hasMessage("east.contoso.com:443: no connection");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    public void stopsAsSoonAsItIsInterrupted() throws Exception {
        try (HostileServer server = new HostileServer(client -> {})) {
            final FutureTask<TlsProbe.Presented> look =
                    new FutureTask<>(() -> new TlsProbe(server, RANDOM).look("east.contoso.com", 443, LONG));
            final Thread thread = new Thread(look);
            thread.start();
            server.met.await();
            thread.interrupt();

            final ExecutionException failure = catchThrowableOfType(ExecutionException.class, look::get);
            assertThat(failure).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    public void doesNotEvenBeginWhenItIsAlreadyInterrupted() throws Exception {
        try (HostileServer server = new HostileServer(client -> {})) {
            Thread.currentThread().interrupt();

            final InterruptedException stopped = catchThrowableOfType(
                    InterruptedException.class, () -> new TlsProbe(server, RANDOM).look("east.contoso.com", 443, LONG));

            assertThat(stopped).isNotNull();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }
}
