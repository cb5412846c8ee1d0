package io.jenkins.plugins.azurestack.share;

import io.jenkins.plugins.azurestack.stamp.Text;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of the caller's on the share, as a journal keeps it.
 *
 * @param path below the folder {@code Certificates}: {@code AAD\ARM Public\east.pfx}
 * @param size in bytes
 * @param sha256 of its content, in lower-case hexadecimal digits
 */
public record StagedFile(String path, long size, String sha256) {
    private static final int SHA256_DIGITS = 64;

    /** @throws IllegalArgumentException if no file of a set lies at such a path, or the hash is none */
    public StagedFile {
        if (!Layout.isFile(path)) {
            throw new IllegalArgumentException("No file of a certificate set lies at '" + Text.printable(path) + "'");
        }
        if (!sha256.matches("[0-9a-f]{" + SHA256_DIGITS + "}") || size < 0) {
            throw new IllegalArgumentException("Size or hash of '" + Text.printable(path) + "' can't be right");
        }
    }

    static StagedFile of(final String path, final byte[] content) {
        return new StagedFile(path, content.length, sha256(content));
    }

    /** Whether that is the file's content. */
    public boolean isContent(final byte[] content) {
        return content.length == size && sha256(content).equals(sha256);
    }

    /** In lower-case hexadecimal digits. */
    static String sha256(final byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
