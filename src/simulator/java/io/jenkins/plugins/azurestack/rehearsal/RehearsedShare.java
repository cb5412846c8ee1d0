package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.rotation.StagingShare;
import io.jenkins.plugins.azurestack.share.UncPath;
import io.jenkins.plugins.azurestack.simulator.world.CertificateShare;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The simulated stamp's certificate share as a build reaches it: the folder itself, without SMB, but by its path and
 * account, and with the faults that it has. Used by one thread at a time.
 */
public final class RehearsedShare implements StagingShare {
    private final CertificateShare share;
    private final UncPath path;
    private final PasswordCredentials account;
    private final IdentityProvider provider;
    private final String fileName;

    /**
     * @param account stays the caller's to close
     * @param fileName what staged files are called
     */
    public RehearsedShare(
            final CertificateShare share,
            final UncPath path,
            final PasswordCredentials account,
            final IdentityProvider provider,
            final String fileName) {
        this.share = share;
        this.path = path;
        this.account = account;
        this.provider = provider;
        this.fileName = fileName;
    }

    /** Something that is done in the folder {@code Certificates}. */
    private interface Work<T> {
        T in(Path certificates) throws IOException;
    }

    private <T> T use(final Work<T> work) throws NotKnownException {
        final char[] password = account.password();
        try {
            return work.in(share.open(path.toString(), account.userName(), password));
        } catch (IOException e) {
            throw new NotKnownException(
                    String.valueOf(e.getMessage()).replaceAll("[.]$", ""),
                    "Mend that on the file server or on the way there, and look again.",
                    e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    @Override
    public String path() {
        return path.toString();
    }

    @Override
    public Map<String, String> look() throws NotKnownException {
        return use(certificates -> {
            final Map<String, String> seen = new LinkedHashMap<>();
            try (Stream<Path> found = Files.walk(certificates)) {
                for (final Path file :
                        found.filter(Files::isRegularFile).sorted().toList()) {
                    seen.put(
                            certificates.relativize(file).toString().replace('\\', '/'),
                            sha256(Files.readAllBytes(file)));
                }
            }
            return seen;
        });
    }

    @Override
    public List<String> obstacles(final long bytes) throws NotKnownException {
        return use(certificates -> List.of());
    }

    @Override
    public String pathOf(final CertificateFolder folder) {
        return provider.name() + "/" + folder.folderName() + "/" + fileName;
    }

    @Override
    public String stage(final CertificateFolder folder, final byte[] pfx) throws NotKnownException {
        return use(certificates -> {
            final Path file = certificates.resolve(pathOf(folder));
            Files.createDirectories(Artifacts.folderOf(file));
            Files.write(file, pfx, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return sha256(Files.readAllBytes(file));
        });
    }

    @Override
    public Map<String, String> remove(final List<String> paths, final List<String> folders) throws NotKnownException {
        return use(certificates -> {
            final Map<String, String> left = new LinkedHashMap<>();
            for (final String relative : paths) {
                if (relative.endsWith("/" + fileName)) {
                    delete(certificates, certificates.resolve(relative));
                } else {
                    left.put(relative, "it is not called after this rotation");
                }
            }
            return left;
        });
    }

    /** With the folders above it, as far as they are empty. */
    private static void delete(final Path certificates, final Path file) throws IOException {
        Files.deleteIfExists(file);
        Path folder = Artifacts.folderOf(file);
        while (!folder.equals(certificates.toAbsolutePath()) && isEmpty(folder)) {
            Files.delete(folder);
            folder = Artifacts.folderOf(folder);
        }
    }

    private static boolean isEmpty(final Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.findAny().isEmpty();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static String sha256(final byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java 17 has SHA-256", e);
        }
    }
}
