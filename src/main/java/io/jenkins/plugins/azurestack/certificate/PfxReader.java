package io.jenkins.plugins.azurestack.certificate;

import io.jenkins.plugins.azurestack.certificate.PfxContents.CertificateBag;
import io.jenkins.plugins.azurestack.certificate.PfxContents.KeyBag;
import io.jenkins.plugins.azurestack.certificate.PfxContents.Opening;
import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException.Kind;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * Walks the structure of one PFX (RFC 7292 section 4) and opens those of its safes that can hold certificates.
 *
 * <p>Not the JVM's key store, since that drops certificates which belong to no key, calls every failure a wrong
 * password, and refuses a password that is not ASCII. For one file and one thread.
 */
final class PfxReader {
    private static final int VERSION = 3;
    /** More certificates and keys together than any real file has. */
    private static final int MOST_BAGS = 300;

    private static final ASN1ObjectIdentifier X509_CERTIFICATE = PKCSObjectIdentifiers.x509Certificate;

    /** The attribute of a key that is to be imported into the machine's store; it has no value, or an empty one. */
    private static final ASN1ObjectIdentifier LOCAL_MACHINE = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.17.2");

    /** How far to look. */
    enum Depth {
        /** What can be seen without the password. */
        OUTSIDE,
        /** Private keys stay sealed. */
        CERTIFICATES,
        /** Private keys, too, are opened, to see whether that works and what their public half is. */
        KEYS
    }

    private final char[] password;
    private final CertificateFactory factory;
    private final List<PfxEncryption> encryptions = new ArrayList<>();
    private final List<CertificateBag> certificates = new ArrayList<>();
    private final List<KeyBag> keys = new ArrayList<>();
    /** Of each key; null for one that lies there without encryption of its own. */
    private final List<EncryptedPrivateKeyInfo> sealed = new ArrayList<>();

    private int otherBags;
    private int bags;

    PfxReader(final char[] password) {
        this.password = password;
        try {
            factory = CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new IllegalStateException("Every JVM reads X.509 certificates", e);
        }
    }

    PfxContents read(final byte[] content, final Depth depth) throws UnreadablePfxException {
        try {
            final Pfx pfx = outside(content);
            final byte[] authenticated = dataOf(pfx.getAuthSafe());
            final List<ContentInfo> safes = safes(authenticated);
            final List<AlgorithmIdentifier> encrypted = encryptions(safes);
            encrypted.forEach(algorithm -> encryptions.add(PfxEncryption.of(algorithm)));
            if (depth == Depth.OUTSIDE) {
                takeUnencrypted(safes);
            } else {
                PfxWork.requireBearable(pfx.getMacData(), encrypted);
                open(pfx.getMacData(), authenticated, safes, depth);
            }
            return new PfxContents(
                    Optional.ofNullable(pfx.getMacData()).map(PfxProtection::digestName),
                    encryptions,
                    certificates,
                    keys,
                    otherBags);
        } catch (IllegalArgumentException
                | IllegalStateException
                | ArithmeticException
                | ClassCastException
                | IndexOutOfBoundsException
                | NoSuchElementException e) {
            // BouncyCastle's ways to say that an element is missing, or is not the one that belongs there.
            throw new UnreadablePfxException(Kind.DAMAGED, "The file looks like a PFX, but its inside is damaged", e);
        }
    }

    private void takeUnencrypted(final List<ContentInfo> safes) throws UnreadablePfxException {
        for (final ContentInfo safe : safes) {
            if (!isEncrypted(safe)) {
                take(sequence(dataOf(safe)), Optional.empty());
            }
        }
    }

    private void open(final MacData mac, final byte[] authenticated, final List<ContentInfo> safes, final Depth depth)
            throws UnreadablePfxException {
        try (PfxProtection protection = PfxProtection.of(password)) {
            protection.verify(mac, authenticated);
            for (final ContentInfo safe : safes) {
                open(safe, protection);
            }
            if (depth == Depth.KEYS) {
                PfxWork.requireBearable(
                        null,
                        sealed.stream()
                                .filter(Objects::nonNull)
                                .map(EncryptedPrivateKeyInfo::getEncryptionAlgorithm)
                                .toList());
                for (int i = 0; i < sealed.size(); i++) {
                    if (sealed.get(i) != null) {
                        keys.set(i, keys.get(i).opened(opening(sealed.get(i), protection)));
                    }
                }
            }
        }
    }

