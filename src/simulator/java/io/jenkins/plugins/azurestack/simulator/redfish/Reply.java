package io.jenkins.plugins.azurestack.simulator.redfish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a request gets, before it is bytes.
 *
 * @param status the HTTP status
 * @param body if there is one; not copied
 * @param headers beside those that every answer has
 */
record Reply(int status, Optional<ObjectNode> body, List<HttpRequest.Header> headers) {
    Reply {
        headers = List.copyOf(headers);
    }

    static Reply of(final int status) {
        return new Reply(status, Optional.empty(), List.of());
    }

    static Reply of(final int status, final ObjectNode body) {
        return new Reply(status, Optional.of(body), List.of());
    }

    Reply with(final String name, final String value) {
        final List<HttpRequest.Header> more = new ArrayList<>(headers);
        more.add(new HttpRequest.Header(name, value));
        return new Reply(status, body, more);
    }

    boolean isDone() {
        return status < 300;
    }
}
