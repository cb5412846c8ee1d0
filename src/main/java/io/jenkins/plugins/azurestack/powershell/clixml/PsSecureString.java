package io.jenkins.plugins.azurestack.powershell.clixml;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A secret that travels encrypted under the session key (MS-PSRP 2.2.5.1.24).
 *
 * <p>It is either <em>open</em>, holding the characters, or <em>sealed</em>, holding what the server sent before there was a key;
 * {@link #open(SecureStringCipher)} makes one of the other. {@link #close()} wipes the characters. Two are equal only when they are
 * the same. Thread-safe.
 */
public final class PsSecureString implements PsValue, AutoCloseable {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]++={0,2}");
    private static final String TYPE_NAME = "System.Security.SecureString";

    private final char[] secret;
    private final String sealed;
    private boolean closed;

    private PsSecureString(char[] secret, String sealed) {
        this.secret = secret;
        this.sealed = sealed;
    }

    /**
     * An open one.
     *
     * @param secret copied; the caller's own array stays the caller's to wipe
     * @return the value
     */
    public static PsSecureString of(char[] secret) {
        return new PsSecureString(secret.clone(), null);
    }

    /**
     * A sealed one.
     *
     * @param base64 the text of an {@code <SS>} element
     * @return the value
     * @throws IllegalArgumentException when it is no base64, or empty: an empty secret is one block of padding
     */
    public static PsSecureString sealed(String base64) {
        final String text = base64.strip();
        if (!BASE64.matcher(text).matches()) {
            throw new IllegalArgumentException("a sealed secure string is base64");
        }
        return new PsSecureString(null, text);
    }

    /** Whether the characters can't be had without the session key. */
    public boolean isSealed() {
        return sealed != null;
    }

    /**
     * The characters.
     *
     * @return a copy, the caller's to wipe
     * @throws IllegalStateException when this is sealed or was closed
     */
    public synchronized char[] reveal() {
        if (secret == null) {
            throw new IllegalStateException("This secure string is sealed: open it with the session key first");
        }
        if (closed) {
            throw new IllegalStateException("This secure string was closed and its characters are wiped");
        }
        return secret.clone();
    }

    /**
     * Decrypts a sealed one.
     *
     * @param cipher holds the session key
     * @return a new, open value; an open one returns itself
     * @throws CliXmlException when it was not encrypted under this key
     */
    public PsSecureString open(SecureStringCipher cipher) throws CliXmlException {
        if (sealed == null) {
            return this;
        }
        try {
            return new PsSecureString(cipher.decrypt(Base64.getDecoder().decode(sealed)), null);
        } catch (GeneralSecurityException | IllegalArgumentException refused) {
            throw new CliXmlException(
                    "A secure string could not be decrypted with the session key of this runspace pool");
        }
    }

    /** The text of the {@code <SS>} element; a null cipher serves sealed ones only. */
    String seal(SecureStringCipher cipher) throws CliXmlException {
        if (sealed != null) {
            return sealed;
        }
        if (cipher == null) {
            throw new CliXmlException("A secure string can't be written before the session key was exchanged");
        }
        final char[] copy = reveal();
        try {
            return Base64.getEncoder().encodeToString(cipher.encrypt(copy));
        } catch (GeneralSecurityException refused) {
            throw new CliXmlException(
                    "A secure string could not be encrypted with the session key of this runspace pool");
        } finally {
            Arrays.fill(copy, '\0');
        }
    }

    /** Wipes the characters; a second call does nothing. */
    @Override
    public synchronized void close() {
        if (secret != null) {
            Arrays.fill(secret, '\0');
        }
        closed = true;
    }

    /** The type's name, as PowerShell answers. */
    @Override
    public String asString() {
        return TYPE_NAME;
    }

    @Override
    public String toString() {
        return TYPE_NAME;
    }
}