    private static Opening opening(final EncryptedPrivateKeyInfo key, final PfxProtection protection) {
        final byte[] decrypted;
        try {
            decrypted = protection.decrypt(key.getEncryptionAlgorithm(), key.getEncryptedData());
        } catch (UnreadablePfxException e) {
            return new Opening.Failed("the private key does not open with the file's password");
        }
        try {
            return opened(() -> PublicHalf.of(decrypted));
        } finally {
            Arrays.fill(decrypted, (byte) 0);
        }
    }

    private static Opening opened(final Supplier<PublicHalf> parser) {
        return Asn1.parsed(parser)
                .<Opening>map(Opening.Opened::new)
                .orElse(new Opening.Failed("the private key is damaged"));
    }

    private static Pfx outside(final byte[] content) throws UnreadablePfxException {
        final ASN1Sequence sequence;
        try (ASN1InputStream stream = new ASN1InputStream(content)) {
            sequence = ASN1Sequence.getInstance(Asn1.required(stream.readObject()));
        } catch (EOFException e) {
            throw new UnreadablePfxException(Kind.TRUNCATED, "The file ends too early", e);
        } catch (IOException e) {
            throw new UnreadablePfxException(Kind.DAMAGED, "The file looks like a PFX, but its structure breaks", e);
        }
        final boolean versioned = sequence.size() > 1 && sequence.getObjectAt(0) instanceof ASN1Integer;
        if (!versioned || !ASN1Integer.getInstance(sequence.getObjectAt(0)).hasValue(VERSION)) {
            throw new UnreadablePfxException(
                    Kind.NOT_A_PFX, "The file is no PFX of version 3; it may be a private key alone");
        }
        return Pfx.getInstance(sequence);
    }

    private static byte[] dataOf(final ContentInfo info) throws UnreadablePfxException {
        if (!PKCSObjectIdentifiers.data.equals(info.getContentType())) {
            throw new UnreadablePfxException(
                    Kind.UNSUPPORTED, "The file is protected by a public key (" + info.getContentType() + ")");
        }
        return Asn1.octets(info.getContent());
    }

    private static List<ContentInfo> safes(final byte[] authenticated) throws UnreadablePfxException {
        final List<ContentInfo> safes = new ArrayList<>();
        for (final ASN1Encodable safe : sequence(authenticated)) {
            safes.add(ContentInfo.getInstance(safe));
        }
        return safes;
    }

    private static ASN1Sequence sequence(final byte[] encoded) throws UnreadablePfxException {
        try {
            return ASN1Sequence.getInstance(Asn1.required(ASN1Primitive.fromByteArray(encoded)));
        } catch (IOException e) {
            throw new UnreadablePfxException(Kind.DAMAGED, "The file looks like a PFX, but its inside is damaged", e);
        }
    }

    private static List<AlgorithmIdentifier> encryptions(final List<ContentInfo> safes) {
        return safes.stream()
                .filter(PfxReader::isEncrypted)
                .map(safe -> EncryptedData.getInstance(Asn1.required(safe.getContent())))
                .map(EncryptedData::getEncryptionAlgorithm)
                .toList();
    }

    private static boolean isEncrypted(final ContentInfo safe) {
        return PKCSObjectIdentifiers.encryptedData.equals(safe.getContentType());
    }

    private void open(final ContentInfo safe, final PfxProtection protection) throws UnreadablePfxException {
        if (!isEncrypted(safe)) {
            take(sequence(dataOf(safe)), Optional.empty());
            return;
        }
        final EncryptedData encrypted = EncryptedData.getInstance(Asn1.required(safe.getContent()));
        final AlgorithmIdentifier algorithm = encrypted.getEncryptionAlgorithm();
        final byte[] decrypted = protection.decrypt(algorithm, Asn1.octets(encrypted.getContent()));
        try {
            take(sequence(decrypted), Optional.of(PfxEncryption.of(algorithm)));
        } finally {
            // Some tools put a key into such a safe too.
            Arrays.fill(decrypted, (byte) 0);
        }
    }

