package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.bmc.BmcAccess.Logon;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out which password each BMC takes, by fresh logons: the candidates one after the other, within what the account
 * may be asked. At one BMC first; if it takes none of them, or may be locked, no other is tried.
 */
final class LiveCheck {
    private final BmcAccess access;
    private final LoginBudget budget;
    private final Fleet fleet;

    /**
     * A password that may be the one.
     *
     * @param as what it is
     * @param login stays the caller's
     */
    record Candidate(Live.Holds as, BmcLogin login) {}

    LiveCheck(final BmcAccess access, final LoginBudget budget, final Fleet fleet) {
        this.access = access;
        this.budget = budget;
        this.fleet = fleet;
    }

    /**
     * Looks.
     *
     * @param candidates in the order in which they are tried
     * @return of every node
     * @throws IOException if it could not be written down what is sent; it was not sent
     */
    Map<BmcNode, Live> look(final List<BmcNode> nodes, final List<Candidate> candidates)
            throws IOException, InterruptedException {
        final Map<BmcNode, Live> seen =
                fleet.each(nodes, "BMCs logged on to", node -> at(node, candidates), LiveCheck::othersToo);
        final Map<BmcNode, Live> all = new LinkedHashMap<>();
        for (final BmcNode node : nodes) {
            all.put(
                    node,
                    seen.containsKey(node)
                            ? seen.get(node)
                            : Live.unknown(
                                    "not tried, because of " + nodes.get(0).name(), ""));
        }
        return all;
    }

    /** One that is down says nothing of the others; one that refuses may stand for all. */
    private static boolean othersToo(final Live first) {
        return first.holds().isKnown() || first.holds() == Live.Holds.UNKNOWN && !first.mayBeLocked();
    }

    private Live at(final BmcNode node, final List<Candidate> candidates) throws IOException, InterruptedException {
        String words = "no password is known";
        for (final Candidate candidate : candidates) {
            final Logon logon = budget.spend(node, candidate.login(), () -> access.logOn(node, candidate.login()));
            if (logon instanceof Logon.Accepted accepted) {
                return Live.of(candidate.as(), accepted.rules());
            }
            if (logon instanceof Logon.Refused refused) {
                words = refused.words();
            } else {
                final Live live = why(logon);
                return live.mayBeLocked() && live.lasts().isEmpty()
                        ? Live.locked(live.words(), Optional.of(budget.lockTime(node)))
                        : live;
            }
        }
        return Live.none(words, budget.lockTime(node));
    }

    /** What is known of a BMC whose logon was not answered with yes or no. */
    static Live why(final Logon logon) {
        if (logon instanceof Logon.Locked locked) {
            return Live.locked(locked.words(), locked.lasts());
        }
        if (logon instanceof Logon.NotKnown unanswered) {
            return Live.unknown(unanswered.words(), unanswered.advice());
        }
        throw new IllegalArgumentException("That was an answer: " + logon);
    }
}
