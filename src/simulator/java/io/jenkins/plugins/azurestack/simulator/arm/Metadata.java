package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;

/**
 * What Resource Manager tells everybody: where its authority is and whom tokens are for (facts 6.1). An object to clients
 * that ask as in 2015, an array of one to later ones.
 *
 * @param site whose
 * @param adfs whether the authority is the stamp's own
 * @param loginUrl where the authority is
 * @param audience whom tokens are for
 */
record Metadata(Site site, boolean adfs, String loginUrl, String audience) {
    private static final String OBJECT_FORM = "2015-01-01";

    HttpAnswer answer(final HttpRequest request) throws RefusedException {
        final String version = Provider.requireVersion(request);
        final String domain = site.world().stamp().domain();
        final String graph = adfs ? "https://graph." + domain + "/" : "https://graph.windows.net/";
        if (version.equals(OBJECT_FORM) || version.equals("1.0")) {
            final ObjectNode endpoints = Json.object()
                    .put("galleryEndpoint", "https://adminportal." + domain + ":30015/")
                    .put("graphEndpoint", graph)
                    .put("portalEndpoint", "https://adminportal." + domain + "/");
            endpoints
                    .putObject("authentication")
                    .put("loginEndpoint", loginUrl)
                    .putArray("audiences")
                    .add(audience);
            return Json.ok(endpoints);
        }
        if (!version.matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}.*") || version.compareTo(OBJECT_FORM) < 0) {
            throw new RefusedException(
                    400, "InvalidApiVersionParameter", "The api-version '" + version + "' is invalid.");
        }
        final ArrayNode environments = Json.MAPPER.createArrayNode();
        final ObjectNode environment = environments
                .addObject()
                .put("portal", "https://adminportal." + domain + "/")
                .put("gallery", "https://adminportal." + domain + ":30015/")
                .put("graph", graph)
                .put("graphAudience", graph)
                .put("resourceManager", site.url() + "/")
                .put("name", "AzureStack-Admin-" + site.ids().of(Identifiers.Name.CLOUD));
        environment
                .putObject("authentication")
                .put("loginEndpoint", loginUrl)
                .put("tenant", adfs ? "adfs" : "common")
                .put("identityProvider", adfs ? "ADFS" : "AAD")
                .putArray("audiences")
                .add(audience);
        environment.putObject("suffixes").put("storage", domain).put("keyVaultDns", "adminvault." + domain);
        return Json.ok(environments);
    }
}
