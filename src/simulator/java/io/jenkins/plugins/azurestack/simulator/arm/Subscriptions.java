package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;
import java.util.List;

/**
 * The subscriptions of the stamp's administration (facts 6.1).
 *
 * @param site whose
 */
record Subscriptions(Site site) {
    private static final List<String> VERSIONS = List.of("2015-01-01", "2015-11-01", "2016-05-01", "2016-06-01");

    /** All, or one by its id, as far as the caller may see them. */
    HttpAnswer answer(final HttpRequest request, final List<String> path, final ServicePrincipal.Role role)
            throws RefusedException {
        requireVersion(request);
        final List<ObjectNode> seen = role == ServicePrincipal.Role.NONE ? List.of() : all();
        if (path.size() == 1) {
            return Json.ok(Json.list(seen));
        }
        return seen.stream()
                .filter(one -> one.path("subscriptionId").asText().equalsIgnoreCase(path.get(1)))
                .findFirst()
                .map(Json::ok)
                .orElseThrow(() -> new RefusedException(
                        404, "SubscriptionNotFound", "The subscription '" + path.get(1) + "' could not be found."));
    }

    private List<ObjectNode> all() {
        return List.of(
                subscription("Metering Subscription", Identifiers.Name.METERING_SUBSCRIPTION),
                subscription("Default Provider Subscription", Identifiers.Name.PROVIDER_SUBSCRIPTION),
                subscription("Consumption Subscription", Identifiers.Name.CONSUMPTION_SUBSCRIPTION));
    }

    private ObjectNode subscription(final String name, final Identifiers.Name id) {
        final String value = site.ids().of(id);
        final ObjectNode subscription = Json.object()
                .put("id", "/subscriptions/" + value)
                .put("subscriptionId", value)
                .put("tenantId", site.world().identity().tenant())
                .put("displayName", name)
                .put("state", "Enabled");
        subscription
                .putObject("subscriptionPolicies")
                .put("locationPlacementId", "Internal_2014-09-01")
                .put("quotaId", "Internal_2014-09-01");
        return subscription;
    }

    private static void requireVersion(final HttpRequest request) throws RefusedException {
        final String version = Provider.requireVersion(request);
        if (!VERSIONS.contains(version)) {
            throw new RefusedException(
                    400,
                    "InvalidApiVersionParameter",
                    "The api-version '" + version + "' is invalid. The supported versions are '"
                            + String.join(",", VERSIONS) + "'.");
        }
    }

    /** @throws RefusedException unless it is the one that the providers live in */
    void require(final String id) throws RefusedException {
        if (all().stream().noneMatch(one -> one.path("subscriptionId").asText().equalsIgnoreCase(id))) {
            throw new RefusedException(
                    404, "SubscriptionNotFound", "The subscription '" + id + "' could not be found.");
        }
        if (!id.equalsIgnoreCase(site.subscription())) {
            throw new RefusedException(
                    409,
                    "MissingSubscriptionRegistration",
                    "The subscription is not registered to use the providers of the stamp's administration.");
        }
    }
}
