package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.change.Gate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen when every condition was looked at.
 *
 * @param gates how each stands
 * @param version the stamp's, as it writes it; {@code unknown} if that could not be seen
 * @param nodes the BMCs, as far as they are known
 * @param live which password each takes; where this Jenkins reaches them
 * @param rules what all BMCs together ask of a password
 * @param user the account; empty if it could not be read
 * @param before the fingerprint of the current password; empty if it could not be read
 * @param source where the new password comes from
 * @param fingerprint of the new password; empty if it is yet to be made
 * @param way in which order
 * @param latest the latest action plan of the kind before this update; empty if there was none, or it is not known
 */
record Observation(
        List<Gate> gates,
        String version,
        List<BmcNode> nodes,
        Map<BmcNode, Live> live,
        PasswordRules rules,
        String user,
        String before,
        PasswordSource source,
        Optional<String> fingerprint,
        BmcWay way,
        Optional<String> latest) {
    Observation {
        gates = List.copyOf(gates);
        nodes = List.copyOf(nodes);
    }

    /** The conditions that stand in the way. */
    List<Gate> closed() {
        return Gate.closed(gates);
    }
}
