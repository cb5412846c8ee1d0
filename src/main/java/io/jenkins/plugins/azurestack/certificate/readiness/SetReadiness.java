package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StampVersion;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What came of all checks of a certificate set. Immutable; holds no secret.
 *
 * @param stamp the set is for
 * @param version of the stamp
 * @param checkedAt what time it was
 * @param files what came of each file, in the order of the folders
 * @param outcomes of every check of the set as a whole, in their order
 * @param replacements what a rotation would change, in the order of the folders
 */
public record SetReadiness(
        Stamp stamp,
        StampVersion version,
        Instant checkedAt,
        Map<CertificateFolder, PfxReadiness> files,
        Map<SetCheck, SetOutcome> outcomes,
        List<Replacement> replacements) {

    public SetReadiness {
        Objects.requireNonNull(stamp, "stamp");
        final Map<CertificateFolder, PfxReadiness> ordered = new EnumMap<>(CertificateFolder.class);
        ordered.putAll(files);
        files = Collections.unmodifiableMap(ordered);
        final Map<SetCheck, SetOutcome> checks = new EnumMap<>(SetCheck.class);
        checks.putAll(outcomes);
        outcomes = Collections.unmodifiableMap(checks);
        replacements = List.copyOf(replacements);
    }

    /**
     * Runs all checks of each file and of the set. Each revocation list is asked for once.
     *
     * @param files by folder; neither kept nor changed
     * @param password of the set; neither kept nor changed
     * @throws InterruptedException only if the probe for revocation lists throws it
     */
    public static SetReadiness of(
            final Map<CertificateFolder, byte[]> files, final char[] password, final Circumstances circumstances)
            throws InterruptedException {
        final CrlProbe crl = CrlProbe.remembering(circumstances.crl());
        final Map<CertificateFolder, PfxReadiness> checked = new EnumMap<>(CertificateFolder.class);
        for (final Map.Entry<CertificateFolder, byte[]> file : files.entrySet()) {
            checked.put(
                    file.getKey(),
                    PfxReadiness.of(
                            file.getValue(),
                            password,
                            file.getKey(),
                            circumstances.stamp(),
                            circumstances.now(),
                            circumstances.settings(),
                            crl));
        }
        final CandidateSet set = new CandidateSet(checked, PasswordRecipe.judge(password), circumstances);
        final Map<SetCheck, SetOutcome> outcomes = new EnumMap<>(SetCheck.class);
        for (final SetCheck check : SetCheck.values()) {
            outcomes.put(check, check.judge(set));
        }
        return new SetReadiness(
                circumstances.stamp(),
                circumstances.version(),
                circumstances.now(),
                checked,
                outcomes,
                set.replacements());
    }

    /** What came of one check of the set. */
    public SetOutcome outcome(final SetCheck check) {
        return outcomes.get(check);
    }

    /** The worst status of all files and of the set. */
    public Status status() {
        return Stream.concat(
                        files.values().stream().map(PfxReadiness::status),
                        outcomes.values().stream().map(SetOutcome::status))
                .max(Status::compareTo)
                .orElse(Status.SKIPPED);
    }

    /** Whether nothing failed: every certificate may be staged as it is. */
    public boolean isReady() {
        return status() == Status.OK || status() == Status.WARNING;
    }
}
