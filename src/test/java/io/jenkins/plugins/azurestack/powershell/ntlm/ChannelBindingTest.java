package io.jenkins.plugins.azurestack.powershell.ntlm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.Test;

/** The hash of a certificate is that of its signature, but never MD5 or SHA-1 (RFC 5929 section 4.1). */
public class ChannelBindingTest {

    @Test
    public void theSignaturesHashIsTaken() throws Exception {
        assertThat(bound("RSA", "SHA256withRSA")).isEqualTo("SHA-256");
        assertThat(bound("RSA", "SHA384withRSA")).isEqualTo("SHA-384");
        assertThat(bound("EC", "SHA384withECDSA")).isEqualTo("SHA-384");
        assertThat(bound("RSA", "SHA512withRSA")).isEqualTo("SHA-512");
    }

    @Test
    public void theHashOfAProbabilisticSignatureIsAmongItsParameters() throws Exception {
        assertThat(bound("RSA", "SHA256withRSAandMGF1")).isEqualTo("SHA-256");
        assertThat(bound("RSA", "SHA384withRSAandMGF1")).isEqualTo("SHA-384");
        assertThat(bound("RSA", "SHA512withRSAandMGF1")).isEqualTo("SHA-512");
    }

    @Test
    public void aWeakOrUnnamedHashIsReplaced() throws Exception {
        assertThat(bound("RSA", "SHA1withRSA")).isEqualTo("SHA-256");
        assertThat(bound("RSA", "MD5withRSA")).isEqualTo("SHA-256");
        assertThat(bound("Ed25519", "Ed25519")).isEqualTo("SHA-256");
    }

    /** The hash that the binding of a certificate with such a key and signature was made with. */
    private static String bound(final String key, final String signature) throws Exception {
        final X509Certificate certificate = certificate(key, signature);
        final byte[] data = ChannelBinding.applicationData(certificate);
        final byte[] prefix = "tls-server-end-point:".getBytes(US_ASCII);
        for (final String hash : new String[] {"SHA-256", "SHA-384", "SHA-512", "SHA-1", "MD5"}) {
            if (java.util.Arrays.equals(
                    data, Bytes.join(prefix, MessageDigest.getInstance(hash).digest(certificate.getEncoded())))) {
                return hash;
            }
        }
        return "none";
    }

    private static X509Certificate certificate(final String key, final String signature) throws Exception {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance(key);
        if ("RSA".equals(key)) {
            generator.initialize(2048);
        }
        final KeyPair keys = generator.generateKeyPair();
        final X500Name name = new X500Name("CN=test");
        final Date now = Date.from(Instant.EPOCH);
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(name, BigInteger.ONE, now, now, name, keys.getPublic())
                        .build(new JcaContentSignerBuilder(signature)
                                .setProvider(new BouncyCastleProvider())
                                .build(keys.getPrivate())));
    }
}
