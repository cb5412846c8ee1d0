package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.remoting.TerminatingError;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The certificate set as it lies on the share (rotation page 2022-10): below {@code Certificates} exactly one of
 * {@code AAD} and {@code ADFS}, in it the folders of the stamp and nothing else, in each folder one PFX file.
 */
record StagedCertificates(Map<CertificateFolder, Path> files) {
    StagedCertificates {
        files = Collections.unmodifiableMap(new EnumMap<>(files));
    }

    /**
     * Looks at what lies there.
     *
     * @param root what a UNC path led to
     * @throws TerminatingError if the layout is wrong, or a certificate is missing
     */
    static StagedCertificates find(final Path root, final World world) throws IOException, TerminatingError {
        final Map<String, Path> first = entries(root);
        final Path provider = first.get(world.stamp().identityProvider().name().toLowerCase(Locale.ROOT));
        if (first.size() != 1 || provider == null || !Files.isDirectory(provider)) {
            throw Errors.wrongLayout();
        }
        final Map<String, Path> second = entries(provider);
        final Map<CertificateFolder, Path> files = new EnumMap<>(CertificateFolder.class);
        for (final CertificateFolder folder : folders(world)) {
            final Path path = second.remove(folder.folderName().toLowerCase(Locale.ROOT));
            if (path != null) {
                if (!Files.isDirectory(path)) {
                    throw Errors.wrongLayout();
                }
                files.put(folder, path);
            }
        }
        if (!second.isEmpty()) {
            throw Errors.wrongLayout();
        }
        for (final CertificateFolder folder : folders(world)) {
            files.put(folder, only(folder, files.get(folder)));
        }
        return new StagedCertificates(files);
    }

    /** The folders that a rotation wants; resource providers have their certificates elsewhere. */
    static List<CertificateFolder> folders(final World world) {
        final Stamp stamp = world.stamp();
        return stamp.folders().stream()
                .filter(folder -> folder.compareTo(CertificateFolder.CONTAINER_REGISTRY) < 0
                        || folder == CertificateFolder.CONTAINER_REGISTRY && Since.ROOT_ROTATED.in(world))
                .toList();
    }

    private static Path only(final CertificateFolder folder, final Path path) throws IOException, TerminatingError {
        final List<Path> found = path == null
                ? List.of()
                : entries(path).entrySet().stream()
                        .filter(entry -> entry.getKey().endsWith(".pfx"))
                        .map(Map.Entry::getValue)
                        .toList();
        if (found.isEmpty()) {
            throw Errors.thrown("The expected certificate '" + folder.folderName() + "' was not found. "
                    + CertificateTests.CHECK_DOCUMENTATION);
        }
        if (found.size() > 1) {
            throw Errors.thrown("The folder '" + folder.folderName() + "' contains " + found.size()
                    + " certificate files instead of one.");
        }
        return found.get(0);
    }

    /** What a folder holds, by name in lower case, for Windows does not tell cases apart. */
    private static Map<String, Path> entries(final Path folder) throws IOException {
        final Map<String, Path> entries = new LinkedHashMap<>();
        try (Stream<Path> found = Files.list(folder)) {
            found.sorted()
                    .forEach(path -> entries.put(path.getFileName().toString().toLowerCase(Locale.ROOT), path));
        }
        return entries;
    }
}
