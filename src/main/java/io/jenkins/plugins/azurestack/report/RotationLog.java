package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.rotation.RotationIntent;
import io.jenkins.plugins.azurestack.rotation.RotationPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan, and how a rotation gets on and ends, as lines of a build log. Lines are at most 140 characters, unless the stamp
 * itself says a longer one, and hold no control characters. Stateless.
 */
public final class RotationLog {
    private RotationLog() {}

    /** What a plan says: what is accepted first, then every condition, then what would change. */
    public static List<String> lines(final RotationPlan plan) {
        final List<String> lines = new ArrayList<>();
        final RotationIntent intent = plan.intent();
        lines.addAll(RunLog.accepted(intent.accepted()));
        intent.reason().ifPresent(reason -> lines.add("REASON: " + reason));
        lines.addAll(RunLog.wrap(sentence(plan.summary())));
        lines.add("");
        lines.addAll(RunLog.conditions(plan.gates()));
        if (!intent.certificates().isEmpty()) {
            lines.add("");
            lines.addAll(RunLog.table(certificates(intent)));
        }
        lines.add("");
        plan.remarks().forEach(remark -> lines.addAll(RunLog.wrap("Note: " + remark + ".")));
        lines.addAll(RunLog.wrap("The call: " + intent.call().text()));
        lines.addAll(RunLog.wrap("Plan " + plan.id() + ", good for one rotation until " + Phrases.minute(plan.expires())
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
}
