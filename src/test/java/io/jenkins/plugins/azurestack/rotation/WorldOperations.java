package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Resource Manager would say of a simulated stamp, without asking it. */
final class WorldOperations implements StampOperations {
    private final World world;
    private final List<Alert> alerts = new ArrayList<>();
    private boolean dark;

    WorldOperations(final World world) {
        this.world = world;
    }

    /** Resource Manager does not answer any more. */
    void goDark() {
        dark = true;
    }

    void open(final Alert alert) {
        alerts.add(alert);
    }

    private void answer() throws NotKnownException {
        if (dark) {
            throw new NotKnownException("Resource Manager does not answer", "Accept it by name.");
        }
    }

    @Override
    public Optional<String> exclusiveOperation() throws NotKnownException {
        answer();
        return world.exclusiveOperation();
    }

    @Override
    public Optional<String> runningUpdate() throws NotKnownException {
        answer();
        return world.isUpdating() ? Optional.of("1.2501.1.60") : Optional.empty();
    }

    @Override
    public List<Alert> activeAlerts() throws NotKnownException {
        answer();
        return List.copyOf(alerts);
    }

    @Override
    public List<Alert> closedAlerts(final Instant since) throws NotKnownException {
        answer();
        return List.of();
    }
}
