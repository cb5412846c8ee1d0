package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An expiry report as lines of a build log, for a person who was woken up: the verdict first, then problems with what
 * to do about each, most severe first, then what is in order, not seen, and left out. Lines are at most 140 characters
 * and hold no control characters. Stateless.
 */
public final class ExpiryLog {
    /** No line is longer than this many characters. */
    static final int WIDTH = 140;

    private static final String INDENT = "  ";
    /** So many that a person may still read them; the files have all. */
    private static final int MOST_ROWS = 200;

    private static final int MOST_PLACES = 3;

    private ExpiryLog() {}

    /** Renders a report. */
    public static List<String> lines(final ExpiryReport report) {
        final List<Shown> findings = Shown.all(report);
        final List<String> lines = new ArrayList<>();
        lines.addAll(TextTable.wrap(
                "Stamp " + report.stamp().name() + ": " + report.severity() + ". " + Phrases.counts(report) + ".",
                WIDTH));
        lines.addAll(TextTable.wrap(first(report), WIDTH));
        problems(lines, findings);
        inOrder(lines, findings);
        excluded(lines, report);
        lines.add("");
        lines.addAll(TextTable.wrap(footer(report), WIDTH));
        return List.copyOf(lines);
    }

    /** One line that says what the check found: {@code CRITICAL: ARM Public ends in 12 days (1 critical, 10 ok)}. */
    public static String summary(final ExpiryReport report) {
        return report.severity() + ": " + Phrases.headline(report) + " (" + Phrases.counts(report) + ")";
    }

    /**
     * One line of progress.
     *
     * @param done how many targets are settled, this one included
     * @param total how many there are
     * @param target the one just settled
     * @param outcome what came of it, a few words
     */
    public static String progress(final int done, final int total, final Target target, final String outcome) {
        final String all = Integer.toString(total);
        final String count =
                " ".repeat(Math.max(0, all.length() - Integer.toString(done).length())) + done;
        final String line = count + " of " + all + " looked at: " + Shown.Place.of(target) + " - " + outcome;
        return TextTable.plain(Text.printable(line, WIDTH - 3));
    }

    private static String first(final ExpiryReport report) {
        return report.next()
                .map(finding -> Shown.of(report, finding))
                .map(next -> "First to end: " + next.name() + " " + Phrases.ends(next.daysLeft()) + ", on "
                        + Phrases.minute(next.notAfter().orElseThrow()) + limited(next) + ".")
                .orElse("First to end: unknown, since no certificate could be seen.");
    }

    private static String limited(final Shown next) {
        return next.limitedBy().isEmpty() ? "" : ", because of '" + next.limitedBy() + "' in its chain";
    }

    private static void problems(final List<String> lines, final List<Shown> findings) {
        final List<Shown> problems = findings.stream()
                .filter(finding -> finding.severity() != Severity.OK)
                .toList();
        if (problems.isEmpty()) {
            return;
        }
        final TextTable table = new TextTable("SEVERITY", "DAYS", "ENDS", "NAME", "WHAT, AND WHAT TO DO");
        for (final Shown finding : problems.subList(0, Math.min(MOST_ROWS, problems.size()))) {
            table.row(finding.severity().name(), days(finding), ends(finding), finding.name(), what(finding));
            if (!finding.seenAt().isEmpty()) {
                table.row("", "", "", "", "at " + places(finding));
            }
            if (!finding.advice().isEmpty()) {
                table.row("", "", "", "", "-> " + finding.advice());
            }
        }
        lines.add("");
        table.lines(WIDTH - INDENT.length()).forEach(line -> lines.add(INDENT + line));
        more(lines, problems.size());
    }

    private static String days(final Shown finding) {
        if (!finding.isDated()) {
            return "";
        }
        return finding.daysLeft() < 0 ? "ended" : finding.daysLeft() + mark(finding);
    }

    private static String ends(final Shown finding) {
        return finding.isDated() ? Phrases.date(finding.notAfter().orElseThrow()) + mark(finding) : "";
    }

    /** What was not seen now may have changed since. */
    private static String mark(final Shown finding) {
        return finding.isUnknown() ? "?" : "";
    }

    private static String what(final Shown finding) {
        return finding.isCertificate() ? finding.message() : Phrases.kind(finding.kind()) + ": " + finding.message();
    }

    private static String places(final Shown finding) {
        final int all = finding.seenAt().size();
        final String some = finding.seenAt().stream()
                .limit(MOST_PLACES)
                .map(Shown.Place::toString)
                .collect(Collectors.joining(", "));
        return all > MOST_PLACES ? some + " and " + (all - MOST_PLACES) + " more" : some;
    }

    private static void inOrder(final List<String> lines, final List<Shown> findings) {
        final List<Shown> fine = findings.stream()
                .filter(finding -> finding.severity() == Severity.OK)
                .toList();
        if (fine.isEmpty()) {
            return;
        }
        final TextTable table = new TextTable("SEVERITY", "DAYS", "ENDS", "IN ORDER");
        for (final Shown finding : fine.subList(0, Math.min(MOST_ROWS, fine.size()))) {
            table.row(finding.severity().name(), days(finding), ends(finding), inOrder(finding));
        }
        lines.add("");
        table.lines(WIDTH - INDENT.length()).forEach(line -> lines.add(INDENT + line));
        more(lines, fine.size());
    }

    private static String inOrder(final Shown finding) {
        return finding.isDated() ? finding.name() : finding.name() + ": " + finding.message();
    }

    private static void excluded(final List<String> lines, final ExpiryReport report) {
        if (report.excluded().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(INDENT + "NOT LOOKED AT, because the stamp's configuration says so");
        report.excluded().stream().limit(MOST_ROWS).map(Shown.Place::of).forEach(place -> TextTable.wrap(
                        place.toString(), WIDTH - INDENT.length())
                .forEach(line -> lines.add(INDENT + line)));
        more(lines, report.excluded().size());
    }

    private static void more(final List<String> lines, final int all) {
        if (all > MOST_ROWS) {
            lines.add(INDENT + "... and " + (all - MOST_ROWS) + " more: see the report files.");
        }
    }

    private static String footer(final ExpiryReport report) {
        return "Checked " + Phrases.minute(report.checkedAt()) + " in " + Phrases.seconds(report.took())
                + "; sources: " + String.join(", ", report.sources()) + "; warning from "
                + report.thresholds().warnDays() + " days, critical from "
                + report.thresholds().criticalDays() + " days.";
    }
}