    private void take(final ASN1Sequence contents, final Optional<PfxEncryption> encryption)
            throws UnreadablePfxException {
        for (final ASN1Encodable element : contents) {
            if (++bags > MOST_BAGS) {
                throw new UnreadablePfxException(
                        Kind.TOO_LARGE, "The file holds more than " + MOST_BAGS + " certificates and keys");
            }
            final SafeBag bag = SafeBag.getInstance(element);
            final ASN1ObjectIdentifier type = bag.getBagId();
            if (PKCSObjectIdentifiers.certBag.equals(type)) {
                takeCertificate(bag, encryption);
            } else if (PKCSObjectIdentifiers.pkcs8ShroudedKeyBag.equals(type)) {
                takeSealedKey(bag, encryption);
            } else if (PKCSObjectIdentifiers.keyBag.equals(type)) {
                takePlainKey(bag, encryption);
            } else if (PKCSObjectIdentifiers.safeContentsBag.equals(type)) {
                take(ASN1Sequence.getInstance(Asn1.required(bag.getBagValue())), encryption);
            } else {
                otherBags++;
            }
        }
    }

    private void takeSealedKey(final SafeBag bag, final Optional<PfxEncryption> encryption) {
        final Optional<EncryptedPrivateKeyInfo> key =
                Asn1.parsed(() -> EncryptedPrivateKeyInfo.getInstance(Asn1.required(bag.getBagValue())));
        final Optional<PfxEncryption> own =
                key.flatMap(sealing -> Asn1.parsed(() -> PfxEncryption.of(sealing.getEncryptionAlgorithm())));
        addKey(
                bag,
                Stream.concat(own.stream(), encryption.stream()),
                own.isPresent() ? new Opening.Sealed() : new Opening.Failed("the private key is damaged"));
        sealed.add(own.isPresent() ? key.orElseThrow() : null);
    }

    private void takePlainKey(final SafeBag bag, final Optional<PfxEncryption> encryption) {
        addKey(
                bag,
                encryption.stream(),
                opened(() -> PublicHalf.of(PrivateKeyInfo.getInstance(Asn1.required(bag.getBagValue())))));
        sealed.add(null);
    }

    private void addKey(final SafeBag bag, final Stream<PfxEncryption> encryption, final Opening opening) {
        keys.add(new KeyBag(
                attribute(bag, PKCSObjectIdentifiers.pkcs_9_at_localKeyId).orElse(""),
                attribute(bag, LOCAL_MACHINE).isPresent(),
                encryption.toList(),
                opening));
    }

    private void takeCertificate(final SafeBag bag, final Optional<PfxEncryption> encryption)
            throws UnreadablePfxException {
        final CertBag content = CertBag.getInstance(Asn1.required(bag.getBagValue()));
        if (!X509_CERTIFICATE.equals(content.getCertId())) {
            otherBags++;
            return;
        }
        final byte[] encoded = Asn1.octets(content.getCertValue());
        try {
            certificates.add(new CertificateBag(
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded)),
                    attribute(bag, PKCSObjectIdentifiers.pkcs_9_at_localKeyId).orElse(""),
                    encryption));
        } catch (GeneralSecurityException | RuntimeException e) {
            // The JVM's parser lets an exception of its own out of some keys, such as an empty one of Ed25519.
            throw new UnreadablePfxException(Kind.DAMAGED, "The file opens, but a certificate in it is damaged", e);
        }
    }

    /** The value of an attribute, encoded, which is nothing if it is there without one; empty if it is not there. */
    private static Optional<String> attribute(final SafeBag bag, final ASN1ObjectIdentifier type) {
        if (bag.getBagAttributes() == null) {
            return Optional.empty();
        }
        for (final ASN1Encodable element : bag.getBagAttributes()) {
            final Attribute attribute = Attribute.getInstance(element);
            if (type.equals(attribute.getAttrType())) {
                return Optional.of(
                        attribute.getAttrValues().size() == 0
                                ? ""
                                : attribute.getAttrValues().getObjectAt(0).toString());
            }
        }
        return Optional.empty();
    }
}
