package io.jenkins.plugins.azurestack.mutants;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Applies the mutants of {@code src/mutants} one by one, each to a copy of its source, and runs the tests that have to
 * notice in a process of their own. First of all they have to be green without any. A mutant that nobody notices, or that
 * fits the source no more, fails the run.
 */
public final class Mutants {
    private static final String PACKAGE = "io.jenkins.plugins.azurestack.";
    private static final Path SOURCES = Path.of("src/main/java/io/jenkins/plugins/azurestack");
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Path work;
    private final Map<String, Integer> verdicts = new TreeMap<>();

    private Mutants(final Path work) {
        this.work = work;
    }

    /** @param args a folder to work in; property {@code mutant}: a part of the names of those that are wanted */
    public static void main(final String[] args) throws Exception {
        final String part = System.getProperty("mutant", "");
        final List<Mutant> mutants =
                all().stream().filter(mutant -> mutant.name().contains(part)).toList();
        if (mutants.isEmpty()) {
            throw new IllegalArgumentException("No mutant's name contains '" + part + "'");
        }
        System.exit(new Mutants(Path.of(args[0])).run(mutants) ? 0 : 1);
    }

    /** Every mutant of every list, in order. */
    static List<Mutant> all() throws IOException {
        final List<Mutant> mutants = new ArrayList<>();
        try (Stream<Path> lists = Files.list(Path.of("src/mutants"))) {
            for (final Path list : lists.sorted().toList()) {
                mutants.addAll(Mutant.parse(Files.readAllLines(list)));
            }
        }
        return mutants;
    }

    private boolean run(final List<Mutant> mutants) throws Exception {
        final List<String> tests = mutants.stream()
                .flatMap(mutant -> mutant.tests().stream())
                .distinct()
                .toList();
        if (!isGreen(work.resolve("none"), tests)) {
            System.out.println(
                    "The tests fail without any mutant, so they would tell nothing; see " + work.resolve("none.log"));
            return false;
        }
        for (int i = 0; i < mutants.size(); i++) {
            final long begun = System.nanoTime();
            final String verdict = verdict(mutants.get(i), work.resolve(Integer.toString(i + 1)));
            verdicts.merge(verdict, 1, Integer::sum);
            System.out.printf(
                    "%3d  %-14s %4d s  %s%n",
                    i + 1,
                    verdict,
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun),
                    mutants.get(i).name());
        }
        System.out.println(mutants.size() + " mutants: " + verdicts);
        return verdicts.keySet().equals(Set.of("noticed"));
    }

    private String verdict(final Mutant mutant, final Path folder) throws Exception {
        final Path source = SOURCES.resolve(mutant.file());
        final List<String> broken;
        try {
            broken = mutant.applyTo(Files.readAllLines(source));
        } catch (Mutant.DoesNotApplyException e) {
            System.out.println("     " + e.getMessage());
            return "does not apply";
        }
        final Path copy = folder.resolve("java").resolve(source.getFileName());
        final Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.createDirectories(copy.getParent());
        Files.write(copy, broken);
        final String errors = compile(copy, classes);
        if (!errors.isEmpty()) {
            System.out.println(errors);
            return "is no Java";
        }
        return isGreen(classes, mutant.tests()) ? "SURVIVES" : "noticed";
    }

    /** @return what the compiler has against it; empty if nothing */
    private static String compile(final Path source, final Path classes) throws IOException {
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final StringWriter errors = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            final List<String> options = List.of(
                    "-proc:none",
                    "-parameters",
                    "-nowarn",
                    "-encoding",
                    "UTF-8",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes.toString());
            return compiler.getTask(errors, files, null, options, null, files.getJavaFileObjects(source))
                            .call()
                    ? ""
                    : errors.toString();
        }
    }

    /** Runs tests with some classes before all others; whatever hangs is as red as what fails. */
    private boolean isGreen(final Path first, final List<String> tests) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-classpath",
                first + File.pathSeparator + System.getProperty("java.class.path"),
                "org.junit.runner.JUnitCore"));
        tests.forEach(test -> command.add(PACKAGE + test));
        final Path log = Path.of(first + ".log");
        Files.createDirectories(log.getParent());
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(
                LONGEST.multipliedBy(first.endsWith("none") ? 6 : 1).toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            return false;
        }
        return process.exitValue() == 0;
    }
}
