package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.rotation.ServedCertificates.Served;
import io.jenkins.plugins.azurestack.rotation.StampActions.StampFacts;
import io.jenkins.plugins.azurestack.rotation.StampOperations.Alert;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How the conditions of a rotation stood at one moment, and what was seen on the way: what a rotation is compared with
 * afterwards.
 *
 * @param gates in order; as accepted where that was asked for
 * @param facts what the stamp said of itself, if it did
 * @param latest the latest rotation by then; empty if there was none, or nobody knows: {@link #gates} tells
 * @param alerts the active alerts, if they could be seen
 * @param served what each endpoint served, by endpoint
 */
record Observation(
        List<Gate> gates,
        Optional<StampFacts> facts,
        Optional<Action> latest,
        Optional<List<Alert>> alerts,
        Map<String, Served> served) {
    Observation {
        gates = List.copyOf(gates);
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(latest, "latest");
        alerts = alerts.map(List::copyOf);
        served = Collections.unmodifiableMap(new LinkedHashMap<>(served));
    }

    /** The conditions that stand in the way. */
    List<Gate> closed() {
        return Gate.closed(gates);
    }
}
