package io.jenkins.plugins.azurestack.certificate;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/** A certificate for an Ed25519 key of no bytes, on which the parser of Java 17 trips over an index. */
public final class BrokenCertificate {
    private static final X500Name NAME = new X500Name("CN=portal.east.contoso.com");
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final AlgorithmIdentifier ED25519 = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);

    private BrokenCertificate() {}

    /** In DER; its signature is none. */
    public static byte[] encoded() throws IOException {
        return new X509v3CertificateBuilder(
                        NAME,
                        BigInteger.ONE,
                        Date.from(BEGIN),
                        Date.from(BEGIN.plus(Duration.ofDays(90))),
                        NAME,
                        new SubjectPublicKeyInfo(ED25519, new byte[0]))
                .build(new ContentSigner() {
                    @Override
                    public AlgorithmIdentifier getAlgorithmIdentifier() {
                        return ED25519;
                    }

                    @Override
                    public OutputStream getOutputStream() {
                        return OutputStream.nullOutputStream();
                    }

                    @Override
                    public byte[] getSignature() {
                        return new byte[64];
                    }
                })
                .getEncoded();
    }
}
