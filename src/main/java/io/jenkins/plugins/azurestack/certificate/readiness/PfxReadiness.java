package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.certificate.CertificatePath;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of all checks of one PFX file. Immutable; holds no secret.
 *
 * @param folder the file is for
 * @param path of the certificate as far as the file goes; empty if the file does not open
 * @param outcomes of every check, in their order
 */
public record PfxReadiness(
        CertificateFolder folder, Optional<CertificatePath> path, Map<ReadinessCheck, Outcome> outcomes) {

    public PfxReadiness {
        Objects.requireNonNull(folder, "folder");
        final Map<ReadinessCheck, Outcome> ordered = new EnumMap<>(ReadinessCheck.class);
        ordered.putAll(outcomes);
        outcomes = Collections.unmodifiableMap(ordered);
    }

    /**
     * Runs all checks.
     *
     * @param content the file; neither kept nor changed
     * @param password neither kept nor changed
     * @param folder the file is for
     * @param now what time it is
     * @param crl asked for the certificate's revocation list, if it names one
     * @throws InterruptedException only if the probe throws it
     */
    public static PfxReadiness of(
            final byte[] content,
            final char[] password,
            final CertificateFolder folder,
            final Stamp stamp,
            final Instant now,
            final ReadinessSettings settings,
            final CrlProbe crl)
            throws InterruptedException {
        final Candidate candidate = Candidate.of(
                content,
                password,
                new Candidate.Wanted(folder.requiredNames(stamp), folder.takesWildcard(), now, settings, crl));
        final Map<ReadinessCheck, Outcome> outcomes = new EnumMap<>(ReadinessCheck.class);
        for (final ReadinessCheck check : ReadinessCheck.values()) {
            outcomes.put(check, check.judge(candidate, Collections.unmodifiableMap(outcomes)));
        }
        return new PfxReadiness(folder, candidate.opened().map(Candidate.Opened::path), outcomes);
    }

    /** What came of one check. */
    public Outcome outcome(final ReadinessCheck check) {
        return outcomes.get(check);
    }

    /** The worst status of all. */
    public Status status() {
        return outcomes.values().stream()
                .map(Outcome::status)
                .max(Status::compareTo)
                .orElse(Status.SKIPPED);
    }
}
