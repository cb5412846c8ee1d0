package io.jenkins.plugins.azurestack.certificate;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a PFX holds, bag by bag in the order of the file, and how each bag is protected. It holds no secret: of private
 * keys only what their certificates tell as well. Immutable.
 *
 * @param integrity the digest of the file's MAC, such as {@code SHA-1}; empty if the file has no MAC
 * @param encryptions of the safes that are encrypted as a whole
 * @param certificates may be empty
 * @param keys may be empty
 * @param otherBags how many entries are neither a key nor an X.509 certificate
 */
public record PfxContents(
        Optional<String> integrity,
        List<PfxEncryption> encryptions,
        List<CertificateBag> certificates,
        List<KeyBag> keys,
        int otherBags) {

    public PfxContents {
        encryptions = List.copyOf(encryptions);
        certificates = List.copyOf(certificates);
        keys = List.copyOf(keys);
    }

    /**
     * A certificate in the file.
     *
     * @param localKeyId of the key it belongs to; empty if the file does not say
     * @param encryption of the safe it lies in; empty if anybody can read it ('certificate privacy' off)
     */
    public record CertificateBag(X509Certificate certificate, String localKeyId, Optional<PfxEncryption> encryption) {
        public CertificateBag {
            Objects.requireNonNull(certificate, "certificate");
        }
    }

    /**
     * A private key in the file.
     *
     * @param localKeyId tells its certificate; empty if the file does not say
     * @param localMachine whether it carries the local-machine attribute, 1.3.6.1.4.1.311.17.2
     * @param encryptions of the key itself and of the safe it lies in; empty if the key is there for anybody to take
     * @param opening what came of opening it
     */
    public record KeyBag(String localKeyId, boolean localMachine, List<PfxEncryption> encryptions, Opening opening) {
        public KeyBag {
            encryptions = List.copyOf(encryptions);
            Objects.requireNonNull(opening, "opening");
        }

        KeyBag opened(final Opening other) {
            return new KeyBag(localKeyId, localMachine, encryptions, other);
        }

        /** Whether it is the private key of a certificate, as far as it was opened. */
        public boolean fits(final X509Certificate certificate) {
            return opening instanceof Opening.Opened opened
                    && opened.publicHalf().fits(certificate.getPublicKey());
        }
    }

    /** What came of opening a private key. */
    public sealed interface Opening {
        /** Nobody tried. */
        record Sealed() implements Opening {}

        /** It opens with the file's password. */
        record Opened(PublicHalf publicHalf) implements Opening {}

        /** It does not, though the file does. */
        record Failed(String reason) implements Opening {}
    }

    /**
     * Opens a PFX with its keys, and forgets the keys.
     *
     * @param content the file; neither kept nor changed
     * @param password empty if the file has none; neither kept nor changed
     * @throws UnreadablePfxException if the file does not open; says why
     */
    public static PfxContents open(final byte[] content, final char[] password) throws UnreadablePfxException {
        PfxShape.require(content);
        return new PfxReader(password).read(content, PfxReader.Depth.KEYS);
    }

    /**
     * What anybody can see without the password: the protection from outside, and what is not protected.
     *
     * @throws UnreadablePfxException if this is no PFX at all
     */
    public static PfxContents fromOutside(final byte[] content) throws UnreadablePfxException {
        PfxShape.require(content);
        return new PfxReader(new char[0]).read(content, PfxReader.Depth.OUTSIDE);
    }
}
