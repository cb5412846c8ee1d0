package io.jenkins.plugins.azurestack.developer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A mail server on loopback that keeps mails as files and sends none: as much of SMTP (RFC 5321) as a client needs that
 * wants neither TLS nor to log on. Thread-safe.
 */
final class MailDrop implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(MailDrop.class.getName());
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int MOST_LINES = 100_000;

    private final ServerSocket listening;
    private final Path folder;
    private final Reader reader;

    /** Whoever gets mails here. */
    @FunctionalInterface
    interface Reader {
        /** @param to an address that a mail has just come for */
        void read(String to) throws IOException;
    }

    private MailDrop(final ServerSocket listening, final Path folder, final Reader reader) {
        this.listening = listening;
        this.folder = folder;
        this.reader = reader;
    }

    /**
     * Starts it on a port that the system chooses.
     *
     * @param folder gets a file for each mail
     * @param reader hears of each before its sender does
     */
    static MailDrop start(final Path folder, final Reader reader) throws IOException {
        Files.createDirectories(folder);
        final MailDrop drop = new MailDrop(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), folder, reader);
        drop.run("mail-drop", drop::accept);
        return drop;
    }

    int port() {
        return listening.getLocalPort();
    }

    private interface Work {
        void run() throws IOException;
    }

    private void run(final String name, final Work work) {
        final Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | RuntimeException e) {
                        LOGGER.log(Level.WARNING, "A mail was not taken", e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (!listening.isClosed()) {
            try {
                final Socket client = listening.accept();
                run("mail-drop-client", () -> converse(client));
            } catch (SocketException e) {
                if (!listening.isClosed()) {
                    throw e;
                }
            }
        }
    }

    private void converse(final Socket client) throws IOException {
        try (client;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1))) {
            client.setSoTimeout(PATIENCE_MILLIS);
            final OutputStream out = client.getOutputStream();
            final List<String> receivers = new ArrayList<>();
            say(out, "220 a developer's Jenkins: mails stay here");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                final String verb = line.strip().toUpperCase(Locale.ROOT);
                if (verb.startsWith("RCPT TO:")) {
                    receivers.add(line.replaceAll(".*<|>.*", "").toLowerCase(Locale.ROOT));
                    say(out, "250 OK");
                } else if (verb.equals("DATA")) {
                    say(out, "354 Go on");
                    keep(receivers, text(in));
                    receivers.clear();
                    say(out, "250 Kept");
                } else if (verb.equals("QUIT")) {
                    say(out, "221 Bye");
                    return;
                } else {
                    say(out, "250 OK");
                }
            }
        }
    }

    private static void say(final OutputStream out, final String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Up to a line with a dot alone; a line that begins with one has one more (RFC 5321, 4.5.2). */
    private static List<String> text(final BufferedReader in) throws IOException {
        final List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            if (lines.size() == MOST_LINES) {
                throw new IOException("a mail of more than " + MOST_LINES + " lines");
            }
            lines.add(line.startsWith(".") ? line.substring(1) : line);
        }
        return lines;
    }

    private void keep(final List<String> receivers, final List<String> lines) throws IOException {
        final Path file = Files.createTempFile(folder, "mail-", ".eml");
        Files.write(file, lines, StandardCharsets.ISO_8859_1);
        LOGGER.info("A mail to " + String.join(", ", receivers) + " is kept in " + file);
        for (final String receiver : receivers) {
            reader.read(receiver);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
