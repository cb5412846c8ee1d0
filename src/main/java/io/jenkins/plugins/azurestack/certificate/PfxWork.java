package io.jenkins.plugins.azurestack.certificate;

import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException.Kind;
import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** How much work a PFX wants done before it opens, which its writer alone decides: told before any of it is done. */
final class PfxWork {
    /** The JVM's own bound on one iteration count; here on all of a file together, a matter of seconds. */
    private static final long MOST_ITERATIONS = 5_000_000;
    /** The longest key that any writer asks for: BouncyCastle, for a MAC. */
    private static final int LONGEST_KEY = 256;
    /** A longer key is derived in several rounds; this many bytes at a time, with SHA-256. */
    private static final int ROUND = 32;

    private PfxWork() {}

    /**
     * Adds up the iterations of the integrity check and of every encrypted safe.
     *
     * @param mac null if the file has none
     * @throws UnreadablePfxException if that is more than anyone should wait for
     */
    static void requireBearable(final MacData mac, final List<AlgorithmIdentifier> encryptions)
            throws UnreadablePfxException {
        long iterations = mac == null ? 0 : of(mac);
        for (final AlgorithmIdentifier encryption : encryptions) {
            iterations += of(encryption);
        }
        if (iterations > MOST_ITERATIONS) {
            throw new UnreadablePfxException(
                    Kind.UNSUPPORTED,
                    "The file wants " + iterations + " iterations to be opened, more than the " + MOST_ITERATIONS
                            + " done here");
        }
    }

    private static long of(final MacData mac) throws UnreadablePfxException {
        final AlgorithmIdentifier algorithm = mac.getMac().getAlgorithmId();
        if (PKCSObjectIdentifiers.id_PBMAC1.equals(algorithm.getAlgorithm())) {
            return of(keyDerivation(PBMAC1Params.getInstance(Asn1.required(algorithm.getParameters()))
                    .getKeyDerivationFunc()));
        }
        return count(mac.getIterationCount());
    }

    private static long of(final AlgorithmIdentifier encryption) throws UnreadablePfxException {
        if (PKCSObjectIdentifiers.id_PBES2.equals(encryption.getAlgorithm())) {
            return of(keyDerivation(PBES2Parameters.getInstance(Asn1.required(encryption.getParameters()))
                    .getKeyDerivationFunc()));
        }
        PfxProtection.requireKnown(encryption.getAlgorithm());
        return count(PKCS12PBEParams.getInstance(Asn1.required(encryption.getParameters()))
                .getIterations());
    }

    private static long of(final PBKDF2Params derivation) throws UnreadablePfxException {
        final BigInteger length = derivation.getKeyLength();
        if (length != null && length.signum() <= 0) {
            throw new UnreadablePfxException(Kind.DAMAGED, "The file wants a key of no length");
        }
        // The length itself is not shown: it may have a million digits.
        if (length != null && length.compareTo(BigInteger.valueOf(LONGEST_KEY)) > 0) {
            throw new UnreadablePfxException(
                    Kind.UNSUPPORTED, "The file wants a key of more than " + LONGEST_KEY + " bytes");
        }
        final int rounds = length == null ? 1 : (length.intValue() + ROUND - 1) / ROUND;
        return count(derivation.getIterationCount()) * rounds;
    }

    private static long count(final BigInteger iterations) throws UnreadablePfxException {
        if (iterations.signum() <= 0) {
            throw new UnreadablePfxException(Kind.DAMAGED, "The file has an iteration count below one");
        }
        // So that a sum of these can't overflow.
        return iterations.bitLength() < Integer.SIZE ? iterations.intValue() : Integer.MAX_VALUE;
    }

    /** The parameters of the one key derivation of the new way that is known here. */
    static PBKDF2Params keyDerivation(final ASN1Encodable function) throws UnreadablePfxException {
        final AlgorithmIdentifier algorithm = AlgorithmIdentifier.getInstance(function.toASN1Primitive());
        if (!PKCSObjectIdentifiers.id_PBKDF2.equals(algorithm.getAlgorithm())) {
            throw PfxProtection.unsupported("key derivation", algorithm.getAlgorithm());
        }
        return PBKDF2Params.getInstance(Asn1.required(algorithm.getParameters()));
    }
}
