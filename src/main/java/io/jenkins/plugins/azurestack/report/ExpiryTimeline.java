package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Thresholds;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The ends of all certificates on a line of time, as SVG: one row each, soonest first, the zones of warning and
 * critical behind them. Stateless.
 *
 * <p>All colours are presentation attributes and all positions across are percentages, so that it needs no style sheet
 * (Jenkins forbids them to what a build leaves behind) and is legible at any width.
 */
public final class ExpiryTimeline {
    /** More rows than this help nobody; the table of certificates has all. */
    static final int MOST_ROWS = 100;

    private static final int ROW = 40;
    private static final int TOP = 30;
    private static final int LONGEST_NAME = 24;
    private static final int MOST_TICKS = 5;
    /** How far apart, in percent, two labels of the axis have to be to be told apart on a telephone. */
    private static final double LABEL_GAP = 17;

    private static final int MARGIN = 24;
    private static final int STANDALONE_WIDTH = 1000;
    private static final Duration LONGEST_PAST = Duration.ofDays(60);
    private static final Duration SHORTEST_FUTURE = Duration.ofDays(180);
    private static final Duration LONGEST_FUTURE = Duration.ofDays(760);
    private static final Duration ROOM = Duration.ofDays(20);
    private static final String FONT = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif";
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM uuuu", Locale.ENGLISH);

    private final Subject subject;
    private final List<Row> rows;
    private final int more;
    private final Scale scale;
    private final int height;

    /**
     * What is drawn.
     *
     * @param stamp the stamp's name
     * @param checkedAt what is called today
     * @param rows in any order
     */
    record Subject(String stamp, Instant checkedAt, Thresholds thresholds, List<Row> rows) {
        static Subject of(final ExpiryReport report) {
            return new Subject(
                    report.stamp().name(),
                    report.checkedAt(),
                    report.thresholds(),
                    Shown.all(report).stream()
                            .filter(Shown::isDated)
                            .map(shown -> new Row(
                                    shown.name(),
                                    shown.severity(),
                                    shown.notAfter().orElseThrow(),
                                    shown.daysLeft(),
                                    shown.isUnknown()))
                            .toList());
        }
    }

    /**
     * One certificate.
     *
     * @param unknown whether it was not seen now, so that the date is the last that was known
     */
    record Row(String name, Severity severity, Instant notAfter, long daysLeft, boolean unknown) {}

    private ExpiryTimeline(final Subject subject) {
        this.subject = subject;
        final List<Row> dated = subject.rows().stream()
                .sorted(Comparator.comparing(Row::notAfter))
                .toList();
        rows = dated.subList(0, Math.min(MOST_ROWS, dated.size()));
        more = dated.size() - rows.size();
        scale = Scale.of(subject, rows);
        height = TOP + ROW * rows.size() + (more > 0 ? ROW : 0);
    }

    /** Renders a report as a file of its own, UTF-8: light, 1000 pixels wide. */
    public static byte[] bytes(final ExpiryReport report) {
        final ExpiryTimeline timeline = new ExpiryTimeline(Subject.of(report));
        final Markup svg = new Markup();
        svg.prologue("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        final String height = Integer.toString(timeline.height + 2 * MARGIN);
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "width",
                Integer.toString(STANDALONE_WIDTH),
                "height",
                height,
                "viewBox",
                "0 0 " + STANDALONE_WIDTH + " " + height,
                "color",
                "#1c2024");
        svg.empty("rect", "width", "100%", "height", "100%", "fill", "#ffffff");
        timeline.write(
                svg,
                "x",
                Integer.toString(MARGIN),
                "y",
                Integer.toString(MARGIN),
                "width",
                Integer.toString(STANDALONE_WIDTH - 2 * MARGIN));
        return svg.close().bytes();
    }

    /** Writes it into a page, as wide as there is room, in the page's colour of text. */
    static void write(final Markup page, final ExpiryReport report) {
        write(page, Subject.of(report));
    }

    /** Writes it into a page, as wide as there is room, in the page's colour of text. */
    static void write(final Markup page, final Subject subject) {
        new ExpiryTimeline(subject).write(page, "width", "100%");
    }

