package io.jenkins.plugins.azurestack.simulator;

import io.jenkins.plugins.azurestack.simulator.redfish.Bmc;
import io.jenkins.plugins.azurestack.simulator.redfish.Bmcs;
import io.jenkins.plugins.azurestack.simulator.world.BmcNetwork;
import io.jenkins.plugins.azurestack.simulator.world.Node;
import java.util.List;
import java.util.Optional;

/** The BMCs as the stamp itself reaches them: over a network of its own, past what clients meet. */
record StampBmcs(Bmcs bmcs) implements BmcNetwork {
    @Override
    public List<Node> nodes() {
        return bmcs.all().stream().map(bmc -> node(bmc.node())).toList();
    }

    private static Node node(final io.jenkins.plugins.azurestack.simulator.redfish.Node node) {
        return new Node(node.name(), node.bmcAddress(), node.vendor(), node.model(), node.serialNumber());
    }

    @Override
    public boolean logsIn(final Node node, final String user, final char[] password) {
        try {
            return bmcs.of(node.name()).logOn(user, password) == Bmc.Outcome.DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Optional<String> change(
            final Node node, final String user, final char[] password, final String newUser, final char[] newPassword) {
        try {
            final Bmc.Outcome outcome = bmcs.of(node.name()).setCredential(user, password, newUser, newPassword);
            return outcome == Bmc.Outcome.DONE ? Optional.empty() : Optional.of(outcome.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
