package io.jenkins.plugins.azurestack.simulator.arm;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something on the stamp that an alert is open for.
 *
 * @param key tells conditions apart; the same for as long as one lasts
 * @param title the alert's
 * @param severity {@code Warning} or {@code Critical}
 * @param faultTypeId the alert's
 * @param since when it began
 * @param until when it ended, if its end is known beforehand
 * @param properties the alert's, in order
 * @param description lines
 * @param remediation what to do
 * @param link where that is documented; may be empty
 * @param impacted the resource, relative to the fabric location, such as {@code infraRoleInstances/AZS-XRP01}
 */
record Condition(
        String key,
        String title,
        String severity,
        String faultTypeId,
        Instant since,
        Optional<Instant> until,
        Map<String, String> properties,
        List<String> description,
        String remediation,
        String link,
        String impacted) {
    static final String WARNING = "Warning";
    static final String CRITICAL = "Critical";

    Condition {
        properties = new LinkedHashMap<>(properties);
        description = List.copyOf(description);
    }

    /** The last segment of the impacted resource. */
    String impactedName() {
        return impacted.substring(impacted.lastIndexOf('/') + 1);
    }
}
