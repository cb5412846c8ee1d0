package io.jenkins.plugins.azurestack.share;

import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.peer.Samba;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** A directory with a folder {@code Certificates} that a Samba serves, and a client for it. */
final class ServedFolder extends ExternalResource {
    static final String PASSWORD = "Share-Canary \u00e4\u00df 1";
    static final String HOST = "files.contoso.com";

    private static final ShareLimits LIMITS = new ShareLimits(Duration.ofSeconds(20), Duration.ofSeconds(20));

    private final TemporaryFolder folder = new TemporaryFolder();
    private final String[] globals;
    private Samba samba;

    /** @param globals further lines for the server's configuration */
    ServedFolder(final String... globals) {
        super();
        this.globals = globals;
    }

    @Override
    protected void before() throws Throwable {
        folder.create();
        folder.newFolder("served", "Certificates");
        try {
            samba = Samba.start(
                    folder.newFolder("smbd").toPath(), folder.getRoot().toPath().resolve("served"), PASSWORD, globals);
        } finally {
            if (samba == null) {
                folder.delete();
            }
        }
    }

    @Override
    protected void after() {
        if (samba != null) {
            samba.close();
        }
        folder.delete();
    }

    Samba samba() {
        return samba;
    }

    /** The folder {@code Certificates} itself. */
    Path certificates() {
        return samba.directory().resolve("Certificates");
    }

    /** Every host leads to the server. */
    Network network() {
        final DirectNetwork direct = new DirectNetwork();
        return (host, port, timeout) -> {
            if (port != 445) {
                throw new IOException("SMB is on port 445, not on " + port);
            }
            return direct.connect("127.0.0.1", samba.port(), timeout);
        };
    }

    static PasswordCredentials credentials() {
        return new PasswordCredentials(Samba.USER, PASSWORD.toCharArray());
    }

    static UncPath path(final String share) {
        return UncPath.parse("certificateShare", "\\\\" + HOST + "\\" + share + "\\Certificates");
    }

    CertificatesFolder open() throws ShareException {
        return open(network(), Samba.SHARE, Protection.SIGNED);
    }

    CertificatesFolder open(final Network network, final String share, final Protection protection)
            throws ShareException {
        return open(network, path(share), credentials(), protection);
    }

    static CertificatesFolder open(
            final Network network,
            final UncPath path,
            final PasswordCredentials credentials,
            final Protection protection)
            throws ShareException {
        return new ShareClient(network, new SecureRandom(), LIMITS).open(path, credentials, protection);
    }

    /** Three files, whose contents but not sizes differ from call to call. */
    static CertificateFiles set() {
        final SecureRandom random = new SecureRandom();
        return new CertificateFiles(
                IdentityProvider.AAD,
                Stream.of(CertificateFolder.ARM_PUBLIC, CertificateFolder.KEY_VAULT, CertificateFolder.ADMIN_PORTAL)
                        .map(each -> {
                            final byte[] content = new byte[6000 + each.ordinal()];
                            random.nextBytes(content);
                            return new CertificateFile(each, each.name().toLowerCase(Locale.ROOT) + ".pfx", content);
                        })
                        .toList());
    }

    /** Every file below {@code Certificates}, with slashes, sorted; folders end in a slash. */
    List<String> tree() throws IOException {
        try (Stream<Path> all = Files.walk(certificates())) {
            return all.filter(path -> !path.equals(certificates()))
                    .map(path -> certificates().relativize(path) + (Files.isDirectory(path) ? "/" : ""))
                    .sorted()
                    .toList();
        }
    }

    Path file(final String path) {
        return certificates().resolve(path.replace('\\', '/'));
    }

    void write(final String path, final String content) throws IOException {
        Files.createDirectories(file(path).getParent());
        Files.write(file(path), content.getBytes(StandardCharsets.UTF_8));
    }

    /** Removes everything below {@code Certificates}. */
    void clear() throws IOException {
        try (Stream<Path> all = Files.walk(certificates())) {
            for (final Path path : all.sorted(Comparator.reverseOrder())
                    .filter(each -> !each.equals(certificates()))
                    .toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** A journal that keeps everything in words. */
    static class Notes implements StagingJournal {
        final List<String> lines = new ArrayList<>();
        final List<String> made = new ArrayList<>();
        final List<StagedFile> intended = new ArrayList<>();
        final List<StagedFile> written = new ArrayList<>();

        @Override
        public void aboutToMake(final String folder) {
            lines.add("about to make " + folder);
        }

        @Override
        public void made(final String folder) {
            lines.add("made " + folder);
            made.add(folder);
        }

        @Override
        public void aboutToWrite(final StagedFile file) {
            lines.add("about to write " + file.path());
            intended.add(file);
        }

        @Override
        public void written(final StagedFile file) {
            lines.add("written " + file.path());
            written.add(file);
        }
    }

    /** Whether a file holds what was staged. */
    boolean holds(final StagedFile staged) throws IOException {
        return staged.isContent(Files.readAllBytes(file(staged.path())));
    }
}
