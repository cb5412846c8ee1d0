package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.report.HtmlPage;
import io.jenkins.plugins.azurestack.report.Markup;
import io.jenkins.plugins.azurestack.simulator.world.Faults;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A rehearsal as one self-contained HTML page: no script, nothing loaded, and a policy that allows neither. */
final class RehearsalPage {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long KILO = 1024;

    private static final String STYLE =
            """
            .steps tbody th { width: 21%; }
            .steps td.at { width: 7em; }
            .steps td.did { width: 52%; }
            td p { margin: 0; }
            details { margin: 4px 0 0; }
            summary { cursor: pointer; color: var(--soft); font-size: 0.87em; }
            pre { margin: 6px 0 2px; padding: 10px 12px; border-radius: 6px; background: var(--page); white-space: pre-wrap; font: 0.82em/1.5 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
            .files code, .ledger code { white-space: normal; }
            a { color: var(--notice); }
            .outside { font-weight: 600; }
            .facts { margin: 0; }
            .facts div { display: flex; gap: 10px; padding: 3px 0; }
            .facts dt { flex: 0 0 9.5em; color: var(--soft); }
            .facts dd { margin: 0; }
            @media screen and (max-width: 760px) {
              .steps tbody th, .steps td.at, .steps td.did { width: auto; }
              .facts div { display: block; }
            }
            """;

    private final RehearsalReport report;
    private final Markup page;

    private RehearsalPage(final RehearsalReport report) {
        this.report = report;
        this.page = HtmlPage.beginSealed("Rehearsal of " + report.file() + ": " + report.result(), STYLE);
    }

    /** Renders a rehearsal as UTF-8. */
    static byte[] bytes(final RehearsalReport report) {
        return new RehearsalPage(report).write();
    }

    private byte[] write() {
        page.open("body").line();
        header();
        page.open("main").line();
        setting();
        stages();
        approvals();
        steps();
        faults();
        ledger();
        files();
        notProved();
        page.closeLine();
        page.closeLine();
        return page.closeLine().bytes();
    }

    private void header() {
        page.open("header", "class", css(report.result())).line();
        page.open("p", "class", "stamp")
                .text("Rehearsal of ")
                .element("strong", report.file())
                .text(many() ? " against the simulated stamps " : " against the simulated stamp ")
                .element("strong", String.join(", ", report.findings().keySet()))
                .closeLine();
        page.open("h1")
                .text("The rehearsed build ended as ")
                .text(report.result().name());
        page.closeLine();
        page.open("p").element("span", RehearsalReport.OUTSIDE, "class", "outside");
        page.text(": it shows what the file does with a stamp that behaves as documented, not what a Jenkins makes of"
                        + " it. ")
                .element("a", "What it does not prove", "href", "#not-proved")
                .text(".")
                .closeLine();
        page.open("ul", "class", "counts").line();
        count(report.proceedings().stages().size(), "stage", "stages", "none");
        count(report.proceedings().steps().size(), "step", "steps", "none");
        count(report.proceedings().approvals().size(), "approval", "approvals", "none");
        report.findings().forEach((stamp, seen) -> {
            final int rotations = seen.rotations().size();
            page.element(
                            "li",
                            "Start-SecretRotation" + (many() ? " on " + stamp : "") + ": " + rotations,
                            "class",
                            rotations > 1 ? "warning" : "none")
                    .line();
        });
        final long failed = report.findings().values().stream()
                .mapToLong(StampFindings::failedLogons)
                .sum();
        count(failed, "failed logon", "failed logons", failed > 0 ? "critical" : "none");
        final long faults = report.findings().values().stream()
                .mapToLong(seen -> seen.faults().size())
                .sum();
        count(faults, "fault armed", "faults armed", "none");
        page.closeLine().closeLine();
    }

    private boolean many() {
        return report.findings().size() > 1;
    }

    private void count(final long number, final String one, final String many, final String css) {
        page.element("li", number + " " + (number == 1 ? one : many), "class", css)
                .line();
    }

