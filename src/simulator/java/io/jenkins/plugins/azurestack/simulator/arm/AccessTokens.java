package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Issues access tokens and recognises its own: JWTs with a key that outlives a restart. Who holds one can't look into it
 * anyway (RFC 6749 1.4), so that a message authentication code does where the real authorities sign. Thread-safe.
 */
final class AccessTokens {
    /** Entra ID's usual life of a token: an hour less the second in which it was made. */
    static final Duration LIFE = Duration.ofSeconds(3599);

    private static final String SECTION = "token-key";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    private final byte[] key;
    private final String keyId;

    /** Takes up the key that the store has, or makes one. */
    AccessTokens(final StateStore store, final SecureRandom random, final String keyId) throws IOException {
        this.keyId = keyId;
        final Optional<ObjectNode> kept = store.read(SECTION);
        if (kept.isPresent()) {
            key = kept.get().path("key").binaryValue();
        } else {
            key = new byte[BYTES];
            random.nextBytes(key);
            store.write(SECTION, Json.object().put("key", key));
        }
    }

    /**
     * What a token says.
     *
     * @param audience whom it is for
     * @param issuer who issued it
     * @param clientId whom it was issued to
     * @param notBefore when its life begins
     * @param expires when it ends
     */
    record Claims(String audience, String issuer, String clientId, Instant notBefore, Instant expires) {}

    String issue(final Claims claims, final String objectId, final String tenant) {
        final ObjectNode header =
                Json.object().put("typ", "JWT").put("alg", "HS256").put("kid", keyId);
        final ObjectNode payload = Json.object()
                .put("aud", claims.audience())
                .put("iss", claims.issuer())
                .put("iat", claims.notBefore().getEpochSecond())
                .put("nbf", claims.notBefore().getEpochSecond())
                .put("exp", claims.expires().getEpochSecond())
                .put("appid", claims.clientId())
                .put("oid", objectId)
                .put("sub", objectId)
                .put("tid", tenant)
                .put("ver", "1.0");
        final String signed = Jwt.encode(Jwt.utf8(header)) + "." + Jwt.encode(Jwt.utf8(payload));
        return signed + "." + Jwt.encode(code(signed));
    }

    private byte[] code(final String text) {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java 17 has " + ALGORITHM, e);
        }
    }

    /** What a token of ours says, whether or not it is still alive; empty if it is none of ours. */
    Optional<Claims> read(final String token) {
        return Jwt.parse(token)
                .filter(jwt -> MessageDigest.isEqual(code(jwt.signed()), jwt.signature()))
                .map(jwt -> claims(jwt.payload()));
    }

    private static Claims claims(final JsonNode payload) {
        return new Claims(
                payload.path("aud").asText(),
                payload.path("iss").asText(),
                payload.path("appid").asText(),
                Instant.ofEpochSecond(payload.path("nbf").asLong()),
                Instant.ofEpochSecond(payload.path("exp").asLong()));
    }
}
