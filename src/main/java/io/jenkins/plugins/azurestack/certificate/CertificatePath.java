package io.jenkins.plugins.azurestack.certificate;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The way from a certificate over its authorities to a root, looked for among certificates that came along in whatever
 * order. Immutable.
 */
public final class CertificatePath {
    /** Bit of the key usage, RFC 5280 section 4.2.1.3. */
    private static final int KEY_CERT_SIGN = 5;
    /** No real path is longer. */
    private static final int LONGEST = 16;
    /** Of several certificates with an issuer's name, so many are tried: a bound on what a strange file can cost. */
    private static final int ISSUERS_TRIED = 4;

    private final List<X509Certificate> certificates;
    private final Optional<String> gap;

    private CertificatePath(final List<X509Certificate> certificates, final Optional<String> gap) {
        this.certificates = List.copyOf(certificates);
        this.gap = gap;
    }

    /**
     * Looks for the path.
     *
     * @param leaf where it begins
     * @param pool where issuers are looked for; may hold anything, the leaf too
     */
    public static CertificatePath from(final X509Certificate leaf, final Collection<X509Certificate> pool) {
        final List<X509Certificate> path = new ArrayList<>(List.of(leaf));
        X509Certificate last = leaf;
        while (!CertificateChain.isSelfSigned(last)) {
            final Optional<X509Certificate> issuer = issuerOf(last, pool, path);
            if (issuer.isEmpty()) {
                return new CertificatePath(path, Optional.of(missing(last)));
            }
            final Optional<String> unfit = unfit(issuer.get(), last, path.size() - 1);
            if (unfit.isPresent() || path.size() == LONGEST) {
                return new CertificatePath(
                        path, unfit.or(() -> Optional.of("the chain is longer than " + LONGEST + " certificates")));
            }
            last = issuer.get();
            path.add(last);
        }
        return new CertificatePath(path, Optional.empty());
    }

    /** Of several with the issuer's name rather the one whose signature it is, and of those rather a root. */
    private static Optional<X509Certificate> issuerOf(
            final X509Certificate certificate,
            final Collection<X509Certificate> pool,
            final List<X509Certificate> path) {
        return pool.stream()
                .filter(candidate -> candidate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .filter(candidate -> !path.contains(candidate))
                .distinct()
                .limit(ISSUERS_TRIED)
                .min(Comparator.comparing((X509Certificate issuer) -> !CertificateChain.isIssuedBy(certificate, issuer))
                        .thenComparing(issuer -> !CertificateChain.isSelfSigned(issuer)));
    }

    private static String missing(final X509Certificate last) {
        return last.getSubjectX500Principal().equals(last.getIssuerX500Principal())
                ? "'" + name(last) + "' names itself as its issuer, but did not sign itself"
                : "'" + last.getIssuerX500Principal().getName() + "', which issued '" + name(last) + "', is not there";
    }

    /** @param below how many authorities there are between the issuer and the leaf */
    private static Optional<String> unfit(
            final X509Certificate issuer, final X509Certificate certificate, final int below) {
        if (!CertificateChain.isIssuedBy(certificate, issuer)) {
            return Optional.of("the signature of '" + name(certificate) + "' is not that of '" + name(issuer) + "'");
        }
        // Roots of the first version of X.509 can't say what they are.
        final boolean oldRoot = issuer.getVersion() < 3 && CertificateChain.isSelfSigned(issuer);
        if (oldRoot) {
            return Optional.empty();
        }
        if (issuer.getBasicConstraints() < 0) {
            return Optional.of("'" + name(issuer) + "', which issued '" + name(certificate) + "', is no authority");
        }
        if (issuer.getBasicConstraints() < below) {
            return Optional.of("'" + name(issuer) + "' may have no more than " + issuer.getBasicConstraints()
                    + " authorities below it");
        }
        final boolean[] usage = issuer.getKeyUsage();
        if (usage != null && !usage[KEY_CERT_SIGN]) {
            return Optional.of("the key of '" + name(issuer) + "' may not sign certificates");
        }
        return Optional.empty();
    }

    private static String name(final X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /** As far as the path goes, leaf first; a whole one ends with the root. */
    public List<X509Certificate> certificates() {
        return certificates;
    }

    /** The same as a chain. */
    public CertificateChain chain() {
        return CertificateChain.of(certificates);
    }

    /** Why the path does not reach a root, as part of a sentence; empty if it does. */
    public Optional<String> gap() {
        return gap;
    }

    /** The self-signed certificate at the end; empty if the path does not reach one. */
    public Optional<X509Certificate> root() {
        return gap.isEmpty() ? Optional.of(certificates.get(certificates.size() - 1)) : Optional.empty();
    }

    @Override
    public String toString() {
        return certificates.size() + " certificates from '" + name(certificates.get(0)) + "'"
                + gap.map(reason -> ", " + reason).orElse("");
    }
}
