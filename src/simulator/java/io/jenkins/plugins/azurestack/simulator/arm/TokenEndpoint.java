package io.jenkins.plugins.azurestack.simulator.arm;

import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Issues tokens for Resource Manager to those who prove who they are (facts 6.2). Thread-safe. */
final class TokenEndpoint implements Entrance.Service {
    private final Authority authority;
    private final ServicePrincipals principals;
    private final AccessTokens tokens;
    private final String audience;
    private final Identity identity;

    /** @param audience the one resource that there are tokens for */
    TokenEndpoint(
            final Authority authority,
            final ServicePrincipals principals,
            final AccessTokens tokens,
            final String audience,
            final Identity identity) {
        this.authority = authority;
        this.principals = principals;
        this.tokens = tokens;
        this.audience = audience;
        this.identity = identity;
    }

    @Override
    public HttpAnswer answer(final HttpRequest request, final Visit visit) {
        final String path = request.path();
        if (authority.isConfigurationPath(path)) {
            return request.method().equals("GET") ? configuration() : HttpAnswer.of(405);
        }
        if (!authority.isTokenPath(path)) {
            return authority.unknownPath(path, visit.now());
        }
        return request.method().equals("POST") ? token(request.form(), visit) : HttpAnswer.of(405);
    }

    private HttpAnswer configuration() {
        return Json.ok(Json.object()
                .put("issuer", authority.issuer())
                .put("token_endpoint", authority.tokenUrl())
                .put("access_token_issuer", authority.issuer()));
    }

    private HttpAnswer token(final Map<String, String> form, final Visit visit) {
        final Instant now = visit.now();
        visit.note("grant_type", form.getOrDefault("grant_type", ""));
        visit.note("resource", form.getOrDefault("resource", ""));
        visit.note("proof", form.containsKey("client_assertion") ? "certificate" : "secret");
        final Optional<String> missing = Stream.of("grant_type", "client_id")
                .filter(name -> form.getOrDefault(name, "").isEmpty())
                .findFirst();
        if (missing.isPresent()) {
            return authority.missing(missing.get(), now);
        }
        if (!form.get("grant_type").equals("client_credentials")) {
            return authority.unsupportedGrant(form.get("grant_type"), now);
        }
        final ClientProof proof =
                ClientProof.of(form, principals, Set.of(authority.tokenUrl(), authority.issuer()), now);
        if (proof.principal().isEmpty()) {
            visit.note("client_id", form.get("client_id"));
            visit.refusedFor(proof.reason().name());
            return authority.refused(proof, now);
        }
        visit.provedBy(proof.principal().get().clientId());
        final String resource = form.getOrDefault("resource", "");
        if (resource.isEmpty()) {
            return authority.missing("resource", now);
        }
        if (!resource.equals(audience)) {
            return authority.unknownResource(resource, now);
        }
        return issued(proof.principal().get(), now);
    }

    private HttpAnswer issued(final ServicePrincipal principal, final Instant now) {
        final Instant until = now.plus(AccessTokens.LIFE);
        final String token = tokens.issue(
                new AccessTokens.Claims(audience, authority.issuer(), principal.clientId(), now, until),
                principal.objectId(),
                identity.tenant());
        return authority.granted(token, audience, now, until);
    }
}
