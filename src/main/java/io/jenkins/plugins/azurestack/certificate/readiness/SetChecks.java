package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.CertificatePath;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The checks of what is in a set. */
final class SetChecks {
    /** Further apart than this, somebody has to rotate once more than the certificates of most folders need. */
    private static final Duration ALIGNED = Duration.ofDays(30);

    private SetChecks() {}

    static SetOutcome folders(final CandidateSet set) {
        final List<CertificateFolder> wanted = set.circumstances().stamp().rotationFolders();
        final Set<CertificateFolder> there = set.files().keySet();
        final List<CertificateFolder> missing =
                wanted.stream().filter(folder -> !there.contains(folder)).toList();
        final List<CertificateFolder> foreign =
                there.stream().filter(folder -> !wanted.contains(folder)).toList();
        if (!missing.isEmpty()) {
            return SetOutcome.of(
                    SetReason.FOLDER_MISSING,
                    missing,
                    missing.stream()
                            .map(folder -> "The expected certificate '" + folder.folderName() + "' was not found.")
                            .collect(Collectors.joining(" ")));
        }
        if (!foreign.isEmpty()) {
            return SetOutcome.of(
                    SetReason.FOLDER_NOT_OF_STAMP,
                    foreign,
                    "The share of this stamp has no folder for " + names(foreign) + ".");
        }
        return SetOutcome.met(there.size() + " of " + wanted.size() + " folders.");
    }

    static SetOutcome duplicates(final CandidateSet set) {
        final List<List<CertificateFolder>> certificates = groups(set, CertificateChain::leaf);
        if (!certificates.isEmpty()) {
            return shared(SetReason.CERTIFICATE_SHARED, "One certificate serves ", certificates);
        }
        final List<List<CertificateFolder>> keys =
                groups(set, chain -> chain.leaf().getPublicKey());
        return keys.isEmpty()
                ? SetOutcome.met("A certificate and a key for each folder.")
                : shared(SetReason.KEY_SHARED, "One private key serves ", keys);
    }

    /** Folders that have the same of something. */
    private static List<List<CertificateFolder>> groups(
            final CandidateSet set, final Function<CertificateChain, Object> what) {
        final Map<Object, List<CertificateFolder>> groups = new LinkedHashMap<>();
        set.paths().forEach((folder, path) -> groups.computeIfAbsent(what.apply(path.chain()), key -> new ArrayList<>())
                .add(folder));
        return groups.values().stream().filter(group -> group.size() > 1).toList();
    }

    private static SetOutcome shared(
            final SetReason reason, final String what, final List<List<CertificateFolder>> groups) {
        return SetOutcome.of(
                reason,
                groups.stream().flatMap(List::stream).toList(),
                groups.stream().map(group -> what + names(group) + ".").collect(Collectors.joining(" ")));
    }

    static SetOutcome onePassword(final CandidateSet set) {
        final List<CertificateFolder> other = set.files().entrySet().stream()
                .filter(entry ->
                        entry.getValue().outcome(ReadinessCheck.PARSE_PFX).reason() == Reason.INVALID_PASSWORD)
                .map(Map.Entry::getKey)
                .toList();
        if (!other.isEmpty()) {
            return SetOutcome.of(
                    SetReason.OTHER_PASSWORD, other, "Not opened by the set's password: " + names(other) + ".");
        }
        return set.paths().isEmpty()
                ? SetOutcome.of(SetReason.NOT_TOLD, "The check was skipped because no file opens.")
                : SetOutcome.met("Every file that is a PFX opens with it.");
    }

    static SetOutcome servedNow(final CandidateSet set) {
        final List<Replacement> offered = set.replacements().stream()
                .filter(replacement -> replacement.offered().isPresent())
                .toList();
        if (offered.isEmpty()) {
            return SetOutcome.of(SetReason.NOT_TOLD, "The check was skipped because no file opens.");
        }
        final List<CertificateFolder> same = offered.stream()
                .filter(Replacement::isSame)
                .map(Replacement::folder)
                .toList();
        if (same.size() == offered.size()) {
            return SetOutcome.of(SetReason.ALREADY_SERVED, "The endpoints serve all certificates of this set already.");
        }
        final List<CertificateFolder> earlier = offered.stream()
                .filter(Replacement::endsEarlier)
                .map(Replacement::folder)
                .toList();
        if (!earlier.isEmpty()) {
            return SetOutcome.of(
                    SetReason.ENDS_EARLIER,
                    earlier,
                    "The new certificate ends before the one that is served now: " + names(earlier) + ".");
        }
        final List<CertificateFolder> unseen = offered.stream()
                .filter(replacement -> replacement.served().isEmpty())
                .map(Replacement::folder)
                .toList();
        if (!unseen.isEmpty()) {
            return SetOutcome.of(
                    SetReason.SERVED_UNKNOWN, unseen, "What is served now could not be seen: " + names(unseen) + ".");
        }
        return SetOutcome.met((offered.size() - same.size()) + " of " + offered.size() + " certificates change.");
    }

    static SetOutcome alignment(final CandidateSet set) {
        final Map<CertificateFolder, CertificatePath> paths = set.paths();
        if (paths.isEmpty()) {
            return SetOutcome.of(SetReason.NOT_TOLD, "The check was skipped because no file opens.");
        }
        final Comparator<CertificateFolder> byEnd = Comparator.comparing(folder -> end(paths.get(folder)));
        final Instant first = end(paths.get(paths.keySet().stream().min(byEnd).orElseThrow()));
        final CertificateFolder last = paths.keySet().stream().max(byEnd).orElseThrow();
        final Duration apart = Duration.between(first, end(paths.get(last)));
        if (apart.compareTo(ALIGNED) <= 0) {
            return SetOutcome.met("The first ends on " + date(first) + ".");
        }
        final List<CertificateFolder> early = paths.keySet().stream()
                .filter(folder ->
                        Duration.between(first, end(paths.get(folder))).compareTo(ALIGNED) <= 0)
                .toList();
        return SetOutcome.of(
                SetReason.ENDS_APART,
                early,
                "From " + date(first) + " on, " + names(early) + " end, " + apart.toDays() + " days before '"
                        + last.folderName() + "' does.");
    }

    private static Instant end(final CertificatePath path) {
        return path.chain().notAfter();
    }

    private static String date(final Instant when) {
        return when.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    static String names(final Collection<CertificateFolder> folders) {
        return folders.stream().map(folder -> "'" + folder.folderName() + "'").collect(Collectors.joining(", "));
    }
}
