package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.world.Node;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Microsoft.Fabric.Admin: where the privileged endpoints and the BMCs are, and what runs (facts 6.4). Thread-safe. */
final class FabricProvider {
    private static final String LOCATION_TYPE = Site.FABRIC + "/fabricLocations";
    private static final String OLDEST = "2016-05-01";
    private static final String NODES = "2020-10-01";
    /** The first release whose fabric answers to {@link #NODES}; a guess from that date. */
    private static final int NODES_RELEASE = 2102;

    private static final Duration RESTART = Duration.ofMinutes(4);
    private static final int MEMORY_GB = 384;
    private static final int CORES = 40;
    private static final String UNIT = "s-cluster";

    private final Site site;
    private final List<Node> nodes;
    private final Operations operations;
    private final List<String> machines;

    FabricProvider(final Site site, final List<Node> nodes, final Operations operations) {
        this.site = site;
        this.nodes = List.copyOf(nodes);
        this.operations = operations;
        this.machines = site.world().internalSecrets().all().stream()
                .flatMap(secret -> secret.machines().stream())
                .distinct()
                .sorted()
                .map(machine -> "AZS-" + machine)
                .toList();
    }

    Provider provider() {
        final List<String> versions = site.world().release() >= NODES_RELEASE
                ? List.of(OLDEST, "2018-10-01", "2019-05-01", NODES)
                : List.of(OLDEST, "2018-10-01", "2019-05-01");
        final String location = "fabricLocations/{region}";
        return new Provider(Site.FABRIC, versions)
                .page("GET", "fabricLocations", call -> Json.ok(Json.list(List.of(location()))))
                .page("GET", location, in(call -> Json.ok(location())))
                .page("GET", location + "/scaleUnits", in(call -> Json.ok(Json.list(List.of(unit())))))
                .page("GET", location + "/scaleUnits/{name}", in(call -> one(call, "scaleUnits", Stream.of(unit()))))
                .page("GET", location + "/scaleUnitNodes", in(call -> Json.ok(Json.list(allNodes()))))
                .page(
                        "GET",
                        location + "/scaleUnitNodes/{name}",
                        in(call -> one(call, "scaleUnitNodes", allNodes().stream())))
                .page("GET", location + "/infraRoleInstances", in(call -> Json.ok(Json.list(instances()))))
                .page(
                        "GET",
                        location + "/infraRoleInstances/{name}",
                        in(call -> one(call, "infraRoleInstances", instances().stream())))
                .page("POST", location + "/infraRoleInstances/{name}/Reboot", in(this::restart))
                .page("GET", location + "/computeOperationResults/{operation}", in(this::result));
    }

    private Provider.Page in(final Provider.Page page) {
        return call -> {
            site.requireRegion(call.names().get("region"), LOCATION_TYPE);
            return page.answer(call);
        };
    }

    private HttpAnswer one(final Provider.Call call, final String type, final Stream<ObjectNode> all)
            throws RefusedException {
        final String name = call.names().get("name");
        return all.filter(resource -> resource.path("name").asText().equalsIgnoreCase(site.region() + "/" + name))
                .findFirst()
                .map(Json::ok)
                .orElseThrow(() -> RefusedException.notFound(LOCATION_TYPE + "/" + type, name, site.group()));
    }

    private HttpAnswer restart(final Provider.Call call) throws RefusedException {
        one(call, "infraRoleInstances", instances().stream());
        return operations.begin(
                site.url() + site.fabric() + "/computeOperationResults",
                call.query().get("api-version"),
                RESTART);
    }

    private HttpAnswer result(final Provider.Call call) throws RefusedException {
        final String id = call.names().get("operation");
        return operations
                .result(id, site.url() + call.request().target())
                .orElseThrow(
                        () -> RefusedException.notFound(LOCATION_TYPE + "/computeOperationResults", id, site.group()));
    }

    private ObjectNode resource(final String type, final String name) {
        final ObjectNode resource = Json.object()
                .put("id", site.fabric() + "/" + type + "/" + name)
                .put("name", site.region() + "/" + name)
                .put("type", LOCATION_TYPE + "/" + type)
                .put("location", site.region());
        resource.putObject("tags");
        return resource;
    }

    private ObjectNode location() {
        final World world = site.world();
        final ObjectNode resource = Json.object()
                .put("id", site.fabric())
                .put("name", site.region())
                .put("type", LOCATION_TYPE)
                .put("location", site.region());
        resource.putObject("tags");
        final ObjectNode properties = resource.putObject("properties");
        World.PRIVILEGED_ENDPOINTS.forEach(properties.putArray("pepIpAddresses")::add);
        properties
                .put("timeServer", "10.30.0.10")
                .put("stampInformationId", site.ids().of(Identifiers.Name.STAMP))
                .put("stampCloudId", site.ids().of(Identifiers.Name.CLOUD))
                .put("externalDNSIPAddress01", "10.30.0.53")
                .put("externalDNSIPAddress02", "10.30.0.54")
                .put("dataGeoLocation", "")
                .put(
                        "exclusiveAdminOperationRunning",
                        world.exclusiveOperation().isPresent());
        world.exclusiveOperation().ifPresent(name -> properties.put("exclusiveAdminOperationName", name));
        final Instant started = world.internalSecrets().root().ends().minus(Duration.ofDays(5 * 365));
        properties
                .put("startUpActionPlanStartTime", Json.time(started))
                .put("startUpActionPlanEndTime", Json.time(started.plus(Duration.ofHours(2))));
        return resource;
    }

    private ObjectNode unit() {
        final ObjectNode unit = resource("scaleUnits", UNIT);
        final ObjectNode properties = unit.putObject("properties");
        properties.put("scaleUnitType", "HyperConverged").put("logicalFaultDomain", 0);
        properties.put("isMultiNode", nodes.size() > 1).put("state", "Running");
        final var references = properties.putArray("nodes");
        nodes.forEach(node -> references.add(site.fabric() + "/scaleUnitNodes/" + node.name()));
        properties
                .putObject("totalCapacity")
                .put("memoryGB", MEMORY_GB * nodes.size())
                .put("cores", CORES * nodes.size());
        return unit;
    }

    private List<ObjectNode> allNodes() {
        return nodes.stream().map(this::node).toList();
    }

    private ObjectNode node(final Node node) {
        final ObjectNode resource = resource("scaleUnitNodes", node.name());
        final ObjectNode properties = resource.putObject("properties");
        properties
                .put("scaleUnitNodeStatus", "Running")
                .put("powerState", "Running")
                .put("bmcAddress", node.bmcAddress())
                .put("scaleUnitName", UNIT)
                .put("scaleUnitUri", site.fabric() + "/scaleUnits/" + UNIT)
                .put("canPowerOff", true)
                .put("vendor", node.vendor())
                .put("model", node.model())
                .put("serialNumber", node.serialNumber())
                .putNull("lastOperationName")
                .putNull("lastOperationState");
        properties.putObject("capacity").put("memoryGB", MEMORY_GB).put("cores", CORES);
        properties.putArray("gpus");
        return resource;
    }

    private List<ObjectNode> instances() {
        return machines.stream()
                .map(machine -> {
                    final ObjectNode resource = resource("infraRoleInstances", machine);
                    resource.putObject("properties")
                            .put("state", "Running")
                            .put("scaleUnit", UNIT)
                            .putObject("size")
                            .put("memoryGB", 8)
                            .put("cores", 4);
                    return resource;
                })
                .toList();
    }
}
