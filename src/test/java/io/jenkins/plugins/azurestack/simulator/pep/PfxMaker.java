package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.bc.BcPKCS12PBEOutputEncryptorBuilder;

/** Makes PFX files as the documentation wants them, or with one defect. */
public final class PfxMaker {
    private static final ASN1ObjectIdentifier LOCAL_MACHINE = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.17.2");
    /** Nobody attacks these files. */
    private static final int ITERATIONS = 2;

    private static final byte[] KEY_ID = {1, 0, 0, 0};

    private final IssuedCertificate certificate;
    private final List<X509Certificate> certificates;
    private boolean key = true;
    private boolean machine = true;
    private boolean isPrivate = true;

    public PfxMaker(final IssuedCertificate certificate) {
        this.certificate = certificate;
        this.certificates = new ArrayList<>(certificate.chain());
    }

    PfxMaker withoutKey() {
        key = false;
        return this;
    }

    PfxMaker ofUser() {
        machine = false;
        return this;
    }

    PfxMaker withPublicCertificates() {
        isPrivate = false;
        return this;
    }

    public PfxMaker and(final X509Certificate other) {
        certificates.add(other);
        return this;
    }

    public byte[] bytes(final String password) {
        final char[] secret = password.toCharArray();
        try {
            final PKCS12PfxPduBuilder pfx = new PKCS12PfxPduBuilder();
            if (key) {
                final PKCS12SafeBagBuilder bag = new PKCS12SafeBagBuilder(
                                PrivateKeyInfo.getInstance(certificate.key().getEncoded()), tripleDes(secret))
                        .addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, new DEROctetString(KEY_ID));
                if (machine) {
                    bag.addBagAttribute(LOCAL_MACHINE, DERNull.INSTANCE);
                }
                pfx.addData(bag.build());
            }
            final List<PKCS12SafeBag> bags = new ArrayList<>();
            for (final X509Certificate one : certificates) {
                final PKCS12SafeBagBuilder bag = new PKCS12SafeBagBuilder(new JcaX509CertificateHolder(one));
                if (one.equals(certificate.leaf())) {
                    bag.addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, new DEROctetString(KEY_ID));
                }
                bags.add(bag.build());
            }
            if (isPrivate) {
                pfx.addEncryptedData(tripleDes(secret), bags.toArray(PKCS12SafeBag[]::new));
            } else {
                for (final PKCS12SafeBag bag : bags) {
                    pfx.addData(bag);
                }
            }
            return pfx.build(new BcPKCS12MacCalculatorBuilder().setIterationCount(ITERATIONS), secret)
                    .getEncoded();
        } catch (PKCSException | GeneralSecurityException | IOException e) {
            throw new IllegalStateException("These have an encoding", e);
        }
    }

    private static OutputEncryptor tripleDes(final char[] password) {
        return new BcPKCS12PBEOutputEncryptorBuilder(
                        PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
                        CBCBlockCipher.newInstance(new DESedeEngine()))
                .setIterationCount(ITERATIONS)
                .build(password);
    }
}
