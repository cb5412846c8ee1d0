package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.clixml.SecureStringCipher;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The AES-256 key of one runspace pool, made here and given to the client under its own RSA key (MS-PSRP 2.2.2.3,
 * 2.2.2.4, 2.2.5.1.24). Thread-safe.
 */
final class PoolKey implements SecureStringCipher {
    private static final int KEY_BYTES = 32;
    private static final int MODULUS_BYTES = 256;
    private static final int PUBLIC_BLOB = 276;
    private static final byte[] PUBLIC_HEADER = {
        0x06, 0x02, 0, 0, 0, (byte) 0xA4, 0, 0, 'R', 'S', 'A', '1', 0, 0x08, 0, 0
    };
    private static final byte[] SESSION_HEADER = {0x01, 0x02, 0, 0, 0x10, 0x66, 0, 0, 0, (byte) 0xA4, 0, 0};

    private final byte[] key = new byte[KEY_BYTES];

    PoolKey(final SecureRandom random) {
        random.nextBytes(key);
    }

    /**
     * The key as ENCRYPTED_SESSION_KEY carries it.
     *
     * @param publicKey base64 of the client's blob
     * @throws GeneralSecurityException if that is no RSA key of 2048 bits
     */
    String encryptedTo(final String publicKey, final SecureRandom random) throws GeneralSecurityException {
        final Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, read(publicKey), random);
        final byte[] encrypted = reversed(cipher.doFinal(key));
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(SESSION_HEADER.length + MODULUS_BYTES)
                        .put(SESSION_HEADER)
                        .put(encrypted)
                        .array());
    }

    private static PublicKey read(final String base64) throws GeneralSecurityException {
        final byte[] blob;
        try {
            blob = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("The client's key is not base64", e);
        }
        if (blob.length != PUBLIC_BLOB
                || !Arrays.equals(blob, 0, PUBLIC_HEADER.length, PUBLIC_HEADER, 0, PUBLIC_HEADER.length)) {
            throw new GeneralSecurityException("The client's key is no RSA key of 2048 bits");
        }
        final byte[] exponent = reversed(Arrays.copyOfRange(blob, PUBLIC_HEADER.length, PUBLIC_HEADER.length + 4));
        final byte[] modulus = reversed(Arrays.copyOfRange(blob, PUBLIC_HEADER.length + 4, blob.length));
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(new BigInteger(1, modulus), new BigInteger(1, exponent)));
    }

    private static byte[] reversed(final byte[] bytes) {
        final byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[bytes.length - 1 - i] = bytes[i];
        }
        return reversed;
    }

    @Override
    public byte[] encrypt(final char[] secret) throws GeneralSecurityException {
        final ByteBuffer text = StandardCharsets.UTF_16LE.encode(CharBuffer.wrap(secret));
        try {
            return cipher(Cipher.ENCRYPT_MODE).doFinal(text.array(), 0, text.limit());
        } finally {
            Arrays.fill(text.array(), (byte) 0);
        }
    }

    @Override
    public char[] decrypt(final byte[] encrypted) throws GeneralSecurityException {
        final byte[] text = cipher(Cipher.DECRYPT_MODE).doFinal(encrypted);
        try {
            final CharBuffer decoded = StandardCharsets.UTF_16LE.newDecoder().decode(ByteBuffer.wrap(text));
            final char[] secret = Arrays.copyOf(decoded.array(), decoded.limit());
            Arrays.fill(decoded.array(), '\0');
            return secret;
        } catch (CharacterCodingException e) {
            throw new GeneralSecurityException("A secure string is no UTF-16", e);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /** CBC from a vector of zeros, as Windows does. */
    private Cipher cipher(final int mode) throws GeneralSecurityException {
        final Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
        return cipher;
    }

    @Override
    public String toString() {
        return "PoolKey";
    }
}
