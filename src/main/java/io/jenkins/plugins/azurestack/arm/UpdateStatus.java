package io.jenkins.plugins.azurestack.arm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The stamp's version and its updates.
 *
 * @param currentVersion such as {@code 1.2311.1.22}; empty if it does not say
 * @param state of the update location, such as {@code AppliedSuccessfully}
 * @param updates those it knows of
 */
public record UpdateStatus(String currentVersion, String state, List<Update> updates) {
    private static final String RUNS = "(?i).*(installing|inprogress|preparing|downloading|healthchecking)";
    /** Every state that swagger or recordings name in which nothing runs, in small letters. */
    private static final Set<String> QUIET = Set.of(
            "hasprerequisite",
            "obsolete",
            "ready",
            "readytoinstall",
            "installed",
            "failed",
            "installationfailed",
            "preparationfailed",
            "healthcheckfailed",
            "notapplicable",
            "updatefailed",
            "appliedsuccessfully",
            "updateavailable",
            "needsattention");

    public UpdateStatus {
        Objects.requireNonNull(currentVersion, "currentVersion");
        Objects.requireNonNull(state, "state");
        updates = List.copyOf(updates);
    }

    /**
     * An update.
     *
     * @param name without the region
     * @param version such as {@code 1.2311.1.22}
     * @param state as the stamp says it
     * @param packageType such as {@code Infrastructure} or {@code OEM}
     */
    public record Update(String name, String version, String state, String packageType) {
        static Update read(final JsonNode resource) {
            final JsonNode properties = Json.field(resource, "properties");
            final String name = Json.text(resource, "name");
            return new Update(
                    name.substring(name.lastIndexOf('/') + 1),
                    Json.text(properties, "version"),
                    Json.text(properties, "state"),
                    Json.text(properties, "packageType"));
        }
    }

    static UpdateStatus read(final JsonNode location, final List<JsonNode> updates) {
        return new UpdateStatus(
                Json.text(location, "properties", "currentVersion"),
                Json.text(location, "properties", "state"),
                updates.stream().map(Update::read).toList());
    }

    /** Whether an update runs or is being prepared: the worst that any state says. */
    public Activity activity() {
        Activity all = of(state);
        for (final Update update : updates) {
            final Activity one = of(update.state());
            if (all == Activity.NONE || one == Activity.RUNNING) {
                all = one;
            }
        }
        return all;
    }

    private static Activity of(final String state) {
        if (state.matches(RUNS)) {
            return Activity.RUNNING;
        }
        return QUIET.contains(state.toLowerCase(Locale.ROOT)) ? Activity.NONE : Activity.UNKNOWN;
    }
}