    private void setting() {
        final Rehearsal.Setting setting = report.setting();
        final Simulation simulation = setting.simulations().get(0);
        section("What was rehearsed");
        page.open("dl", "class", "facts").line();
        fact("Jenkinsfile", report.file());
        setting.simulations()
                .forEach(one ->
                        fact("Stamp", one.stampName() + " (" + one.stamp().domain() + "), " + one.identity()));
        fact("Version", simulation.version());
        fact("Nodes", Integer.toString(simulation.nodes()));
        if (!simulation.providers().isEmpty()) {
            fact(
                    "Resource providers",
                    simulation.providers().stream()
                            .map(provider -> provider.configName())
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
        fact(
                "Time",
                SECOND.format(report.began()) + " to " + SECOND.format(report.ended())
                        + " UTC on the stamp and in the build, "
                        + simulation.timeFactor() + " times as fast as outside; sleeps only put it forward");
        fact("Build before", setting.previous().map(Enum::name).orElse("none"));
        page.closeLine().closeLine();
    }

    private void fact(final String name, final String value) {
        page.open("div").element("dt", name).open("dd").foreign(value).close().closeLine();
    }

    private void stages() {
        section("Stages");
        if (report.proceedings().stages().isEmpty()) {
            page.element("p", "None.").line();
        } else {
            table("stages", "Stage", "Result", "Remark");
            report.proceedings().stages().forEach(stage -> {
                page.open("tr");
                page.open("th", "scope", "row", "align", "left")
                        .foreign(String.join(" / ", stage.path()))
                        .close();
                page.open("td");
                stage.result().ifPresentOrElse(this::badge, () -> page.element("strong", "SKIPPED", "class", "badge"));
                page.close();
                page.open("td").foreign(stage.remark()).close().closeLine();
            });
            endTable();
        }
        page.closeLine();
    }

    private void approvals() {
        section("Approvals");
        if (report.proceedings().approvals().isEmpty()) {
            page.element("p", "Nothing was asked.").line();
        } else {
            page.element("p", "The rehearsal answered every input itself, as the approver it was told to be.")
                    .line();
            table("approvals", "Asked", "Answered by", "In Jenkins", "At");
            report.proceedings().approvals().forEach(approval -> {
                page.open("tr");
                page.open("th", "scope", "row", "align", "left");
                approval.message().lines().forEach(line -> page.foreign(line).empty("br"));
                page.close();
                page.open("td", "data-label", "Answered by")
                        .foreign(approval.approver())
                        .close();
                page.open("td", "data-label", "In Jenkins")
                        .foreign(approval.submitters().isEmpty() ? "anybody who may" : "only " + approval.submitters())
                        .close();
                page.open("td", "data-label", "At");
                time(approval.at());
                page.close().closeLine();
            });
            endTable();
        }
        page.closeLine();
    }

    private void faults() {
        report.findings().forEach(this::faults);
    }

    private void faults(final String stamp, final StampFindings findings) {
        section(many() ? "Faults of " + stamp : "Faults");
        final List<Faults.Report> faults = findings.faults();
        if (faults.isEmpty()) {
            page.element("p", "None was armed.").line();
        } else {
            table("faults", "Fault", "What became of it");
            faults.forEach(fault -> {
                page.open("tr");
                page.open("th", "scope", "row", "align", "left")
                        .open("code")
                        .breakable(fault.written())
                        .close()
                        .close();
                page.open("td").text(became(fault)).close().closeLine();
            });
            endTable();
        }
        page.closeLine();
    }

    private static String became(final Faults.Report fault) {
        if (fault.occasions() > 0) {
            return fault.occasions() == 1 ? "struck once" : "struck " + fault.occasions() + " times";
        }
        return fault.struck() ? "was in force when somebody looked" : "did not strike: nothing came to its occasion";
    }

    private void ledger() {
        report.findings().forEach(this::ledger);
    }

    private void ledger(final String stamp, final StampFindings findings) {
        section("What the simulated stamp " + (many() ? stamp + " " : "") + "saw");
        if (findings.tallies().isEmpty()) {
            page.element("p", "No step touched it.").line().closeLine();
            return;
        }
        page.open("p")
                .text("Start-SecretRotation was "
                        + times(findings.rotations().size()) + "; "
                        + switch ((int) findings.failedLogons()) {
                            case 0 -> "no logon";
                            case 1 -> "1 logon";
                            default -> findings.failedLogons() + " logons";
                        }
                        + " failed.")
                .closeLine();
        if (!findings.rotations().isEmpty()) {
            table("ledger", "Start-SecretRotation", "Outcome");
            findings.rotations().forEach(started -> {
                page.open("tr").open("td").open("code").breakable(parameters(started.parameters()));
                page.close().close();
                page.open("td").foreign(started.outcome()).close().closeLine();
            });
            endTable();
        }
        table("ledger", "Service", "Outcome", "Calls");
        findings.tallies().forEach(tally -> {
            page.open("tr");
            page.element("th", words(tally.service()), "scope", "row", "align", "left");
            page.open("td").foreign(words(tally.outcome())).close();
            page.open("td", "class", "number", "data-label", "Calls")
                    .text(Long.toString(tally.calls()))
                    .close()
                    .closeLine();
        });
        endTable();
        page.closeLine();
    }

    private static String times(final int number) {
        return switch (number) {
            case 0 -> "never called";
            case 1 -> "called once";
            default -> "called " + number + " times";
        };
    }

    private static String parameters(final Map<String, String> parameters) {
        return parameters.isEmpty()
                ? "without parameters"
                : parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey() + ": " + parameter.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String words(final String constant) {
        return constant.equals(constant.toUpperCase(Locale.ROOT))
                ? constant.toLowerCase(Locale.ROOT).replace('_', ' ')
                : constant;
    }

    private void files() {
        section("Saved files");
        if (report.files().isEmpty()) {
            page.element("p", "None.").line();
        } else {
            page.element(
                            "p",
                            "archive/ is what archiveArtifacts took, build/ what steps keep with the build, workspace/ what"
                                    + " lay only there at the end.")
                    .line();
            table("files", "File", "Size");
            report.files().forEach(file -> {
                page.open("tr").open("td").open("a", "href", link(file.path()));
                page.open("code").breakable(file.path()).close().close().close();
                page.open("td", "class", "number", "data-label", "Size")
                        .text(size(file.bytes()))
                        .close()
                        .closeLine();
            });
            endTable();
        }
        page.closeLine();
    }

    /** Relative, with everything escaped that a path of a URI does not take as it is. */
    private static String link(final String path) {
        try {
            return "./" + new URI(null, null, "/" + path, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("A path that begins with a slash is one of a URI", e);
        }
    }

    private static String size(final long bytes) {
        return bytes < KILO ? bytes + " B" : (bytes + KILO - 1) / KILO + " KB";
    }

    private void steps() {
        section("Steps");
        page.element("p", "In their order; those that only hold others are left out.")
                .line();
        table("steps", "Step", "What it did", "At (UTC)");
        report.proceedings().steps().forEach(this::step);
        endTable();
        page.closeLine();
    }

    private void step(final Proceedings.Step step) {
        page.open("tr");
        page.open("th", "scope", "row", "align", "left").text(step.name()).empty("br");
        page.open("span", "class", "kind");
        page.foreign(String.join(" / ", step.stages()));
        page.text((step.stages().isEmpty() ? "" : ", ") + (step.line() > 0 ? "line " + step.line() : ""));
        page.close().close();
        page.open("td", "class", "did").open("p");
        if (step.failed()) {
            page.element("strong", "FAILED", "class", "badge critical").text(" ");
        }
        page.foreign(step.did()).close();
        if (!step.arguments().isEmpty()) {
            page.open("p", "class", "small").foreign(step.arguments()).close();
        }
        if (step.said().size() > 1) {
            page.open("details").element("summary", step.said().size() + " lines on the console");
            page.open("pre").lines(step.said()).close().close();
        }
        page.close();
        page.open("td", "class", "at", "data-label", "At (UTC)", "nowrap", "nowrap");
        page.element("time", TIME.format(step.at()), "datetime", step.at().toString());
        page.close().closeLine();
    }

    private void notProved() {
        page.open("section", "id", "not-proved").line();
        page.element("h2", RehearsalReport.OUTSIDE + ": what that does not prove")
                .line();
        page.open("ul").line();
        RehearsalReport.NOT_PROVED.forEach(item -> page.element("li", item).line());
        page.closeLine();
        page.element("p", "docs/rehearsal.md says more of each.").line();
        page.closeLine();
    }

    private void section(final String heading) {
        page.open("section").line().element("h2", heading).line();
    }

    private void table(final String css, final String... headings) {
        page.open("table", "class", css, "border", "1", "cellspacing", "0", "cellpadding", "6", "width", "100%");
        page.open("thead").open("tr");
        for (final String heading : headings) {
            page.element("th", heading, "scope", "col", "align", "left");
        }
        page.close().close().open("tbody").line();
    }

    private void endTable() {
        page.close().closeLine();
    }

    private void time(final Instant when) {
        page.element("time", SECOND.format(when), "datetime", when.toString());
    }

    private void badge(final BuildResult result) {
        page.element("strong", result.name(), "class", "badge " + css(result));
    }

    private static String css(final BuildResult result) {
        return switch (result) {
            case SUCCESS -> "ok";
            case UNSTABLE -> "warning";
            case FAILURE -> "critical";
            case NOT_BUILT, ABORTED -> "notice";
        };
    }
}
