package io.jenkins.plugins.azurestack.net.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The SHA-256 of a certificate's DER encoding.
 *
 * @param hex 64 digits in upper case
 */
public record Fingerprint(String hex) {
    public Fingerprint {
        if (!hex.matches("[0-9A-F]{64}")) {
            throw new IllegalArgumentException("A fingerprint is 64 hexadecimal digits in upper case");
        }
    }

    /**
     * As people write it: in any case, with or without colons and blanks.
     *
     * @throws IllegalArgumentException if it is no SHA-256; the message says what one is
     */
    public static Fingerprint parse(final String text) {
        final String digits = text.replaceAll("[:\\s]", "").toUpperCase(Locale.ROOT);
        if (!digits.matches("[0-9A-F]{64}")) {
            throw new IllegalArgumentException(
                    "A certificate's SHA-256 fingerprint is 64 hexadecimal digits, with or without colons");
        }
        return new Fingerprint(digits);
    }

    /** @throws CertificateEncodingException if the certificate has no encoding */
    public static Fingerprint of(final X509Certificate certificate) throws CertificateEncodingException {
        try {
            return new Fingerprint(HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java 17 has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
