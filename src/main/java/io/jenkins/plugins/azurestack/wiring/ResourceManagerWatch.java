package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.arm.Alert;
import io.jenkins.plugins.azurestack.arm.ResourceManager;
import io.jenkins.plugins.azurestack.bmc.BmcNode;
import io.jenkins.plugins.azurestack.bmc.StampWatch;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.List;
import java.util.Optional;

/** What the admin Resource Manager knows of a stamp and its BMCs, as the BMC engine wants it. Only reads. */
final class ResourceManagerWatch implements StampWatch {
    private final Optional<ResourceManager> manager;
    private final Optional<ResourceManagerOperations> operations;

    /** @param manager stays the caller's to close; empty where no service principal is configured */
    ResourceManagerWatch(final Optional<ResourceManager> manager) {
        this.manager = manager;
        this.operations = manager.map(ResourceManagerOperations::new);
    }

    private static <T> T configured(final Optional<T> asked) throws NotKnownException {
        return asked.orElseThrow(OpenedWorld::notConfigured);
    }

    @Override
    public List<BmcNode> nodes() throws NotKnownException, InterruptedException {
        return ResourceManagerOperations.known(configured(manager)::nodes).stream()
                .map(node ->
                        new BmcNode(Text.printable(node.name()), Text.printable(node.bmcAddress()), Optional.empty()))
                .toList();
    }

    @Override
    public Optional<String> exclusiveOperation() throws NotKnownException, InterruptedException {
        return configured(operations).exclusiveOperation();
    }

    @Override
    public Optional<String> runningUpdate() throws NotKnownException, InterruptedException {
        return configured(operations).runningUpdate();
    }

    @Override
    public List<String> bmcAlerts() throws NotKnownException, InterruptedException {
        return ResourceManagerOperations.known(configured(manager)::activeAlerts).stream()
                .filter(Alert::isBmc)
                .map(alert -> "'" + Text.printable(alert.title()) + "'"
                        + alert.property("nodeName")
                                .map(node -> " of " + Text.printable(node))
                                .orElse(""))
                .toList();
    }
}
