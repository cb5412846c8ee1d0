package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
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

/** The PFX files that the stamp itself makes of those that it was given. */
final class StampPfx {
    private static final byte[] KEY_ID = {1, 0, 0, 0};

    private StampPfx() {}

    /** @param password the caller's */
    static byte[] of(final IssuedCertificate certificate, final char[] password) {
        try {
            final List<PKCS12SafeBag> bags = new ArrayList<>();
            for (final X509Certificate one : certificate.chain()) {
                final PKCS12SafeBagBuilder bag = new PKCS12SafeBagBuilder(new JcaX509CertificateHolder(one));
                if (bags.isEmpty()) {
                    bag.addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, new DEROctetString(KEY_ID));
                }
                bags.add(bag.build());
            }
            return new PKCS12PfxPduBuilder()
                    .addData(new PKCS12SafeBagBuilder(
                                    PrivateKeyInfo.getInstance(certificate.key().getEncoded()), tripleDes(password))
                            .addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, new DEROctetString(KEY_ID))
                            .build())
                    .addEncryptedData(tripleDes(password), bags.toArray(PKCS12SafeBag[]::new))
                    .build(new BcPKCS12MacCalculatorBuilder(), password)
                    .getEncoded();
        } catch (PKCSException | GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Certificates and keys have an encoding", e);
        }
    }

    private static OutputEncryptor tripleDes(final char[] password) {
        return new BcPKCS12PBEOutputEncryptorBuilder(
                        PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
                        CBCBlockCipher.newInstance(new DESedeEngine()))
                .build(password);
    }
}
