package io.jenkins.plugins.azurestack.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Debian's smbd on a loopback port, with configuration, accounts and state of its own in a folder, run by whoever runs
 * the test. One directory is served as several shares, each in another manner.
 */
public final class Samba implements AutoCloseable {
    /** The share that can be read and written. */
    public static final String SHARE = "rotation";
    /** The same directory, read-only. */
    public static final String READ_ONLY = "frozen";
    /** The same directory, with one KiB left, as it says; it takes more all the same. */
    public static final String NEARLY_FULL = "full";
    /** Who may use them. */
    public static final String USER = "rotation";

    private static final int LARGEST_FILE_BYTES = 2 * 1024 * 1024;
    private static final int ATTEMPTS = 1000;
    private static final long BETWEEN_ATTEMPTS_MILLIS = 10;

    private final DebianProgram pdbedit;
    private final Path folder;
    private final Path configuration;
    private final Path directory;
    private final Process process;
    private final int port;

    private Samba(
            final DebianProgram pdbedit,
            final Path folder,
            final Path configuration,
            final Path directory,
            final Process process,
            final int port) {
        this.pdbedit = pdbedit;
        this.folder = folder;
        this.configuration = configuration;
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it, signing everything and encrypting for whoever can. No file grows beyond 2 MiB: a write that goes there
     * fails as on a full disk.
     *
     * @param folder where it keeps everything but what it serves
     * @param directory what it serves
     * @param password of the account
     * @param globals further lines for {@code [global]}; the last of two that are the same holds
     */
    public static Samba start(final Path folder, final Path directory, final String password, final String... globals)
            throws IOException, InterruptedException {
        final DebianProgram smbd = DebianProgram.required("smbd", "samba");
        final DebianProgram pdbedit = DebianProgram.required("pdbedit", "samba");
        final DebianProgram prlimit = DebianProgram.required("prlimit", "util-linux");
        final int port = freePort();
        final Path configuration = configure(folder, directory, port, globals);
        account(pdbedit, folder, configuration, password);
        // In a process group of its own, which is what it ends when it is ended.
        final Process process = smbd.start(folder, "-F", "-s", configuration.toString());
        prlimit.run(folder, "--pid", Long.toString(process.pid()), "--fsize=" + LARGEST_FILE_BYTES);
        awaitListening(process, port);
        return new Samba(pdbedit, folder, configuration, directory, process, port);
    }

    private static Path configure(final Path folder, final Path directory, final int port, final String... globals)
            throws IOException {
        final String here = System.getProperty("user.name");
        final Path free = Files.writeString(folder.resolve("free"), "#!/bin/sh\necho 1000 1\n");
        Files.setPosixFilePermissions(free, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(folder.resolve("users"), here + " = " + USER + "\n");
        Files.createDirectories(folder.resolve("state"));
        return Files.writeString(
                folder.resolve("smb.conf"),
                """
                [global]
                  server role = standalone server
                  workgroup = CONTOSO
                  interfaces = 127.0.0.1/8
                  bind interfaces only = yes
                  smb ports = %2$d
                  disable netbios = yes
                  server signing = mandatory
                  server smb encrypt = desired
                  guest account = %4$s
                  username map = %1$s/users
                  passdb backend = tdbsam:%1$s/state/passdb.tdb
                  private dir = %1$s/state
                  state directory = %1$s/state
                  cache directory = %1$s/state
                  lock directory = %1$s/state
                  pid directory = %1$s/state
                  ncalrpc dir = %1$s/state/ncalrpc
                  log file = %1$s/log
                  load printers = no
                  disable spoolss = yes
                  unix charset = UTF-8
                  %5$s
                [rotation]
                  path = %3$s
                  read only = no
                  guest ok = yes
                [frozen]
                  path = %3$s
                  read only = yes
                [full]
                  path = %3$s
                  read only = no
                  dfree command = %1$s/free
                """
                        .formatted(folder, port, directory, here, String.join("\n  ", globals)));
    }

    private static void account(
            final DebianProgram pdbedit, final Path folder, final Path configuration, final String password)
            throws IOException, InterruptedException {
        final Process process = pdbedit.start(
                folder, "-s", configuration.toString(), "-a", "-t", "-u", System.getProperty("user.name"));
        process.getOutputStream().write((password + "\n" + password + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("pdbedit failed: " + said.replace(password, "..."));
        }
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
                            "smbd ended: "
                                    + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                            e);
                }
            }
        }
        process.destroy();
        throw new IOException("smbd does not listen");
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** What it serves. */
    public Path directory() {
        return directory;
    }

    /** Disables the account. */
    public void disableAccount() throws IOException, InterruptedException {
        pdbedit.run(folder, "-s", configuration.toString(), "-r", "-u", System.getProperty("user.name"), "-c", "[D]");
    }

    /** Ends it, and what it started for its clients. */
    @Override
    public void close() {
        final List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        process.onExit().join();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
