package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Microsoft.Update.Admin: the version, and whether an update runs (facts 6.5). Thread-safe. */
final class UpdateProvider {
    private static final String LOCATION_TYPE = Site.UPDATE + "/updateLocations";
    private static final String OLDEST = "2016-05-01";
    private static final String NEWER = "2021-07-01";
    /** The first release that answers to {@link #NEWER}; a guess from that date. */
    private static final int NEWER_RELEASE = 2108;

    private static final Duration AGO = Duration.ofDays(40);
    private static final Duration RAN = Duration.ofMinutes(1127);
    private static final String OEM = "2.2.2302.1";

    private final Site site;

    UpdateProvider(final Site site) {
        this.site = site;
    }

    Provider provider() {
        final String location = "updateLocations/{region}";
        return new Provider(
                        Site.UPDATE, site.world().release() >= NEWER_RELEASE ? List.of(OLDEST, NEWER) : List.of(OLDEST))
                .page("GET", "updateLocations", call -> Json.ok(Json.list(List.of(location()))))
                .page("GET", location, in(call -> Json.ok(location())))
                .page("GET", location + "/updates", in(call -> Json.ok(Json.list(List.of(installed(), next())))))
                .page("GET", location + "/updates/{update}", in(call -> Json.ok(find(call))))
                .page("GET", location + "/updates/{update}/updateRuns", in(this::runs));
    }

    private Provider.Page in(final Provider.Page page) {
        return call -> {
            site.requireRegion(call.names().get("region"), LOCATION_TYPE);
            return page.answer(call);
        };
    }

    private ObjectNode resource(final String path, final String type) {
        final ObjectNode resource = Json.object()
                .put("id", site.id(Site.UPDATE, "updateLocations/" + site.region() + path))
                .put("name", site.region() + path.replaceFirst("/updates", "").replaceFirst("/updateRuns", ""))
                .put("type", LOCATION_TYPE + type)
                .put("location", site.region());
        resource.putObject("tags");
        return resource;
    }

    private ObjectNode location() {
        final World world = site.world();
        final ObjectNode resource = resource("", "");
        final ObjectNode properties = resource.putObject("properties");
        properties
                .put("currentVersion", world.version())
                .put("currentOemVersion", OEM)
                .put("oemFamily", "Simulated")
                .put("hardwareModel", "Simulated")
                .put("lastUpdated", Json.time(installedAt()))
                .put("lastChecked", Json.time(world.time().now()))
                .put("state", world.isUpdating() ? "UpdateInProgress" : "AppliedSuccessfully");
        properties
                .putArray("packageVersions")
                .addObject()
                .put("packageType", "OEM")
                .put("version", OEM)
                .put("lastUpdated", Json.time(installedAt()));
        return resource;
    }

    /** Relative to what never changes, so that it does not change either. */
    private Instant installedAt() {
        return site.world()
                .internalSecrets()
                .root()
                .ends()
                .minus(Duration.ofDays(5 * 365))
                .plus(AGO);
    }

    private String nextVersion() {
        final String version = site.world().version();
        final int dot = version.lastIndexOf('.');
        try {
            return version.substring(0, dot + 1) + (Integer.parseInt(version.substring(dot + 1)) + 1);
        } catch (NumberFormatException e) {
            return version + ".1";
        }
    }

    private ObjectNode installed() {
        return update(site.world().version(), "Installed");
    }

    private ObjectNode next() {
        return update(nextVersion(), site.world().isUpdating() ? "Installing" : "Ready");
    }

    private ObjectNode update(final String version, final String state) {
        final ObjectNode resource = resource("/updates/Microsoft" + version, "/updates");
        final ObjectNode properties = resource.putObject("properties");
        properties
                .put("displayName", "Azure Stack Update - " + version)
                .put("version", version)
                .put("state", state)
                .put("publisher", "Microsoft")
                .put("packageType", "Infrastructure")
                .put("availabilityType", "Online")
                .put("rebootRequired", "Unknown");
        if (state.equals("Installed")) {
            properties.put("installedDate", Json.time(installedAt()));
        }
        return resource;
    }

    private ObjectNode find(final Provider.Call call) throws RefusedException {
        final String name = call.names().get("update");
        for (final ObjectNode update : List.of(installed(), next())) {
            if (update.path("name").asText().equalsIgnoreCase(site.region() + "/" + name)) {
                return update;
            }
        }
        throw RefusedException.notFound(LOCATION_TYPE + "/updates", name, site.group());
    }

    private HttpAnswer runs(final Provider.Call call) throws RefusedException {
        final ObjectNode update = find(call);
        return switch (update.path("properties").path("state").asText()) {
            case "Ready" -> Json.ok(Json.list(List.of()));
            case "Installing" ->
                Json.ok(Json.list(
                        List.of(run(update, "InProgress", site.world().time().now()))));
            default ->
                Json.ok(Json.list(List.of(run(update, "Succeeded", installedAt().minus(RAN)))));
        };
    }

    private ObjectNode run(final ObjectNode update, final String state, final Instant started) {
        final String version = update.path("properties").path("version").asText();
        final boolean over = state.equals("Succeeded");
        final ObjectNode run = resource(
                "/updates/Microsoft" + version + "/updateRuns/" + site.ids().of(Identifiers.Name.STAMP),
                "/updates/updateRuns");
        final ObjectNode properties = run.putObject("properties");
        properties
                .put("state", state)
                .put("timeStarted", Json.time(started))
                .put("duration", (over ? RAN : Duration.ZERO).toString());
        final ObjectNode progress = properties
                .putObject("progress")
                .put("name", "Unnamed step")
                .put("description", "Update Azure Stack.")
                .put("status", over ? "Success" : "InProgress");
        progress.putArray("steps")
                .addObject()
                .put("name", "Update Azure Stack.")
                .put("description", "Perform update of the Azure Stack.")
                .put("status", over ? "Success" : "InProgress")
                .put("startTimeUtc", Json.time(started));
        return run;
    }
}
