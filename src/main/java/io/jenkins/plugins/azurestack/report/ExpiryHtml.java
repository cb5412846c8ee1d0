package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import io.jenkins.plugins.azurestack.expiry.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An expiry report as one self-contained HTML page: no script, nothing loaded, readable on paper, on a telephone and in
 * the dark. Jenkins serves what a build leaves behind without style sheets, so the page is whole without its own: plain
 * tables with the attributes that such a page needs. Stateless.
 */
public final class ExpiryHtml {
    /** The first of these many characters, and as many of the last, tell thumbprints apart for a person. */
    private static final int MASK_KEEPS = 6;

    private final ExpiryReport report;
    private final List<Shown> findings;
    private final Markup page;

    private ExpiryHtml(final ExpiryReport report) {
        this.report = report;
        this.findings = Shown.all(report);
        this.page = HtmlPage.begin(report.stamp().name() + ": " + Phrases.headline(report));
    }

    /** Renders a report as UTF-8. */
    public static byte[] bytes(final ExpiryReport report) {
        return new ExpiryHtml(report).write();
    }

    private byte[] write() {
        page.open("body").line();
        header();
        page.open("main").line();
        timeline();
        problems();
        unknown();
        certificates();
        excluded();
        page.closeLine();
        footer();
        page.closeLine();
        return page.closeLine().bytes();
    }

    private void header() {
        page.open("header", "class", css(report.severity())).line();
        page.open("p", "class", "stamp")
                .text("Azure Stack Hub stamp ")
                .element("strong", report.stamp().name())
                .text(" (")
                .foreign(report.stamp().domain())
                .text("): expiry check of ")
                .element(
                        "time",
                        Phrases.minute(report.checkedAt()),
                        "datetime",
                        report.checkedAt().toString())
                .closeLine();
        page.open("h1").foreign(Phrases.headline(report)).closeLine();
        page.open("p");
        badge(report.severity());
        page.text(" ");
        report.next()
                .map(finding -> Shown.of(report, finding))
                .ifPresentOrElse(this::subtitle, () -> page.text("Nothing is known about when certificates end."));
        page.closeLine();
        page.open("ul", "class", "counts").line();
        for (final Severity severity : List.of(Severity.CRITICAL, Severity.WARNING, Severity.NOTICE, Severity.OK)) {
            final long count = report.count(severity);
            count(count, severity == Severity.OK ? "ok" : words(severity, count), count > 0 ? css(severity) : "none");
        }
        count(Phrases.unknown(report).count(), "not seen", "none");
        count(report.excluded().size(), "left out", "none");
        page.closeLine().closeLine();
    }

    private void subtitle(final Shown next) {
        final Instant end = next.notAfter().orElseThrow();
        page.text("The first to end does so on ").element("time", Phrases.minute(end), "datetime", end.toString());
        if (!next.limitedBy().isEmpty()) {
            page.text(", because ").foreign(next.limitedBy()).text(" in its chain ends before the certificate itself");
        }
        page.text(".");
    }

    private void count(final long count, final String words, final String css) {
        page.element("li", count + " " + words, "class", css).line();
    }

    private void timeline() {
        section("Timeline");
        if (findings.stream().noneMatch(Shown::isDated)) {
            page.element("p", "There is no date to show.").line();
        } else {
            page.open("div", "role", "figure", "class", "timeline").line();
            ExpiryTimeline.write(page, report);
            page.open("p", "class", "legend");
            key(Severity.CRITICAL, "critical, from " + days(report.thresholds().criticalDays()));
            key(Severity.WARNING, "warning, from " + days(report.thresholds().warnDays()));
            key(Severity.NOTICE, "notice");
            key(Severity.OK, "ok");
            page.open("span", "class", "key")
                    .text("hollow: not seen now, last known end")
                    .close();
            page.closeLine().closeLine();
        }
        page.closeLine();
    }

    private static String days(final int days) {
        return Phrases.count(days, "day", "days");
    }

    private void key(final Severity severity, final String words) {
        final ExpiryTimeline.Palette palette = ExpiryTimeline.Palette.of(severity);
        page.open("span", "class", "key");
        page.open("svg", "width", "16", "height", "16", "viewBox", "-8 -8 16 16", "aria-hidden", "true");
        page.empty("path", "d", palette.marker(), "fill", palette.hex());
        page.close().text(" " + words).close().text(" \u00a0 ");
    }

    private void problems() {
        section("What needs attention");
        if (findings.stream().allMatch(finding -> finding.severity() == Severity.OK)) {
            page.element("p", findings.isEmpty() ? "Nothing was seen, so nothing can be said." : "Nothing.")
                    .line();
        }
        for (final Severity severity : List.of(Severity.CRITICAL, Severity.WARNING, Severity.NOTICE)) {
            final List<Shown> some = findings.stream()
                    .filter(finding -> finding.severity() == severity)
                    .toList();
            if (!some.isEmpty()) {
                page.open("h3");
                badge(severity);
                page.text(" " + some.size()).closeLine();
                table("findings", "About", "Finding", "What to do", "Ends");
                some.forEach(this::problem);
                endTable();
            }
        }
        page.closeLine();
    }

    private void problem(final Shown finding) {
        page.open("tr");
        page.open("th", "scope", "row", "align", "left").foreign(finding.name()).empty("br");
        page.element("span", Phrases.kind(finding.kind()), "class", "kind").close();
        page.open("td").foreign(finding.message());
        if (!finding.isCertificate() && !finding.seenAt().isEmpty()) {
            page.empty("br").open("span", "class", "small");
            places(finding.seenAt());
            page.close();
        }
        page.close();
        page.open("td", "class", "block", "data-label", "What to do")
                .foreign(finding.advice())
                .close();
        page.open("td", "class", "end", "data-label", "Ends", "nowrap", "nowrap");
        if (finding.isDated()) {
            date(finding.notAfter().orElseThrow());
            page.empty("br").element("span", endsShort(finding), "class", "small");
        }
        page.close().closeLine();
    }

