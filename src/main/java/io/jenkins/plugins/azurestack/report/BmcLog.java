package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.bmc.BmcEnding;
import io.jenkins.plugins.azurestack.bmc.BmcIntent;
import io.jenkins.plugins.azurestack.bmc.BmcPhase;
import io.jenkins.plugins.azurestack.bmc.BmcPlan;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.change.Gate;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan for the BMC password, and how an update gets on and ends, as lines of a build log. Lines are at most 140
 * characters and hold no control characters. Stateless.
 */
public final class BmcLog {
    private static final int WIDTH = 140;
    private static final String INDENT = "  ";

    private BmcLog() {}

    /** What a plan says: what is accepted first, then every condition, then what would be done. */
    public static List<String> lines(final BmcPlan plan) {
        final List<String> lines = new ArrayList<>();
        final BmcIntent intent = plan.intent();
        intent.accepted()
                .forEach(name -> lines.addAll(wrap("ACCEPTED AS UNKNOWN: " + name.word()
                        + ". Whoever approves this plan approves that nobody has looked there.")));
        lines.addAll(wrap(plan.summary() + "."));
        lines.add("");
        final TextTable conditions = new TextTable("VERDICT", "CONDITION", "FOUND, AND WHAT TO DO");
        for (final Gate gate : plan.gates()) {
            conditions.row(gate.verdict().name(), gate.condition().word(), gate.message());
            if (!gate.isOpen() && !gate.advice().isEmpty()) {
                conditions.row("", "", "-> " + gate.advice());
            }
        }
        conditions.lines(WIDTH - INDENT.length()).forEach(line -> lines.add(INDENT + line));
        lines.add("");
        plan.remarks().forEach(remark -> lines.addAll(wrap("Note: " + remark + ".")));
        lines.addAll(wrap("The call: " + intent.way().text()));
        lines.addAll(wrap("Plan " + plan.id() + ", good for one update until " + Phrases.minute(plan.expires())
                + "; SHA-256 of what is approved: " + intent.hash()));
        return List.copyOf(lines);
    }

    /** That a phase begins. */
    public static String phase(final BmcPhase phase, final String sentence) {
        return "[" + phase.word() + "] " + sentence;
    }

    /** How far it came, and what it leaves to people. */
    public static List<String> lines(final End<BmcEnding> end) {
        final List<String> lines = new ArrayList<>();
        lines.addAll(wrap(end.state() + ": " + end.message()));
        end.warnings().forEach(warning -> lines.addAll(wrap("WARNING: " + warning + ".")));
        if (!end.advice().isEmpty()) {
            lines.addAll(wrap("-> " + end.advice()));
        }
        if (end.state() == BmcEnding.COMPLETED) {
            BmcMap.STILL_TO_DO.forEach(place -> lines.addAll(wrap("STILL TO DO: " + place + ".")));
        }
        return List.copyOf(lines);
    }

    private static List<String> wrap(final String text) {
        return TextTable.wrap(text, WIDTH);
    }
}
