package io.jenkins.plugins.azurestack.share;

import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A set of PFX files for the share, one for each folder.
 *
 * @param identityProvider decides between {@code AAD} and {@code ADFS}, and which folders there may be
 * @param files at least one; whether the set is complete is not looked at here
 */
public record CertificateFiles(IdentityProvider identityProvider, List<CertificateFile> files) {
    /** @throws IllegalArgumentException if a folder is there twice, or is none of this set's */
    public CertificateFiles {
        Objects.requireNonNull(identityProvider, "identityProvider");
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("A set without files can't be put on the share");
        }
        final Set<Object> seen = new HashSet<>();
        for (final CertificateFile file : files) {
            final String folder = file.folder().folderName();
            if (!seen.add(file.folder())) {
                throw new IllegalArgumentException(
                        "Two files for " + folder + "; the stamp takes one PFX for each folder");
            }
            if (!Layout.has(identityProvider, file.folder())) {
                throw new IllegalArgumentException(folder + " is no folder of the set that a stamp with "
                        + identityProvider + " reads from a share");
            }
        }
    }

    /** What will lie on the share, in the order of the files. */
    public List<StagedFile> staged() {
        return files.stream().map(this::staged).toList();
    }

    StagedFile staged(final CertificateFile file) {
        return StagedFile.of(Layout.file(identityProvider, file.folder(), file.name()), file.content());
    }

    /** How many bytes the files have together. */
    long size() {
        return files.stream().mapToLong(file -> file.content().length).sum();
    }
}
