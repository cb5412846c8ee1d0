package io.jenkins.plugins.azurestack.jenkins.step;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Key stores for tests: what a stamp accepts for its public Resource Manager, issued by an authority made up here. */
final class KeyStores {
    private static final X500Principal AUTHORITY = new X500Principal("CN=Contoso Test Authority");
    private static final String NAME = "management.east.azurestack.contoso.com";
    private static final int AUTHORITY_DAYS = 3000;

    private KeyStores() {}

    /** A PFX with its chain, whose certificate ends in so many days and a few hours from now. */
    static byte[] pfx(final int days, final String password) throws Exception {
        final KeyPair authority = keys();
        final KeyPair server = keys();
        final JcaX509v3CertificateBuilder root = certificate(AUTHORITY, AUTHORITY_DAYS, authority);
        root.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        root.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        final JcaX509v3CertificateBuilder leaf = certificate(new X500Principal("CN=" + NAME), days, server);
        leaf.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
        leaf.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
        }));
        leaf.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, NAME)));
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("1", server.getPrivate(), password.toCharArray(), new Certificate[] {
            sign(leaf, authority), sign(root, authority)
        });
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, password.toCharArray());
        return bytes.toByteArray();
    }

    private static KeyPair keys() throws GeneralSecurityException {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static JcaX509v3CertificateBuilder certificate(
            final X500Principal subject, final int days, final KeyPair keys) {
        final Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                AUTHORITY,
                BigInteger.valueOf(days),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(days)).plus(Duration.ofHours(6))),
                subject,
                keys.getPublic());
    }

    private static X509Certificate sign(final JcaX509v3CertificateBuilder certificate, final KeyPair authority)
            throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        certificate.build(new JcaContentSignerBuilder("SHA256withRSA").build(authority.getPrivate())));
    }
}
