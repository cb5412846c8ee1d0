package io.jenkins.plugins.azurestack.certificate;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Binary files as text (RFC 7468). */
public final class Pem {
    private static final int LINE = 64;

    private Pem() {}

    /**
     * Writes one block.
     *
     * @param type such as {@code CERTIFICATE REQUEST}
     * @return ASCII, ending in a line feed
     */
    public static byte[] of(final String type, final byte[] content) {
        final byte[] lineFeed = {'\n'};
        final String text = "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(LINE, lineFeed).encodeToString(content) + "\n-----END " + type + "-----\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
