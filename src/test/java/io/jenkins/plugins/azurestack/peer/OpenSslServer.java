package io.jenkins.plugins.azurestack.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code openssl s_server} on an ephemeral loopback port. */
public final class OpenSslServer implements AutoCloseable {
    private static final String LISTENING = "ACCEPT 127.0.0.1:";

    private final Process process;
    private final int port;

    private OpenSslServer(final Process process, final int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a server that presents a certificate and what comes along with it, with any further options. */
    public static OpenSslServer start(
            final DebianProgram openssl, final Path folder, final PemFiles files, final String... options)
            throws IOException {
        final List<String> arguments = new ArrayList<>(List.of("s_server", "-accept", "127.0.0.1:0"));
        arguments.addAll(
                List.of("-cert", files.leaf().toString(), "-key", files.key().toString()));
        if (Files.size(files.others()) > 0) {
            arguments.addAll(List.of("-cert_chain", files.others().toString()));
        }
        arguments.addAll(List.of(options));
        final Process process = openssl.start(folder, arguments.toArray(String[]::new));
        final BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        final StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(LISTENING)) {
                final Thread drain = new Thread(() -> drain(said), "s_server output");
                drain.setDaemon(true);
                drain.start();
                return new OpenSslServer(process, Integer.parseInt(line.substring(LISTENING.length())));
            }
            all.append(line).append('\n');
        }
        throw new IOException("openssl s_server did not start: " + all);
    }

    private static void drain(final BufferedReader said) {
        try {
            said.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // The server was ended, and its output with it.
        }
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
