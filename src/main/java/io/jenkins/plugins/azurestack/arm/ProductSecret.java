package io.jenkins.plugins.azurestack.arm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A secret of a resource provider that is installed as a product; its value is not here. What a stamp does not say is
 * empty.
 *
 * @param product such as {@code microsoft.eventhub}
 * @param name such as {@code aseh-ssl-gateway-pfx}
 * @param kind such as {@code Certificate}
 * @param description what it is for
 * @param status such as {@code Deployed}
 * @param rotationStatus such as {@code None}
 * @param ends when it expires
 */
public record ProductSecret(
        String product,
        String name,
        String kind,
        String description,
        String status,
        String rotationStatus,
        Optional<Instant> ends) {
    public ProductSecret {
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(rotationStatus, "rotationStatus");
        Objects.requireNonNull(ends, "ends");
    }

    static ProductSecret read(final String product, final JsonNode resource) {
        final JsonNode properties = Json.field(resource, "properties");
        final JsonNode state = Json.field(properties, "secretState");
        final String name = Json.text(resource, "name");
        return new ProductSecret(
                product,
                name.substring(name.lastIndexOf('/') + 1),
                Json.text(properties, "secretKind"),
                Json.text(properties, "description"),
                Json.text(state, "status"),
                Json.text(state, "rotationStatus"),
                Json.time(state, "expirationDate"));
    }
}
