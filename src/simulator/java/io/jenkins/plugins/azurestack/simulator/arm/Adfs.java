package io.jenkins.plugins.azurestack.simulator.arm;

import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import java.time.Duration;
import java.time.Instant;

/**
 * The stamp's own AD FS: one path for all, errors that begin with MSIS and a number. Texts of MSIS9601, 9602 and 9622 as
 * clients of AD FS 2016 and later report them; whatever else is wrong with a client is MSIS9622 too.
 */
final class Adfs implements Authority {
    private static final int BAD_REQUEST = 400;

    private final String url;
    private final String tenant;

    /** @param url such as {@code https://adfs.east.azurestack.contoso.com/adfs} */
    Adfs(final String url, final String tenant) {
        this.url = url;
        this.tenant = tenant;
    }

    @Override
    public String tokenUrl() {
        return url + "/oauth2/token";
    }

    /** Ends with the tenant's id, from where clients take it. */
    @Override
    public String issuer() {
        return url + "/" + tenant;
    }

    @Override
    public boolean isTokenPath(final String path) {
        return path.equalsIgnoreCase("/adfs/oauth2/token") || path.equalsIgnoreCase("/adfs/oauth2/token/");
    }

    @Override
    public boolean isConfigurationPath(final String path) {
        return path.equalsIgnoreCase("/adfs/.well-known/openid-configuration");
    }

    @Override
    public HttpAnswer unknownPath(final String path, final Instant now) {
        return HttpAnswer.of(404);
    }

    @Override
    public HttpAnswer missing(final String parameter, final Instant now) {
        if (parameter.equals("resource")) {
            return error(
                    "invalid_resource",
                    "MSIS9601: The 'resource' parameter is missing in the request. Send the 'resource' parameter that"
                            + " contains the resource identifier's value.");
        }
        return error(
                "invalid_request",
                "MSIS9604: An error occurred. The authorization server was not able to fulfill the request.");
    }

    @Override
    public HttpAnswer unsupportedGrant(final String grant, final Instant now) {
        return error(
                "unsupported_grant_type",
                "MSIS9611: The authorization server does not support the requested 'grant_type'.");
    }

    @Override
    public HttpAnswer unknownResource(final String resource, final Instant now) {
        return error(
                "invalid_resource",
                "MSIS9602: The received 'resource' parameter is invalid. The authorization server can not find a"
                        + " registered resource with the specified identifier.");
    }

    @Override
    public HttpAnswer refused(final ClientProof proof, final Instant now) {
        return error(
                "invalid_client",
                "MSIS9622: Client authentication failed. Please verify the credential provided for client"
                        + " authentication is valid.");
    }

    private static HttpAnswer error(final String error, final String text) {
        return Json.answer(BAD_REQUEST, Json.object().put("error", error).put("error_description", text));
    }

    @Override
    public HttpAnswer granted(final String token, final String resource, final Instant from, final Instant until) {
        return Json.ok(Json.object()
                .put("access_token", token)
                .put("token_type", "Bearer")
                .put("expires_in", Long.toString(Duration.between(from, until).toSeconds()))
                .put("expires_on", Long.toString(until.getEpochSecond()))
                .put("not_before", Long.toString(from.getEpochSecond()))
                .put("resource", resource));
    }
}
