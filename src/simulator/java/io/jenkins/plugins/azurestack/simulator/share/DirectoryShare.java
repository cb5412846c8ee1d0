package io.jenkins.plugins.azurestack.simulator.share;

import io.jenkins.plugins.azurestack.simulator.world.CertificateShare;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory that the stamp knows as a share: {@code \\host\share} is the directory itself, names below it are found in
 * any case, as on Windows. Thread-safe.
 *
 * <p>Every attempt to open it is in the ledger under {@link Ledger.Service#SHARE}. What goes wrong is said in the words
 * of Windows' system errors, each named where it is said.
 *
 * <p>Whoever else is to reach the same files over SMB does so through a server of its own. With Debian's package
 * {@code samba}, as any user and without touching the machine's configuration:
 *
 * <pre>{@code
 * mkdir -p /tmp/smb/state
 * cat > /tmp/smb/smb.conf <<END
 * [global]
 *   server role = standalone server
 *   interfaces = 127.0.0.1/8
 *   bind interfaces only = yes
 *   smb ports = 4450
 *   disable netbios = yes
 *   server signing = mandatory
 *   username map = /tmp/smb/users
 *   passdb backend = tdbsam:/tmp/smb/state/passdb.tdb
 *   private dir = /tmp/smb/state
 *   state directory = /tmp/smb/state
 *   cache directory = /tmp/smb/state
 *   lock directory = /tmp/smb/state
 *   pid directory = /tmp/smb/state
 *   ncalrpc dir = /tmp/smb/state/ncalrpc
 *   log file = /tmp/smb/state/log
 *   load printers = no
 *   disable spoolss = yes
 * [rotation]
 *   path = DIR
 *   read only = no
 * END
 * echo "$(id -un) = rotation" > /tmp/smb/users
 * printf 'Simulated-Share-1\nSimulated-Share-1\n' | pdbedit -s /tmp/smb/smb.conf -a -t -u "$(id -un)"
 * smbd -F -s /tmp/smb/smb.conf
 * }</pre>
 */
public final class DirectoryShare implements CertificateShare {
    /** The path by which the documentation's examples call a share. */
    public static final String USUAL_PATH = "\\\\10.30.0.50\\rotation";

    /** What the ledger calls it when the stamp opens a path. */
    public static final String OPEN = "open";

    private static final Pattern UNC = Pattern.compile("\\\\\\\\(?<host>[^\\\\]+)\\\\(?<share>[^\\\\]+)(?<rest>.*)");
    private static final String BEFORE_ANY_PROOF = "";

    private final World world;
    private final String host;
    private final String share;
    private final Path directory;
    private final ShareAccount account;

    /**
     * @param unc what the stamp calls it: {@code \\host\share}
     * @param directory where the files are
     * @param account the one account that may open it
     * @throws IllegalArgumentException if the path does not name a host and a share and nothing else
     */
    public DirectoryShare(final World world, final String unc, final Path directory, final ShareAccount account) {
        final Matcher parts = UNC.matcher(unc);
        if (!parts.matches() || !parts.group("rest").isEmpty()) {
            throw new IllegalArgumentException("'" + unc + "' names no share; write \\\\host\\share");
        }
        this.world = Objects.requireNonNull(world, "world");
        this.host = parts.group("host");
        this.share = parts.group("share");
        this.directory = Objects.requireNonNull(directory, "directory");
        this.account = Objects.requireNonNull(account, "account");
    }

    /**
     * {@inheritDoc}
     *
     * <p>The stamp reads and rewrites what it finds, and makes sure of both as it opens: a share that is read-only or
     * full by a fault is refused here. Somebody else's files, by a fault, are laid down here too, unless
     * {@link #layDownForeignFiles} has done so before.
     */
    @Override
    public Path open(final String unc, final String user, final char[] password) throws IOException {
        final Instant at = world.time().now();
        String identity = BEFORE_ANY_PROOF;
        String outcome = Ledger.Call.DONE;
        try {
            final String rest = below(unc);
            if (!account.isProvedBy(user, password)) {
                // ERROR_LOGON_FAILURE, 1326
                throw new IOException("The user name or password is incorrect.");
            }
            identity = user;
            final Path found = find(rest).orElseThrow(() -> missing(unc));
            misbehave(unc, found);
            return found;
        } catch (IOException e) {
            outcome = e.getMessage();
            throw e;
        } finally {
            world.ledger()
                    .record(new Ledger.Call(
                            at, Ledger.Service.SHARE, host, "", identity, OPEN, Map.of("path", unc), outcome));
        }
    }

    private String below(final String unc) throws IOException {
        final Matcher parts = UNC.matcher(unc);
        if (!parts.matches() || !parts.group("host").equalsIgnoreCase(host)) {
            // ERROR_BAD_NETPATH, 53
            throw new IOException("The network path was not found.");
        }
        if (!parts.group("share").equalsIgnoreCase(share)) {
            // ERROR_BAD_NET_NAME, 67
            throw new IOException("The network name cannot be found.");
        }
        return parts.group("rest");
    }

    private static IOException missing(final String unc) {
        // PowerShell's PathNotFound
        return new IOException("Cannot find path '" + unc + "' because it does not exist.");
    }

    /** Names that lead upwards are found nowhere. */
    private Optional<Path> find(final String rest) throws IOException {
        Optional<Path> found = Optional.of(directory);
        for (final String name : Stream.of(rest.split("\\\\"))
                .filter(element -> !element.isEmpty())
                .toList()) {
            if (found.isEmpty()) {
                return found;
            }
            found = child(found.get(), name);
        }
        return found;
    }

    private static Optional<Path> child(final Path folder, final String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> String.valueOf(child.getFileName()).equalsIgnoreCase(name))
                    .findFirst();
        }
    }

    private void misbehave(final String unc, final Path found) throws IOException {
        if (world.faults().strikes(Fault.SHARE_FOREIGN_FILES, OPEN)) {
            layDownForeignFiles(found);
        }
        if (world.faults().strikes(Fault.SHARE_READ_ONLY, OPEN)) {
            // ERROR_ACCESS_DENIED, 5, as .NET words it
            throw new IOException("Access to the path '" + unc + "' is denied.");
        }
        if (world.faults().strikes(Fault.SHARE_FULL, OPEN)) {
            // ERROR_DISK_FULL, 112
            throw new IOException("There is not enough space on the disk.");
        }
    }

    /**
     * Lays down what somebody else may have left in a folder: a text, and a folder with a PFX that is none. What is
     * there by these names stays as it is.
     */
    public static void layDownForeignFiles(final Path folder) throws IOException {
        final Path backup = Files.createDirectories(folder.resolve("Backup"));
        for (final Path file : List.of(folder.resolve("notes.txt"), backup.resolve("old.pfx"))) {
            if (Files.notExists(file)) {
                Files.write(file, "somebody else's".getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
