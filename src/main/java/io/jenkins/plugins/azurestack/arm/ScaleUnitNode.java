package io.jenkins.plugins.azurestack.arm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * A node of the scale unit. The hardware lifecycle host is none, though it has a BMC too. What a stamp does not say is
 * empty.
 *
 * @param name without the region
 * @param bmcAddress the IP address of its BMC
 * @param vendor such as {@code DELL}
 * @param model such as {@code PowerEdge R740xd}
 * @param serialNumber the service tag
 * @param status such as {@code Running}
 */
public record ScaleUnitNode(
        String name, String bmcAddress, String vendor, String model, String serialNumber, String status) {
    public ScaleUnitNode {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(bmcAddress, "bmcAddress");
        Objects.requireNonNull(vendor, "vendor");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(serialNumber, "serialNumber");
        Objects.requireNonNull(status, "status");
    }

    static ScaleUnitNode read(final JsonNode resource) {
        final JsonNode properties = Json.field(resource, "properties");
        final String name = Json.text(resource, "name");
        return new ScaleUnitNode(
                name.substring(name.lastIndexOf('/') + 1),
                Json.text(properties, "bmcAddress"),
                Json.text(properties, "vendor"),
                Json.text(properties, "model"),
                Json.text(properties, "serialNumber"),
                Json.text(properties, "scaleUnitNodeStatus"));
    }
}
