package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.change.ChangeListener.Phase;
import io.jenkins.plugins.azurestack.change.Condition;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.change.Gate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the build logs of all changes of a stamp have in common. Lines hold no control characters. Stateless. */
public final class RunLog {
    private static final int WIDTH = 140;
    private static final String INDENT = "  ";

    private RunLog() {}

    /** That a phase begins. */
    public static String phase(final Phase phase, final String sentence) {
        return "[" + phase.word() + "] " + sentence;
    }

    /** That a step of the action plan has come to another state. */
    public static String step(final String name, final String status) {
        return INDENT + "step '" + name + "': " + status;
    }

    /** How far it came. */
    public static List<String> lines(final End<?> end) {
        final List<String> lines = new ArrayList<>();
        lines.addAll(wrap(end.state() + ": " + end.message()));
        end.warnings().forEach(warning -> lines.addAll(wrap("WARNING: " + warning + ".")));
        if (!end.advice().isEmpty()) {
            lines.addAll(wrap("-> " + end.advice()));
        }
        return List.copyOf(lines);
    }

    /** What is accepted, which whoever approves the plan has to see first. */
    static List<String> accepted(final Collection<? extends Condition> accepted) {
        return accepted.stream()
                .flatMap(condition -> wrap("ACCEPTED AS UNKNOWN: " + condition.word()
                                + ". Whoever approves this plan approves that nobody has looked there.")
                        .stream())
                .toList();
    }

    /** Every condition, with what to do about those that stand in the way. */
    static List<String> conditions(final List<Gate> gates) {
        final TextTable conditions = new TextTable("VERDICT", "CONDITION", "FOUND, AND WHAT TO DO");
        for (final Gate gate : gates) {
            conditions.row(gate.verdict().name(), gate.condition().word(), gate.message());
            if (!gate.isOpen() && !gate.advice().isEmpty()) {
                conditions.row("", "", "-> " + gate.advice());
            }
        }
        return table(conditions);
    }

    static List<String> table(final TextTable table) {
        return table.lines(WIDTH - INDENT.length()).stream()
                .map(line -> INDENT + line)
                .toList();
    }

    static List<String> wrap(final String text) {
        return TextTable.wrap(text, WIDTH);
    }
}
