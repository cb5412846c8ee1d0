package io.jenkins.plugins.azurestack.peer;

import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/**
 * An issued certificate as the files that OpenSSL and nginx read.
 *
 * @param leaf the certificate alone
 * @param others what comes along, an empty file if nothing does
 * @param chain both in one
 * @param key the private key, PKCS #8, not encrypted
 */
public record PemFiles(Path leaf, Path others, Path chain, Path key) {
    private static final char[] PASSWORD = "irrelevant".toCharArray();

    /** Writes the files {@code <name>.*.pem}. */
    public static PemFiles write(final Path folder, final String name, final IssuedCertificate issued)
            throws IOException {
        final List<X509Certificate> chain = issued.chain();
        return new PemFiles(
                write(folder, name + ".leaf.pem", chain.subList(0, 1)),
                write(folder, name + ".others.pem", chain.subList(1, chain.size())),
                write(folder, name + ".chain.pem", chain),
                Files.writeString(folder.resolve(name + ".key.pem"), pem("PRIVATE KEY", key(issued))));
    }

    /** Writes certificates into one file, in their order. */
    public static Path write(final Path folder, final String name, final List<X509Certificate> certificates)
            throws IOException {
        final StringBuilder text = new StringBuilder();
        for (final X509Certificate certificate : certificates) {
            text.append(pem("CERTIFICATE", encoded(certificate)));
        }
        return Files.writeString(folder.resolve(name), text);
    }

    private static byte[] encoded(final X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] key(final IssuedCertificate issued) {
        try {
            final var store = issued.keyStore(PASSWORD);
            return store.getKey(store.aliases().nextElement(), PASSWORD).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(final String type, final byte[] content) {
        final Base64.Encoder encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + type + "-----\n" + encoder.encodeToString(content) + "\n-----END " + type + "-----\n";
    }
}
