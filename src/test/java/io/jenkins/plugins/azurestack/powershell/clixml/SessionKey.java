package io.jenkins.plugins.azurestack.powershell.clixml;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The cipher of a session key as Windows uses it, for tests: AES-256-CBC under an IV of zeros. */
final class SessionKey implements SecureStringCipher {
    /** The key of a recorded session with Windows Server 2016. */
    static final SessionKey RECORDED =
            new SessionKey("6d4a21e2b04dcaf4454df18779e72b1ea0fa85fd3817d067e174e4edb3326acd");

    private final SecretKeySpec key;

    SessionKey(String hex) {
        key = new SecretKeySpec(HexFormat.of().parseHex(hex), "AES");
    }

    @Override
    public byte[] encrypt(char[] secret) throws GeneralSecurityException {
        return run(Cipher.ENCRYPT_MODE, new String(secret).getBytes(StandardCharsets.UTF_16LE));
    }

    @Override
    public char[] decrypt(byte[] encrypted) throws GeneralSecurityException {
        return new String(run(Cipher.DECRYPT_MODE, encrypted), StandardCharsets.UTF_16LE).toCharArray();
    }

    private byte[] run(int mode, byte[] input) throws GeneralSecurityException {
        final Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, key, new IvParameterSpec(new byte[16]));
        return cipher.doFinal(input);
    }
}
