package io.jenkins.plugins.azurestack.simulator.world;

import java.util.List;
import java.util.Optional;

/** The BMCs as the stamp itself reaches them. Thread-safe. */
public interface BmcNetwork {
    /** The scale unit's nodes, in order. */
    List<Node> nodes();

    /**
     * Logs in to one BMC, as the stamp does to see whether its credential is right; counts as an attempt there.
     *
     * @param password the caller's
     * @return false if it is refused, locked or not reachable
     */
    boolean logsIn(Node node, String user, char[] password);

    /**
     * Logs in to one BMC and changes the password there, and the user's name if it is another.
     *
     * @param password what the account has now; the caller's, as all arrays here
     * @return why not, in the BMC's words; empty if it is changed
     */
    Optional<String> change(Node node, String user, char[] password, String newUser, char[] newPassword);
}
