package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.certificate.CertificatePath;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A set that wants to be accepted, its files checked already.
 *
 * @param files what came of the checks of each file
 * @param password what the recipe says of the set's password
 */
record CandidateSet(Map<CertificateFolder, PfxReadiness> files, SetOutcome password, Circumstances circumstances) {

    /** The paths of the files that open, in the order of the folders. */
    Map<CertificateFolder, CertificatePath> paths() {
        final Map<CertificateFolder, CertificatePath> paths = new EnumMap<>(CertificateFolder.class);
        files.forEach((folder, readiness) -> readiness.path().ifPresent(path -> paths.put(folder, path)));
        return paths;
    }

    /** The roots of the files whose chains are whole. */
    Map<CertificateFolder, X509Certificate> roots() {
        final Map<CertificateFolder, X509Certificate> roots = new EnumMap<>(CertificateFolder.class);
        paths().forEach((folder, path) -> path.root().ifPresent(root -> roots.put(folder, root)));
        return roots;
    }

    /** For every folder of the stamp, and every file. */
    List<Replacement> replacements() {
        final Map<CertificateFolder, CertificatePath> paths = paths();
        final List<Replacement> replacements = new ArrayList<>();
        for (final CertificateFolder folder : CertificateFolder.values()) {
            if (files.containsKey(folder)
                    || circumstances.stamp().rotationFolders().contains(folder)) {
                replacements.add(new Replacement(
                        folder,
                        Optional.ofNullable(circumstances.served().get(folder)),
                        Optional.ofNullable(paths.get(folder)).map(CertificatePath::chain)));
            }
        }
        return List.copyOf(replacements);
    }
}
