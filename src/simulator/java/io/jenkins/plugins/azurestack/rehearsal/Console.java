package io.jenkins.plugins.azurestack.rehearsal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What a build's console shows, line by line, printed as it comes and kept. Thread-safe. */
final class Console {
    private static final String PREFIX = "[Pipeline] ";

    private final PrintStream out;
    private final List<String> lines = new ArrayList<>();

    Console(final PrintStream out) {
        this.out = out;
    }

    /** Prints text; each of its lines is one line. */
    void line(final String text) {
        synchronized (lines) {
            for (final String line : text.split("\\R", -1)) {
                lines.add(line);
                out.println(line);
            }
            out.flush();
        }
    }

    /** Prints what Jenkins prints where a step or a block begins or ends. */
    void pipeline(final String word) {
        line(PREFIX + word);
    }

    /** How many lines there are so far. */
    int size() {
        synchronized (lines) {
            return lines.size();
        }
    }

    /** The lines after the first so many, without those that mark where steps begin and end. */
    List<String> since(final int first) {
        synchronized (lines) {
            return lines.subList(first, lines.size()).stream()
                    .filter(line -> !line.startsWith(PREFIX))
                    .toList();
        }
    }

    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }
}
