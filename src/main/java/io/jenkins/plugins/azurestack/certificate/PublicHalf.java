package io.jenkins.plugins.azurestack.certificate;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/**
 * What of a private key may be known: the public numbers that stand in it.
 *
 * @param rsa modulus and public exponent; empty if the key is of another kind
 */
public record PublicHalf(Optional<Rsa> rsa) {
    /** Positions of RFC 8017 appendix A.1.2, after the version. */
    private static final int MODULUS = 1;

    private static final int PUBLIC_EXPONENT = 2;

    /** The public numbers of an RSA key. */
    public record Rsa(BigInteger modulus, BigInteger exponent) {}

    /**
     * Reads a private key.
     *
     * @param pkcs8 the key, PKCS #8 in DER; neither kept nor changed
     * @throws IllegalArgumentException or another runtime exception of BouncyCastle if it is none
     */
    static PublicHalf of(final byte[] pkcs8) {
        return of(PrivateKeyInfo.getInstance(Asn1.sequence(pkcs8)));
    }

    static PublicHalf of(final PrivateKeyInfo key) {
        if (!PKCSObjectIdentifiers.rsaEncryption.equals(
                key.getPrivateKeyAlgorithm().getAlgorithm())) {
            return new PublicHalf(Optional.empty());
        }
        final ASN1Sequence numbers = Asn1.sequence(key.getPrivateKey().getOctets());
        return new PublicHalf(Optional.of(new Rsa(number(numbers, MODULUS), number(numbers, PUBLIC_EXPONENT))));
    }

    private static BigInteger number(final ASN1Sequence numbers, final int position) {
        return ASN1Integer.getInstance(numbers.getObjectAt(position)).getValue();
    }

    /** Whether a certificate is for this key; of keys that are not RSA, which no stamp accepts, only the kind is compared. */
    public boolean fits(final PublicKey certified) {
        if (certified instanceof RSAPublicKey other) {
            return rsa.equals(Optional.of(new Rsa(other.getModulus(), other.getPublicExponent())));
        }
        return rsa.isEmpty();
    }
}
