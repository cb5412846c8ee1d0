package io.jenkins.plugins.azurestack.certificate;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.SafeBag;

/**
 * Writes a PFX as a stamp wants it (PKI requirements page, 2025-08-12): key and certificates encrypted with
 * TripleDES-SHA1, a SHA-1 MAC, the chain in its order and nothing else, the key meant for the machine's store.
 *
 * <p>Neither old cipher nor old digest is a choice of ours: the stamp refuses any other. Safe for use by many threads.
 */
public final class PfxWriter {
    private static final ASN1ObjectIdentifier LOCAL_MACHINE = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.17.2");
    /** Of the only key, as Windows counts. */
    private static final byte[] LOCAL_KEY_ID = {1, 0, 0, 0};

    private final SecureRandom random;

    /** @param random makes salts */
    public PfxWriter(final SecureRandom random) {
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * Writes a file. What is made of key and password on the way is wiped, as far as it is in arrays of ours.
     *
     * @param key with an encoding; left alone
     * @param chain of the key's certificate, leaf first; written as it is
     * @param password of the file, not empty; left alone
     * @param friendlyName what Windows shows for the certificate
     * @throws IllegalArgumentException if the key has no encoding or is not the certificate's, or there is no password
     */
    public byte[] write(
            final PrivateKey key, final CertificateChain chain, final char[] password, final String friendlyName) {
        if (password.length == 0) {
            throw new IllegalArgumentException("A PFX for a stamp has a password");
        }
        final byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new IllegalArgumentException("The private key of '" + chain.subject()
                    + "' can't be taken out of where it is, such as a hardware module");
        }
        try (PfxProtection protection = PfxProtection.of(password)) {
            requireFitting(encoded, chain);
            final ContentInfo keys = data(new DERSequence(keyBag(encoded, friendlyName, protection)));
            final ContentInfo certificates = encrypted(certificateBags(chain, friendlyName), protection);
            final byte[] authenticated = der(new DERSequence(new ASN1Encodable[] {keys, certificates}));
            return der(new Pfx(
                    new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(authenticated)),
                    protection.mac(authenticated, random)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("What was parsed or made here has an encoding", e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static void requireFitting(final byte[] key, final CertificateChain chain) {
        if (!KeyAndChain.fits(key, chain.leaf())) {
            throw new IllegalArgumentException("The private key is not that of '" + chain.subject() + "'");
        }
    }

    private SafeBag keyBag(final byte[] key, final String friendlyName, final PfxProtection protection) {
        final PfxProtection.Sealed sealed = protection.seal(key, random);
        final ASN1EncodableVector attributes = ofLeaf(friendlyName);
        attributes.add(new DERSequence(new ASN1Encodable[] {LOCAL_MACHINE, new DERSet()}));
        return new SafeBag(
                PKCSObjectIdentifiers.pkcs8ShroudedKeyBag,
                new EncryptedPrivateKeyInfo(sealed.encryption(), sealed.content()),
                new DERSet(attributes));
    }

    private static DERSequence certificateBags(final CertificateChain chain, final String friendlyName)
            throws GeneralSecurityException {
        final ASN1EncodableVector bags = new ASN1EncodableVector();
        for (final X509Certificate certificate : chain.certificates()) {
            final ASN1Set attributes = bags.size() == 0 ? new DERSet(ofLeaf(friendlyName)) : null;
            final CertBag bag =
                    new CertBag(PKCSObjectIdentifiers.x509Certificate, new DEROctetString(certificate.getEncoded()));
            bags.add(new SafeBag(PKCSObjectIdentifiers.certBag, bag.toASN1Primitive(), attributes));
        }
        return new DERSequence(bags);
    }

    /** What key and certificate have in common, by which they find each other. */
    private static ASN1EncodableVector ofLeaf(final String friendlyName) {
        final ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(attribute(PKCSObjectIdentifiers.pkcs_9_at_localKeyId, new DEROctetString(LOCAL_KEY_ID)));
        attributes.add(attribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString(friendlyName)));
        return attributes;
    }

    private static ASN1Encodable attribute(final ASN1ObjectIdentifier type, final ASN1Encodable value) {
        return new DERSequence(new ASN1Encodable[] {type, new DERSet(value)});
    }

    private static ContentInfo data(final DERSequence bags) throws IOException {
        return new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(der(bags)));
    }

    private ContentInfo encrypted(final DERSequence bags, final PfxProtection protection) throws IOException {
        final PfxProtection.Sealed sealed = protection.seal(der(bags), random);
        return new ContentInfo(
                PKCSObjectIdentifiers.encryptedData,
                new EncryptedData(
                        PKCSObjectIdentifiers.data, sealed.encryption(), new DEROctetString(sealed.content())));
    }

    private static byte[] der(final ASN1Encodable structure) throws IOException {
        return structure.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    }
}
