package io.jenkins.plugins.azurestack.powershell.wsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.azurestack.peer.DebianProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A script from the test resources, run with Debian's python, that listens on loopback. */
final class PythonPeer implements AutoCloseable {

    private static final String PYTHON = "/usr/bin/python3";

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final int port;
    private final CompletableFuture<Void> collected;

    /**
     * @param directory where the script is unpacked
     * @param script name beside this class
     */
    PythonPeer(
            final Path directory, final String script, final Map<String, String> environment, final String... arguments)
            throws IOException {
        final Path file = directory.resolve(script);
        try (InputStream in = PythonPeer.class.getResourceAsStream(script)) {
            Files.write(file, in.readAllBytes());
        }
        final List<String> command = new ArrayList<>(List.of(PYTHON, file.toString()));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        this.process = builder.start();
        final BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        final String first = out.readLine();
        assertThat(first).as("the peer's first line").startsWith("PORT ");
        this.port = Integer.parseInt(first.substring("PORT ".length()));
        this.collected = CompletableFuture.runAsync(() -> collect(out));
    }

    /** A missing module skips the test, which says why, or fails it where nothing may be skipped. */
    static void requireModules(final String modules, final String packages) throws Exception {
        final boolean there = Files.isExecutable(Path.of(PYTHON))
                && new ProcessBuilder(PYTHON, "-c", "import " + modules)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
        require(there, "needs the Debian packages " + packages);
    }

    static void require(final boolean there, final String what) {
        if (DebianProgram.areRequired()) {
            assertThat(there).as(what).isTrue();
        }
        assumeTrue(what, there);
    }

    private void collect(final BufferedReader out) {
        try {
            String line = out.readLine();
            while (line != null) {
                synchronized (lines) {
                    lines.add(line);
                }
                line = out.readLine();
            }
        } catch (IOException e) {
            // The peer has ended.
        }
    }

    int port() {
        return port;
    }

    /** What the peer has said so far; all of it once closed. */
    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void close() {
        // Through its handle: Process.destroy would close the pipe with what was not collected yet.
        process.toHandle().destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        collected.join();
    }
}
