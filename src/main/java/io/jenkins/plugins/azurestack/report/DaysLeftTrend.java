package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Thresholds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many days were left until the first end, build by build, as SVG: a line of points from the oldest to the newest,
 * the zones of warning and critical behind them. All colours are attributes, and all positions across percentages, so
 * that it needs no style sheet and is legible at any width. Stateless.
 */
public final class DaysLeftTrend {
    /** More points than this help nobody. */
    public static final int MOST = 60;

    private static final int HEIGHT = 200;
    private static final int TOP = 16;
    private static final int BOTTOM = 28;
    /** How much of the height a number needs. */
    private static final int LINE = 14;

    private static final long LEAST_DAYS = 120;
    private static final long MOST_DAYS = 1000;
    /** How much of the width, in percent, the numbers beside the axis need. */
    private static final double LEFT = 6;

    private final String stamp;
    private final List<Point> points;
    private final Thresholds thresholds;
    private final long most;

    /**
     * What one build saw.
     *
     * @param daysLeft whole days; negative if it had ended
     * @param name what is to end first
     */
    public record Point(int build, long daysLeft, Severity severity, String name) {}

    private DaysLeftTrend(final String stamp, final List<Point> points, final Thresholds thresholds) {
        this.stamp = stamp;
        this.points = points.subList(Math.max(0, points.size() - MOST), points.size());
        this.thresholds = thresholds;
        this.most = Math.min(
                MOST_DAYS, this.points.stream().mapToLong(Point::daysLeft).max().orElse(0) + 10);
    }

    /**
     * Draws it, to be put into a page.
     *
     * @param points the oldest first; the last {@value #MOST} are drawn
     * @return markup, in which every text is escaped
     */
    public static String svg(final String stamp, final List<Point> points, final Thresholds thresholds) {
        return new DaysLeftTrend(stamp, points, thresholds).write();
    }

    private String write() {
        final Markup svg = new Markup();
        svg.open(
                "svg",
                "width",
                "100%",
                "height",
                Integer.toString(HEIGHT),
                "role",
                "img",
                "aria-label",
                "Days left until the first certificate of stamp " + stamp + " ends, build by build",
                "overflow",
                "visible",
                "fill",
                "currentColor",
                "font-size",
                "12");
        zone(svg, 0, thresholds.criticalDays(), ExpiryTimeline.Palette.CRITICAL);
        zone(svg, thresholds.criticalDays(), thresholds.warnDays(), ExpiryTimeline.Palette.WARNING);
        labelled().forEach(days -> label(svg, days));
        for (int i = 1; i < points.size(); i++) {
            line(svg, i);
        }
        for (int i = 0; i < points.size(); i++) {
            point(svg, i);
        }
        return new String(svg.close().bytes(), StandardCharsets.UTF_8);
    }

    /** What stands beside the axis: the top, the bottom, and between them what has room. */
    private List<Long> labelled() {
        final List<Long> shown = new ArrayList<>(List.of(0L, scale()));
        for (final long days : List.of((long) thresholds.warnDays(), (long) thresholds.criticalDays())) {
            if (shown.stream().allMatch(other -> Math.abs(y(other) - y(days)) >= LINE)) {
                shown.add(days);
            }
        }
        return shown;
    }

    private long scale() {
        return Math.max(LEAST_DAYS, most);
    }

    private int y(final long days) {
        final long shown = Math.max(0, Math.min(scale(), days));
        return (int) (HEIGHT - BOTTOM - shown * (HEIGHT - TOP - BOTTOM) / scale());
    }

    private String x(final int index) {
        final double share = points.size() == 1 ? 0.5 : (double) index / (points.size() - 1);
        return percent(LEFT + 2 + share * (100 - LEFT - 5));
    }

    private void zone(final Markup svg, final long from, final long until, final ExpiryTimeline.Palette colour) {
        svg.empty(
                "rect",
                "x",
                percent(LEFT),
                "width",
                percent(100 - LEFT),
                "y",
                Integer.toString(y(until)),
                "height",
                Integer.toString(y(from) - y(until)),
                "fill",
                colour.hex(),
                "fill-opacity",
                "0.12");
    }

    private void label(final Markup svg, final long days) {
        svg.element("text", Long.toString(days), "x", "0", "y", Integer.toString(y(days) + 4), "fill-opacity", "0.75");
    }

    private void line(final Markup svg, final int index) {
        svg.empty(
                "line",
                "x1",
                x(index - 1),
                "x2",
                x(index),
                "y1",
                Integer.toString(y(points.get(index - 1).daysLeft())),
                "y2",
                Integer.toString(y(points.get(index).daysLeft())),
                "stroke",
                "currentColor",
                "stroke-opacity",
                "0.4",
                "stroke-width",
                "2");
    }

    private void point(final Markup svg, final int index) {
        final Point point = points.get(index);
        final ExpiryTimeline.Palette colour = ExpiryTimeline.Palette.of(point.severity());
        svg.open("svg", "x", x(index), "y", Integer.toString(y(point.daysLeft())), "overflow", "visible");
        svg.open("path", "d", colour.marker(), "fill", colour.hex());
        svg.element(
                "title",
                "#" + point.build() + ": " + point.name() + " " + Phrases.ends(point.daysLeft()) + ", "
                        + point.severity());
        svg.close();
        if (index == 0 || index == points.size() - 1) {
            svg.element(
                    "text",
                    "#" + point.build(),
                    "x",
                    "0",
                    "y",
                    Integer.toString(HEIGHT - 8 - y(point.daysLeft())),
                    "text-anchor",
                    "middle",
                    "fill-opacity",
                    "0.75");
        }
        svg.closeLine();
    }

    private static String percent(final double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }
}
