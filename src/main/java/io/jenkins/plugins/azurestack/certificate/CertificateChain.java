package io.jenkins.plugins.azurestack.certificate;

import io.jenkins.plugins.azurestack.stamp.DnsName;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A certificate with whatever came along with it, leaf first, in the order in which a server or a file gave it.
 * Immutable; two chains are equal when their certificates are.
 */
public final class CertificateChain {
    private static final int SAN_DNS = 2;
    private static final int MASK_KEEPS = 6;
    /** Bytes of an encoded public key: RSA of 16384 bits, the JVM's own limit, takes half of them. */
    private static final int LONGEST_KEY = 4096;
    /** No real path is longer. */
    private static final int LONGEST_PATH = 16;

    private final List<X509Certificate> certificates;

    private CertificateChain(final List<X509Certificate> certificates) {
        this.certificates = certificates;
    }

    /**
     * @param certificates leaf first
     * @throws IllegalArgumentException if there is none
     */
    public static CertificateChain of(final List<X509Certificate> certificates) {
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("A chain has at least one certificate");
        }
        return new CertificateChain(List.copyOf(certificates));
    }

    /** The certificates as given, leaf first. */
    public List<X509Certificate> certificates() {
        return certificates;
    }

    /** The certificate this chain is about. */
    public X509Certificate leaf() {
        return certificates.get(0);
    }

    /** The certificate of the chain that ends first: the whole chain is good no longer than that one. */
    public X509Certificate endsFirst() {
        return certificates.stream()
                .min(Comparator.comparing(X509Certificate::getNotAfter))
                .orElseThrow();
    }

    /** The earliest end of validity in the chain. */
    public Instant notAfter() {
        return endsFirst().getNotAfter().toInstant();
    }

    /** The leaf's subject, RFC 2253. */
    public String subject() {
        return leaf().getSubjectX500Principal().getName();
    }

    /** The leaf's SHA-1 thumbprint as Windows writes it: 40 upper-case hexadecimal digits. */
    public String thumbprint() {
        return digest("SHA-1").toUpperCase(Locale.ROOT);
    }

    /** The leaf's SHA-256 fingerprint, 64 lower-case hexadecimal digits: the identity used in plans and reports. */
    public String fingerprint() {
        return digest("SHA-256");
    }

    /** A thumbprint as the readiness checker shows it: the first and last six digits, stars between. */
    public static String masked(final String thumbprint) {
        if (thumbprint.length() <= 2 * MASK_KEEPS) {
            return thumbprint;
        }
        return thumbprint.substring(0, MASK_KEEPS)
                + "*".repeat(thumbprint.length() - 2 * MASK_KEEPS)
                + thumbprint.substring(thumbprint.length() - MASK_KEEPS);
    }

    /** The leaf's DNS subject alternative names, in their order; empty if there are none or they can't be parsed. */
    public List<String> dnsNames() {
        final Collection<List<?>> names;
        try {
            names = leaf().getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            return List.of();
        }
        if (names == null) {
            return List.of();
        }
        return names.stream()
                .filter(name -> Objects.equals(name.get(0), SAN_DNS))
                .map(name -> String.valueOf(name.get(1)))
                .toList();
    }

    /** Whether a subject alternative name of the leaf covers the host; the common name does not count. */
    public boolean covers(final String host) {
        return dnsNames().stream().anyMatch(name -> DnsName.covers(name, host));
    }

    /** Whether a certificate names itself as its issuer and its own key signed it. */
    public static boolean isSelfSigned(final X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                && isSignedBy(certificate, certificate);
    }

    private static boolean isSignedBy(final X509Certificate certificate, final X509Certificate issuer) {
        return verifies(issuer.getPublicKey(), certificate::verify);
    }

    /** Whether an authority issued a revocation list. */
    public static boolean isSignedBy(final X509CRL list, final X509Certificate issuer) {
        return list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                && verifies(issuer.getPublicKey(), list::verify);
    }

    /** Something that may be signed. */
    @FunctionalInterface
    private interface Signed {
        void verify(PublicKey key) throws GeneralSecurityException;
    }

    /**
     * Whether a key made the signature. Keys come from anybody: only kinds and sizes are used whose arithmetic is
     * quick, and whatever a provider throws means no.
     */
    private static boolean verifies(final PublicKey key, final Signed signed) {
        try {
            if (!isQuick(key)) {
                return false;
            }
            signed.verify(key);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    private static boolean isQuick(final PublicKey key) {
        return (key instanceof RSAPublicKey || key instanceof ECPublicKey || key instanceof EdECPublicKey)
                && key.getEncoded().length <= LONGEST_KEY;
    }

    /**
     * Looks for the gap in the chain as presented: each certificate must be issued by the next, and the last one must
     * be self-signed, or be issued by a root that need not be sent.
     *
     * @param roots the roots that a client of the stamp trusts
     * @return a sentence that says what is missing; empty if the chain is whole as far as can be told. A chain of
     *     more than one certificate that stops below a root nobody told us about counts as whole, since a server need
     *     not send its root.
     */
    public Optional<String> gap(final Collection<X509Certificate> roots) {
        for (int i = 0; i + 1 < certificates.size(); i++) {
            if (!isIssuedBy(certificates.get(i), certificates.get(i + 1))) {
                return Optional.of("'" + name(certificates.get(i)) + "' is followed by '"
                        + name(certificates.get(i + 1)) + "', which did not issue it");
            }
        }
        final X509Certificate last = certificates.get(certificates.size() - 1);
        final boolean anchored = isSelfSigned(last) || roots.stream().anyMatch(root -> isIssuedBy(last, root));
        if (anchored || certificates.size() > 1) {
            return Optional.empty();
        }
        return Optional.of("the certificate comes alone, and its issuer '"
                + last.getIssuerX500Principal().getName() + "' is no root known here");
    }

    /**
     * Whether a path leads from the leaf, over authorities that came along, to a root. Dates are not looked at.
     *
     * @param roots the roots that a client of the stamp trusts
     */
    public boolean leadsTo(final Collection<X509Certificate> roots) {
        X509Certificate current = leaf();
        for (int length = 0; length < LONGEST_PATH; length++) {
            final X509Certificate here = current;
            if (roots.contains(here) || roots.stream().anyMatch(root -> isIssuedBy(here, root))) {
                return true;
            }
            final Optional<X509Certificate> next = certificates.stream()
                    .filter(issuer -> !issuer.equals(here) && isAuthority(issuer) && isIssuedBy(here, issuer))
                    .findFirst();
            if (next.isEmpty()) {
                return false;
            }
            current = next.get();
        }
        return false;
    }

    private static boolean isAuthority(final X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0;
    }

    /** The name of the authority at the far end of what came along. */
    public String topIssuer() {
        return certificates
                .get(certificates.size() - 1)
                .getIssuerX500Principal()
                .getName();
    }

    /** Whether the issuer's name and the issuer's key say that it issued the certificate. */
    static boolean isIssuedBy(final X509Certificate certificate, final X509Certificate issuer) {
        return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                && isSignedBy(certificate, issuer);
    }

    private static String name(final X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private String digest(final String algorithm) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(leaf().getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was parsed has an encoding and a digest", e);
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof CertificateChain chain && certificates.equals(chain.certificates);
    }

    @Override
    public int hashCode() {
        return certificates.hashCode();
    }

    @Override
    public String toString() {
        return subject() + " " + masked(thumbprint());
    }
}
