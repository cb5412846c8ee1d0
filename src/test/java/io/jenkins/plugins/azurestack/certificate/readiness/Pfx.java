package io.jenkins.plugins.azurestack.certificate.readiness;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/** A PFX made with BouncyCastle, bag by bag, however odd; in the form that a stamp wants unless told otherwise. */
final class Pfx {
    static final String PASSWORD = "Seaside7";
    private static final ASN1ObjectIdentifier LOCAL_MACHINE = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.17.2");

    private final List<PKCS12SafeBag> certificates = new ArrayList<>();
    private final List<PKCS12SafeBag> keys = new ArrayList<>();
    private String password = PASSWORD;

    Pfx protectedBy(final String other) {
        password = other;
        return this;
    }

    /** Certificates that belong to no key of their own. */
    Pfx certificates(final X509Certificate... added) throws Exception {
        for (final X509Certificate certificate : added) {
            certificates.add(new JcaPKCS12SafeBagBuilder(certificate).build());
        }
        return this;
    }

    /** A certificate with the id of its key. */
    Pfx leaf(final X509Certificate certificate, final int id) throws Exception {
        final JcaPKCS12SafeBagBuilder bag = new JcaPKCS12SafeBagBuilder(certificate);
        bag.addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, new DEROctetString(new byte[] {(byte) id}));
        bag.addBagAttribute(PKCS12SafeBag.friendlyNameAttribute, new DERBMPString("portal"));
        certificates.add(bag.build());
        return this;
    }

    /** A key for the machine's store. */
    Pfx key(final PrivateKey key, final int id) throws Exception {
        return key(key, id, password);
    }

    /** A key with a password of its own. */
    Pfx key(final PrivateKey key, final int id, final String keyPassword) throws Exception {
        return sealedKey(
                new JcaPKCS12SafeBagBuilder(key, tripleDes(keyPassword))
                        .build()
                        .toASN1Structure()
                        .getBagValue(),
                id);
    }

    /** What is said to be a sealed key; without an id if that is negative. */
    Pfx sealedKey(final ASN1Encodable sealed, final int id) {
        final ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new DERSequence(new ASN1Encodable[] {LOCAL_MACHINE, new DERSet()}));
        if (id >= 0) {
            attributes.add(new DERSequence(new ASN1Encodable[] {
                PKCS12SafeBag.localKeyIdAttribute, new DERSet(new DEROctetString(new byte[] {(byte) id}))
            }));
        }
        keys.add(new PKCS12SafeBag(
                new SafeBag(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag, sealed, new DERSet(attributes))));
        return this;
    }

    /** Something that is no certificate, among the certificates. */
    Pfx other(final ASN1ObjectIdentifier type, final ASN1Encodable content) {
        certificates.add(new PKCS12SafeBag(new SafeBag(type, content)));
        return this;
    }

    /** What is said to be a certificate. */
    Pfx certificate(final byte[] encoded) {
        return other(
                PKCSObjectIdentifiers.certBag,
                new CertBag(PKCSObjectIdentifiers.x509Certificate, new DEROctetString(encoded)).toASN1Primitive());
    }

    static OutputEncryptor tripleDes(final String password) throws Exception {
        return encryptor(PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC, password);
    }

    private static OutputEncryptor encryptor(final ASN1ObjectIdentifier algorithm, final String password)
            throws Exception {
        return new JcePKCSPBEOutputEncryptorBuilder(algorithm)
                .setProvider(Recipe.BOUNCY_CASTLE)
                .build(password.toCharArray());
    }

    /** The file. */
    byte[] bytes() throws Exception {
        final PKCS12PfxPduBuilder builder = new PKCS12PfxPduBuilder();
        for (final PKCS12SafeBag key : keys) {
            builder.addData(key);
        }
        if (!certificates.isEmpty()) {
            builder.addEncryptedData(tripleDes(password), certificates.toArray(PKCS12SafeBag[]::new));
        }
        return seal(builder);
    }

    /** The file with keys and certificates together in one encrypted safe. */
    byte[] bytesInOneSafe() throws Exception {
        final List<PKCS12SafeBag> all = new ArrayList<>(keys);
        all.addAll(certificates);
        return seal(new PKCS12PfxPduBuilder().addEncryptedData(tripleDes(password), all.toArray(PKCS12SafeBag[]::new)));
    }

    private byte[] seal(final PKCS12PfxPduBuilder builder) throws Exception {
        return builder.build(
                        new JcePKCS12MacCalculatorBuilder().setProvider(Recipe.BOUNCY_CASTLE), password.toCharArray())
                .getEncoded();
    }
}
