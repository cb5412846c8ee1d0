package io.jenkins.plugins.azurestack.net.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Iterator;

/** Reads JSON that may be anything: bounded in depth and in the length of names and numbers, with fields in any case. */
public final class LenientJson {
    private static final int DEPTH = 100;
    private static final int NAME = 10_000;
    private static final int NUMBER = 100;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNameLength(NAME)
                    .maxNumberLength(NUMBER)
                    .build())
            .build());

    private LenientJson() {}

    /**
     * An object or array.
     *
     * @throws IOException if it is none; the message does not repeat what it is, since that may hold a secret
     */
    public static JsonNode parse(final byte[] body) throws IOException {
        try {
            final JsonNode root = MAPPER.readTree(body);
            if (root != null && root.isContainerNode()) {
                return root;
            }
        } catch (IOException e) {
            // What Jackson says may quote the text.
            throw new IOException("It can't be read as JSON");
        }
        throw new IOException("It is neither a JSON object nor an array");
    }

    /** A value by its field's name, exact before any case; a missing node if there is none. */
    public static JsonNode field(final JsonNode object, final String name) {
        if (object.has(name)) {
            return object.get(name);
        }
        final Iterator<String> names = object.fieldNames();
        while (names.hasNext()) {
            final String other = names.next();
            if (other.equalsIgnoreCase(name)) {
                return object.get(other);
            }
        }
        return MAPPER.missingNode();
    }

    /** A value by the way to it. */
    public static JsonNode at(final JsonNode object, final String... names) {
        JsonNode node = object;
        for (final String name : names) {
            node = field(node, name);
        }
        return node;
    }
}
