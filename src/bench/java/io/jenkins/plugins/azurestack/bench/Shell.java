package io.jenkins.plugins.azurestack.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The shell of an operator: what a benchmark compares with. */
final class Shell {
    private Shell() {}

    static boolean has(final String program) {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin", "/usr/bin"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /**
     * Runs a script to its end.
     *
     * @return seconds
     * @throws IOException if it fails, with what it said
     */
    static double time(final Path folder, final String script) throws IOException, InterruptedException {
        final long start = System.nanoTime();
        final String said = run(folder, List.of("bash", "-e", "-o", "pipefail", "-c", script));
        final double seconds = (System.nanoTime() - start) / 1e9;
        if (said.length() > 100_000) {
            throw new IOException("A script said far too much: " + said.substring(0, 1000));
        }
        return seconds;
    }

    /** Runs a command to its end and gives what it said, errors too. */
    static String run(final Path folder, final List<String> command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed: " + said);
        }
        return said;
    }

    /** The command line of a Java like this one, with its class path. */
    static List<String> java(final Class<?> main, final String... arguments) {
        return Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx96m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()),
                        Stream.of(arguments))
                .toList();
    }
}
