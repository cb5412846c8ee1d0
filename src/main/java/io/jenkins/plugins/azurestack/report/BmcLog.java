package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.bmc.BmcEnding;
import io.jenkins.plugins.azurestack.bmc.BmcIntent;
import io.jenkins.plugins.azurestack.bmc.BmcPlan;
import io.jenkins.plugins.azurestack.change.End;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan for the BMC password, and how an update gets on and ends, as lines of a build log. Lines are at most 140
 * characters and hold no control characters. Stateless.
 */
public final class BmcLog {
    private BmcLog() {}

    /** What a plan says: what is accepted first, then every condition, then what would be done. */
    public static List<String> lines(final BmcPlan plan) {
        final List<String> lines = new ArrayList<>();
        final BmcIntent intent = plan.intent();
        lines.addAll(RunLog.accepted(intent.accepted()));
        lines.addAll(RunLog.wrap(plan.summary() + "."));
        lines.add("");
        lines.addAll(RunLog.conditions(plan.gates()));
        lines.add("");
        plan.remarks().forEach(remark -> lines.addAll(RunLog.wrap("Note: " + remark + ".")));
        lines.addAll(RunLog.wrap("The call: " + intent.way().text()));
        lines.addAll(RunLog.wrap("Plan " + plan.id() + ", good for one update until " + Phrases.minute(plan.expires())
                + "; SHA-256 of what is approved: " + intent.hash()));
        return List.copyOf(lines);
    }

    /** How far it came, and what it leaves to people. */
    public static List<String> lines(final End<BmcEnding> end) {
        final List<String> lines = new ArrayList<>(RunLog.lines(end));
        if (end.state() == BmcEnding.COMPLETED) {
            BmcMap.STILL_TO_DO.forEach(place -> lines.addAll(RunLog.wrap("STILL TO DO: " + place + ".")));
        }
        return List.copyOf(lines);
    }
}
