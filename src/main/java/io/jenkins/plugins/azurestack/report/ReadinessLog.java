package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.CertificatePath;
import io.jenkins.plugins.azurestack.certificate.readiness.Outcome;
import io.jenkins.plugins.azurestack.certificate.readiness.PfxReadiness;
import io.jenkins.plugins.azurestack.certificate.readiness.ReadinessCheck;
import io.jenkins.plugins.azurestack.certificate.readiness.SetOutcome;
import io.jenkins.plugins.azurestack.certificate.readiness.SetReadiness;
import io.jenkins.plugins.azurestack.certificate.readiness.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The readiness of a certificate set as lines of a build log: the verdict first, then what is wrong with what to do
 * about it, then every file and every check of the set. Thumbprints are masked as the readiness checker masks them.
 * Lines are at most 140 characters and hold no control characters. Stateless.
 */
public final class ReadinessLog {
    /** No line is longer than this many characters. */
    static final int WIDTH = 140;

    private static final String INDENT = "  ";
    private static final String WHOLE_SET = "the set";

    private ReadinessLog() {}

    /** Renders it. */
    public static List<String> lines(final SetReadiness readiness) {
        final List<String> lines = new ArrayList<>(TextTable.wrap(
                "Certificate set of stamp " + readiness.stamp().name() + ": " + summary(readiness) + ".", WIDTH));
        problems(lines, readiness);
        files(lines, readiness);
        set(lines, readiness);
        lines.add("");
        revocationLists(readiness).forEach(line -> lines.addAll(TextTable.wrap(line, WIDTH)));
        lines.addAll(TextTable.wrap(
                "Checked " + Phrases.minute(readiness.checkedAt()) + " for "
                        + readiness.stamp().domain() + ", version " + readiness.version() + ".",
                WIDTH));
        return List.copyOf(lines);
    }

    /** The verdict and what it rests on: {@code NOT READY (1 Fail, 2 Warning, 130 OK, 1 Skipped)}. */
    public static String summary(final SetReadiness readiness) {
        return (readiness.isReady() ? "READY" : "NOT READY") + " ("
                + counts(statuses(readiness).toList()) + ")";
    }

    /** How many checks of files and of the set ended so. */
    static long count(final SetReadiness readiness, final Status status) {
        return statuses(readiness).filter(status::equals).count();
    }

    private static Stream<Status> statuses(final SetReadiness readiness) {
        return Stream.concat(
                readiness.files().values().stream().flatMap(ReadinessLog::statuses),
                readiness.outcomes().values().stream().map(SetOutcome::status));
    }

    private static Stream<Status> statuses(final PfxReadiness file) {
        return file.outcomes().values().stream().map(Outcome::status);
    }

    /** What there is none of is left out. */
    private static String counts(final List<Status> statuses) {
        final List<String> parts = new ArrayList<>();
        for (final Status status : List.of(Status.FAIL, Status.WARNING, Status.OK, Status.SKIPPED)) {
            final long count = statuses.stream().filter(status::equals).count();
            if (count > 0) {
                parts.add(count + " " + status.label());
            }
        }
        return String.join(", ", parts);
    }

    private static void problems(final List<String> lines, final SetReadiness readiness) {
        final TextTable table = new TextTable("STATUS", "FOLDER", "CHECK", "WHAT, AND WHAT TO DO");
        boolean any = false;
        for (final Status status : List.of(Status.FAIL, Status.WARNING)) {
            for (final PfxReadiness file : readiness.files().values()) {
                for (final var entry : file.outcomes().entrySet()) {
                    final Outcome outcome = entry.getValue();
                    if (outcome.status() == status) {
                        any = true;
                        problem(
                                table,
                                status,
                                file.folder().folderName(),
                                entry.getKey().title(),
                                outcome.message(),
                                outcome.remedy());
                    }
                }
            }
            for (final var entry : readiness.outcomes().entrySet()) {
                final SetOutcome outcome = entry.getValue();
                if (outcome.status() == status) {
                    any = true;
                    problem(table, status, WHOLE_SET, entry.getKey().title(), outcome.message(), outcome.remedy());
                }
            }
        }
        if (any) {
            add(lines, table);
        }
    }

    private static void problem(
            final TextTable table,
            final Status status,
            final String folder,
            final String check,
            final String message,
            final String remedy) {
        table.row(status.label(), folder, check, message);
        table.row("", "", "", "-> " + remedy);
    }

    private static void files(final List<String> lines, final SetReadiness readiness) {
        if (readiness.files().isEmpty()) {
            return;
        }
        final TextTable table = new TextTable("FOLDER", "THUMBPRINT", "ENDS", "CHECKS");
        for (final PfxReadiness file : readiness.files().values()) {
            table.row(
                    file.folder().folderName(),
                    file.path()
                            .map(path -> CertificateChain.masked(path.chain().thumbprint()))
                            .orElse(Phrases.UNKNOWN),
                    file.path()
                            .map(CertificatePath::chain)
                            .map(chain -> Phrases.date(chain.notAfter()))
                            .orElse(""),
                    counts(statuses(file).toList()));
        }
        add(lines, table);
    }

    private static void set(final List<String> lines, final SetReadiness readiness) {
        final TextTable table = new TextTable("STATUS", "CHECK OF THE SET", "FOUND");
        readiness
                .outcomes()
                .forEach((check, outcome) -> table.row(outcome.status().label(), check.title(), outcome.message()));
        add(lines, table);
    }

    /** From where a list was fetched is worth knowing when all is well, too: the stamp may be elsewhere. */
    private static List<String> revocationLists(final SetReadiness readiness) {
        return readiness.files().values().stream()
                .map(file -> file.outcome(ReadinessCheck.HTTP_CRL))
                .filter(outcome -> outcome.status() == Status.OK)
                .map(Outcome::message)
                .distinct()
                .toList();
    }

    private static void add(final List<String> lines, final TextTable table) {
        lines.add("");
        table.lines(WIDTH - INDENT.length()).forEach(line -> lines.add(INDENT + line));
    }
}
