package io.jenkins.plugins.azurestack.journal;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object of strings and whole numbers, with at most one object inside, {@code fields}, of strings. It is written
 * on one line, in the order in which it was filled.
 */
final class FlatJson {
    private static final String FIELDS = "fields";
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, Object> values = new LinkedHashMap<>();

    FlatJson put(final String name, final String value) {
        values.put(name, value);
        return this;
    }

    FlatJson put(final String name, final long value) {
        values.put(name, value);
        return this;
    }

    FlatJson put(final String name, final Instant value) {
        return put(name, value.toString());
    }

    FlatJson put(final Fields fields) {
        values.put(FIELDS, fields.values());
        return this;
    }

    byte[] encode() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            for (final Map.Entry<String, Object> entry : values.entrySet()) {
                json.writeFieldName(entry.getKey());
                if (entry.getValue() instanceof Map<?, ?> fields) {
                    json.writeStartObject();
                    for (final Map.Entry<?, ?> field : fields.entrySet()) {
                        json.writeStringField((String) field.getKey(), (String) field.getValue());
                    }
                    json.writeEndObject();
                } else if (entry.getValue() instanceof Long number) {
                    json.writeNumber(number);
                } else {
                    json.writeString((String) entry.getValue());
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can't be written to", e);
        }
        return bytes.toByteArray();
    }

    /** Reads from an offset to the end. Messages hold nothing of what was read. */
    static FlatJson parse(final byte[] bytes, final int offset) throws MalformedException {
        final FlatJson flat = new FlatJson();
        try (JsonParser json = JSON.createParser(bytes, offset, bytes.length - offset)) {
            expect(json.nextToken() == JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                final String name = json.currentName();
                flat.values.put(
                        name,
                        switch (json.nextToken()) {
                            case VALUE_STRING -> json.getText();
                            case VALUE_NUMBER_INT -> json.getLongValue();
                            case START_OBJECT -> fields(name, json);
                            default -> throw new MalformedException("a value is of a kind that does not belong there");
                        });
            }
            expect(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
        } catch (MalformedException e) {
            throw e;
        } catch (IOException e) {
            throw new MalformedException("it is not JSON");
        }
        return flat;
    }

    private static Map<String, String> fields(final String name, final JsonParser json) throws IOException {
        expect(name.equals(FIELDS));
        final Map<String, String> fields = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            final String field = json.currentName();
            expect(json.nextToken() == JsonToken.VALUE_STRING);
            fields.put(field, json.getText());
        }
        expect(json.currentToken() == JsonToken.END_OBJECT);
        return fields;
    }

    private static void expect(final boolean right) throws MalformedException {
        if (!right) {
            throw new MalformedException("it is not the JSON object that belongs there");
        }
    }

    String text(final String name) throws MalformedException {
        return optionalText(name).orElseThrow(() -> new MalformedException("it has no text '" + name + "'"));
    }

    Optional<String> optionalText(final String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    long number(final String name) throws MalformedException {
        if (values.get(name) instanceof Long number) {
            return number;
        }
        throw new MalformedException("it has no number '" + name + "'");
    }

    Instant instant(final String name) throws MalformedException {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw new MalformedException("its '" + name + "' is no instant");
        }
    }

    @SuppressWarnings("unchecked")
    Fields fields() throws MalformedException {
        if (values.get(FIELDS) instanceof Map<?, ?> fields) {
            try {
                return new Fields((Map<String, String>) fields);
            } catch (IllegalArgumentException e) {
                throw new MalformedException("its fields are not such as are written");
            }
        }
        throw new MalformedException("it has no fields");
    }
}
