package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.util.List;
import java.util.Optional;

/** What Resource Manager knows of a stamp that matters to its BMCs. Only reads. */
public interface StampWatch {
    /** The nodes of the scale unit with their BMCs. */
    List<BmcNode> nodes() throws NotKnownException, InterruptedException;

    /** The exclusive operation that runs; empty if none does. */
    Optional<String> exclusiveOperation() throws NotKnownException, InterruptedException;

    /** What an update that runs says of itself; empty if none does. */
    Optional<String> runningUpdate() throws NotKnownException, InterruptedException;

    /** The active alerts that say that the stamp does not reach a BMC, each a phrase. */
    List<String> bmcAlerts() throws NotKnownException, InterruptedException;
}
