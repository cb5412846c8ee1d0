package io.jenkins.plugins.azurestack.powershell.clixml;

import java.security.GeneralSecurityException;

/**
 * Encrypts and decrypts secure strings under the session key of a runspace pool (MS-PSRP 2.2.5.1.24). Implementations encode the
 * characters as UTF-16LE; base64 is the codec's part.
 */
public interface SecureStringCipher {
    /**
     * Encrypts a secret.
     *
     * @param secret the characters, only lent: neither kept nor changed
     * @return the encrypted bytes
     * @throws GeneralSecurityException when the key doesn't serve
     */
    byte[] encrypt(char[] secret) throws GeneralSecurityException;

    /**
     * Decrypts a secret.
     *
     * @param encrypted the bytes as received, of any length
     * @return the characters, now the caller's to wipe
     * @throws GeneralSecurityException when these bytes were not encrypted under this key
     */
    char[] decrypt(byte[] encrypted) throws GeneralSecurityException;
}
