package io.jenkins.plugins.azurestack.arm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the fabric says of itself.
 *
 * @param privilegedEndpoints IP addresses; empty if it does not say
 * @param exclusiveOperation whether an operation runs that takes the stamp for itself
 * @param operation that operation's name; may be empty
 */
public record FabricLocation(List<String> privilegedEndpoints, Activity exclusiveOperation, String operation) {
    public FabricLocation {
        privilegedEndpoints = List.copyOf(privilegedEndpoints);
        Objects.requireNonNull(exclusiveOperation, "exclusiveOperation");
        Objects.requireNonNull(operation, "operation");
    }

    static FabricLocation read(final JsonNode resource) {
        final JsonNode properties = Json.field(resource, "properties");
        final List<String> addresses = new ArrayList<>();
        Json.field(properties, "pepIpAddresses").forEach(address -> addresses.add(address.asText()));
        final Activity activity = Json.truth(properties, "exclusiveAdminOperationRunning")
                .map(runs -> runs ? Activity.RUNNING : Activity.NONE)
                .orElse(Activity.UNKNOWN);
        final String operation = Json.text(properties, "exclusiveAdminOperationName");
        return new FabricLocation(
                addresses,
                // A name beside "false" is a contradiction.
                activity == Activity.NONE && !operation.isBlank() ? Activity.UNKNOWN : activity,
                operation);
    }
}
