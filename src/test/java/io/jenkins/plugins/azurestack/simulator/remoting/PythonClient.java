package io.jenkins.plugins.azurestack.simulator.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.azurestack.peer.DebianProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Scripts from the test resources, run to their end with Debian's python. */
public final class PythonClient {
    private static final String PYTHON = "/usr/bin/python3";
    private static final int PATIENCE_SECONDS = 60;

    private PythonClient() {}

    /** A missing module skips the test, which says why, or fails it where nothing may be skipped. */
    public static void require(final String modules, final String packages) throws IOException, InterruptedException {
        final boolean there = Files.isExecutable(Path.of(PYTHON))
                && new ProcessBuilder(PYTHON, "-c", "import " + modules)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
        if (DebianProgram.areRequired()) {
            assertThat(there).as("the Debian packages " + packages).isTrue();
        }
        assumeTrue("Skipped: needs the Debian packages " + packages, there);
    }

    /**
     * Runs a script.
     *
     * @param environment variables as {@code NAME=value}
     * @return the lines that it wrote
     */
    public static List<String> run(
            final Path folder, final String script, final List<String> environment, final String... arguments)
            throws IOException, InterruptedException {
        final Path file = folder.resolve(script);
        try (InputStream in = PythonClient.class.getResourceAsStream(script)) {
            Files.write(file, in.readAllBytes());
        }
        final List<String> command = new ArrayList<>(List.of(PYTHON, file.toString()));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        environment.forEach(one ->
                builder.environment().put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1)));
        final Process process = builder.start();
        process.getOutputStream().close();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(script + " does not end");
        }
        return said.lines().toList();
    }
}
