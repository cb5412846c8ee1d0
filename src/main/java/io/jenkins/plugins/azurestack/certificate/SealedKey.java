package io.jenkins.plugins.azurestack.certificate;

import io.jenkins.plugins.azurestack.certificate.UnreadableKeyException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;

/**
 * A private key as it waits for its certificate: PKCS #8, encrypted with AES-256 under a key that PBKDF2 makes of a
 * passphrase (RFC 5958, RFC 8018), as PEM text. {@code openssl pkcs8} reads and writes the same.
 */
public final class SealedKey {
    /** What OWASP advises for PBKDF2 over HMAC-SHA256 (2023). */
    private static final int ITERATIONS = 600_000;

    private static final int LARGEST = 64 * 1024;
    /** In characters. */
    public static final int SHORTEST_PASSPHRASE = 12;

    private static final String TYPE = "ENCRYPTED PRIVATE KEY";
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN " + TYPE + "-----([A-Za-z0-9+/=\\s]+)-----END " + TYPE + "-----");

    private SealedKey() {}

    /**
     * Seals a key. What is made of it on the way is wiped, as far as it is in arrays of ours.
     *
     * @param key with an encoding; left alone
     * @param passphrase of 12 characters or more; left alone
     * @param random makes salt and initialisation vector
     * @return PEM text in ASCII
     * @throws IllegalArgumentException if the passphrase is shorter, or the key has no encoding
     */
    public static byte[] seal(final PrivateKey key, final char[] passphrase, final SecureRandom random) {
        return seal(key, passphrase, ITERATIONS, random);
    }

    static byte[] seal(final PrivateKey key, final char[] passphrase, final int iterations, final SecureRandom random) {
        if (passphrase.length < SHORTEST_PASSPHRASE) {
            throw new IllegalArgumentException(
                    "The passphrase of a private key has " + SHORTEST_PASSPHRASE + " characters or more");
        }
        final byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new IllegalArgumentException("The private key can't be taken out of where it is");
        }
        try (PfxProtection protection = PfxProtection.of(passphrase)) {
            final PfxProtection.Sealed sealed = protection.sealNew(encoded, iterations, random);
            return Pem.of(
                    TYPE,
                    new EncryptedPrivateKeyInfo(sealed.encryption(), sealed.content()).getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new IllegalStateException("What was made here has an encoding", e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /**
     * Opens a sealed RSA key, in PEM or DER.
     *
     * @param content neither kept nor changed
     * @param passphrase left alone
     * @throws UnreadableKeyException if it does not open; says why
     */
    public static PrivateKey open(final byte[] content, final char[] passphrase) throws UnreadableKeyException {
        final EncryptedPrivateKeyInfo sealed = parse(content);
        final byte[] encoded = decrypt(sealed, passphrase);
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new UnreadableKeyException(Kind.NOT_A_SEALED_KEY, "The file opens, but holds no RSA key", e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static EncryptedPrivateKeyInfo parse(final byte[] content) throws UnreadableKeyException {
        if (content.length > LARGEST) {
            throw none("The file is far too large for a private key");
        }
        final Matcher pem = PEM.matcher(new String(content, StandardCharsets.ISO_8859_1));
        final Optional<byte[]> der =
                pem.find() ? Asn1.parsed(() -> Base64.getMimeDecoder().decode(pem.group(1))) : Optional.of(content);
        return der.flatMap(bytes -> Asn1.parsed(() -> EncryptedPrivateKeyInfo.getInstance(Asn1.sequence(bytes))))
                .orElseThrow(() -> none("The file is no encrypted private key"));
    }

    private static UnreadableKeyException none(final String message) {
        return new UnreadableKeyException(Kind.NOT_A_SEALED_KEY, message, null);
    }

    private static byte[] decrypt(final EncryptedPrivateKeyInfo sealed, final char[] passphrase)
            throws UnreadableKeyException {
        try (PfxProtection protection = PfxProtection.of(passphrase)) {
            PfxWork.requireBearable(null, List.of(sealed.getEncryptionAlgorithm()));
            return protection.decrypt(sealed.getEncryptionAlgorithm(), sealed.getEncryptedData());
        } catch (UnreadablePfxException e) {
            throw e.kind() == UnreadablePfxException.Kind.WRONG_PASSWORD
                    ? new UnreadableKeyException(
                            Kind.WRONG_PASSPHRASE,
                            "The private key does not open with this passphrase, or is damaged",
                            e)
                    : new UnreadableKeyException(Kind.UNSUPPORTED, e.getMessage(), e);
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException | ClassCastException e) {
            throw new UnreadableKeyException(Kind.NOT_A_SEALED_KEY, "The file is a damaged private key", e);
        }
    }
}
