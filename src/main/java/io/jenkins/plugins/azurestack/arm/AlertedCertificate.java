package io.jenkins.plugins.azurestack.arm;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A certificate as an alert describes it; what an alert does not say is empty.
 *
 * @param thumbprint upper-case SHA-1
 * @param subject such as {@code CN=MA}
 * @param issuer the issuer's name
 * @param names the subject alternative name as Windows writes it, such as {@code DNS Name=MA, DNS Name=*.x}
 * @param ends when it expires
 */
public record AlertedCertificate(
        String thumbprint, String subject, String issuer, String names, Optional<Instant> ends) {
    public AlertedCertificate {
        thumbprint = thumbprint.toUpperCase(Locale.ROOT);
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(names, "names");
        Objects.requireNonNull(ends, "ends");
    }

    /** The same, with what the other one says where this one says nothing. */
    AlertedCertificate completedBy(final AlertedCertificate other) {
        return new AlertedCertificate(
                thumbprint,
                subject.isEmpty() ? other.subject : subject,
                issuer.isEmpty() ? other.issuer : issuer,
                names.isEmpty() ? other.names : names,
                ends.or(() -> other.ends));
    }
}
