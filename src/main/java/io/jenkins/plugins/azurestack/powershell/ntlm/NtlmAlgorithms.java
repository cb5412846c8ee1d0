package io.jenkins.plugins.azurestack.powershell.ntlm;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.MD4Digest;

/** The algorithms that NTLM is made of, from wherever this JVM has them. */
final class NtlmAlgorithms {

    private NtlmAlgorithms() {}

    static byte[] md4(final byte[] input) throws NtlmUnavailableException {
        try {
            final MD4Digest digest = new MD4Digest();
            digest.update(input, 0, input.length);
            final byte[] hash = new byte[digest.getDigestSize()];
            digest.doFinal(hash, 0);
            return hash;
        } catch (LinkageError | RuntimeException e) {
            throw new NtlmUnavailableException("MD4", e);
        }
    }

    static byte[] md5(final byte[]... inputs) throws NtlmUnavailableException {
        try {
            final MessageDigest digest = MessageDigest.getInstance("MD5");
            for (final byte[] input : inputs) {
                digest.update(input);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new NtlmUnavailableException("MD5", e);
        }
    }

    static Mac hmacMd5(final byte[] key) throws NtlmUnavailableException {
        try {
            final Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(key, "HmacMD5"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new NtlmUnavailableException("HMAC-MD5", e);
        }
    }

    static byte[] hmacMd5(final byte[] key, final byte[]... inputs) throws NtlmUnavailableException {
        final Mac mac = hmacMd5(key);
        for (final byte[] input : inputs) {
            mac.update(input);
        }
        return mac.doFinal();
    }

    static Cipher rc4(final byte[] key) throws NtlmUnavailableException {
        try {
            final Cipher cipher = Cipher.getInstance("RC4");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "RC4"));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new NtlmUnavailableException("RC4", e);
        }
    }

    /** {@link Cipher#update(byte[])} answers null for no input. */
    static byte[] update(final Cipher cipher, final byte[] input) {
        return Objects.requireNonNullElseGet(cipher.update(input), () -> new byte[0]);
    }
}
