package io.jenkins.plugins.azurestack.certificate;

import java.security.DigestException;
import java.security.MessageDigest;
import org.bouncycastle.crypto.ExtendedDigest;

/** Lets BouncyCastle's key derivation run on a digest of the JVM, which uses the processor's own instructions. */
final class JvmDigest implements ExtendedDigest {
    private static final int LONGEST_OF_SMALL_BLOCKS = 32;
    private static final int SMALL_BLOCK = 64;
    private static final int LARGE_BLOCK = 128;

    private final MessageDigest digest;

    /** @param digest SHA-1 or of the SHA-2 family */
    JvmDigest(final MessageDigest digest) {
        this.digest = digest;
    }

    @Override
    public String getAlgorithmName() {
        return digest.getAlgorithm();
    }

    @Override
    public int getDigestSize() {
        return digest.getDigestLength();
    }

    /** FIPS 180-4: blocks of 64 bytes up to SHA-256, of 128 bytes above. */
    @Override
    public int getByteLength() {
        return digest.getDigestLength() <= LONGEST_OF_SMALL_BLOCKS ? SMALL_BLOCK : LARGE_BLOCK;
    }

    @Override
    public void update(final byte in) {
        digest.update(in);
    }

    @Override
    public void update(final byte[] in, final int offset, final int length) {
        digest.update(in, offset, length);
    }

    @Override
    public int doFinal(final byte[] out, final int offset) {
        try {
            return digest.digest(out, offset, digest.getDigestLength());
        } catch (DigestException e) {
            throw new IllegalArgumentException("Too little room for a digest", e);
        }
    }

    @Override
    public void reset() {
        digest.reset();
    }
}
