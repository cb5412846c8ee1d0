package io.jenkins.plugins.azurestack.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** What stands for an intent that is approved: the same for the same intent, another for any other. Stateless. */
public final class IntentHash {
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private IntentHash() {}

    /**
     * The canonical form: JSON with sorted names and no white space.
     *
     * @param intent of texts, numbers, truth values, lists and maps
     */
    public static String canonical(final Map<String, Object> intent) {
        try {
            return JSON.writeValueAsString(intent);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts, numbers, lists and maps have a JSON form", e);
        }
    }

    /** SHA-256 of a canonical form in UTF-8, in lower-case hexadecimal. */
    public static String of(final String canonical) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
