package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.change.OtherWork;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.util.List;

/** What Resource Manager knows of a stamp that matters to its BMCs. Only reads. */
public interface StampWatch extends OtherWork {
    /** The nodes of the scale unit with their BMCs. */
    List<BmcNode> nodes() throws NotKnownException, InterruptedException;

    /** The active alerts that say that the stamp does not reach a BMC, each a phrase. */
    List<String> bmcAlerts() throws NotKnownException, InterruptedException;
}
