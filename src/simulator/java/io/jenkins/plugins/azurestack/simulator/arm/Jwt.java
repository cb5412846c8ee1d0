package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;

/**
 * A JSON Web Token in its compact form (RFC 7515 7.1), not yet believed.
 *
 * @param header says how it is signed
 * @param payload the claims
 * @param signed what the signature is over
 * @param signature not copied
 */
record Jwt(JsonNode header, JsonNode payload, String signed, byte[] signature) {
    private static final int PARTS = 3;

    /** Empty if it is no such token. */
    static Optional<Jwt> parse(final String text) {
        final String[] parts = text.split("[.]", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            final JsonNode header = Json.MAPPER.readTree(decode(parts[0]));
            final JsonNode payload = Json.MAPPER.readTree(decode(parts[1]));
            return header.isObject() && payload.isObject()
                    ? Optional.of(new Jwt(header, payload, parts[0] + "." + parts[1], decode(parts[2])))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether RS256 with this key made the signature. */
    boolean isSignedBy(final PublicKey key) {
        try {
            final Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(key);
            check.update(signed.getBytes(StandardCharsets.US_ASCII));
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            // A key of another kind, or a signature of another length: not signed by it.
            return false;
        }
    }

    static String encode(final byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] utf8(final JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] decode(final String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    /** Nothing of it: whoever holds a token has what it opens. */
    @Override
    public String toString() {
        return "JWT";
    }
}
