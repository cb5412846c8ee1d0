package io.jenkins.plugins.azurestack.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.azurestack.net.http.LenientJson;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads JSON leniently: fields in any case, unknown ones ignored, missing ones empty, numbers and truth as strings too,
 * and the dates that Resource Manager was seen to write.
 */
final class Json {
    /** As the sums in certificate alerts are written, {@code 8/26/2020 9:48 PM}; in UTC by their name. */
    private static final List<DateTimeFormatter> US_DATES = List.of(
            DateTimeFormatter.ofPattern("M/d/uuuu h:mm a", Locale.US),
            DateTimeFormatter.ofPattern("M/d/uuuu h:mm:ss a", Locale.US));

    private Json() {}

    /** @throws IOException if it is no JSON; the message does not repeat what it is */
    static JsonNode parse(final byte[] body) throws IOException {
        return LenientJson.parse(body);
    }

    /** A value by its field's name in any case; a missing node if there is none. */
    static JsonNode field(final JsonNode object, final String name) {
        return LenientJson.field(object, name);
    }

    /** A value by the way to it. */
    static JsonNode at(final JsonNode object, final String... names) {
        return LenientJson.at(object, names);
    }

    /** A printable text by the way to it; empty if it is missing, null or no single value. */
    static String text(final JsonNode object, final String... names) {
        final JsonNode value = at(object, names);
        return value.isValueNode() && !value.isNull() ? Text.printable(value.asText(), 4000) : "";
    }

    static Optional<String> optional(final JsonNode object, final String... names) {
        return Optional.of(text(object, names)).filter(value -> !value.isBlank());
    }

    /** A truth by the way to it; empty if it is none. */
    static Optional<Boolean> truth(final JsonNode object, final String... names) {
        return switch (text(object, names).toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static Optional<Instant> time(final JsonNode object, final String... names) {
        return time(text(object, names));
    }

    /** ISO 8601, which is UTC if it says nothing else, or a date as in the United States; empty if it is neither. */
    static Optional<Instant> time(final String text) {
        final String trimmed = text.trim();
        try {
            return Optional.of(
                    DateTimeFormatter.ISO_DATE_TIME.withZone(ZoneOffset.UTC).parse(trimmed, Instant::from));
        } catch (DateTimeException notIso) {
            return US_DATES.stream()
                    .flatMap(format -> local(trimmed, format).stream())
                    .findFirst();
        }
    }

    private static Optional<Instant> local(final String text, final DateTimeFormatter format) {
        try {
            return Optional.of(
                    LocalDateTime.parse(text.toUpperCase(Locale.ROOT), format).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
