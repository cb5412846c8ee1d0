package io.jenkins.plugins.azurestack.peer;

import static org.junit.Assume.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that a test needs and that Debian has. */
public final class DebianProgram {
    private static final long PATIENCE_SECONDS = 120;
    private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/sbin", "/bin", "/usr/local/bin");

    private final Path path;

    private DebianProgram(final Path path) {
        this.path = path;
    }

    /**
     * Finds a program. Where it is missing the test is skipped with a word, or fails if nothing may be skipped.
     *
     * @param name of the program
     * @param debianPackage that brings it
     */
    public static DebianProgram required(final String name, final String debianPackage) {
        final Optional<Path> found = Stream.concat(
                        Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator)), FOLDERS.stream())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        final String missing = "needs '" + name + "': apt-get install " + debianPackage;
        if (found.isEmpty() && areRequired()) {
            throw new AssertionError("Nothing may be skipped here (PEERS=required); this test " + missing);
        }
        assumeTrue("Skipped: " + missing, found.isPresent());
        return new DebianProgram(found.orElseThrow());
    }

    /** The {@code keytool} of the Java that runs the tests. */
    public static DebianProgram keytool() {
        return new DebianProgram(Path.of(System.getProperty("java.home"), "bin", "keytool"));
    }

    /** Whether the environment says {@code PEERS=required}, as {@code .ci/run} does. */
    public static boolean areRequired() {
        return "required".equals(System.getenv("PEERS"));
    }

    /**
     * Runs to the end.
     *
     * @return what it said, errors too
     * @throws IOException if it fails
     */
    public String run(final Path folder, final String... arguments) throws IOException, InterruptedException {
        final Process process = start(folder, arguments);
        process.getOutputStream().close();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(path + " does not end");
        }
        if (process.exitValue() != 0) {
            throw new IOException(path + " " + String.join(" ", arguments) + " failed: " + said);
        }
        return said;
    }

    /** Starts in the foreground, errors going where the output goes; the caller ends it. */
    public Process start(final Path folder, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(path.toString());
        command.addAll(List.of(arguments));
        final ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        // Passwords outside ASCII reach the program as UTF-8.
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }
}
