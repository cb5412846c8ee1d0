package io.jenkins.plugins.azurestack.stamp;

import java.util.List;
import java.util.stream.Collectors;

/** Makes text from outside (certificate subjects, server answers, typed values) fit for a log line. */
public final class Text {
    private static final int LONGEST = 300;
    private static final int FEW = 5;

    private Text() {}

    /**
     * One line without control, formatting or line-separator characters, at most 300 characters.
     *
     * @param text may be null, which reads as the empty string
     */
    public static String printable(final String text) {
        return printable(text, LONGEST);
    }

    /**
     * One line without control, formatting or line-separator characters; fit for XML, too.
     *
     * @param text may be null, which reads as the empty string
     * @param longest how many characters (code points) may stay; an ellipsis stands for the rest
     */
    public static String printable(final String text, final int longest) {
        if (text == null) {
            return "";
        }
        final StringBuilder clean = new StringBuilder(Math.min(text.length(), longest + 1));
        text.codePoints().limit(longest).forEach(c -> clean.appendCodePoint(isPrintable(c) ? c : '?'));
        if (text.codePointCount(0, text.length()) > longest) {
            clean.append('\u2026');
        }
        return clean.toString();
    }

    /** The first few of what may be many, and how many more there are. */
    public static String some(final List<String> words) {
        return words.stream().limit(FEW).collect(Collectors.joining("; "))
                + (words.size() > FEW ? "; and " + (words.size() - FEW) + " more" : "");
    }

    private static boolean isPrintable(final int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
