package io.jenkins.plugins.azurestack.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DSAParameter;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.junit.Test;

/** Keys come from whoever answers: none may throw, or compute for ever. */
public class HostileKeyTest {
    private static final BigInteger ORDER = BigInteger.TWO.pow(160).subtract(BigInteger.valueOf(47));
    /** Far beyond what the tests take; without the limit on keys they would take hours. */
    private static final int PATIENCE_MILLIS = 120_000;

    @Test
    public void aKeyWhoseArithmeticFailsSignsNothing() throws Exception {
        final X509Certificate hostile = selfIssued(
                BigInteger.TWO.pow(1023).add(BigInteger.ONE),
                BigInteger.TWO.pow(159),
                BigInteger.TWO,
                BigInteger.valueOf(3),
                BigInteger.TWO);
        assertThat(CertificateChain.isSelfSigned(hostile)).isFalse();
        final CertificateChain chain = CertificateChain.of(List.of(hostile, hostile));
        assertThat(chain.gap(List.of())).isPresent();
        assertThat(chain.leadsTo(List.of())).isFalse();
    }

    @Test(timeout = PATIENCE_MILLIS)
    public void aKeyOfAMillionBitsIsNotCalculatedWith() throws Exception {
        final X509Certificate hostile = selfIssued(
                new BigInteger(1_000_000, new Random(1)).setBit(999_999).setBit(0),
                ORDER,
                BigInteger.valueOf(5),
                ORDER.shiftRight(1),
                ORDER.shiftRight(2).add(BigInteger.ONE));
        assertThat(CertificateChain.isSelfSigned(hostile)).isFalse();
        assertThat(PkiRules.violations(CertificateChain.of(List.of(hostile)), Instant.now()))
                .extracting(PkiRules.Violation::rule)
                .contains(PkiRule.KEY_NOT_RSA);
    }

    /** A certificate with a DSA key and signature of these numbers, its own issuer by name. */
    private static X509Certificate selfIssued(
            final BigInteger p, final BigInteger q, final BigInteger g, final BigInteger r, final BigInteger s)
            throws IOException, CertificateException {
        final SubjectPublicKeyInfo key = new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_dsa, new DSAParameter(p, q, g)),
                new ASN1Integer(BigInteger.valueOf(4)));
        final X500Name name = new X500Name("CN=Mallory");
        final Date now = new Date();
        final byte[] signature =
                new DERSequence(new ASN1Encodable[] {new ASN1Integer(r), new ASN1Integer(s)}).getEncoded();
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(new X509v3CertificateBuilder(name, BigInteger.ONE, now, now, name, key)
                                .build(new Given(signature))
                                .getEncoded()));
    }

    /** Signs with what it is given. */
    private record Given(byte[] signature) implements ContentSigner {
        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.id_dsa_with_sha1);
        }

        @Override
        public OutputStream getOutputStream() {
            return new ByteArrayOutputStream();
        }

        @Override
        public byte[] getSignature() {
            return signature;
        }
    }
}
