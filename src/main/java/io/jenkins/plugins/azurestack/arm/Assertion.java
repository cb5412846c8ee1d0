package io.jenkins.plugins.azurestack.arm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A client's word, signed with the key of its certificate, that it is who it says (RFC 7523 2.2; header x5t as Entra ID
 * and AD FS find the certificate by).
 */
final class Assertion {
    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int ID_BITS = 128;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Assertion() {}

    /**
     * @param audience the URL that it will be sent to
     * @throws GeneralSecurityException if the key does not sign with RSA
     */
    static String of(
            final ClientCertificate client, final String audience, final Instant now, final SecureRandom random)
            throws GeneralSecurityException {
        final Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "RS256");
        header.put("typ", "JWT");
        header.put(
                "x5t",
                encode(MessageDigest.getInstance("SHA-1")
                        .digest(client.certificate().getEncoded())));
        final Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", audience);
        claims.put("iss", client.clientId());
        claims.put("sub", client.clientId());
        claims.put("jti", new BigInteger(ID_BITS, random).toString(Character.MAX_RADIX));
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plus(LIFE).getEpochSecond());
        final String signed = encode(json(header)) + "." + encode(json(claims));
        final Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(client.key(), random);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + encode(signature.sign());
    }

    private static byte[] json(final Map<String, Object> fields) {
        try {
            return MAPPER.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers can be written as JSON", e);
        }
    }

    private static String encode(final byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
