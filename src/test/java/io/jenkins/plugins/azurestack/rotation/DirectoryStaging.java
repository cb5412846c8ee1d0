package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder behind a simulated stamp's share, reached without SMB. */
public final class DirectoryStaging implements StagingShare {
    private final Path certificates;
    private final String provider;

    public DirectoryStaging(final SimulatedStamp stamp) {
        this(stamp.share(), stamp.stamp().identityProvider().name());
    }

    DirectoryStaging(final Path share, final String provider) {
        this.certificates = share.resolve("Certificates");
        this.provider = provider;
    }

    @Override
    public String path() {
        return SimulatedStamp.SHARE;
    }

    @Override
    public Map<String, String> look() throws NotKnownException {
        final Map<String, String> files = new LinkedHashMap<>();
        if (Files.exists(certificates)) {
            try (Stream<Path> found = Files.walk(certificates)) {
                for (final Path file :
                        found.filter(Files::isRegularFile).sorted().toList()) {
                    files.put(relative(file), Staging.sha256(Files.readAllBytes(file)));
                }
            } catch (IOException e) {
                throw new NotKnownException(e.toString(), "", e);
            }
        }
        return files;
    }

    private String relative(final Path file) {
        return certificates
                .relativize(file)
                .toString()
                .replace(file.getFileSystem().getSeparator(), "/");
    }

    @Override
    public List<String> obstacles(final long bytes) {
        return List.of();
    }

    @Override
    public String pathOf(final CertificateFolder folder) {
        return provider + "/" + folder.folderName() + "/certificate.pfx";
    }

    @Override
    public String stage(final CertificateFolder folder, final byte[] pfx) throws NotKnownException {
        final Path file = certificates.resolve(pathOf(folder));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, pfx, java.nio.file.StandardOpenOption.CREATE_NEW);
            return Staging.sha256(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new NotKnownException(e.toString(), "", e);
        }
    }

    @Override
    public Map<String, String> remove(final List<String> paths, final List<String> folders) {
        final Map<String, String> left = new LinkedHashMap<>();
        for (final String path : paths) {
            try {
                Files.deleteIfExists(certificates.resolve(path));
            } catch (IOException e) {
                left.put(path, e.toString());
            }
        }
        return left;
    }
}
