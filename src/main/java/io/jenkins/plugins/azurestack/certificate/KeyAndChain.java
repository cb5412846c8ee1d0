package io.jenkins.plugins.azurestack.certificate;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;

/** A private key with its certificate and whatever leads from there to a root. Immutable; tells nothing of the key. */
public final class KeyAndChain {
    private final PrivateKey key;
    private final CertificateChain chain;

    /** @throws IllegalArgumentException if the key is that of another certificate */
    public KeyAndChain(final PrivateKey key, final CertificateChain chain) {
        this.key = Objects.requireNonNull(key, "key");
        this.chain = Objects.requireNonNull(chain, "chain");
        if (!fits(key, chain.leaf())) {
            throw new IllegalArgumentException("The private key is not that of '" + chain.subject() + "'");
        }
    }

    /** Whether a certificate is for a key; a key that can't be taken out of where it is fits none. */
    public static boolean fits(final PrivateKey key, final X509Certificate certificate) {
        final byte[] encoded = key.getEncoded();
        if (encoded == null) {
            return false;
        }
        try {
            return fits(encoded, certificate);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /** @param key PKCS #8 */
    static boolean fits(final byte[] key, final X509Certificate certificate) {
        return Asn1.parsed(() -> PublicHalf.of(key))
                .filter(half -> half.fits(certificate.getPublicKey()))
                .isPresent();
    }

    /** The private key. */
    public PrivateKey key() {
        return key;
    }

    /** Its certificate, with the issuers that are known, leaf first. */
    public CertificateChain chain() {
        return chain;
    }

    @Override
    public String toString() {
        return "key and " + chain;
    }
}
