package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.util.Objects;
import java.util.Optional;

/**
 * What a rotation would change at the endpoints of one folder.
 *
 * @param served what they serve now; empty if that could not be seen
 * @param offered what the set has for them; empty if its file is missing or does not open
 */
public record Replacement(
        CertificateFolder folder, Optional<CertificateChain> served, Optional<CertificateChain> offered) {

    public Replacement {
        Objects.requireNonNull(folder, "folder");
    }

    /** Whether the certificate stays the same. */
    public boolean isSame() {
        return served.isPresent()
                && offered.isPresent()
                && served.get().leaf().equals(offered.get().leaf());
    }

    /** Whether the new certificate ends before the one that it would replace. */
    public boolean endsEarlier() {
        return served.isPresent()
                && offered.isPresent()
                && offered.get().leaf().getNotAfter().before(served.get().leaf().getNotAfter());
    }
}
