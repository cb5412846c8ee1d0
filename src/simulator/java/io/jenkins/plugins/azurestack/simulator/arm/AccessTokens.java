package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Issues access tokens and recognises its own: signed JWTs, whose key outlives a restart. Thread-safe. */
final class AccessTokens {
    /** Entra ID's usual life of a token: an hour less the second in which it was made. */
    static final Duration LIFE = Duration.ofSeconds(3599);

    private static final String SECTION = "token-key";
    private static final int BITS = 2048;

    private final PrivateKey key;
    private final PublicKey known;
    private final String keyId;

    AccessTokens(final StateStore store, final SecureRandom random, final String keyId) throws IOException {
        this.keyId = keyId;
        try {
            final Optional<ObjectNode> kept = store.read(SECTION);
            if (kept.isPresent()) {
                final KeyFactory rsa = KeyFactory.getInstance("RSA");
                key = rsa.generatePrivate(
                        new PKCS8EncodedKeySpec(kept.get().path("private").binaryValue()));
                known = rsa.generatePublic(
                        new X509EncodedKeySpec(kept.get().path("public").binaryValue()));
            } else {
                final KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(BITS, random);
                final KeyPair pair = generator.generateKeyPair();
                key = pair.getPrivate();
                known = pair.getPublic();
                store.write(
                        SECTION, Json.object().put("private", key.getEncoded()).put("public", known.getEncoded()));
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("The kept signing key of access tokens is none", e);
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
                Json.object().put("typ", "JWT").put("alg", "RS256").put("kid", keyId);
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
        try {
            final Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Jwt.encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java 17 signs with RSA", e);
        }
    }

    /** What a token of ours says, whether or not it is still alive; empty if it is none of ours. */
    Optional<Claims> read(final String token) {
        return Jwt.parse(token)
                .filter(jwt -> "RS256".equals(jwt.header().path("alg").asText()) && jwt.isSignedBy(known))
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
