package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a client that asks for a token is who it says (RFC 6749 4.4 with a secret, RFC 7523 2.2 with a certificate).
 *
 * @param principal who it is, if proved
 * @param reason why it is not proved
 * @param detail what the reason is about, for an error's text; holds no secret
 */
record ClientProof(Optional<ServicePrincipal> principal, Reason reason, String detail) {
    static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final Duration LENIENCE = Duration.ofMinutes(5);

    /** Why a client is not believed. */
    enum Reason {
        PROVED,
        UNKNOWN_CLIENT,
        NO_CREDENTIAL,
        WRONG_SECRET,
        WRONG_ASSERTION_TYPE,
        NO_JWT,
        OTHER_CLIENT,
        WRONG_AUDIENCE,
        NOT_IN_TIME,
        UNKNOWN_KEY,
        WRONG_SIGNATURE,
        KEY_EXPIRED
    }

    private static ClientProof failed(final Reason reason, final String detail) {
        return new ClientProof(Optional.empty(), reason, detail);
    }

    /**
     * Looks at a request for a token.
     *
     * @param audiences what an assertion may be made out to
     * @param now what time the endpoint thinks it is
     */
    static ClientProof of(
            final Map<String, String> form,
            final ServicePrincipals principals,
            final Set<String> audiences,
            final Instant now) {
        final String clientId = form.getOrDefault("client_id", "");
        final Optional<ServicePrincipal> known = principals.find(clientId);
        if (known.isEmpty()) {
            return failed(Reason.UNKNOWN_CLIENT, clientId);
        }
        final ServicePrincipal principal = known.get();
        if (form.containsKey("client_assertion")) {
            return form.getOrDefault("client_assertion_type", "").equals(ASSERTION_TYPE)
                    ? asserted(form.get("client_assertion"), principal, audiences, now)
                    : failed(Reason.WRONG_ASSERTION_TYPE, form.getOrDefault("client_assertion_type", ""));
        }
        if (!form.containsKey("client_secret")) {
            return failed(Reason.NO_CREDENTIAL, clientId);
        }
        final byte[] given = form.get("client_secret").getBytes(StandardCharsets.UTF_8);
        final boolean same = principal
                .secret()
                .filter(secret -> MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), given))
                .isPresent();
        return same
                ? new ClientProof(known, Reason.PROVED, clientId)
                : failed(Reason.WRONG_SECRET, principal.clientId());
    }

    private static ClientProof asserted(
            final String assertion, final ServicePrincipal principal, final Set<String> audiences, final Instant now) {
        final Optional<Jwt> jwt = Jwt.parse(assertion)
                .filter(parsed -> "RS256".equals(parsed.header().path("alg").asText()));
        if (jwt.isEmpty()) {
            return failed(Reason.NO_JWT, "");
        }
        final String hash = jwt.get().header().path("x5t").asText();
        final Optional<X509Certificate> certificate = principal.certificates().stream()
                .filter(registered -> Jwt.encode(thumbprint(registered)).equals(hash))
                .findFirst();
        if (certificate.isEmpty()) {
            return failed(Reason.UNKNOWN_KEY, hash);
        }
        final String thumbprint = HexFormat.of().withUpperCase().formatHex(thumbprint(certificate.get()));
        if (!jwt.get().isSignedBy(certificate.get().getPublicKey())) {
            return failed(Reason.WRONG_SIGNATURE, thumbprint);
        }
        if (now.isAfter(certificate.get().getNotAfter().toInstant())) {
            return failed(Reason.KEY_EXPIRED, thumbprint);
        }
        return claimed(jwt.get().payload(), principal, audiences, now);
    }

    private static ClientProof claimed(
            final JsonNode claims, final ServicePrincipal principal, final Set<String> audiences, final Instant now) {
        final String issuer = claims.path("iss").asText();
        if (!issuer.equalsIgnoreCase(principal.clientId())
                || !issuer.equals(claims.path("sub").asText())) {
            return failed(Reason.OTHER_CLIENT, issuer);
        }
        if (!audiences.contains(claims.path("aud").asText())) {
            return failed(Reason.WRONG_AUDIENCE, claims.path("aud").asText());
        }
        final Instant from = Instant.ofEpochSecond(claims.path("nbf").asLong());
        final Instant until = Instant.ofEpochSecond(claims.path("exp").asLong());
        if (now.plus(LENIENCE).isBefore(from) || now.minus(LENIENCE).isAfter(until)) {
            return failed(
                    Reason.NOT_IN_TIME,
                    "Current time: " + Json.time(now) + ", assertion valid from " + Json.time(from)
                            + ", expiry time of assertion " + Json.time(until) + ".");
        }
        return new ClientProof(Optional.of(principal), Reason.PROVED, principal.clientId());
    }

    private static byte[] thumbprint(final X509Certificate certificate) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read has an encoding, and Java 17 SHA-1", e);
        }
    }
}
