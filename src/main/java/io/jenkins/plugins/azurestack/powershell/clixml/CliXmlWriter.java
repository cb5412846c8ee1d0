package io.jenkins.plugins.azurestack.powershell.clixml;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Writes values as CLIXML in the shape of Windows PowerShell 5.1: one line, no declaration, no namespace, type names, text, wrapped
 * value, adapted and extended properties in that order, reference numbers from 0 in each document.
 *
 * <p>Immutable and thread-safe, provided its cipher is.
 */
public final class CliXmlWriter {
    private final SecureStringCipher cipher;

    /** A writer without a session key, which refuses open secure strings and passes on sealed ones. */
    public CliXmlWriter() {
        this(null);
    }

    private CliXmlWriter(SecureStringCipher cipher) {
        this.cipher = cipher;
    }

    /**
     * The same writer with a session key.
     *
     * @param sessionKey the key's cipher
     * @return a new writer
     */
    public CliXmlWriter withCipher(SecureStringCipher sessionKey) {
        return new CliXmlWriter(Objects.requireNonNull(sessionKey));
    }

    /**
     * Writes one value as a document.
     *
     * @param value what to write
     * @return UTF-8 without byte order mark
     * @throws CliXmlException when values are nested deeper than Windows PowerShell reads, or a secure string can't be encrypted
     */
    public byte[] write(PsValue value) throws CliXmlException {
        return writeString(value).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Writes one value as a document.
     *
     * @param value what to write
     * @return the document
     * @throws CliXmlException when values are nested deeper than Windows PowerShell reads, or a secure string can't be encrypted
     */
    public String writeString(PsValue value) throws CliXmlException {
        return new DocumentWriter(cipher).write(value);
    }
}
