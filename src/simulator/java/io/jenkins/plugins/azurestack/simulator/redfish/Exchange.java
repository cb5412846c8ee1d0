package io.jenkins.plugins.azurestack.simulator.redfish;

import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One request on its way through a BMC, and what the ledger will say about it. For one thread. */
final class Exchange {
    private static final int LONGEST_USER = 64;

    private final HttpRequest request;
    private final String path;
    private final Map<String, String> details = new LinkedHashMap<>();
    private String identity = "";
    private Optional<String> outcome = Optional.empty();

    /** @throws IllegalArgumentException if the request names no path */
    Exchange(final HttpRequest request) {
        this.request = request;
        this.path = normal(request.path());
    }

    /** Without a slash at the end: clients of every vendor's habit find what they look for. */
    static String normal(final String path) {
        if (path == null) {
            throw new IllegalArgumentException("No path");
        }
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    HttpRequest request() {
        return request;
    }

    String method() {
        return request.method();
    }

    String path() {
        return path;
    }

    boolean isRead() {
        return method().equals("GET") || method().equals("HEAD");
    }

    String host() {
        return request.header("Host").orElse("localhost");
    }

    /** Somebody proved who they are. */
    void proved(final String userName) {
        identity = userName;
    }

    /** Somebody said who they are, and did not prove it. */
    void refused(final String claimed, final LogOn.Verdict verdict) {
        detail("user", claimed.length() > LONGEST_USER ? claimed.substring(0, LONGEST_USER) : claimed);
        outcome = Optional.of(verdict.word());
    }

    void detail(final String name, final String value) {
        details.put(name, value);
    }

    String identity() {
        return identity;
    }

    Map<String, String> details() {
        return new LinkedHashMap<>(details);
    }

    /** A word that says more than the status does, if there is one. */
    Optional<String> outcome() {
        return outcome;
    }
}
