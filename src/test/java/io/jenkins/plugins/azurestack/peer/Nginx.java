package io.jenkins.plugins.azurestack.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** nginx on a loopback port: with a certificate for each server name and nothing to serve, or with files. */
public final class Nginx implements AutoCloseable {
    private static final int ATTEMPTS = 1000;
    private static final long BETWEEN_ATTEMPTS_MILLIS = 10;

    private final Process process;
    private final int port;

    private Nginx(final Process process, final int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it in the foreground.
     *
     * @param servers certificate files by server name; the first one answers to unknown names as well
     * @param directives further lines for the top of its configuration
     */
    public static Nginx start(
            final DebianProgram nginx,
            final Path folder,
            final Map<String, PemFiles> servers,
            final String... directives)
            throws IOException, InterruptedException {
        final int port = freePort();
        final StringBuilder blocks = new StringBuilder();
        servers.forEach((name, files) -> blocks.append(
                """
                  server {
                    listen 127.0.0.1:%d ssl;
                    server_name %s;
                    ssl_certificate %s;
                    ssl_certificate_key %s;
                    ssl_protocols TLSv1.2 TLSv1.3;
                  }
                """
                        .formatted(port, name, files.chain(), files.key())));
        return start(nginx, folder, port, blocks.toString(), directives);
    }

    /**
     * Starts it in the foreground as a web server without TLS.
     *
     * @param files what it serves
     * @param locations further lines for its server
     */
    public static Nginx serve(final DebianProgram nginx, final Path folder, final Path files, final String... locations)
            throws IOException, InterruptedException {
        final int port = freePort();
        final String block =
                """
                  server {
                    listen 127.0.0.1:%d;
                    root %s;
                    %s
                  }
                """
                        .formatted(port, files, String.join("\n", locations));
        // As root it would let somebody else read the files, who may not.
        final boolean root = "root".equals(System.getProperty("user.name"));
        return start(nginx, folder, port, block, root ? "user root;" : "");
    }

    private static Nginx start(
            final DebianProgram nginx,
            final Path folder,
            final int port,
            final String blocks,
            final String... directives)
            throws IOException, InterruptedException {
        final Path configuration = Files.writeString(
                folder.resolve("nginx.conf"),
                """
                daemon off;
                %s
                pid nginx.pid;
                error_log stderr error;
                events { worker_connections 4096; }
                http {
                  access_log off;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  server_names_hash_max_size 16384;
                  server_names_hash_bucket_size 128;
                %s}
                """
                        .formatted(String.join("\n", directives), blocks));
        final Process process =
                nginx.start(folder, "-p", folder.toString(), "-c", configuration.toString(), "-e", "stderr");
        awaitListening(process, port);
        return new Nginx(process, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitListening(final Process process, final int port) throws IOException, InterruptedException {
        for (int i = 0; i < ATTEMPTS; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                if (process.waitFor(BETWEEN_ATTEMPTS_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IOException(
                            "nginx ended: "
                                    + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                            e);
                }
            }
        }
        process.destroy();
        throw new IOException("nginx does not listen");
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Ends it and its workers. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
