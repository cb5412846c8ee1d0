package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Long operations: accepted at once, asked about until they have ended (facts 6.4). Survives a restart. Thread-safe.
 */
final class Operations {
    private static final String SECTION = "resource-manager-operations";

    private final World world;
    private final ObjectNode operations;

    Operations(final World world) throws IOException {
        this.world = world;
        this.operations = world.store().read(SECTION).orElseGet(Json::object);
    }

    /**
     * Begins one.
     *
     * @param base the URL that its id is appended to
     * @param apiVersion to ask about it with
     * @param lasts on the stamp
     */
    HttpAnswer begin(final String base, final String apiVersion, final Duration lasts) {
        final String id = Identifiers.random(world.random()).toString();
        synchronized (operations) {
            operations.put(id, world.time().now().plus(lasts).toString());
            try {
                world.store().write(SECTION, operations);
            } catch (IOException e) {
                throw new UncheckedIOException("The simulated stamp's state can't be written", e);
            }
        }
        return accepted(base + "/" + id + "?api-version=" + apiVersion);
    }

    static HttpAnswer accepted(final String location) {
        return HttpAnswer.of(202).with("Location", location).with("Retry-After", "60");
    }

    /** Where one stands; empty if there is none of that id. */
    Optional<HttpAnswer> result(final String id, final String again) {
        final Instant end;
        synchronized (operations) {
            if (!operations.has(id)) {
                return Optional.empty();
            }
            end = Instant.parse(operations.path(id).asText());
        }
        final boolean runs = world.time().now().isBefore(end);
        final ObjectNode body = Json.object();
        body.putObject("properties").put("provisioningState", runs ? "Running" : "Succeeded");
        final HttpAnswer answer = Json.answer(runs ? 202 : 200, body);
        return Optional.of(runs ? answer.with("Location", again).with("Retry-After", "60") : answer);
    }
}
