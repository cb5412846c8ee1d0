package io.jenkins.plugins.azurestack.net.http;

import io.jenkins.plugins.azurestack.net.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.http.protocol.RequestUserAgent;
import org.apache.hc.core5.net.URIAuthority;

/**
 * One request on a connection of its own, since the certificate behind a name changes during a rotation. The layer below
 * HttpClient's own is used, because that one can be made to log headers and bodies. Sent once; follows no redirect, keeps
 * no cookie, asks for no compression. Thread-safe.
 */
public final class Https {
    private static final int TLS_PORT = 443;
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(64 * 1024)
            .setMaxHeaderCount(100)
            .setMaxEmptyLineCount(10)
            .build();
    private static final HttpProcessor HEADERS = HttpProcessorBuilder.create()
            .addAll(new RequestTargetHost(), new RequestContent(), new RequestUserAgent("azure-stack-hub-plugin"))
            .build();

    private final Network network;
    private final Function<String, TlsTrust> trust;
    private final HttpLimits limits;

    /**
     * @param network opens the connections
     * @param trust says whom to believe, by the host that is asked
     */
    public Https(final Network network, final Function<String, TlsTrust> trust, final HttpLimits limits) {
        this.network = network;
        this.trust = trust;
        this.limits = limits;
    }

    /**
     * A body.
     *
     * @param bytes not copied; the caller's to wipe once it was sent
     * @param type without a charset
     */
    public record Content(byte[] bytes, ContentType type) {
        public static Content form(final byte[] bytes) {
            return new Content(bytes, ContentType.APPLICATION_FORM_URLENCODED);
        }

        public static Content json(final byte[] bytes) {
            return new Content(bytes, ContentType.APPLICATION_JSON);
        }

        /** Its type only. */
        @Override
        public String toString() {
            return type.getMimeType();
        }
    }

    /**
     * A request.
     *
     * @param method in upper case
     * @param uri absolute, with scheme https
     * @param headers beside those that every request has, such as the one that proves who asks; kept as long as the
     *     request only
     * @param content the body, if there is one
     */
    public record Request(String method, URI uri, Map<String, String> headers, Optional<Content> content) {
        public Request {
            headers = Map.copyOf(headers);
        }

        public static Request get(final URI uri, final Map<String, String> headers) {
            return new Request("GET", uri, headers, Optional.empty());
        }

        /** The host, an IPv6 address without brackets. */
        String host() {
            final String host = uri.getHost();
            return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        }

        int port() {
            return uri.getPort() < 0 ? TLS_PORT : uri.getPort();
        }

        /** Method and host only. */
        @Override
        public String toString() {
            return method + " " + uri.getHost();
        }
    }

    /** An answer beyond {@link HttpLimits#answer}. */
    public static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(final String message) {
            super(message);
        }
    }

    /** What came is no HTTP. */
    public static final class NoHttpException extends IOException {
        private static final long serialVersionUID = 1L;

        NoHttpException(final HttpException cause) {
            super("The answer is no HTTP", cause);
        }
    }

    /**
     * Sends a request and reads the answer.
     *
     * @throws javax.net.ssl.SSLException if TLS does not come about
     * @throws TooLargeException if the answer is larger than any honest one
     * @throws IOException if there is no whole answer in time
     * @throws InterruptedException if the thread is interrupted
     */
    public Reply send(final Request request) throws IOException, InterruptedException {
        return send(request, () -> {});
    }

    /**
     * Sends a request and reads the answer, as {@link #send(Request)} does.
     *
     * @param leaving run once the peer is verified, right before the first byte of the request leaves: who never sees it
     *     run knows that the peer has received nothing
     */
    public Reply send(final Request request, final Runnable leaving) throws IOException, InterruptedException {
        network.await();
        final AtomicBoolean late = new AtomicBoolean();
        final CompletableFuture<Void> over = new CompletableFuture<>();
        try (Socket socket = network.connect(request.host(), request.port(), limits.connect())) {
            over.orTimeout(limits.exchange().toMillis(), TimeUnit.MILLISECONDS).exceptionally(e -> {
                if (e instanceof TimeoutException) {
                    late.set(true);
                    closeQuietly(socket);
                }
                return null;
            });
            return exchange(socket, request, leaving);
        } catch (HttpException e) {
            throw new NoHttpException(e);
        } catch (IOException e) {
            if (Thread.interrupted() || e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)) {
                throw interrupted(e);
            }
            if (late.get()) {
                throw timedOut("no whole answer within " + limits.exchange().toSeconds() + " s", e);
            }
            throw e;
        } finally {
            over.complete(null);
        }
    }

    private static InterruptedException interrupted(final IOException cause) {
        final InterruptedException interrupted = new InterruptedException("Interrupted while waiting for an answer");
        interrupted.initCause(cause);
        return interrupted;
    }

    private static IOException timedOut(final String message, final IOException cause) {
        final IOException timedOut = new SocketTimeoutException(message);
        timedOut.initCause(cause);
        return timedOut;
    }

    private static void closeQuietly(final Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no more use either way.
            return;
        }
    }

    private Reply exchange(final Socket socket, final Request request, final Runnable leaving)
            throws IOException, HttpException {
        socket.setSoTimeout(millis(limits.connect()));
        final SSLSocket secured = trust.apply(request.host()).secured(socket, request.host(), request.port());
        secured.setSoTimeout(millis(limits.silence()));
        final DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(LIMITS);
        connection.bind(secured, socket);
        final ClassicHttpRequest message = message(request);
        final HttpCoreContext context = HttpCoreContext.create();
        context.setRequest(message);
        final HttpRequestExecutor executor = new HttpRequestExecutor();
        executor.preProcess(message, HEADERS, context);
        leaving.run();
        // Not closed: that would read a response to its end; the socket is closed instead.
        final ClassicHttpResponse response = executor.execute(message, connection, context);
        return new Reply(response.getCode(), headers(response), body(response));
    }

    private static ClassicHttpRequest message(final Request request) {
        final URI uri = request.uri();
        final String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        final ClassicHttpRequest message = new BasicClassicHttpRequest(
                request.method(),
                uri.getScheme(),
                new URIAuthority(request.host(), uri.getPort()),
                uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        request.headers().forEach(message::setHeader);
        message.setHeader(HttpHeaders.ACCEPT, ContentType.APPLICATION_JSON.getMimeType());
        message.setHeader(HttpHeaders.CONNECTION, "close");
        request.content().ifPresent(content -> message.setEntity(new ByteArrayEntity(content.bytes(), content.type())));
        return message;
    }

    private static Map<String, List<String>> headers(final ClassicHttpResponse response) {
        final Map<String, List<String>> headers = new HashMap<>();
        for (final Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), none -> new ArrayList<>())
                    .add(header.getValue());
        }
        return headers;
    }

    private byte[] body(final ClassicHttpResponse response) throws IOException {
        if (response.getEntity() == null) {
            return new byte[0];
        }
        final InputStream in = response.getEntity().getContent();
        final byte[] body = in.readNBytes(limits.answer() + 1);
        if (body.length > limits.answer()) {
            throw new TooLargeException("an answer of more than " + limits.answer() + " bytes");
        }
        return body;
    }

    private static int millis(final Duration duration) {
        return (int) Math.max(1, duration.toMillis());
    }
}
