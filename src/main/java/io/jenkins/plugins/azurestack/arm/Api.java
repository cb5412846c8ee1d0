package io.jenkins.plugins.azurestack.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.azurestack.net.http.Https;
import io.jenkins.plugins.azurestack.net.http.Reply;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads JSON from Resource Manager with a token, page after page. Thread-safe. */
final class Api {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int ERROR = 400;

    private final URI base;
    private final Reads reads;
    private final TokenSource tokens;
    private final Limits limits;

    /** @param base of Resource Manager, with a slash at the end; the only place that tokens are sent to */
    Api(final URI base, final Reads reads, final TokenSource tokens, final Limits limits) {
        this.base = base;
        this.reads = reads;
        this.tokens = tokens;
        this.limits = limits;
    }

    /** @param path and query, without a slash at the beginning, encoded */
    JsonNode get(final String path) throws ResourceManagerException, InterruptedException {
        return get(base.resolve(path));
    }

    /**
     * All items of a list.
     *
     * @param path and query of the first page, encoded
     */
    List<JsonNode> list(final String path) throws ResourceManagerException, InterruptedException {
        final List<JsonNode> items = new ArrayList<>();
        final Set<URI> seen = new HashSet<>();
        Optional<URI> next = Optional.of(base.resolve(path));
        while (next.isPresent()) {
            if (!seen.add(next.get()) || seen.size() > limits.pages()) {
                throw astray("its list does not end: page " + seen.size() + " leads to one that was read, or there are"
                        + " too many");
            }
            final JsonNode page = get(next.get());
            final JsonNode value = page.isArray() ? page : Json.field(page, "value");
            if (!value.isArray()) {
                throw astray("a list without its items");
            }
            value.forEach(items::add);
            next = next(Json.field(page, "nextLink"));
        }
        return items;
    }

    private Optional<URI> next(final JsonNode link) throws UnexpectedAnswerException {
        final String text = link.isTextual() ? link.asText().trim() : "";
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            final URI next = base.resolve(new URI(text.replace(" ", "%20")));
            if (!"https".equalsIgnoreCase(next.getScheme())
                    || !base.getHost().equalsIgnoreCase(next.getHost())
                    || port(next) != port(base)
                    || next.getRawUserInfo() != null) {
                throw astray("its list goes on at another host, '" + Text.printable(next.getHost())
                        + "', which did not get the token");
            }
            return Optional.of(next);
        } catch (URISyntaxException e) {
            throw astray("its list goes on at what is no URL");
        }
    }

    private static int port(final URI uri) {
        return uri.getPort() < 0 ? 443 : uri.getPort();
    }

    private JsonNode get(final URI uri) throws ResourceManagerException, InterruptedException {
        Reply reply = reads.send(authorized(uri));
        if (reply.status() == UNAUTHORIZED) {
            tokens.forget();
            reply = reads.send(authorized(uri));
        }
        final JsonNode body = body(reply);
        if (reply.status() >= ERROR) {
            throw refused(reply.status(), body, uri);
        }
        if (reply.status() != 200) {
            throw astray("HTTP " + reply.status() + " where only an answer or an error is expected");
        }
        return body;
    }

    private Https.Request authorized(final URI uri) throws ResourceManagerException, InterruptedException {
        return Https.Request.get(uri, Map.of("Authorization", tokens.authorization()));
    }

    private JsonNode body(final Reply reply) throws UnexpectedAnswerException {
        try {
            return Json.parse(reply.body());
        } catch (IOException e) {
            if (reply.status() >= ERROR) {
                // Gateways answer errors in HTML; the status says enough.
                return MissingNode.getInstance();
            }
            final String type =
                    Text.printable(tokens.masked(reply.header("Content-Type").orElse("without a type")));
            throw new UnexpectedAnswerException(
                    base.getHost() + " answers with something else than the JSON of Resource Manager (" + type + "): "
                            + e.getMessage()
                            + ". Nothing was changed. Check whether a proxy or portal answers in its place.",
                    e);
        }
    }

    private ResourceManagerException refused(final int status, final JsonNode body, final URI uri) {
        final String code = tokens.masked(Json.text(body, "error", "code"));
        final String what = uri.getPath() + " on " + base.getHost();
        final String said = (code.isEmpty() ? "" : code + ": ")
                + Text.printable(tokens.masked(Json.text(body, "error", "message")));
        return switch (status) {
            case UNAUTHORIZED ->
                new SignInRefusedException(
                        base.getHost() + " does not take a token that its own authority just issued (" + said
                                + "). Nothing was changed. Check the clocks of the stamp and of this machine, and that the"
                                + " service principal is of the stamp's directory.",
                        code);
            case FORBIDDEN ->
                new PermissionMissingException("The service principal may not read " + what + " (" + said
                        + "). Nothing was changed. Give it the role Reader on the Default Provider Subscription.");
            default ->
                new CallRefusedException(
                        what + " answers with HTTP " + status + " (" + said
                                + "). Nothing was changed. Check the stamp's region and version, and try again.",
                        status,
                        code);
        };
    }

    private UnexpectedAnswerException astray(final String what) {
        return new UnexpectedAnswerException(
                base.getHost() + " does not answer as Resource Manager does: " + tokens.masked(what)
                        + ". Nothing was changed. Check what answers behind that name.",
                null);
    }
}
