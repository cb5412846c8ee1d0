package io.jenkins.plugins.azurestack.simulator.arm;

import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A resource provider's part of Resource Manager: its namespace, its api-versions, and its pages by path, in any case.
 * Not to be changed any more once it answers.
 */
final class Provider {
    private final String namespace;
    private final List<String> versions;
    private final List<Route> routes = new ArrayList<>();

    /** @param versions the api-versions that it answers to, the oldest first */
    Provider(final String namespace, final List<String> versions) {
        this.namespace = namespace;
        this.versions = List.copyOf(versions);
    }

    /** Answers one kind of call. */
    @FunctionalInterface
    interface Page {
        HttpAnswer answer(Call call) throws RefusedException;
    }

    /**
     * A call to a page.
     *
     * @param names the parts of the path that the template leaves open
     * @param query the query's parameters under small names
     */
    record Call(HttpRequest request, Map<String, String> names, Map<String, String> query, Visit visit) {}

    private record Route(String method, List<String> template, Page page) {
        Optional<Map<String, String>> match(final List<String> path) {
            if (path.size() != template.size()) {
                return Optional.empty();
            }
            final Map<String, String> names = new HashMap<>();
            for (int i = 0; i < path.size(); i++) {
                final String part = template.get(i);
                if (part.startsWith("{")) {
                    names.put(part.substring(1, part.length() - 1), path.get(i));
                } else if (!part.equalsIgnoreCase(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(names);
        }
    }

    String namespace() {
        return namespace;
    }

    /** Adds a page; parts of the template in braces are open. */
    Provider page(final String method, final String template, final Page page) {
        routes.add(new Route(method, List.of(template.split("/")), page));
        return this;
    }

    HttpAnswer answer(final HttpRequest request, final List<String> path, final Visit visit) throws RefusedException {
        final Map<String, String> query = query(request);
        requireVersion(query, path);
        boolean known = false;
        for (final Route route : routes) {
            final Optional<Map<String, String>> names = route.match(path);
            known |= names.isPresent();
            if (names.isPresent() && route.method.equals(request.method())) {
                return route.page.answer(new Call(request, names.get(), query, visit));
            }
        }
        if (known) {
            throw new RefusedException(
                    405,
                    "MethodNotAllowed",
                    "The HTTP method '" + request.method() + "' is not supported for this resource.");
        }
        throw new RefusedException(
                404,
                "InvalidResourceType",
                "The resource type '" + types(path) + "' could not be found in the namespace '" + namespace
                        + "' for api version '" + query.get("api-version") + "'.");
    }

    private void requireVersion(final Map<String, String> query, final List<String> path) throws RefusedException {
        if (!versions.contains(query.getOrDefault("api-version", ""))) {
            throw new RefusedException(
                    400,
                    "InvalidResourceType",
                    "The resource type '" + types(path) + "' could not be found in the namespace '" + namespace
                            + "' for api version '" + query.get("api-version") + "'. The supported api-versions are '"
                            + String.join(",", versions) + "'.");
        }
    }

    /** The types of a path: every second part of it. */
    static String types(final List<String> path) {
        final List<String> types = new ArrayList<>();
        for (int i = 0; i < path.size(); i += 2) {
            types.add(path.get(i));
        }
        return String.join("/", types);
    }

    /** @throws RefusedException with status 400 if a call names no api-version */
    static String requireVersion(final HttpRequest request) throws RefusedException {
        final String version = query(request).getOrDefault("api-version", "");
        if (version.isEmpty()) {
            throw new RefusedException(
                    400,
                    "MissingApiVersionParameter",
                    "The api-version query parameter (?api-version=) is required for all requests.");
        }
        return version;
    }

    /** The query's parameters under small names. */
    static Map<String, String> query(final HttpRequest request) {
        final Map<String, String> query = new HashMap<>();
        request.query().forEach((name, value) -> query.put(name.toLowerCase(Locale.ROOT), value));
        return query;
    }
}
