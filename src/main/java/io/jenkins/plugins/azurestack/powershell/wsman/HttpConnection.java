package io.jenkins.plugins.azurestack.powershell.wsman;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestConnControl;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.http.protocol.RequestUserAgent;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.Timeout;

/** HTTP over one socket, one request after the other, each sent exactly once. Not thread-safe. */
final class HttpConnection {

    /** Far above the half megabyte that Windows sends at most; what goes beyond is an attack on memory. */
    static final int MAXIMAL_ANSWER = 8 * 1024 * 1024;

    /** Most requests fit in with their header, and leave in one packet rather than two. */
    private static final int BUFFER = 64 * 1024;

    private static final Http1Config LIMITS = Http1Config.custom()
            .setBufferSize(BUFFER)
            .setMaxLineLength(64 * 1024)
            .setMaxHeaderCount(100)
            .setMaxEmptyLineCount(10)
            .build();
    /** Those of the library that a request needs, without the one that waits for "100 Continue". */
    private static final HttpProcessor HEADERS = HttpProcessorBuilder.create()
            .addAll(
                    new RequestTargetHost(),
                    new RequestContent(),
                    new RequestConnControl(),
                    new RequestUserAgent("Java-PowerShell-Remoting"))
            .build();

    private static final int SLICE = BUFFER;

    private final WsManEndpoint endpoint;
    private final URIAuthority authority;
    private final DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(LIMITS);
    private final HttpRequestExecutor executor = new HttpRequestExecutor();
    private final Socket raw;
    private final SSLSocket tls;
    private final Cancellable line;

    /**
     * @param raw the connection itself
     * @param tls the layer over it, with its handshake done, or null
     */
    HttpConnection(final WsManEndpoint endpoint, final Socket raw, final SSLSocket tls) throws IOException {
        this.endpoint = endpoint;
        this.authority = new URIAuthority(endpoint.host(), endpoint.port());
        this.raw = raw;
        this.tls = tls;
        this.line = new Cancellable(raw);
        if (tls == null) {
            connection.bind(raw);
        } else {
            connection.bind(tls, raw);
        }
    }

    /** The certificate that the server proved to own. */
    Optional<X509Certificate> serverCertificate() {
        try {
            if (tls != null) {
                final Certificate[] chain = tls.getSession().getPeerCertificates();
                return chain[0] instanceof X509Certificate own ? Optional.of(own) : Optional.empty();
            }
            return Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    /** To be entered around whatever may be interrupted. */
    Cancellable line() {
        return line;
    }

    /** Whether the server has ended it meanwhile. */
    boolean stale() {
        try {
            return !connection.isOpen() || connection.isStale();
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Sends a POST and reads the answer.
     *
     * @param authorization or null
     * @param contentType or null with an empty body
     * @param progress told how far it comes
     * @param limit of each wait for bytes
     */
    HttpAnswer post(
            final String authorization,
            final String contentType,
            final byte[] body,
            final Progress progress,
            final Duration limit)
            throws IOException, HttpException {
        final ClassicHttpRequest request =
                new BasicClassicHttpRequest("POST", endpoint.tls() ? "https" : "http", authority, endpoint.path());
        if (authorization != null) {
            request.setHeader(HttpHeaders.AUTHORIZATION, authorization);
        }
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        request.setEntity(new CountedEntity(body, contentType, progress));
        final HttpCoreContext context = HttpCoreContext.create();
        context.setRequest(request);
        executor.preProcess(request, HEADERS, context);
        connection.setSocketTimeout(Timeout.of(limit));
        try (ClassicHttpResponse response = executor.execute(request, connection, context)) {
            progress.answerBegun();
            final byte[] answer = read(response);
            return answer(response, executor.keepAlive(request, response, connection, context), answer);
        }
    }

    private byte[] read(final ClassicHttpResponse response) throws IOException {
        if (response.getEntity() == null) {
            return new byte[0];
        }
        if (response.getEntity().getContentLength() > MAXIMAL_ANSWER) {
            throw refuseTooLarge();
        }
        final InputStream in = response.getEntity().getContent();
        final byte[] body = in.readNBytes(MAXIMAL_ANSWER + 1);
        if (body.length > MAXIMAL_ANSWER) {
            throw refuseTooLarge();
        }
        return body;
    }

    /** Ends the connection first, or closing the response would read it to its end. */
    private AnswerTooLargeException refuseTooLarge() {
        close();
        return new AnswerTooLargeException("The answer is larger than " + MAXIMAL_ANSWER + " bytes");
    }

    private static HttpAnswer answer(final ClassicHttpResponse response, final boolean keptAlive, final byte[] body) {
        final Header type = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
        final List<String> challenges = new ArrayList<>();
        for (final Header header : response.getHeaders(HttpHeaders.WWW_AUTHENTICATE)) {
            challenges.add(header.getValue());
        }
        return new HttpAnswer(
                response.getCode(), type == null ? null : type.getValue(), challenges, date(response), keptAlive, body);
    }

    /** The server's clock, or null; it is of use for advice only. */
    private static Instant date(final ClassicHttpResponse response) {
        final Header date = response.getFirstHeader(HttpHeaders.DATE);
        try {
            return date == null || date.getValue() == null
                    ? null
                    : DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.getValue(), Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Ends it without farewell, which could block. */
    void close() {
        closeQuietly(raw);
    }

    static void closeQuietly(final Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no more use either way.
            return;
        }
    }

    /** A body that tells how much of it was handed over. */
    private static final class CountedEntity extends AbstractHttpEntity {

        private final byte[] body;
        private final Progress progress;

        CountedEntity(final byte[] body, final String contentType, final Progress progress) {
            super(contentType, null, false);
            this.body = body;
            this.progress = progress;
        }

        @Override
        public void writeTo(final OutputStream out) throws IOException {
            for (int at = 0; at < body.length; at += SLICE) {
                final int slice = Math.min(SLICE, body.length - at);
                out.write(body, at, slice);
                progress.sent(slice);
            }
        }

        @Override
        public InputStream getContent() {
            return new java.io.ByteArrayInputStream(body);
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public long getContentLength() {
            return body.length;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