    private static String endsShort(final Shown finding) {
        return finding.isUnknown()
                ? "last known"
                : Phrases.ends(finding.daysLeft()).replaceFirst("^ends ", "");
    }

    private void unknown() {
        final List<Shown> unknown = findings.stream().filter(Shown::isUnknown).toList();
        if (unknown.isEmpty()) {
            return;
        }
        section("What could not be seen");
        page.element(
                        "p",
                        "Unknown is not good news: it counts as a warning, and as critical where the certificate was"
                                + " last seen too long ago or was about to end.")
                .line();
        table("unknown", "About", "Where", "Reason", "Last known end");
        for (final Shown finding : unknown) {
            page.open("tr");
            page.open("th", "scope", "row", "align", "left")
                    .foreign(finding.name())
                    .close();
            page.open("td", "class", "block small", "data-label", "Where");
            places(finding.seenAt());
            page.close();
            page.open("td").foreign(finding.message()).close();
            page.open("td", "data-label", "Last known end", "nowrap", "nowrap");
            finding.notAfter().ifPresentOrElse(this::date, () -> page.text("none"));
            page.close().closeLine();
        }
        endTable();
        page.closeLine();
    }

    private void certificates() {
        section("Certificates and secrets");
        final List<Shown> certificates = findings.stream()
                .filter(Shown::isCertificate)
                .sorted(Comparator.comparing(finding -> finding.notAfter().orElse(Instant.MAX)))
                .toList();
        if (certificates.isEmpty()) {
            page.element("p", "None was seen.").line();
        } else {
            table("certificates", "Name", "Subject", "Ends", "Days left", "Thumbprint", "Seen at");
            certificates.forEach(this::certificate);
            endTable();
        }
        page.closeLine();
    }

    private void certificate(final Shown finding) {
        page.open("tr");
        page.open("th", "scope", "row", "align", "left").foreign(finding.name());
        final String others = finding.folders().stream()
                .filter(folder -> !folder.equals(finding.name()))
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            page.empty("br").element("span", others, "class", "kind");
        }
        page.close();
        page.open("td").foreign(finding.subject());
        if (!finding.limitedBy().isEmpty()) {
            page.empty("br").open("span", "class", "kind").text("ends early with ");
            page.foreign(finding.limitedBy()).close();
        }
        page.close();
        page.open("td", "data-label", "Ends", "nowrap", "nowrap");
        finding.notAfter().ifPresentOrElse(this::date, () -> page.text("not known"));
        page.close();
        page.open("td", "class", "number", "data-label", "Days left");
        finding.notAfter().ifPresent(end -> page.text(finding.daysLeft() < 0 ? "ended " : finding.daysLeft() + " "));
        badge(finding.severity());
        page.close();
        page.open("td", "data-label", "Thumbprint")
                .element("code", masked(finding.thumbprint()))
                .close();
        page.open("td", "class", "block small", "data-label", "Seen at");
        places(finding.seenAt());
        page.close().closeLine();
    }

    private void excluded() {
        if (report.excluded().isEmpty()) {
            return;
        }
        section("What was left out");
        page.element("p", "Not looked at: " + Phrases.EXCLUDED + ".").line();
        table("excluded", "Target", "Source", "Folder");
        report.excluded().stream().map(Shown.Place::of).forEach(place -> {
            page.open("tr");
            page.open("th", "scope", "row", "align", "left")
                    .foreign(place.name())
                    .close();
            page.element("td", place.source(), "data-label", "Source");
            page.element("td", place.folder(), "data-label", "Folder");
            page.closeLine();
        });
        endTable();
        page.closeLine();
    }

    private void footer() {
        page.open("footer").line();
        page.element(
                        "p",
                        "Checked " + Phrases.minute(report.checkedAt()) + ", in " + Phrases.seconds(report.took())
                                + ". Sources: " + String.join(", ", report.sources()) + ". Warning from "
                                + days(report.thresholds().warnDays()) + ", critical from "
                                + days(report.thresholds().criticalDays()) + ".")
                .line();
        page.element(
                        "p",
                        "Dates are the earliest in the chain as it was presented, in UTC. Thumbprints are SHA-1, the"
                                + " first and last six digits. Internal secrets of the stamp"
                                + " can't be seen from outside: it raises an alert 90 days before they end.")
                .line();
        page.closeLine();
    }

    private void section(final String heading) {
        page.open("section").line().element("h2", heading).line();
    }

    /** Begins a table; its attributes are what makes it readable where style sheets are forbidden. */
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

    private void places(final List<Shown.Place> places) {
        for (int i = 0; i < places.size(); i++) {
            if (i > 0) {
                page.empty("br");
            }
            page.foreign(places.get(i).toString());
        }
    }

    private void date(final Instant when) {
        page.element("time", Phrases.date(when), "datetime", when.toString());
    }

    private void badge(final Severity severity) {
        page.element("strong", severity.name(), "class", "badge " + css(severity));
    }

    private static String css(final Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static String words(final Severity severity, final long count) {
        return severity == Severity.CRITICAL || count == 1 ? css(severity) : css(severity) + "s";
    }

    static String masked(final String thumbprint) {
        return thumbprint.length() <= 2 * MASK_KEEPS
                ? thumbprint
                : thumbprint.substring(0, MASK_KEEPS)
                        + "\u2026"
                        + thumbprint.substring(thumbprint.length() - MASK_KEEPS);
    }
}
