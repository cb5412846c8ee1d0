package io.jenkins.plugins.azurestack.simulator.redfish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a request gets, whichever connection it came on.
 *
 * @param status the HTTP status
 * @param body its text; empty if there is none
 * @param contentType of the body where it is not what the vendor calls JSON
 * @param headers beside those that every answer has
 */
record Reply(int status, String body, Optional<String> contentType, List<HttpRequest.Header> headers) {
    private static final int REDIRECTION = 300;

    Reply {
        headers = List.copyOf(headers);
    }

    static Reply of(final int status) {
        return new Reply(status, "", Optional.empty(), List.of());
    }

    static Reply of(final int status, final ObjectNode body) {
        return new Reply(status, body.toString(), Optional.empty(), List.of());
    }

    static Reply xml(final String body) {
        return new Reply(200, body, Optional.of("application/xml"), List.of());
    }

    Reply with(final String name, final String value) {
        final List<HttpRequest.Header> more = new ArrayList<>(headers);
        more.add(new HttpRequest.Header(name, value));
        return new Reply(status, body, contentType, more);
    }

    boolean isDone() {
        return status < REDIRECTION;
    }
}
