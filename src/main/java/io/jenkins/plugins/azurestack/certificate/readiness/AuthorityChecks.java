package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.certificate.CertificatePath;
import io.jenkins.plugins.azurestack.certificate.readiness.AuthorityChange.Support;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The checks of who issued the certificates of a set. */
final class AuthorityChecks {
    private AuthorityChecks() {}

    static SetOutcome change(final CandidateSet set) {
        final Map<CertificateFolder, AuthorityChange> changes = new EnumMap<>(CertificateFolder.class);
        set.paths().forEach((folder, path) -> changes.put(folder, change(set.circumstances(), folder, path)));
        if (changes.isEmpty()) {
            return SetOutcome.of(SetReason.NOT_TOLD, "The check was skipped because no file opens.");
        }
        final SetOutcome unsupported =
                outcome(set, changes, Support.UNSUPPORTED, SetReason.CHANGE_UNSUPPORTED, "does not support");
        if (!unsupported.folders().isEmpty()) {
            return unsupported;
        }
        final SetOutcome unknown =
                outcome(set, changes, Support.UNKNOWN, SetReason.CHANGE_UNKNOWN, "may or may not support");
        return unknown.folders().isEmpty()
                ? SetOutcome.met(changes.values().stream()
                        .map(AuthorityChange::toString)
                        .distinct()
                        .collect(Collectors.joining(", ")))
                : unknown;
    }

    private static AuthorityChange change(
            final Circumstances circumstances, final CertificateFolder folder, final CertificatePath offered) {
        final AuthorityKind to = AuthorityKind.of(offered, circumstances.publicRoots());
        final Optional<CertificatePath> served = Optional.ofNullable(
                        circumstances.served().get(folder))
                .map(chain -> {
                    // A server need not send its root, and often it is the one that the new certificate leads to.
                    final List<X509Certificate> pool = new ArrayList<>(chain.certificates());
                    pool.addAll(offered.certificates());
                    pool.addAll(circumstances.otherRoots());
                    pool.addAll(circumstances.publicRoots());
                    return CertificatePath.from(chain.leaf(), pool);
                });
        final boolean same = served.flatMap(CertificatePath::root)
                .flatMap(root -> offered.root().map(other -> AuthorityKind.isSame(root, other)))
                .orElse(false);
        return new AuthorityChange(
                served.map(path -> AuthorityKind.of(path, circumstances.publicRoots()))
                        .orElse(AuthorityKind.UNKNOWN),
                to,
                same);
    }

    private static SetOutcome outcome(
            final CandidateSet set,
            final Map<CertificateFolder, AuthorityChange> changes,
            final Support support,
            final SetReason reason,
            final String verb) {
        final List<CertificateFolder> folders = changes.entrySet().stream()
                .filter(entry -> entry.getValue().support(set.circumstances().version()) == support)
                .map(Map.Entry::getKey)
                .toList();
        return SetOutcome.of(
                reason,
                folders,
                "Version " + set.circumstances().version() + " " + verb + " this change of authority: "
                        + folders.stream()
                                .map(folder -> "'" + folder.folderName() + "' from " + changes.get(folder))
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    static SetOutcome sameRoot(final CandidateSet set) {
        final Map<CertificateFolder, X509Certificate> roots = set.roots();
        if (roots.isEmpty()) {
            return SetOutcome.of(SetReason.NOT_TOLD, "The check was skipped because no chain is whole.");
        }
        final X509Certificate first = roots.values().iterator().next();
        final List<CertificateFolder> other = roots.keySet().stream()
                .filter(folder -> !AuthorityKind.isSame(first, roots.get(folder)))
                .toList();
        if (other.isEmpty()) {
            return SetOutcome.met("'" + first.getSubjectX500Principal().getName() + "'");
        }
        final boolean onlyTheProviders = other.equals(List.of(CertificateFolder.CONTAINER_REGISTRY));
        return SetOutcome.of(
                onlyTheProviders ? SetReason.ROOT_DIFFERS : SetReason.SEVERAL_ROOTS,
                other,
                SetChecks.names(other) + (other.size() == 1 ? " leads" : " lead") + " to another root than '"
                        + first.getSubjectX500Principal().getName() + "'.");
    }
}
