package io.jenkins.plugins.azurestack.simulator.redfish;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The JSON object that came with a request, with the refusals that a wrong one gets. */
final class Body {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final Firmware firmware;
    private final ObjectNode json;

    private Body(final Firmware firmware, final ObjectNode json) {
        this.firmware = firmware;
        this.json = json;
    }

    /** @throws RefusedException if it is no JSON object with something in it */
    static Body of(final HttpRequest request, final Firmware firmware) throws RefusedException {
        final String type = request.header("Content-Type").orElse("");
        if (!type.toLowerCase(Locale.ROOT).split(";", 2)[0].trim().equals("application/json")) {
            throw firmware.refusal(Reason.MEDIA_TYPE, "Content-Type");
        }
        final JsonNode parsed = parse(request.body(), firmware);
        if (!(parsed instanceof ObjectNode json)) {
            throw firmware.refusal(Reason.MALFORMED_JSON);
        }
        if (json.isEmpty()) {
            throw firmware.refusal(Reason.EMPTY_JSON);
        }
        return new Body(firmware, json);
    }

    private static JsonNode parse(final byte[] bytes, final Firmware firmware) throws RefusedException {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw firmware.refusal(Reason.MALFORMED_JSON);
        }
    }

    /** The names of its properties in order, annotations left out. */
    List<String> properties() {
        final List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(name -> {
            if (!name.contains("@")) {
                names.add(name);
            }
        });
        return names;
    }

    /** A property as it is; empty if it is not there. */
    Optional<JsonNode> property(final String name) {
        return Optional.ofNullable(json.get(name));
    }

    /** A text; never repeated in a refusal. */
    String text(final String name) throws RefusedException {
        final JsonNode value = required(name);
        if (!value.isTextual()) {
            throw firmware.refusal(Reason.PROPERTY_TYPE, "******", name);
        }
        return value.asText();
    }

    boolean flag(final String name) throws RefusedException {
        final JsonNode value = required(name);
        if (!value.isBoolean()) {
            throw firmware.refusal(Reason.PROPERTY_TYPE, value.toString(), name);
        }
        return value.asBoolean();
    }

    /** A whole number that is not negative. */
    int number(final String name) throws RefusedException {
        final JsonNode value = required(name);
        if (!value.isInt() || value.asInt() < 0) {
            throw firmware.refusal(Reason.PROPERTY_TYPE, value.toString(), name);
        }
        return value.asInt();
    }

    private JsonNode required(final String name) throws RefusedException {
        final JsonNode value = json.get(name);
        if (value == null) {
            throw firmware.refusal(Reason.PROPERTY_MISSING, name);
        }
        return value;
    }
}
