package io.jenkins.plugins.azurestack.net;

import io.jenkins.plugins.azurestack.net.HttpDownloadException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/**
 * Fetches one file from a web server over plain HTTP, the way a revocation list is fetched: without credentials, in
 * bounded time and memory, and from nowhere else than the server that was asked. Safe for use by many threads.
 */
public final class HttpDownload {
    private static final String SCHEME = "http";
    private static final int PORT = 80;
    private static final int BUFFER = 8 * 1024;
    private static final int LONGEST_LINE = 8 * 1024;
    /** Redirects within the server, and answers that only announce one. */
    private static final int MOST_STEPS = 4;

    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(LONGEST_LINE)
            .setMaxHeaderCount(100)
            .setMaxEmptyLineCount(2)
            .build();

    private final Network network;

    /** @param network opens the connections */
    public HttpDownload(final Network network) {
        this.network = network;
    }

    /**
     * Fetches once.
     *
     * @param url with scheme {@code http} and a host
     * @param limit the most bytes that the file may have
     * @param timeout for everything together
     * @throws IllegalArgumentException if the URL is another kind, or the timeout is not above zero
     * @throws HttpDownloadException if there is no file to be had; says why
     * @throws InterruptedException as soon as the thread is interrupted
     */
    public byte[] get(final URI url, final int limit, final Duration timeout)
            throws HttpDownloadException, InterruptedException {
        requirePlain(url);
        network.await();
        final Deadline deadline = Deadline.after(timeout);
        URI next = url;
        for (int i = 0; i < MOST_STEPS; i++) {
            final Step step = step(next, limit, deadline);
            if (step.redirect().isEmpty()) {
                return step.content();
            }
            next = within(url, next.resolve(step.redirect().get()));
        }
        throw new HttpDownloadException(Kind.REDIRECTED, "the server redirects again and again", null);
    }

    /** One request's answer: the file, or where else it is. */
    private record Step(byte[] content, Optional<URI> redirect) {}

    private static void requirePlain(final URI url) {
        if (!SCHEME.equalsIgnoreCase(url.getScheme()) || url.getHost() == null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("An http URL with a host and without a user is fetched, not " + url);
        }
    }

    private static URI within(final URI asked, final URI redirected) throws HttpDownloadException {
        final boolean same = SCHEME.equalsIgnoreCase(redirected.getScheme())
                && asked.getHost().equalsIgnoreCase(redirected.getHost())
                && port(asked) == port(redirected)
                && redirected.getRawUserInfo() == null;
        if (!same) {
            throw new HttpDownloadException(
                    Kind.REDIRECTED,
                    "the server redirects elsewhere, to " + redirected + ", which is not followed",
                    null);
        }
        return redirected;
    }

    private static int port(final URI url) {
        return url.getPort() < 0 ? PORT : url.getPort();
    }

