package io.jenkins.plugins.azurestack.simulator.redfish;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A message of a registry, filled in.
 *
 * @param id with registry and version, such as {@code Base.1.8.AccessDenied}
 * @param text what it says
 * @param arguments what was filled in
 * @param severity {@code OK}, {@code Warning} or {@code Critical}
 * @param resolution what to do about it
 */
record Message(String id, String text, List<String> arguments, String severity, String resolution) {
    Message {
        arguments = List.copyOf(arguments);
    }

    /** All of it, in the standard's form. */
    ObjectNode json() {
        final ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("@odata.type", "#Message.v1_1_0.Message")
                .put("MessageId", id)
                .put("Message", text);
        arguments.forEach(json.putArray("MessageArgs")::add);
        return json.put("Severity", severity).put("Resolution", resolution);
    }
}
