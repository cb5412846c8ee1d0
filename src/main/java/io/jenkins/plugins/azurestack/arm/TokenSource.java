package io.jenkins.plugins.azurestack.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.azurestack.net.http.Https;
import io.jenkins.plugins.azurestack.net.http.Reply;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gets tokens for Resource Manager from the authority that it names, and keeps one while it lives. Thread-safe. */
final class TokenSource implements AutoCloseable {
    /** A token with less than this left is not used any more. */
    private static final Duration MARGIN = Duration.ofMinutes(2);
    /** What an authority that says nothing gives. */
    private static final Duration USUAL_LIFE = Duration.ofMinutes(10);

    private static final Pattern AUTHORIZATION_URI =
            Pattern.compile("authorization_uri=\"?[^\",\\s]*/([^\",/\\s]+)/?[\",\\s]");
    /** A signed JWT in its compact form. */
    private static final Pattern SIGNED = Pattern.compile("[\\w-]{16,}[.][\\w-]{16,}[.][\\w-]{16,}");

    private static final String MASK = "********";
    private static final int UNAUTHORIZED = 401;
    private static final int OK = 200;

    private final URI base;
    private final Reads reads;
    private final OperatorCredentials credentials;
    private final Clock clock;
    private final SecureRandom random;
    private Authority authority;
    private String tenant;
    private char[] token = new char[0];
    private Instant until = Instant.MIN;

    /** @param base of Resource Manager, with a slash at the end */
    TokenSource(
            final URI base,
            final Reads reads,
            final OperatorCredentials credentials,
            final Clock clock,
            final SecureRandom random) {
        this.base = base;
        this.reads = reads;
        this.credentials = credentials;
        this.clock = clock;
        this.random = random;
        this.tenant = credentials.tenant().orElse("");
    }

    /** The value of the Authorization header: a String because HTTP's are; not to be kept. */
    synchronized String authorization() throws ResourceManagerException, InterruptedException {
        if (token.length == 0 || clock.instant().plus(MARGIN).isAfter(until)) {
            renew();
        }
        return "Bearer " + new String(token);
    }

    /** Drops a token that Resource Manager does not take. */
    synchronized void forget() {
        Arrays.fill(token, '\0');
        token = new char[0];
        until = Instant.MIN;
    }

    /** A text of somebody else's without what was sent to him: the token, the secret, and any signed assertion. */
    synchronized String masked(final String text) {
        String masked = SIGNED.matcher(text).replaceAll(MASK);
        if (token.length > 0) {
            masked = masked.replace(new String(token), MASK);
        }
        if (credentials instanceof ClientSecret secret) {
            masked = secret.masked(masked, MASK);
        }
        return masked;
    }

    @Override
    public synchronized void close() {
        forget();
    }

    private void renew() throws ResourceManagerException, InterruptedException {
        forget();
        if (authority == null) {
            authority = discover();
        }
        if (tenant.isEmpty() && !authority.isAdfs()) {
            tenant = challengedTenant();
        }
        final URI url = authority.tokenUrl(tenant);
        try (Form form = form(url.toString())) {
            final byte[] body = form.bytes();
            try {
                take(reads.send(new Https.Request("POST", url, Map.of(), Optional.of(Https.Content.form(body)))), url);
            } finally {
                Arrays.fill(body, (byte) 0);
            }
        }
    }

    private Authority discover() throws ResourceManagerException, InterruptedException {
        final URI url = base.resolve("metadata/endpoints?api-version=2015-01-01");
        final Reply reply = reads.send(Https.Request.get(url, Map.of()));
        try {
            if (reply.status() == OK) {
                final Optional<Authority> found = Authority.of(Json.parse(reply.body()));
                if (found.isPresent()) {
                    return found.get();
                }
            }
        } catch (IOException e) {
            throw noMetadata(reply, e);
        }
        throw noMetadata(reply, null);
    }

    private UnexpectedAnswerException noMetadata(final Reply reply, final IOException cause) {
        return new UnexpectedAnswerException(
                base.getHost() + " does not say where tokens come from (HTTP " + reply.status()
                        + "). No secret was sent, and nothing was changed. Check that the admin Resource Manager of the"
                        + " stamp answers behind that name.",
                cause);
    }

    /** The tenant that Resource Manager's own challenge names. */
    private String challengedTenant() throws ResourceManagerException, InterruptedException {
        final Reply reply =
                reads.send(Https.Request.get(base.resolve("subscriptions?api-version=2016-05-01"), Map.of()));
        final Matcher matcher =
                AUTHORIZATION_URI.matcher(reply.header("WWW-Authenticate").orElse("") + " ");
        if (reply.status() == UNAUTHORIZED && matcher.find() && matcher.group(1).matches("[A-Za-z0-9.-]+")) {
            return matcher.group(1);
        }
        throw new UnexpectedAnswerException(
                base.getHost() + " does not say which directory it belongs to. No secret was sent, and nothing was"
                        + " changed. Name the directory tenant with the service principal's credential.",
                null);
    }

    private Form form(final String audienceOfProof) throws SignInRefusedException {
        final Form form = new Form()
                .add("grant_type", "client_credentials")
                .add("client_id", credentials.clientId())
                .add("resource", authority.audience());
        if (credentials instanceof ClientSecret secret) {
            return form.add("client_secret", secret.secret());
        }
        try {
            return form.add("client_assertion_type", Assertion.TYPE)
                    .add(
                            "client_assertion",
                            Assertion.of((ClientCertificate) credentials, audienceOfProof, clock.instant(), random));
        } catch (GeneralSecurityException e) {
            final SignInRefusedException unusable = new SignInRefusedException(
                    "The key of service principal " + credentials.clientId() + " can't sign with RSA. Nothing was sent,"
                            + " and nothing was changed. Give the service principal a certificate with an RSA key.",
                    "");
            unusable.initCause(e);
            throw unusable;
        }
    }

    private void take(final Reply reply, final URI url) throws ResourceManagerException {
        final JsonNode answer;
        try {
            answer = Json.parse(reply.body());
        } catch (IOException e) {
            throw new UnexpectedAnswerException(
                    "The authority at " + url.getHost() + " does not answer in JSON (HTTP " + reply.status() + "): "
                            + e.getMessage() + ". Nothing was changed. Check what answers behind that name.",
                    e);
        } finally {
            Arrays.fill(reply.body(), (byte) 0);
        }
        final JsonNode issued = Json.field(answer, "access_token");
        if (reply.status() != OK || !issued.isTextual() || issued.asText().isEmpty()) {
            throw refused(answer, reply.status(), url);
        }
        token = issued.asText().toCharArray();
        until = clock.instant().plus(life(Json.text(answer, "expires_in")));
    }

    private static Duration life(final String seconds) {
        return seconds.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : USUAL_LIFE;
    }

    private SignInRefusedException refused(final JsonNode answer, final int status, final URI url) {
        final String code = masked(Json.text(answer, "error"));
        final String description = Json.text(answer, "error_description");
        return new SignInRefusedException(
                "The authority at " + url.getHost() + " gives service principal " + credentials.clientId()
                        + " no token (HTTP " + status + ", " + (code.isEmpty() ? "without a reason" : code) + "): "
                        + Text.printable(masked(description))
                        + ". It was asked once, and nothing was changed. Check the service principal's id, its secret or"
                        + " certificate and their end, and the clock of this machine.",
                code);
    }
}