    private Step step(final URI url, final int limit, final Deadline deadline)
            throws HttpDownloadException, InterruptedException {
        try (Socket socket = connect(url, deadline)) {
            socket.getOutputStream().write(request(url));
            return answer(new Timed(socket, deadline), limit);
        } catch (SocketTimeoutException e) {
            throw new HttpDownloadException(Kind.NO_ANSWER, "no whole answer within " + deadline, e);
        } catch (HttpException e) {
            throw new HttpDownloadException(Kind.GARBLED, "what answers is not HTTP", e);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw interrupted(url, e);
            }
            throw new HttpDownloadException(Kind.CUT, "the connection was cut: " + e.getMessage(), e);
        }
    }

    private Socket connect(final URI url, final Deadline deadline) throws HttpDownloadException, InterruptedException {
        if (deadline.passed()) {
            throw new HttpDownloadException(Kind.NO_ANSWER, "no whole answer within " + deadline, null);
        }
        try {
            return network.connect(host(url), port(url), deadline.left());
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw interrupted(url, e);
            }
            throw new HttpDownloadException(kindOf(e), String.valueOf(e.getMessage()), e);
        }
    }

    /** Without the brackets that a URL puts around an address of IPv6. */
    private static String host(final URI url) {
        final String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static Kind kindOf(final IOException failure) {
        if (failure instanceof UnknownHostException) {
            return Kind.UNKNOWN_HOST;
        }
        if (failure instanceof SocketTimeoutException) {
            return Kind.NO_ANSWER;
        }
        return failure instanceof ConnectException ? Kind.REFUSED : Kind.UNREACHABLE;
    }

    private static InterruptedException interrupted(final URI url, final IOException cause) {
        final InterruptedException interrupt = new InterruptedException("interrupted while fetching " + url);
        interrupt.initCause(cause);
        return interrupt;
    }

    /** A URI holds no line breaks, so nothing in it can add to the request. */
    private static byte[] request(final URI url) {
        final String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        final String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return ("GET " + path + query + " HTTP/1.1\r\nHost: " + url.getRawAuthority()
                        + "\r\nAccept: */*\r\nAccept-Encoding: identity\r\nUser-Agent: azure-stack-hub-plugin\r\n"
                        + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Step answer(final InputStream in, final int limit)
            throws IOException, HttpException, HttpDownloadException {
        final SessionInputBufferImpl buffer =
                new SessionInputBufferImpl(new BasicHttpTransportMetrics(), BUFFER, -1, LONGEST_LINE, null);
        final DefaultHttpResponseParser parser = new DefaultHttpResponseParser(LIMITS);
        for (int i = 0; i < MOST_STEPS; i++) {
            final ClassicHttpResponse response = parser.parse(buffer, in);
            if (response == null) {
                throw new IOException("the server said nothing");
            }
            if (response.getCode() >= HttpStatus.SC_OK) {
                return judge(response, buffer, in, limit);
            }
        }
        throw new HttpException("The server only announces an answer");
    }

    private static Step judge(
            final ClassicHttpResponse response,
            final SessionInputBufferImpl buffer,
            final InputStream in,
            final int limit)
            throws IOException, HttpException, HttpDownloadException {
        if (response.getCode() == HttpStatus.SC_OK) {
            return new Step(content(response, buffer, in, limit), Optional.empty());
        }
        final Header location = response.getFirstHeader(HttpHeaders.LOCATION);
        if (response.getCode() >= HttpStatus.SC_REDIRECTION
                && response.getCode() < HttpStatus.SC_CLIENT_ERROR
                && location != null) {
            return new Step(new byte[0], Optional.of(redirect(location.getValue())));
        }
        throw new HttpDownloadException(Kind.STATUS, "the server answers with status " + response.getCode(), null);
    }

    private static URI redirect(final String location) throws HttpDownloadException {
        try {
            return new URI(location);
        } catch (URISyntaxException e) {
            throw new HttpDownloadException(Kind.REDIRECTED, "the server redirects to what is no URL", e);
        }
    }

    /** The streams are not closed, since closing some would read what is left; the socket is. */
    private static byte[] content(
            final ClassicHttpResponse response,
            final SessionInputBufferImpl buffer,
            final InputStream in,
            final int limit)
            throws IOException, HttpException, HttpDownloadException {
        final long length = DefaultContentLengthStrategy.INSTANCE.determineLength(response);
        final InputStream body;
        if (length == ContentLengthStrategy.CHUNKED) {
            body = new ChunkedInputStream(buffer, in, LIMITS);
        } else if (length == ContentLengthStrategy.UNDEFINED) {
            body = new IdentityInputStream(buffer, in);
        } else {
            body = new ContentLengthInputStream(buffer, in, length);
        }
        final byte[] content = length > limit ? new byte[0] : body.readNBytes(limit + 1);
        if (length > limit || content.length > limit) {
            throw new HttpDownloadException(Kind.TOO_LARGE, "the file has more than " + limit + " bytes", null);
        }
        return content;
    }

    /** Ends each read when the whole time is over. */
    private static final class Timed extends FilterInputStream {
        private final Socket socket;
        private final Deadline deadline;

        Timed(final Socket socket, final Deadline deadline) throws IOException {
            super(socket.getInputStream());
            this.socket = socket;
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            limit();
            return super.read();
        }

        @Override
        public int read(final byte[] bytes, final int offset, final int length) throws IOException {
            limit();
            return super.read(bytes, offset, length);
        }

        private void limit() throws IOException {
            if (deadline.passed()) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout(Deadline.millis(deadline.left()));
        }
    }
}
