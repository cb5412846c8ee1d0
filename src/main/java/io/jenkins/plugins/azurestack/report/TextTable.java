package io.jenkins.plugins.azurestack.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of aligned columns for a fixed-width font; cells that are too long for their column go on below. */
final class TextTable {
    private static final String GAP = "  ";
    /** The widest a column may be, save for the last, which takes what is left. */
    private static final int WIDEST = 44;

    private final int columns;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(final String... headings) {
        columns = headings.length;
        rows.add(List.of(headings));
    }

    /** Adds a row with as many cells as there are headings. */
    void row(final String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(columns + " columns, but " + Arrays.toString(cells));
        }
        rows.add(Arrays.stream(cells).map(TextTable::plain).toList());
    }

    /** The table's lines, headings first, none longer than {@code width} characters. */
    List<String> lines(final int width) {
        final int[] widths = widths(width);
        final List<String> lines = new ArrayList<>();
        for (final List<String> row : rows) {
            addLines(lines, row, widths);
        }
        return lines;
    }

    private int[] widths(final int width) {
        final int[] widths = new int[columns];
        int left = width;
        for (int column = 0; column < columns - 1; column++) {
            for (final List<String> row : rows) {
                widths[column] = Math.max(widths[column], length(row.get(column)));
            }
            widths[column] = Math.min(WIDEST, widths[column]);
            left -= widths[column] + GAP.length();
        }
        widths[columns - 1] = left;
        return widths;
    }

    private static void addLines(final List<String> lines, final List<String> row, final int[] widths) {
        final List<List<String>> cells = new ArrayList<>();
        for (int column = 0; column < widths.length; column++) {
            cells.add(wrap(row.get(column), widths[column]));
        }
        final int height = cells.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < height; i++) {
            final StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                final List<String> cell = cells.get(column);
                final String text = i < cell.size() ? cell.get(i) : "";
                line.append(text)
                        .append(" ".repeat(widths[column] - length(text)))
                        .append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
    }

    /** Breaks a text at spaces into lines of at most {@code width} characters, and inside a word only if it must. */
    static List<String> wrap(final String text, final int width) {
        final List<String> lines = new ArrayList<>();
        final StringBuilder line = new StringBuilder();
        for (final String word : plain(text).split(" +")) {
            String rest = word;
            if (!line.isEmpty() && length(line) + 1 + length(rest) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (length(rest) > width) {
                final int end = rest.offsetByCodePoints(0, width);
                lines.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    /** Spells out the one character of our own that is not ASCII: some consoles can't show it. */
    static String plain(final String text) {
        return text.replace("\u2026", "...");
    }

    private static int length(final CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }
}
