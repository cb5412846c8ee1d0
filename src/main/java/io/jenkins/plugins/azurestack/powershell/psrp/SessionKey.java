package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.SecureStringCipher;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The AES-256 key of one runspace pool, which protects secure strings inside its messages (MS-PSRP 2.2.5.1.24).
 *
 * <p>CBC with an all-zero initialisation vector and PKCS#5 padding over UTF-16LE: real Windows does it this way, both
 * directions. The encryption is deterministic and unauthenticated, so it is no substitute for a protected transport.
 *
 * <p>Thread-safe.
 */
final class SessionKey implements SecureStringCipher, AutoCloseable {
    private static final int KEY_BYTES = 32;
    private static final int BLOCK_BYTES = 16;

    private final byte[] key;
    private boolean closed;

    /** Takes its own copy; the caller wipes the array it passed. */
    SessionKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a session key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = key.clone();
    }

    @Override
    public byte[] encrypt(char[] secret) throws GeneralSecurityException {
        byte[] utf16 = toUtf16(secret);
        try {
            return cipher(Cipher.ENCRYPT_MODE).doFinal(utf16);
        } finally {
            Arrays.fill(utf16, (byte) 0);
        }
    }

    @Override
    public char[] decrypt(byte[] encrypted) throws GeneralSecurityException {
        byte[] utf16 = cipher(Cipher.DECRYPT_MODE).doFinal(encrypted);
        try {
            return fromUtf16(utf16);
        } finally {
            Arrays.fill(utf16, (byte) 0);
        }
    }

    private synchronized Cipher cipher(int mode) throws GeneralSecurityException {
        if (closed) {
            throw new GeneralSecurityException("the session key was wiped when its pool was closed");
        }
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[BLOCK_BYTES]));
        return cipher;
    }

    private static byte[] toUtf16(char[] text) {
        byte[] bytes = new byte[text.length * 2];
        for (int i = 0; i < text.length; i++) {
            bytes[2 * i] = (byte) text[i];
            bytes[2 * i + 1] = (byte) (text[i] >> 8);
        }
        return bytes;
    }

    private static char[] fromUtf16(byte[] bytes) throws BadPaddingException {
        if (bytes.length % 2 != 0) {
            throw new BadPaddingException("UTF-16 has an even number of bytes");
        }
        char[] text = new char[bytes.length / 2];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) ((bytes[2 * i] & 0xFF) | (bytes[2 * i + 1] & 0xFF) << 8);
        }
        return text;
    }

    /** Wipes the key; closing again does nothing. */
    @Override
    public synchronized void close() {
        Arrays.fill(key, (byte) 0);
        closed = true;
    }

    @Override
    public String toString() {
        return "SessionKey";
    }
}
