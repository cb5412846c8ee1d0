package io.jenkins.plugins.azurestack.journal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an audit trail was at a moment, to be kept elsewhere: in the build's record and its log. Against it a verifier
 * finds out whether the trail lost its end, or was made anew.
 *
 * @param count how many records there were
 * @param head the MAC of the last of them, in hexadecimal; of the first line if there were none
 */
public record Anchor(long count, String head) {
    private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,17}):([0-9a-f]{32,1024})");

    /** @throws IllegalArgumentException if that is not an anchor */
    public Anchor {
        if (!FORM.matcher(count + ":" + head).matches()) {
            throw new IllegalArgumentException("An anchor is a count, a colon and a MAC in lower-case hexadecimal");
        }
    }

    /** Reads what {@link #toString} wrote. */
    public static Anchor parse(final String text) {
        final Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("An anchor is a count, a colon and a MAC in lower-case hexadecimal");
        }
        return new Anchor(Long.parseLong(form.group(1)), form.group(2));
    }

    /** {@code <count>:<head>}. */
    @Override
    public String toString() {
        return count + ":" + head;
    }
}
