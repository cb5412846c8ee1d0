package io.jenkins.plugins.azurestack.arm;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Who issues tokens for a Resource Manager, as its {@code metadata/endpoints} say: in an object to clients that ask as
 * in 2015, in an array of such to later ones. Either is understood.
 *
 * @param loginEndpoint the authority's base, without a slash at the end
 * @param audience whom the tokens are for
 */
record Authority(String loginEndpoint, String audience) {
    /**
     * Whether it is the stamp's own AD FS, which has no tenants in its paths.
     */
    boolean isAdfs() {
        return loginEndpoint.toLowerCase(Locale.ROOT).endsWith("/adfs");
    }

    /** @param tenant the directory's id; of no meaning to AD FS */
    URI tokenUrl(final String tenant) {
        return URI.create(isAdfs() ? loginEndpoint + "/oauth2/token" : loginEndpoint + "/" + tenant + "/oauth2/token");
    }

    /** Empty if the metadata name none, or one that is not reached by https. */
    static Optional<Authority> of(final JsonNode metadata) {
        final JsonNode environment = metadata.isArray() ? metadata.path(0) : metadata;
        final JsonNode authentication = Json.field(environment, "authentication");
        final JsonNode audiences = Json.field(authentication, "audiences");
        final String login = Json.text(authentication, "loginEndpoint").replaceFirst("/+$", "");
        final String audience = audiences.isArray() ? audiences.path(0).asText() : audiences.asText();
        return isHttps(login) && !audience.isBlank() ? Optional.of(new Authority(login, audience)) : Optional.empty();
    }

    private static boolean isHttps(final String url) {
        try {
            final URI uri = new URI(url);
            return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getQuery() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
