package io.jenkins.plugins.azurestack.simulator.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it arrived, its body read whole.
 *
 * @param method in upper case
 * @param target path and query as sent
 * @param headers in order
 * @param body empty if there is none; not copied
 */
public record HttpRequest(String method, String target, List<Header> headers, byte[] body) {
    public HttpRequest {
        headers = List.copyOf(headers);
    }

    /** A header's name and value. */
    public record Header(String name, String value) {}

    /** The first header of that name, in any case. */
    public Optional<String> header(final String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    /** The path, decoded, without the query. */
    public String path() {
        return uri().getPath();
    }

    /** The query's parameters, decoded, the last of each name, in order. */
    public Map<String, String> query() {
        return pairs(Optional.ofNullable(uri().getRawQuery()).orElse(""));
    }

    /** The body as the fields of a form, decoded, the last of each name, in order. */
    public Map<String, String> form() {
        return pairs(text());
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    private URI uri() {
        return URI.create(target);
    }

    private static Map<String, String> pairs(final String encoded) {
        final Map<String, String> pairs = new LinkedHashMap<>();
        for (final String pair : encoded.split("&", -1)) {
            final int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                pairs.put(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return pairs;
    }

    private static String decoded(final String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Method and target only: a body may hold a password. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}
