package io.jenkins.plugins.azurestack.simulator.arm;

import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Faults;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a call brings a token that is good now, and how Resource Manager challenges one that does not.
 *
 * @param tokens recognises them
 * @param faults may call one expired
 * @param issuer who must have issued it
 * @param audience whom it must be for
 * @param directory where the challenge sends the client
 */
record TokenCheck(AccessTokens tokens, Faults faults, String issuer, String audience, String directory) {
    private static final String SCHEME = "Bearer ";
    private static final Duration LENIENCE = Duration.ofMinutes(5);
    private static final DateTimeFormatter US_TIME =
            DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);

    /** What to answer to a call that brings no token which is good now. */
    Optional<HttpAnswer> challenge(final HttpRequest request, final Visit visit) {
        final String header = request.header("Authorization").orElse("");
        if (header.isEmpty()) {
            return Optional.of(unauthorized(
                    visit,
                    "AuthenticationFailed",
                    "Authentication failed. The 'Authorization' header is missing.",
                    "The authentication failed because of missing 'Authorization' header."));
        }
        final Optional<AccessTokens.Claims> claims = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? tokens.read(header.substring(SCHEME.length()).trim())
                : Optional.empty();
        if (claims.isEmpty()) {
            return Optional.of(unauthorized(
                    visit,
                    "InvalidAuthenticationToken",
                    "The access token is invalid.",
                    "Could not find identity for access token."));
        }
        return judged(claims.get(), visit);
    }

    private Optional<HttpAnswer> judged(final AccessTokens.Claims claims, final Visit visit) {
        final Instant now = visit.now();
        visit.provedBy(claims.clientId());
        final boolean struck = faults.strikes(Fault.TOKEN_EXPIRED, visit.occasion());
        if (struck || !now.isBefore(claims.expires())) {
            final String text = "The access token expiry UTC time '"
                    + US_TIME.format(struck ? now : claims.expires())
                    + "' is earlier than current UTC time '" + US_TIME.format(now) + "'.";
            return Optional.of(
                    unauthorized(visit, "ExpiredAuthenticationToken", text, "The access token has expired."));
        }
        if (now.plus(LENIENCE).isBefore(claims.notBefore())) {
            return Optional.of(unauthorized(
                    visit,
                    "InvalidAuthenticationToken",
                    "The access token is not yet valid.",
                    "The access token is not yet valid."));
        }
        if (!claims.audience().equals(audience) || !claims.issuer().equals(issuer)) {
            return Optional.of(unauthorized(
                    visit,
                    "InvalidAuthenticationTokenAudience",
                    "The access token has been obtained for wrong audience or resource '" + claims.audience()
                            + "'. It should exactly match with one of the allowed audiences '" + audience + "'.",
                    "The access token has been obtained from wrong audience or resource."));
        }
        return Optional.empty();
    }

    private HttpAnswer unauthorized(
            final Visit visit, final String code, final String message, final String description) {
        visit.refusedFor(code);
        return new RefusedException(401, code, message)
                .answer()
                .with(
                        "WWW-Authenticate",
                        "Bearer authorization_uri=\"" + directory + "\", error=\"invalid_token\", error_description=\""
                                + description + "\"");
    }
}
