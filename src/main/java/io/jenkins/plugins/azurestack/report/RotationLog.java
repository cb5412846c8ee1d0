package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.rotation.RotationEnding;
import io.jenkins.plugins.azurestack.rotation.RotationIntent;
import io.jenkins.plugins.azurestack.rotation.RotationPhase;
import io.jenkins.plugins.azurestack.rotation.RotationPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan, and how a rotation gets on and ends, as lines of a build log. Lines are at most 140 characters, unless the stamp
 * itself says a longer one, and hold no control characters. Stateless.
 */
public final class RotationLog {
    private static final int WIDTH = 140;
    private static final String INDENT = "  ";

    private RotationLog() {}

    /** What a plan says: what is accepted first, then every condition, then what would change. */
    public static List<String> lines(final RotationPlan plan) {
        final List<String> lines = new ArrayList<>();
        final RotationIntent intent = plan.intent();
        intent.accepted()
                .forEach(name -> lines.addAll(wrap("ACCEPTED AS UNKNOWN: " + name.word()
                        + ". Whoever approves this plan approves that nobody has looked there.")));
        intent.reason().ifPresent(reason -> lines.add("REASON: " + reason));
        lines.addAll(wrap(sentence(plan.summary())));
        lines.add("");
        final TextTable conditions = new TextTable("VERDICT", "CONDITION", "FOUND, AND WHAT TO DO");
        for (final Gate gate : plan.gates()) {
            conditions.row(gate.verdict().name(), gate.condition().word(), gate.message());
            if (!gate.isOpen() && !gate.advice().isEmpty()) {
                conditions.row("", "", "-> " + gate.advice());
            }
        }
        add(lines, conditions);
        if (!intent.certificates().isEmpty()) {
            lines.add("");
            add(lines, certificates(intent));
        }
        lines.add("");
        plan.remarks().forEach(remark -> lines.addAll(wrap("Note: " + remark + ".")));
        lines.addAll(wrap("The call: " + intent.call().text()));
        lines.addAll(wrap("Plan " + plan.id() + ", good for one rotation until " + Phrases.minute(plan.expires())
                + "; SHA-256 of what is approved: " + intent.hash()));
        return List.copyOf(lines);
    }

    private static String sentence(final String words) {
        return words.endsWith(".") ? words : words + ".";
    }

    private static TextTable certificates(final RotationIntent intent) {
        final TextTable table = new TextTable("FOLDER", "SERVED NOW (SHA-256)", "TO BE SERVED", "CHANGE");
        intent.certificates()
                .forEach((folder, change) -> table.row(
                        folder.folderName(),
                        change.served().isEmpty()
                                ? Phrases.UNKNOWN
                                : change.served().stream()
                                        .map(RotationLog::shortened)
                                        .collect(Collectors.joining(" ")),
                        shortened(change.toBeServed()),
                        change.isDone() ? "none" : "new"));
        return table;
    }

    private static String shortened(final String fingerprint) {
        final String masked = CertificateChain.masked(fingerprint);
        return masked.replaceAll("[*]+", "...");
    }

    /** That a phase begins. */
    public static String phase(final RotationPhase phase, final String sentence) {
        return "[" + phase.word() + "] " + sentence;
    }

    /** That a step of the action plan has come to another state. */
    public static String step(final String name, final String status) {
        return INDENT + "step '" + name + "': " + status;
    }

    /** How far it came. */
    public static List<String> lines(final End<RotationEnding> end) {
        final List<String> lines = new ArrayList<>();
        lines.addAll(wrap(end.state() + ": " + end.message()));
        end.warnings().forEach(warning -> lines.addAll(wrap("WARNING: " + warning + ".")));
        if (!end.advice().isEmpty()) {
            lines.addAll(wrap("-> " + end.advice()));
        }
        return List.copyOf(lines);
    }

    private static List<String> wrap(final String text) {
        return TextTable.wrap(text, WIDTH);
    }

    private static void add(final List<String> lines, final TextTable table) {
        table.lines(WIDTH - INDENT.length()).forEach(line -> lines.add(INDENT + line));
    }
}
