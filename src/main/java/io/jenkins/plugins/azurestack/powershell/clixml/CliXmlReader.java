package io.jenkins.plugins.azurestack.powershell.clixml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Reads CLIXML documents into values. Order and whitespace don't matter, unknown elements are kept or skipped, document types and
 * entities are refused, and size, elements and depth are bounded by {@link CliXmlLimits}.
 *
 * <p>Immutable and thread-safe, provided its cipher is. A reader that fails leaves nothing behind.
 */
public final class CliXmlReader {
    private final CliXmlLimits limits;
    private final SecureStringCipher cipher;

    /** A reader with the default limits that leaves secure strings sealed. */
    public CliXmlReader() {
        this(CliXmlLimits.DEFAULT);
    }

    /**
     * A reader that leaves secure strings sealed.
     *
     * @param limits what to accept
     */
    public CliXmlReader(CliXmlLimits limits) {
        this(limits, null);
    }

    private CliXmlReader(CliXmlLimits limits, SecureStringCipher cipher) {
        this.limits = Objects.requireNonNull(limits);
        this.cipher = cipher;
    }

    /**
     * The same reader with a session key: secure strings are opened while reading, and one that can't be decrypted is an error.
     *
     * @param sessionKey the key's cipher
     * @return a new reader
     */
    public CliXmlReader withCipher(SecureStringCipher sessionKey) {
        return new CliXmlReader(limits, Objects.requireNonNull(sessionKey));
    }

    /**
     * Reads one value.
     *
     * @param utf8 a whole document, with or without byte order mark
     * @return the value
     * @throws CliXmlException when it is not UTF-8, not CLIXML, beyond the limits, or holds more than one value
     */
    public PsValue read(byte[] utf8) throws CliXmlException {
        return read(decode(utf8));
    }

    /**
     * Reads one value.
     *
     * @param document a whole document
     * @return the value
     * @throws CliXmlException when it is not CLIXML, beyond the limits, or holds more than one value
     */
    public PsValue read(String document) throws CliXmlException {
        final List<PsValue> values = readAll(document);
        if (values.size() != 1) {
            throw new CliXmlException("Expected one value, found " + values.size());
        }
        return values.get(0);
    }

    /**
     * Reads all values of an {@code <Objs>} document, the form of files and of the standard streams, or the one value of any other.
     *
     * @param document a whole document
     * @return the values in order
     * @throws CliXmlException when it is not CLIXML, or beyond the limits
     */
    public List<PsValue> readAll(String document) throws CliXmlException {
        if (document.length() > limits.maxBytes()) {
            throw tooLarge();
        }
        return new DocumentReader(document, limits, cipher).read();
    }

    private String decode(byte[] utf8) throws CliXmlException {
        if (utf8.length > limits.maxBytes()) {
            throw tooLarge();
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new CliXmlException("CLIXML is not valid UTF-8");
        }
    }

    private CliXmlException tooLarge() {
        return new CliXmlException("CLIXML is larger than the limit of " + limits.maxBytes() + " bytes");
    }
}
