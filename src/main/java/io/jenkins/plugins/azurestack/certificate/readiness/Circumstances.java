package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StampVersion;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that a set's readiness depends on, besides the set.
 *
 * @param stamp the set is for
 * @param version of the stamp
 * @param now what time it is
 * @param served what the endpoints of each folder serve now; a folder that is not there could not be seen
 * @param publicRoots the roots that everybody trusts
 * @param otherRoots roots known besides, such as the stamp's trusted certificates
 */
public record Circumstances(
        Stamp stamp,
        StampVersion version,
        Instant now,
        ReadinessSettings settings,
        CrlProbe crl,
        Map<CertificateFolder, CertificateChain> served,
        Collection<X509Certificate> publicRoots,
        Collection<X509Certificate> otherRoots) {

    public Circumstances {
        Objects.requireNonNull(stamp, "stamp");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(crl, "crl");
        served = Map.copyOf(served);
        publicRoots = List.copyOf(publicRoots);
        otherRoots = List.copyOf(otherRoots);
    }
}
