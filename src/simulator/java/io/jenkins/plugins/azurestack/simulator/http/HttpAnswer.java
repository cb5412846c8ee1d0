package io.jenkins.plugins.azurestack.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer, and how it gets to the client.
 *
 * @param status the HTTP status
 * @param headers without lengths, which are added
 * @param body may be empty; not copied
 * @param delivery how it gets there
 * @param last whether the connection is closed after it
 */
public record HttpAnswer(int status, List<HttpRequest.Header> headers, byte[] body, Delivery delivery, boolean last) {
    public HttpAnswer {
        headers = List.copyOf(headers);
    }

    /** How an answer gets to a client. */
    public enum Delivery {
        /** As it is. */
        WHOLE,
        /** Not at all: the connection is closed. */
        LOST,
        /** Not at all: the connection is reset. */
        RESET,
        /** The first half of the body, then the connection is closed. */
        TRUNCATED,
        /** A few bytes at a time, some seconds in all. */
        DRIPPING
    }

    /** An answer without a body. */
    public static HttpAnswer of(final int status) {
        return new HttpAnswer(status, List.of(), new byte[0], Delivery.WHOLE, false);
    }

    /** An answer with a text in UTF-8. */
    public static HttpAnswer of(final int status, final String contentType, final String text) {
        return of(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer with a body. */
    public static HttpAnswer of(final int status, final String contentType, final byte[] body) {
        return new HttpAnswer(status, List.of(), body, Delivery.WHOLE, false).with("Content-Type", contentType);
    }

    /** The same with one more header. */
    public HttpAnswer with(final String name, final String value) {
        final List<HttpRequest.Header> more = new ArrayList<>(headers);
        more.add(new HttpRequest.Header(name, value));
        return new HttpAnswer(status, more, body, delivery, last);
    }

    /** The same, delivered differently. */
    public HttpAnswer delivered(final Delivery how) {
        return new HttpAnswer(status, headers, body, how, last);
    }

    /** The same, as the last of its connection. */
    public HttpAnswer asLast() {
        return new HttpAnswer(status, headers, body, delivery, true);
    }

    /** Status only: a body may hold a secret. */
    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length + " bytes";
    }
}
