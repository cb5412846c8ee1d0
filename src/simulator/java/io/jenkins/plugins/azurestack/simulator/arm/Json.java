package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** JSON and dates as the stamp writes them. */
final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
    static final String TYPE = "application/json; charset=utf-8";

    private static final int DIGITS = 7;
    /** ISO 8601 in UTC with up to seven digits of a second, as .NET writes it. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, DIGITS, true)
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String time(final Instant at) {
        return TIME.format(at);
    }

    static HttpAnswer ok(final JsonNode body) {
        return answer(200, body);
    }

    static HttpAnswer answer(final int status, final JsonNode body) {
        return HttpAnswer.of(status, TYPE, body.toString());
    }

    /** A list as Resource Manager wraps it, on one page. */
    static ObjectNode list(final List<? extends JsonNode> items) {
        final ObjectNode list = object();
        items.forEach(list.putArray("value")::add);
        return list;
    }
}