    private void write(final Markup svg, final String... position) {
        final List<String> attributes = new ArrayList<>(List.of(position));
        attributes.addAll(List.of(
                "height", Integer.toString(height),
                "role", "img",
                "aria-labelledby", "timeline-title timeline-desc",
                "overflow", "visible",
                "fill", "currentColor",
                "font-family", FONT,
                "font-size", "12"));
        svg.open("svg", attributes.toArray(String[]::new)).line();
        svg.element("title", "When the certificates of stamp " + subject.stamp() + " end", "id", "timeline-title");
        svg.element("desc", description(), "id", "timeline-desc").line();
        zones(svg);
        axis(svg);
        for (int i = 0; i < rows.size(); i++) {
            row(svg, rows.get(i), TOP + ROW * i);
        }
        if (more > 0) {
            text(svg, "0", TOP + ROW * rows.size() + 22, "start", "and " + more + " more that end later");
        }
        svg.closeLine();
    }

    private String description() {
        return "One row for each certificate, the first to end on top, from " + Phrases.date(scale.from()) + " to "
                + Phrases.date(scale.until()) + "; critical from "
                + Phrases.count(subject.thresholds().criticalDays(), "day", "days") + " before the end, warning from "
                + Phrases.count(subject.thresholds().warnDays(), "day", "days") + ".";
    }

    private void zones(final Markup svg) {
        final Instant now = subject.checkedAt();
        final Instant critical = now.plus(Duration.ofDays(subject.thresholds().criticalDays()));
        final Instant warning = now.plus(Duration.ofDays(subject.thresholds().warnDays()));
        zone(svg, scale.from(), critical, Palette.CRITICAL);
        zone(svg, critical, warning, Palette.WARNING);
    }

    private void zone(final Markup svg, final Instant from, final Instant until, final Palette colour) {
        svg.empty(
                "rect",
                "x",
                percent(scale.percent(from)),
                "y",
                Integer.toString(TOP - 8),
                "width",
                percent(scale.percent(until) - scale.percent(from)),
                "height",
                Integer.toString(height - TOP + 8),
                "fill",
                colour.hex(),
                "fill-opacity",
                "0.12");
    }

    private void axis(final Markup svg) {
        final double today = scale.percent(subject.checkedAt());
        tick(svg, today, "0.7");
        text(svg, percent(today), 13, today < 4 ? "start" : "middle", "today", "font-weight", "600");
        for (final LocalDate day : scale.ticks()) {
            final double at = scale.percent(day.atStartOfDay(ZoneOffset.UTC).toInstant());
            if (Math.abs(at - today) >= LABEL_GAP) {
                tick(svg, at, "0.18");
                text(svg, percent(at), 13, at > 93 ? "end" : "middle", MONTH.format(day), "fill-opacity", "0.75");
            }
        }
        svg.line();
    }

    private void tick(final Markup svg, final double at, final String opacity) {
        svg.empty(
                "line",
                "x1",
                percent(at),
                "x2",
                percent(at),
                "y1",
                Integer.toString(TOP - 8),
                "y2",
                Integer.toString(height),
                "stroke",
                "currentColor",
                "stroke-opacity",
                opacity);
    }

    private void row(final Markup svg, final Row finding, final int top) {
        final Instant end = finding.notAfter();
        final Palette colour = Palette.of(finding.severity());
        final String words = Phrases.date(end) + ", "
                + (finding.daysLeft() < 0 ? "ended" : Phrases.count(finding.daysLeft(), "day", "days"))
                + (finding.unknown() ? "?" : "");
        svg.open("g");
        svg.element("title", finding.name() + " " + Phrases.ends(finding.daysLeft()) + ", " + finding.severity());
        svg.open("svg", "x", percent(scale.percent(subject.checkedAt())), "overflow", "visible");
        text(svg, "7", top + 14, "start", Text.printable(finding.name(), LONGEST_NAME), "font-weight", "600");
        svg.close();
        text(svg, "100%", top + 14, "end", words);
        bar(svg, finding, top + 26, colour);
        svg.open("svg", "x", percent(scale.percent(end)), "y", Integer.toString(top + 26), "overflow", "visible");
        svg.empty(
                "path",
                "d",
                scale.isBeyond(end) ? "M-7-6L3 0-7 6Z" : colour.marker(),
                "fill",
                finding.unknown() ? "none" : colour.hex(),
                "stroke",
                colour.hex(),
                "stroke-width",
                "2");
        svg.close().closeLine();
    }

