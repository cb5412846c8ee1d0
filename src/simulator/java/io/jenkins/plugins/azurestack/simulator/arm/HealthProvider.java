package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Microsoft.InfrastructureInsights.Admin: regions, services and alerts (facts 6.3). Thread-safe. */
final class HealthProvider {
    static final String VERSION = "2016-05-01";

    private static final String ALERT_TYPE = Site.HEALTH + "/regionHealths/alerts";
    private static final String REGION_TYPE = Site.HEALTH + "/regionHealths";
    /** How many alerts fit on a page; not known of the real thing. */
    private static final int PAGE = 25;

    private static final Duration REPAIR = Duration.ofMinutes(5);
    private static final String SKIP = "$skipToken";

    private final Site site;
    private final Alerts alerts;
    private final Supplier<List<Condition>> conditions;
    private final Operations operations;

    HealthProvider(
            final Site site,
            final Alerts alerts,
            final Supplier<List<Condition>> conditions,
            final Operations operations) {
        this.site = site;
        this.alerts = alerts;
        this.conditions = conditions;
        this.operations = operations;
    }

    Provider provider() {
        final String region = "regionHealths/{region}";
        return new Provider(Site.HEALTH, List.of(VERSION))
                .page("GET", "regionHealths", call -> Json.ok(Json.list(List.of(region()))))
                .page("GET", region, in(call -> Json.ok(region())))
                .page("GET", region + "/serviceHealths", in(call -> Json.ok(Json.list(services()))))
                .page("GET", region + "/alerts", in(this::list))
                .page("GET", region + "/alerts/{alert}", in(call -> Json.ok(resource(find(call)))))
                .page("PUT", region + "/alerts/{alert}", in(this::put))
                .page("POST", region + "/alerts/{alert}/repair", in(this::repair))
                .page("GET", region + "/healthServiceOperationResults/{operation}", in(this::result));
    }

    private Provider.Page in(final Provider.Page page) {
        return call -> {
            site.requireRegion(call.names().get("region"), REGION_TYPE);
            alerts.update(conditions.get(), site.world().time().now());
            return page.answer(call);
        };
    }

    private HttpAnswer list(final Provider.Call call) throws RefusedException {
        final Map<String, String> query = call.query();
        final String filter = query.getOrDefault("$filter", "");
        final String order = query.getOrDefault("$orderby", "");
        final Predicate<JsonNode> wanted = filter.isEmpty() ? alert -> true : ODataFilter.parse(filter);
        call.visit().note("filter", filter);
        List<ObjectNode> found =
                alerts.all().stream().map(this::resource).filter(wanted).toList();
        if (!order.isEmpty()) {
            found = found.stream().sorted(ODataOrder.parse(order)).toList();
        }
        final int from = skipped(query.getOrDefault("$skiptoken", "0"));
        final int until = Math.min(found.size(), from + PAGE);
        final ObjectNode page = Json.list(from < until ? found.subList(from, until) : List.of());
        if (until < found.size()) {
            page.put("nextLink", next(filter, order, until));
        }
        return Json.ok(page);
    }

    private static int skipped(final String token) throws RefusedException {
        if (!token.matches("[0-9]{1,9}")) {
            throw RefusedException.badRequest("The skip token '" + token + "' is not valid.");
        }
        return Integer.parseInt(token);
    }

