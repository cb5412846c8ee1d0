package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Microsoft Entra ID: one path a tenant, errors that begin with AADSTS and a number, numbers of seconds as strings.
 * Source of numbers and texts: its public error reference and what its clients report.
 */
final class EntraId implements Authority {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final int UNAUTHORIZED = 401;
    private static final int BAD_REQUEST = 400;

    private final String url;
    private final String tenant;
    private final String tenantDomain;
    private final SecureRandom random;

    /** @param url with a slash at the end */
    EntraId(final String url, final String tenant, final String tenantDomain, final SecureRandom random) {
        this.url = url;
        this.tenant = tenant;
        this.tenantDomain = tenantDomain;
        this.random = random;
    }

    @Override
    public String tokenUrl() {
        return url + tenant + "/oauth2/token";
    }

    @Override
    public String issuer() {
        return "https://sts.windows.net/" + tenant + "/";
    }

    @Override
    public boolean isTokenPath(final String path) {
        return ours(path, "/oauth2/token");
    }

    @Override
    public boolean isConfigurationPath(final String path) {
        return ours(path, "/.well-known/openid-configuration");
    }

    private boolean ours(final String path, final String end) {
        return List.of("/" + tenant + end, "/" + tenantDomain + end).stream().anyMatch(path::equalsIgnoreCase);
    }

    @Override
    public HttpAnswer unknownPath(final String path, final Instant now) {
        final String[] segments = path.split("/");
        final String asked = segments.length > 1 ? segments[1] : "";
        if (asked.equalsIgnoreCase(tenant) || asked.equalsIgnoreCase(tenantDomain)) {
            return HttpAnswer.of(404);
        }
        return error(
                BAD_REQUEST,
                "invalid_request",
                90002,
                "Tenant '" + asked + "' not found. Check to make sure you have the correct tenant ID and are signing"
                        + " into the correct cloud.",
                now);
    }

    @Override
    public HttpAnswer missing(final String parameter, final Instant now) {
        return error(
                BAD_REQUEST,
                "invalid_request",
                900144,
                "The request body must contain the following parameter: '" + parameter + "'.",
                now);
    }

    @Override
    public HttpAnswer unsupportedGrant(final String grant, final Instant now) {
        return error(
                BAD_REQUEST,
                "unsupported_grant_type",
                70003,
                "The app requested an unsupported grant type '" + grant + "'.",
                now);
    }

    @Override
    public HttpAnswer unknownResource(final String resource, final Instant now) {
        return error(
                BAD_REQUEST,
                "invalid_resource",
                500011,
                "The resource principal named " + resource + " was not found in the tenant named " + tenantDomain + ".",
                now);
    }

    @Override
    public HttpAnswer refused(final ClientProof proof, final Instant now) {
        final String detail = proof.detail();
        return switch (proof.reason()) {
            case UNKNOWN_CLIENT ->
                error(
                        BAD_REQUEST,
                        "unauthorized_client",
                        700016,
                        "Application with identifier '" + detail + "' was not found in the directory '" + tenantDomain
                                + "'.",
                        now);
            case NO_CREDENTIAL ->
                invalidClient(
                        7000218,
                        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
                        now);
            case WRONG_SECRET ->
                invalidClient(7000215, "Invalid client secret provided for app '" + detail + "'.", now);
            case WRONG_ASSERTION_TYPE ->
                error(
                        BAD_REQUEST,
                        "invalid_request",
                        50160,
                        "Only the value '" + ClientProof.ASSERTION_TYPE + "' is supported for 'client_assertion_type'.",
                        now);
            case NO_JWT -> invalidClient(50027, "JWT token is invalid or malformed.", now);
            case OTHER_CLIENT ->
                invalidClient(
                        700021, "Client assertion application identifier doesn't match 'client_id' parameter.", now);
            case WRONG_AUDIENCE ->
                invalidClient(700023, "Client assertion audience claim does not match Realm issuer.", now);
            case NOT_IN_TIME ->
                invalidClient(700024, "Client assertion is not within its valid time range. " + detail, now);
            case UNKNOWN_KEY -> badSignature("The key was not found.", detail, now);
            case WRONG_SIGNATURE ->
                badSignature("Key was found, but use of the key to verify the signature failed.", detail, now);
            case KEY_EXPIRED -> badSignature("The key used is expired.", detail, now);
            case PROVED -> throw new IllegalStateException("A client that is proved is not refused");
        };
    }

    private HttpAnswer badSignature(final String reason, final String key, final Instant now) {
        return invalidClient(
                700027,
                "Client assertion contains an invalid signature. [Reason - " + reason
                        + ", Thumbprint of key used by client: '" + key + "']",
                now);
    }

    private HttpAnswer invalidClient(final int number, final String text, final Instant now) {
        return error(UNAUTHORIZED, "invalid_client", number, text, now);
    }

    private HttpAnswer error(
            final int status, final String error, final int number, final String text, final Instant now) {
        final String time = TIME.format(now);
        final String trace = Identifiers.random(random).toString();
        final String correlation = Identifiers.random(random).toString();
        final ObjectNode body = Json.object()
                .put("error", error)
                .put(
                        "error_description",
                        "AADSTS" + number + ": " + text + "\r\nTrace ID: " + trace + "\r\nCorrelation ID: "
                                + correlation + "\r\nTimestamp: " + time);
        body.putArray("error_codes").add(number);
        body.put("timestamp", time).put("trace_id", trace).put("correlation_id", correlation);
        body.put("error_uri", url + "error?code=" + number);
        return Json.answer(status, body);
    }

    @Override
    public HttpAnswer granted(final String token, final String resource, final Instant from, final Instant until) {
        final String seconds = Long.toString(Duration.between(from, until).toSeconds());
        return Json.ok(Json.object()
                .put("token_type", "Bearer")
                .put("expires_in", seconds)
                .put("ext_expires_in", seconds)
                .put("expires_on", Long.toString(until.getEpochSecond()))
                .put("not_before", Long.toString(from.getEpochSecond()))
                .put("resource", resource)
                .put("access_token", token));
    }
}