    /** From today to the end; what has ended shows since when. */
    private void bar(final Markup svg, final Row finding, final int y, final Palette colour) {
        final double today = scale.percent(subject.checkedAt());
        final double end = scale.percent(finding.notAfter());
        svg.empty(
                "line",
                "x1",
                percent(Math.min(today, end)),
                "x2",
                percent(Math.max(today, end)),
                "y1",
                Integer.toString(y),
                "y2",
                Integer.toString(y),
                "stroke",
                colour.hex(),
                "stroke-width",
                "4",
                "stroke-dasharray",
                finding.unknown() || end < today ? "3 4" : "none");
    }

    private static void text(
            final Markup svg,
            final String x,
            final int y,
            final String anchor,
            final String text,
            final String... attributes) {
        final List<String> all = new ArrayList<>(List.of("x", x, "y", Integer.toString(y), "text-anchor", anchor));
        all.addAll(List.of(attributes));
        svg.element("text", text, all.toArray(String[]::new));
    }

    private static String percent(final double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }

    /** Which stretch of time is shown, and where on it an instant is. */
    private record Scale(Instant from, Instant until) {
        static Scale of(final Subject subject, final List<Row> rows) {
            final Instant now = subject.checkedAt();
            final Instant first = rows.isEmpty() ? now : rows.get(0).notAfter();
            final Instant last =
                    rows.isEmpty() ? now : rows.get(rows.size() - 1).notAfter();
            final Instant earliest = now.minus(LONGEST_PAST);
            final Duration warning = Duration.ofDays(2L * subject.thresholds().warnDays());
            final Duration shortest = warning.compareTo(SHORTEST_FUTURE) > 0 ? warning : SHORTEST_FUTURE;
            final Duration longest = shortest.compareTo(LONGEST_FUTURE) > 0 ? shortest : LONGEST_FUTURE;
            return new Scale(
                    first.isBefore(now) ? clamp(first.minus(ROOM), earliest, now) : now,
                    clamp(last.plus(ROOM), now.plus(shortest), now.plus(longest)));
        }

        private static Instant clamp(final Instant value, final Instant least, final Instant most) {
            if (value.isBefore(least)) {
                return least;
            }
            return value.isAfter(most) ? most : value;
        }

        /** From 0 to 100; what is outside is at the edge. */
        double percent(final Instant when) {
            final Instant shown = clamp(when, from, until);
            return 100.0
                    * Duration.between(from, shown).toSeconds()
                    / Duration.between(from, until).toSeconds();
        }

        boolean isBeyond(final Instant when) {
            return when.isAfter(until);
        }

        /** Firsts of months, not more than there is room for. */
        List<LocalDate> ticks() {
            final List<LocalDate> ticks = new ArrayList<>();
            final int step = step();
            final LocalDate last = LocalDate.ofInstant(until, ZoneOffset.UTC);
            YearMonth month =
                    YearMonth.from(LocalDate.ofInstant(from, ZoneOffset.UTC)).plusMonths(1);
            for (; !month.atDay(1).isAfter(last); month = month.plusMonths(1)) {
                if ((month.getMonthValue() - 1) % step == 0) {
                    ticks.add(month.atDay(1));
                }
            }
            return ticks;
        }

        private int step() {
            final long months = Duration.between(from, until).toDays() / 30;
            for (final int step : new int[] {1, 2, 3, 6}) {
                if (months / step <= MOST_TICKS) {
                    return step;
                }
            }
            return 12;
        }
    }

    /** Colours that can be told from a white and from a black background alike, and shapes for who sees no colours. */
    enum Palette {
        OK("#2e8b57", "M-6 0A6 6 0 1 1 6 0A6 6 0 1 1-6 0Z"),
        NOTICE("#3b7dd8", "M-5-5H5V5H-5Z"),
        WARNING("#b7791f", "M0-7L7 6H-7Z"),
        CRITICAL("#d63a45", "M0-8L8 0 0 8-8 0Z");

        private final String hex;
        private final String marker;

        Palette(final String hex, final String marker) {
            this.hex = hex;
            this.marker = marker;
        }

        static Palette of(final Severity severity) {
            return switch (severity) {
                case OK -> OK;
                case NOTICE -> NOTICE;
                case WARNING -> WARNING;
                case CRITICAL -> CRITICAL;
            };
        }

        String hex() {
            return hex;
        }

        /** The path of its shape, around the origin, in pixels. */
        String marker() {
            return marker;
        }
    }
}