    private String next(final String filter, final String order, final int skip) {
        final Map<String, String> query = new LinkedHashMap<>();
        query.put("api-version", VERSION);
        query.put("$filter", filter);
        query.put("$orderby", order);
        query.put(SKIP, Integer.toString(skip));
        query.values().removeIf(String::isEmpty);
        return site.url() + site.id(Site.HEALTH, "regionHealths/" + site.region() + "/alerts") + "?"
                + query.entrySet().stream()
                        .map(entry ->
                                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    private ObjectNode find(final Provider.Call call) throws RefusedException {
        final String id = call.names().get("alert");
        return alerts.find(id).orElseThrow(() -> RefusedException.notFound(ALERT_TYPE, id, site.group()));
    }

    /** Only the state can be changed, and only to closed. */
    private HttpAnswer put(final Provider.Call call) throws RefusedException {
        final String id = find(call).path("alertId").asText();
        final JsonNode body = body(call);
        final String state = body.path("properties").path("state").asText();
        if (!state.matches("(?i)active|closed")) {
            throw RefusedException.badRequest(
                    "The request content was invalid: an alert has the state 'Active' or 'Closed'.");
        }
        if (state.equalsIgnoreCase("closed")) {
            alerts.close(
                    id,
                    call.query().getOrDefault("user", ""),
                    site.world().time().now());
        }
        return Json.ok(resource(find(call)));
    }

    static JsonNode body(final Provider.Call call) throws RefusedException {
        try {
            final JsonNode body = Json.MAPPER.readTree(call.request().body());
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (java.io.IOException e) {
            // Answered the same as another kind of JSON.
        }
        throw new RefusedException(
                400, "InvalidRequestContent", "The request content was invalid and could not be deserialized.");
    }

    private HttpAnswer repair(final Provider.Call call) throws RefusedException {
        find(call);
        return operations.begin(
                site.url() + site.id(Site.HEALTH, "regionHealths/" + site.region() + "/healthServiceOperationResults"),
                VERSION,
                REPAIR);
    }

    private HttpAnswer result(final Provider.Call call) throws RefusedException {
        final String id = call.names().get("operation");
        try {
            UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(500, "InternalServerError", "'" + id + "' is not a GUID.");
        }
        return operations
                .result(id, site.url() + call.request().target())
                .orElseThrow(() ->
                        RefusedException.notFound(REGION_TYPE + "/healthServiceOperationResults", id, site.group()));
    }

    private ObjectNode resource(final ObjectNode properties) {
        final String id = properties.path("alertId").asText();
        final ObjectNode resource = Json.object()
                .put("id", site.id(Site.HEALTH, "regionHealths/" + site.region() + "/alerts/" + id))
                .put("name", site.region() + "/" + id)
                .put("type", ALERT_TYPE)
                .put("location", site.region());
        resource.putObject("tags");
        resource.set("properties", properties);
        return resource;
    }

    private ObjectNode summary(final Predicate<ObjectNode> which) {
        final List<ObjectNode> active = alerts.all().stream()
                .filter(alert -> alert.path("state").asText().equals("Active"))
                .filter(which)
                .toList();
        final long critical = active.stream()
                .filter(alert -> alert.path("severity").asText().equals(Condition.CRITICAL))
                .count();
        return Json.object().put("criticalAlertCount", critical).put("warningAlertCount", active.size() - critical);
    }

    private ObjectNode region() {
        final ObjectNode resource = Json.object()
                .put("id", site.id(Site.HEALTH, "regionHealths/" + site.region()))
                .put("name", site.region())
                .put("type", REGION_TYPE)
                .put("location", site.region());
        resource.putObject("tags");
        final ObjectNode properties = resource.putObject("properties");
        properties.set("alertSummary", summary(alert -> true));
        properties.putArray("usageMetrics");
        return resource;
    }

    private List<ObjectNode> services() {
        final List<ObjectNode> services = new ArrayList<>();
        services.add(service("Capacity", Site.FABRIC, Identifiers.Name.FABRIC_REGISTRATION));
        services.add(service("Updates", Site.UPDATE, Identifiers.Name.UPDATE_REGISTRATION));
        services.add(service("Infrastructure backup", Site.BACKUP, Identifiers.Name.BACKUP_REGISTRATION));
        services.add(service("Key Vault", "Microsoft.KeyVault.Admin", Identifiers.Name.KEY_VAULT_REGISTRATION));
        services.add(service("Storage", "Microsoft.Storage.Admin", Identifiers.Name.STORAGE_REGISTRATION));
        return services;
    }

    private ObjectNode service(final String name, final String namespace, final Identifiers.Name registration) {
        final String id = site.ids().of(registration);
        final ObjectNode summary = summary(
                alert -> alert.path("resourceProviderRegistrationId").asText().equals(id));
        final ObjectNode resource = Json.object()
                .put("id", site.id(Site.HEALTH, "regionHealths/" + site.region() + "/serviceHealths/" + id))
                .put("name", site.region() + "/" + id)
                .put("type", REGION_TYPE + "/serviceHealths")
                .put("location", site.region());
        resource.putObject("tags");
        final ObjectNode properties = resource.putObject("properties");
        properties
                .put("registrationId", id)
                .put("displayName", name)
                .put("namespace", namespace)
                .put("routePrefix", site.id(namespace, ""))
                .put("serviceLocation", site.region())
                .put("infraURI", site.fabric() + "/infraRoles/" + name)
                .put("healthState", healthState(summary));
        properties.set("alertSummary", summary);
        return resource;
    }

    private static String healthState(final ObjectNode summary) {
        if (summary.path("criticalAlertCount").asInt() > 0) {
            return "Critical";
        }
        return summary.path("warningAlertCount").asInt() > 0 ? "Warning" : "Healthy";
    }
}
