package io.jenkins.plugins.azurestack.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One rule of the sources, broken: some of a file's lines replaced by others. How far lines are indented does not matter.
 *
 * @param name says what is broken
 * @param file below the package's folder, such as {@code rotation/RotationRun.java}
 * @param hunks what is replaced
 * @param tests names of test classes below the package, such as {@code rotation.SecretRotationTest}: one of them notices
 */
record Mutant(String name, String file, List<Hunk> hunks, List<String> tests) {
    Mutant {
        Objects.requireNonNull(name, "name");
        hunks = List.copyOf(hunks);
        tests = List.copyOf(tests);
        if (file == null || hunks.isEmpty() || tests.isEmpty()) {
            throw new IllegalArgumentException("Mutant '" + name + "' lacks its file, its lines or its tests");
        }
    }

    /**
     * Neighbouring lines.
     *
     * @param old as they are in the source, one after the other; at least one
     * @param changed what stands in their place; none takes them out
     */
    record Hunk(List<String> old, List<String> changed) {}

    /** A mutant that does not fit the source any more. */
    static final class DoesNotApplyException extends Exception {
        private static final long serialVersionUID = 1L;

        DoesNotApplyException(final String message) {
            super(message);
        }
    }

    /**
     * Reads a list: blocks of lines, each of which begins with {@code mutant } and its name, then {@code in } and the file,
     * then {@code - } before lines as they are and {@code + } before those that replace them, then {@code by } and the tests.
     * What begins with {@code #} is for people.
     */
    static List<Mutant> parse(final List<String> lines) {
        final List<Mutant> mutants = new ArrayList<>();
        Reading current = null;
        for (final String line : lines) {
            final String[] word = line.strip().split(" ", 2);
            final String rest = word.length < 2 ? "" : word[1].strip();
            if (word[0].isEmpty() || word[0].startsWith("#")) {
                continue;
            }
            if (word[0].equals("mutant")) {
                current = new Reading(rest);
            } else if (current == null || !current.take(word[0], rest)) {
                throw new IllegalArgumentException("Not a line of a list of mutants: " + line);
            } else if (word[0].equals("by")) {
                mutants.add(current.mutant(List.of(rest.split(" +"))));
                current = null;
            }
        }
        if (current != null) {
            throw new IllegalArgumentException("Mutant '" + current.name + "' names no tests");
        }
        return mutants;
    }

    private static final class Reading {
        private final String name;
        private final List<Hunk> hunks = new ArrayList<>();
        private String file;

        Reading(final String name) {
            this.name = name;
        }

        boolean take(final String word, final String rest) {
            switch (word) {
                case "in" -> file = rest;
                case "-" -> {
                    if (hunks.isEmpty() || !last().changed().isEmpty()) {
                        hunks.add(new Hunk(new ArrayList<>(), new ArrayList<>()));
                    }
                    last().old().add(rest);
                }
                case "+" -> {
                    if (hunks.isEmpty()) {
                        return false;
                    }
                    last().changed().add(rest);
                }
                case "by" -> {
                    return true;
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        private Hunk last() {
            return hunks.get(hunks.size() - 1);
        }

        Mutant mutant(final List<String> tests) {
            return new Mutant(name, file, hunks, tests);
        }
    }

    /**
     * The broken source.
     *
     * @throws DoesNotApplyException if the lines are not there, or more than once
     */
    List<String> applyTo(final List<String> source) throws DoesNotApplyException {
        List<String> broken = source;
        for (final Hunk hunk : hunks) {
            broken = replace(broken, hunk);
        }
        return broken;
    }

    private List<String> replace(final List<String> source, final Hunk hunk) throws DoesNotApplyException {
        int found = -1;
        for (int at = 0; at + hunk.old().size() <= source.size(); at++) {
            if (stripped(source.subList(at, at + hunk.old().size())).equals(hunk.old())) {
                if (found >= 0) {
                    throw new DoesNotApplyException(file + " has these lines twice: " + hunk.old());
                }
                found = at;
            }
        }
        if (found < 0) {
            throw new DoesNotApplyException(file + " has no such lines: " + hunk.old());
        }
        final List<String> broken = new ArrayList<>(source.subList(0, found));
        broken.addAll(hunk.changed());
        broken.addAll(source.subList(found + hunk.old().size(), source.size()));
        return broken;
    }

    private static List<String> stripped(final List<String> lines) {
        return lines.stream().map(String::strip).toList();
    }
}
