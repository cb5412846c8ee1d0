package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.bmc.BmcAccess.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives BMCs a password from here: one first, and the others only once that one says that it has it. Each change is
 * journalled before and after, and sent once.
 */
final class BmcChanges {
    private final BmcAccess access;
    private final LoginBudget budget;
    private final Fleet fleet;
    private final BmcMemory memory;

    BmcChanges(final BmcAccess access, final LoginBudget budget, final Fleet fleet, final BmcMemory memory) {
        this.access = access;
        this.budget = budget;
        this.fleet = fleet;
        this.memory = memory;
    }

    /**
     * Does it, where a logon has shown a moment ago which password is taken.
     *
     * @param live of the BMCs that are to be changed
     * @param to the password that they get; stays the caller's
     * @return what went wrong, by BMC; empty if nothing did
     */
    Map<BmcNode, String> make(
            final Map<BmcNode, Live> live, final Passwords passwords, final BmcLogin to, final Target target)
            throws IOException, InterruptedException {
        final List<BmcNode> nodes = new ArrayList<>(live.keySet());
        final String round = BmcMemory.NODE_SET + "-" + (memory.state().calls() + 1) + "-";
        final Map<BmcNode, Change> done = fleet.each(
                nodes,
                "BMCs given the password",
                node -> change(
                        round + node.name(), node, passwords.of(live.get(node).holds()), to, target),
                first -> first instanceof Change.Changed);
        final Map<BmcNode, String> wrong = new LinkedHashMap<>();
        nodes.forEach(node -> {
            if (!done.containsKey(node)) {
                wrong.put(node, "not tried, because of " + nodes.get(0).name());
            } else if (!(done.get(node) instanceof Change.Changed)) {
                wrong.put(node, words(done.get(node)));
            }
        });
        return wrong;
    }

    private Change change(
            final String call, final BmcNode node, final BmcLogin from, final BmcLogin to, final Target target)
            throws IOException, InterruptedException {
        budget.changes(node);
        memory.setting(call, node, target);
        final Change change = access.change(node, from, to);
        if (change instanceof Change.NotSent notSent) {
            budget.happened(node, from, notSent.logon());
        }
        memory.done(call, outcome(change), words(change));
        return change;
    }

    private static String outcome(final Change change) {
        if (change instanceof Change.Changed) {
            return BmcMemory.DONE;
        }
        if (change instanceof Change.Rejected) {
            return BmcMemory.REFUSED;
        }
        return change instanceof Change.Lost ? BmcMemory.LOST : BmcMemory.NOT_SENT;
    }

    private static String words(final Change change) {
        if (change instanceof Change.Rejected rejected) {
            return rejected.words();
        }
        if (change instanceof Change.Lost lost) {
            return lost.words();
        }
        if (change instanceof Change.NotSent notSent) {
            return notSent.logon() instanceof BmcAccess.Logon.Refused refused
                    ? refused.words()
                    : LiveCheck.why(notSent.logon()).words();
        }
        return "";
    }
}
