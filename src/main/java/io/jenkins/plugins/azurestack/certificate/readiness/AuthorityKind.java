package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.CertificatePath;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;

/** Who issued a certificate, as far as it matters to a rotation. */
public enum AuthorityKind {
    SELF_SIGNED("self-signed"),
    /** A root of its own. */
    ENTERPRISE("enterprise"),
    /** A root that everybody trusts; Microsoft's page means its Trusted Root Program. */
    PUBLIC("public"),
    /** The root is not there to be looked at. */
    UNKNOWN("unknown");

    private final String word;

    AuthorityKind(final String word) {
        this.word = word;
    }

    /** As part of a sentence. */
    public String word() {
        return word;
    }

    /**
     * Tells from the root of a path.
     *
     * @param publicRoots the roots that everybody trusts
     */
    static AuthorityKind of(final CertificatePath path, final Collection<X509Certificate> publicRoots) {
        if (CertificateChain.isSelfSigned(path.certificates().get(0))) {
            return SELF_SIGNED;
        }
        final Optional<X509Certificate> root = path.root();
        if (root.isEmpty()) {
            return UNKNOWN;
        }
        return publicRoots.stream().anyMatch(known -> isSame(known, root.get())) ? PUBLIC : ENTERPRISE;
    }

    /** Whether two certificates are those of one authority: they may have been issued at different times. */
    static boolean isSame(final X509Certificate one, final X509Certificate other) {
        return one.getSubjectX500Principal().equals(other.getSubjectX500Principal())
                && one.getPublicKey().equals(other.getPublicKey());
    }
}
