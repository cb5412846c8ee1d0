package io.jenkins.plugins.azurestack.certificate;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.SafeBag;

/**
 * A PFX written by hand, with whatever local key ids and without any protection. Its sealed keys are none, so nothing
 * that opens it can have looked into them.
 */
public final class PlainPfx {
    private static final int VERSION = 3;

    private final ASN1EncodableVector bags = new ASN1EncodableVector();

    /** A certificate with the id of its key. */
    public PlainPfx certificate(final X509Certificate certificate, final int id) throws CertificateEncodingException {
        return certificate(certificate.getEncoded(), id(id));
    }

    /** A certificate that does not say whose it is. */
    public PlainPfx certificate(final X509Certificate certificate) throws CertificateEncodingException {
        return certificate(certificate.getEncoded(), null);
    }

    /** What is said to be a certificate. */
    PlainPfx certificate(final byte[] encoded, final ASN1Set attributes) {
        final CertBag content = new CertBag(PKCSObjectIdentifiers.x509Certificate, new DEROctetString(encoded));
        bags.add(new SafeBag(PKCSObjectIdentifiers.certBag, content.toASN1Primitive(), attributes));
        return this;
    }

    /** A private key with an id. */
    public PlainPfx key(final int id) {
        return key(id(id));
    }

    /** A private key without an id. */
    public PlainPfx key() {
        return key(null);
    }

    private PlainPfx key(final ASN1Set attributes) {
        bags.add(new SafeBag(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag, DERNull.INSTANCE, attributes));
        return this;
    }

    private static ASN1Set id(final int id) {
        return new DERSet(new DERSequence(new ASN1Encodable[] {
            PKCSObjectIdentifiers.pkcs_9_at_localKeyId, new DERSet(new DEROctetString(new byte[] {(byte) id}))
        }));
    }

    /** The file. */
    public byte[] bytes() throws IOException {
        return encoded(new ASN1Integer(VERSION), contents());
    }

    /** The file with a MAC, given as it is to stand there. */
    byte[] withMac(final ASN1Encodable mac) throws IOException {
        return encoded(new ASN1Integer(VERSION), contents(), mac);
    }

    private static byte[] encoded(final ASN1Encodable... elements) throws IOException {
        return new DERSequence(elements).getEncoded();
    }

    private ContentInfo contents() throws IOException {
        return data(new DERSequence(data(new DERSequence(bags))));
    }

    private static ContentInfo data(final DERSequence content) throws IOException {
        return new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(content.getEncoded()));
    }
}
