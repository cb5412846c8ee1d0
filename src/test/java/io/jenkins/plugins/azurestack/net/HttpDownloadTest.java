package io.jenkins.plugins.azurestack.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.azurestack.net.HttpDownloadException.Kind;
import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.peer.Nginx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Downloads from a real web server, and from servers that do what no honest one does. */
public class HttpDownloadTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final URI URL = URI.create("http://pki.contoso.com/issuing.crl");
    private static final int LIMIT = 100_000;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** Answers each connection in turn with one of the given texts, byte for byte, and then closes it. */
    private static final class Server implements Network, AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final CompletableFuture<String> asked;
        private final CountDownLatch met = new CountDownLatch(1);

        Server(final boolean patient, final String... answers) throws IOException {
            asked = CompletableFuture.supplyAsync(() -> {
                final StringBuilder requests = new StringBuilder();
                for (final String answer : answers) {
                    try (Socket client = listener.accept()) {
                        requests.append(head(client.getInputStream()));
                        client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                        client.getOutputStream().flush();
                        met.countDown();
                        if (patient) {
                            client.getInputStream().transferTo(OutputStream.nullOutputStream());
                        }
                    } catch (IOException e) {
                        requests.append(e.getMessage());
                    }
                }
                return requests.toString();
            });
        }

        private static String head(final InputStream in) throws IOException {
            final StringBuilder head = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read()) {
                head.append((char) c);
                if (head.toString().endsWith("\r\n\r\n")) {
                    break;
                }
            }
            return head.toString();
        }

        @Override
        public Socket connect(final String host, final int port, final Duration timeout) throws IOException {
            assertThat(host).isEqualTo("pki.contoso.com");
            assertThat(port).isEqualTo(80);
            return new DirectNetwork().connect("127.0.0.1", listener.getLocalPort(), timeout);
        }

        @Override
        public void close() throws IOException {
            listener.close();
            asked.join();
        }
    }

    private static byte[] get(final String... answers) throws Exception {
        try (Server server = new Server(false, answers)) {
            return new HttpDownload(server).get(URL, LIMIT, LONG);
        }
    }

    private static HttpDownloadException failure(final Kind kind, final String... answers) throws Exception {
        try (Server server = new Server(false, answers)) {
            return failure(kind, server, LONG);
        }
    }

    private static HttpDownloadException failure(final Kind kind, final Network network, final Duration timeout) {
        final HttpDownloadException failure = catchThrowableOfType(
                HttpDownloadException.class, () -> new HttpDownload(network).get(URL, LIMIT, timeout));
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        return failure;
    }

    @Test
    public void fetchesFromNginx() throws Exception {
        final Path files = folder.newFolder("files").toPath();
        final byte[] content = new byte[LIMIT];
        new Random(1).nextBytes(content);
        Files.write(files.resolve("issuing.crl"), content);
        final DebianProgram program = DebianProgram.required("nginx", "nginx");
        try (Nginx nginx = Nginx.serve(
                program,
                folder.getRoot().toPath(),
                files,
                "location = /moved { return 301 /issuing.crl; }",
                "location = /away { return 302 http://elsewhere.contoso.com/issuing.crl; }")) {
            final HttpDownload download = new HttpDownload(new DirectNetwork());
            final String place = "http://127.0.0.1:" + nginx.port();

            assertThat(download.get(URI.create(place + "/issuing.crl?a=b"), LIMIT, LONG))
                    .isEqualTo(content);
            assertThat(download.get(URI.create(place + "/moved"), LIMIT, LONG)).isEqualTo(content);
            assertThatThrownBy(() -> download.get(URI.create(place + "/missing"), LIMIT, LONG))
                    .hasMessage("the server answers with status 404");
            assertThatThrownBy(() -> download.get(URI.create(place + "/away"), LIMIT, LONG))
                    .hasMessageContaining("redirects elsewhere, to http://elsewhere.contoso.com/issuing.crl");
            assertThatThrownBy(() -> download.get(URI.create(place + "/issuing.crl"), LIMIT - 1, LONG))
                    .hasMessage("the file has more than 99999 bytes");
        }
    }

    @Test
    public void asksWithoutCredentialsAndForNothingElse() throws Exception {
        try (Server server = new Server(false, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab")) {
            new HttpDownload(server).get(URL, LIMIT, LONG);

            assertThat(server.asked.join())
                    .isEqualTo("GET /issuing.crl HTTP/1.1\r\nHost: pki.contoso.com\r\nAccept: */*\r\n"
                            + "Accept-Encoding: identity\r\nUser-Agent: azure-stack-hub-plugin\r\n"
                            + "Connection: close\r\n\r\n");
        }
    }

    @Test
    public void readsEveryWayToSayWhereAFileEnds() throws Exception {
        assertThat(get("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab"))
                .asString()
                .isEqualTo("ab");
        assertThat(get("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n"))
                .asString()
                .isEqualTo("ab");
        assertThat(get("HTTP/1.0 200 OK\r\n\r\nab")).asString().isEqualTo("ab");
        assertThat(get("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab"))
                .asString()
                .isEqualTo("ab");
    }

    @Test
    public void refusesWhatIsTooLargeHoweverItIsSaid() throws Exception {
        final String large = "x".repeat(LIMIT + 1);

        failure(Kind.TOO_LARGE, "HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\nab");
        failure(
                Kind.TOO_LARGE,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n186a1\r\n" + large + "\r\n0\r\n\r\n");
        failure(Kind.TOO_LARGE, "HTTP/1.0 200 OK\r\n\r\n" + large);
    }

    @Test
    public void aFileThatEndsTooEarlyIsNoFile() throws Exception {
        failure(Kind.CUT, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab");
        failure(Kind.CUT, "");
        failure(Kind.CUT, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
    }

    @Test
    public void saysThatItIsNoHttp() throws Exception {
        failure(Kind.GARBLED, "220 mail.contoso.com ESMTP\r\n\r\n");
        failure(Kind.GARBLED, "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(10));
    }

    @Test
    public void neverLeavesTheServer() throws Exception {
        for (final String elsewhere : List.of(
                "http://169.254.169.254/latest",
                "https://pki.contoso.com/issuing.crl",
                "http://pki.contoso.com:8080/issuing.crl",
                "http://admin@pki.contoso.com/issuing.crl",
                "//other.contoso.com/issuing.crl",
                "file:///etc/passwd")) {
            assertThat(failure(Kind.REDIRECTED, "HTTP/1.1 302 Found\r\nLocation: " + elsewhere + "\r\n\r\n"))
                    .hasMessageContaining("redirects elsewhere");
        }
        failure(Kind.REDIRECTED, "HTTP/1.1 302 Found\r\nLocation: http://a b\r\n\r\n");
    }

    @Test
    public void doesNotFollowTheServerInCircles() throws Exception {
        final String again = "HTTP/1.1 302 Found\r\nLocation: /issuing.crl\r\n\r\n";

        failure(Kind.REDIRECTED, again, again, again, again);
    }

    @Test
    public void aStatusWithoutAFileIsNone() throws Exception {
        assertThat(failure(Kind.STATUS, "HTTP/1.1 204 No Content\r\n\r\n")).hasMessageContaining("204");
        assertThat(failure(Kind.STATUS, "HTTP/1.1 304 Not Modified\r\n\r\n")).hasMessageContaining("304");
        assertThat(failure(Kind.STATUS, "HTTP/1.1 407 Proxy\r\n\r\n")).hasMessageContaining("407");
    }

    @Test
    public void aServerThatStopsSpeakingIsLeftAfterTheGivenTime() throws Exception {
        try (Server server = new Server(true, "HTTP/1.1 200 OK\r\nContent-Le")) {
            assertThat(failure(Kind.NO_ANSWER, server, SHORT)).hasMessage("no whole answer within 300 ms");
        }
        try (Server server = new Server(true, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab")) {
            failure(Kind.NO_ANSWER, server, SHORT);
        }
    }

    @Test
    public void aServerThatDripsIsLeftAfterTheGivenTime() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final CompletableFuture<Void> dripping = CompletableFuture.runAsync(() -> {
                try (Socket client = listener.accept()) {
                    final OutputStream out = client.getOutputStream();
                    out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
                    client.setSoTimeout(1);
                    while (isOpen(client)) {
                        out.write('x');
                    }
                } catch (IOException e) {
                    assertThat(e).isNotNull();
                }
            });
            final Network network =
                    (host, port, timeout) -> new DirectNetwork().connect("127.0.0.1", listener.getLocalPort(), timeout);

            failure(Kind.NO_ANSWER, network, SHORT);

            dripping.get();
        }
    }

    /** Waits for a millisecond, too. */
    private static boolean isOpen(final Socket client) throws IOException {
        try {
            final int read = client.getInputStream().read();
            return read >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    @Test
    public void saysWhyThereIsNoConnection() {
        failure(
                Kind.UNKNOWN_HOST,
                (host, port, timeout) -> {
                    throw new UnknownHostException("no such host: " + host);
                },
                LONG);
        failure(
                Kind.REFUSED,
                (host, port, timeout) -> {
                    throw new ConnectException(host + ": refused");
                },
                LONG);
        failure(
                Kind.UNREACHABLE,
                (host, port, timeout) -> {
                    throw new IOException("the agent went away");
                },
                LONG);
    }

    @Test
    public void fetchesOnlyPlainUrls() {
        final HttpDownload download = new HttpDownload(new DirectNetwork());
        for (final String url :
                List.of("https://a/b", "ldap:///CN=a", "http:///a", "http://user@a/b", "file:/etc/passwd")) {
            assertThatThrownBy(() -> download.get(URI.create(url), LIMIT, LONG))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    public void stopsAsSoonAsItIsInterrupted() throws Exception {
        try (Server server = new Server(true, "HTTP/1.1 200 OK\r\n")) {
            final FutureTask<byte[]> get = new FutureTask<>(() -> new HttpDownload(server).get(URL, LIMIT, LONG));
            final Thread thread = new Thread(get);
            thread.start();
            server.met.await();
            thread.interrupt();

            assertThat(catchThrowableOfType(ExecutionException.class, get::get))
                    .hasCauseInstanceOf(InterruptedException.class);
        }
    }
}
