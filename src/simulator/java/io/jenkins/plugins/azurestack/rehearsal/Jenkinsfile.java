package io.jenkins.plugins.azurestack.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The text of a Jenkinsfile.
 *
 * @param name what messages call it
 * @param text Groovy source
 */
public record Jenkinsfile(String name, String text) {
    private static final Pattern NON_CPS =
            Pattern.compile("^[ \\t]*import[ \\t]+com\\.cloudbees\\.groovy\\.cps\\.NonCPS[ \\t]*;?", Pattern.MULTILINE);

    public Jenkinsfile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(text, "text");
    }

    /** Reads a file as UTF-8; messages call it by its own name. */
    public static Jenkinsfile read(final Path path) throws IOException {
        return new Jenkinsfile(path.toString(), Files.readString(path));
    }

    /** What is compiled: {@code @NonCPS} is understood without its class, so its import is blanked out. */
    String source() {
        return NON_CPS.matcher(text)
                .replaceAll(found -> " ".repeat(found.group().length()));
    }

    /** A mistake in the words of a Groovy compiler: file, line, message, the line itself, and a caret below it. */
    String show(final Mistake mistake) {
        final List<String> lines = text.lines().toList();
        if (mistake.line() < 1 || mistake.line() > lines.size()) {
            return name + ": " + mistake.message();
        }
        final String line = lines.get(mistake.line() - 1);
        final String place = name + ":" + mistake.line() + (mistake.column() > 0 ? ":" + mistake.column() : "") + ": ";
        final String shown = place + mistake.message() + System.lineSeparator() + "    " + line.stripTrailing();
        return mistake.column() < 1
                ? shown
                : shown + System.lineSeparator() + " ".repeat(4 + mistake.column() - 1) + "^";
    }
}
