package io.jenkins.plugins.azurestack.simulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/** One connection of a client, whose requests are answered in turn. What a handler keeps with it ends with it. */
public final class HttpConnection {
    /** More than any request that a stamp gets. */
    private static final int LARGEST_BODY = 8 * 1024 * 1024;
    /** Longer than any token that a client proves itself with. */
    private static final int LONGEST_LINE = 128 * 1024;

    private static final int MOST_HEADERS = 200;
    private static final Http1Config BOUNDS = Http1Config.custom()
            .setMaxLineLength(LONGEST_LINE)
            .setMaxHeaderCount(MOST_HEADERS)
            .build();

    private static final int DRIPS = 20;
    private static final long PAUSE_MILLIS = 100;

    private final Socket socket;
    private final String id;
    private final Optional<X509Certificate> certificate;
    private Object attachment;
    private DefaultBHttpServerConnection open;
    private long received;

    /**
     * @param socket connected, and through its TLS handshake if there is one
     * @param id tells connections of one service apart
     * @param certificate what the server proved itself with, on TLS
     */
    public HttpConnection(final Socket socket, final String id, final Optional<X509Certificate> certificate) {
        this.socket = Objects.requireNonNull(socket, "socket");
        this.id = Objects.requireNonNull(id, "id");
        this.certificate = certificate;
    }

    /** Tells connections of one service apart. */
    public String id() {
        return id;
    }

    /** What the server proved itself with; empty on plain HTTP. */
    public Optional<X509Certificate> certificate() {
        return certificate;
    }

    /**
     * What the handler keeps with this connection, made when it first asks for it. For the thread that answers only.
     */
    public <T> T attachment(final Class<T> type, final Supplier<T> made) {
        if (attachment == null) {
            attachment = made.get();
        }
        return type.cast(attachment);
    }

    /**
     * Whether the client has closed the connection, though its request is being answered. For the thread that answers
     * only.
     */
    public boolean isAbandoned() {
        try {
            return open == null || open.isStale();
        } catch (IOException e) {
            return true;
        }
    }

    /** How many bytes of requests came, once {@link #serve} has ended; those of the last may be missing. */
    public long received() {
        return received;
    }

    /** Answers requests until the client or an answer ends the connection, and closes it. */
    public void serve(final HttpHandler handler) throws IOException, InterruptedException {
        try (socket;
                DefaultBHttpServerConnection http = new DefaultBHttpServerConnection(null, BOUNDS)) {
            http.bind(socket);
            open = http;
            boolean more = true;
            while (more) {
                final ClassicHttpRequest request = http.receiveRequestHeader();
                more = request != null && exchange(http, request, handler);
                received = http.getEndpointDetails().getReceivedBytesCount();
            }
        } catch (HttpException e) {
            throw new IOException("A client sent what is no HTTP: " + e.getMessage(), e);
        }
    }

    private boolean exchange(
            final DefaultBHttpServerConnection http, final ClassicHttpRequest request, final HttpHandler handler)
            throws HttpException, IOException, InterruptedException {
        if (request.containsHeader(HttpHeaders.EXPECT)) {
            http.sendResponseHeader(new BasicClassicHttpResponse(100));
            http.flush();
        }
        http.receiveRequestEntity(request);
        final HttpAnswer answer = handler.answer(read(request), this);
        switch (answer.delivery()) {
            case LOST -> {
                return false;
            }
            case RESET -> {
                socket.setSoLinger(true, 0);
                return false;
            }
            default -> {
                return send(http, request, answer);
            }
        }
    }

    private static HttpRequest read(final ClassicHttpRequest request) throws IOException {
        final List<HttpRequest.Header> headers = new ArrayList<>();
        for (final Header header : request.getHeaders()) {
            headers.add(new HttpRequest.Header(header.getName(), header.getValue()));
        }
        final HttpEntity entity = request.getEntity();
        return new HttpRequest(
                request.getMethod(), request.getPath(), headers, entity == null ? new byte[0] : read(entity));
    }

    private static byte[] read(final HttpEntity entity) throws IOException {
        // Not closed: it would read on until the end that the client promised.
        final byte[] body = entity.getContent().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new IOException("A client sent more than " + LARGEST_BODY + " bytes");
        }
        return body;
    }

    private static boolean send(
            final DefaultBHttpServerConnection http, final ClassicHttpRequest request, final HttpAnswer answer)
            throws HttpException, IOException {
        final ClassicHttpResponse response = new BasicClassicHttpResponse(answer.status());
        answer.headers().forEach(header -> response.addHeader(header.name(), header.value()));
        if (MessageSupport.canResponseHaveBody(Method.GET.name(), response)) {
            response.setHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.body().length));
        }
        final boolean last = answer.last()
                || !DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, HttpCoreContext.create());
        if (last) {
            // A client that is not told takes the connection for its next request.
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        http.sendResponseHeader(response);
        if (!request.getMethod().equals("HEAD") && answer.body().length > 0) {
            response.setEntity(entity(http, answer));
            http.sendResponseEntity(response);
        }
        http.flush();
        return !last && answer.delivery() != HttpAnswer.Delivery.TRUNCATED;
    }

    private static HttpEntity entity(final DefaultBHttpServerConnection http, final HttpAnswer answer) {
        final byte[] body = answer.body();
        final HttpEntity whole = new ByteArrayEntity(body, ContentType.APPLICATION_OCTET_STREAM);
        return switch (answer.delivery()) {
            case TRUNCATED -> new Written(whole, out -> out.write(body, 0, body.length / 2));
            case DRIPPING -> new Written(whole, out -> drip(http, body, out));
            default -> whole;
        };
    }

    private static void drip(final DefaultBHttpServerConnection http, final byte[] body, final OutputStream out)
            throws IOException {
        final int drop = Math.max(1, body.length / DRIPS);
        for (int at = 0; at < body.length; at += drop) {
            out.write(body, at, Math.min(drop, body.length - at));
            out.flush();
            http.flush();
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("The server is closing", e);
            }
        }
    }

    /** A body that is written differently from what its length says. */
    private static final class Written extends HttpEntityWrapper {
        private final Writing writing;

        Written(final HttpEntity whole, final Writing writing) {
            super(whole);
            this.writing = writing;
        }

        @Override
        public void writeTo(final OutputStream out) throws IOException {
            writing.to(out);
        }

        private interface Writing {
            void to(OutputStream out) throws IOException;
        }
    }
}
