package io.jenkins.plugins.azurestack.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.BeforeClass;
import org.junit.Test;

/** Each rule, broken by a certificate that breaks no other. */
public class PkiRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Specimen GOOD = Specimen.of(
            List.of("portal.east.contoso.com"), NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(90)));

    private static CertificateAuthority authority;
    private static KeyPair keys;
    private static KeyPair otherKeys;

    @BeforeClass
    public static void makeKeys() throws Exception {
        authority = new CertificateAuthority("Contoso", "contoso.com", NOW, new SecureRandom());
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        otherKeys = generator.generateKeyPair();
    }

    private static CertificateChain chain(final Specimen specimen) {
        return CertificateChain.of(authority.issue(specimen).chain());
    }

    private static void assertBreaksOnly(final PkiRule rule, final CertificateChain chain, final String message) {
        assertThat(PkiRules.violations(chain, NOW)).singleElement().satisfies(violation -> {
            assertThat(violation.rule()).isEqualTo(rule);
            assertThat(violation.message()).contains(message);
        });
    }

    /** A server certificate with names of its own choice; {@code signer} need not belong to the issuer. */
    private static X509Certificate certificate(
            final String issuer, final String subject, final KeyPair signer, final String signature) throws Exception {
        final JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.ONE,
                Date.from(NOW.minus(Duration.ofDays(1))),
                Date.from(NOW.plus(Duration.ofDays(90))),
                new X500Name(subject),
                keys.getPublic());
        builder.addExtension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(signature)
                        .setProvider(new BouncyCastleProvider())
                        .build(signer.getPrivate())));
    }

    private static CertificateChain signedWith(final String signature) throws Exception {
        return CertificateChain.of(List.of(certificate("CN=Authority", "CN=portal", otherKeys, signature)));
    }

    @Test
    public void aCertificateAsAStampWantsItBreaksNoRule() {
        assertThat(PkiRules.violations(chain(GOOD), NOW)).isEmpty();
        assertThat(PkiRules.violations(chain(GOOD.withChain(Specimen.Chain.WITH_ROOT)), NOW))
                .isEmpty();
    }

    @Test
    public void clientAuthenticationIsNotAskedFor() {
        assertThat(PkiRules.violations(chain(GOOD.withExtendedUsages(Specimen.ExtendedUse.SERVER_AUTHENTICATION)), NOW))
                .isEmpty();
    }

    @Test
    public void aSelfSignedCertificateIsReportedOnce() {
        assertBreaksOnly(PkiRule.SELF_SIGNED, chain(GOOD.withChain(Specimen.Chain.SELF_SIGNED)), "is self-signed");
    }

    @Test
    public void issuerAndSubjectMustDiffer() throws Exception {
        assertBreaksOnly(
                PkiRule.ISSUER_IS_SUBJECT,
                CertificateChain.of(List.of(certificate("CN=portal", "CN=portal", otherKeys, "SHA256withRSA"))),
                "'CN=portal'");
    }

    @Test
    public void theSignatureMustNotBeSha1() throws Exception {
        assertBreaksOnly(
                PkiRule.WEAK_SIGNATURE,
                chain(GOOD.withSignature(Specimen.Signature.SHA1_RSA)),
                "'CN=portal.east.contoso.com' is signed with SHA1withRSA");
    }

    @Test
    public void theSignatureMustNotBeMd5() throws Exception {
        assertBreaksOnly(PkiRule.WEAK_SIGNATURE, signedWith("MD5withRSA"), "MD5withRSA");
    }

    @Test
    public void theSignatureMustNotBeSha1InItsProbabilisticForm() throws Exception {
        assertBreaksOnly(PkiRule.WEAK_SIGNATURE, signedWith("SHA1withRSAandMGF1"), "RSASSA-PSS");
        assertThat(PkiRules.violations(signedWith("SHA256withRSAandMGF1"), NOW)).isEmpty();
    }

    @Test
    public void theSignatureOfAnIntermediateMustNotBeSha1() throws Exception {
        final X509Certificate leaf = certificate("CN=Issuing", "CN=portal", otherKeys, "SHA256withRSA");
        final X509Certificate issuing = certificate("CN=Root", "CN=Issuing", otherKeys, "SHA1withRSA");

        assertBreaksOnly(
                PkiRule.WEAK_SIGNATURE,
                CertificateChain.of(List.of(leaf, issuing)),
                "'CN=Issuing' is signed with SHA1withRSA");
    }

    @Test
    public void theSignatureOfARootDoesNotMatter() throws Exception {
        final X509Certificate leaf = certificate("CN=Root", "CN=portal", keys, "SHA256withRSA");
        final X509Certificate root = certificate("CN=Root", "CN=Root", keys, "SHA1withRSA");

        assertThat(PkiRules.violations(CertificateChain.of(List.of(leaf, root)), NOW))
                .isEmpty();
    }

    @Test
    public void theKeyMustBeRsa() {
        assertBreaksOnly(PkiRule.KEY_NOT_RSA, chain(GOOD.withKey(Specimen.Key.EC_P256)), "the key is EC");
    }

    @Test
    public void theKeyMustHave2048Bits() {
        assertBreaksOnly(PkiRule.KEY_TOO_SHORT, chain(GOOD.withKey(Specimen.Key.RSA_1024)), "1024 bits");
    }

    @Test
    public void theKeyUsageMustNameBothUses() {
        assertBreaksOnly(
                PkiRule.KEY_USAGE,
                chain(GOOD.withUsages(Specimen.KeyUse.DIGITAL_SIGNATURE)),
                "the key usage lacks key encipherment");
        assertBreaksOnly(
                PkiRule.KEY_USAGE,
                chain(GOOD.withUsages(Specimen.KeyUse.KEY_ENCIPHERMENT)),
                "the key usage lacks digital signature");
        assertBreaksOnly(
                PkiRule.KEY_USAGE,
                chain(GOOD.withUsages(Specimen.KeyUse.DATA_ENCIPHERMENT)),
                "the key usage lacks digital signature and key encipherment");
    }

    @Test
    public void theKeyUsageMustBeThere() {
        assertBreaksOnly(PkiRule.KEY_USAGE, chain(GOOD.withUsages()), "names no key usage");
    }

    @Test
    public void theEnhancedKeyUsageMustNameServerAuthentication() {
        assertBreaksOnly(
                PkiRule.SERVER_AUTHENTICATION,
                chain(GOOD.withExtendedUsages(Specimen.ExtendedUse.CLIENT_AUTHENTICATION)),
                "1.3.6.1.5.5.7.3.1");
        assertBreaksOnly(
                PkiRule.SERVER_AUTHENTICATION, chain(GOOD.withExtendedUsages()), "lacks server authentication");
    }

    @Test
    public void theValidityMustHaveBegun() {
        final Instant tomorrow = NOW.plus(Duration.ofDays(1));

        assertBreaksOnly(
                PkiRule.NOT_YET_VALID,
                chain(GOOD.withDates(tomorrow, tomorrow.plus(Duration.ofDays(30)))),
                "not valid before 2026-03-02T00:00:00Z");
    }

    @Test
    public void anExpiredCertificateBreaksNoRuleSinceThatIsForTheThresholdsToSay() {
        assertThat(PkiRules.violations(
                        chain(GOOD.withDates(NOW.minus(Duration.ofDays(90)), NOW.minus(Duration.ofDays(1)))), NOW))
                .isEmpty();
    }

    @Test
    public void violationsComeInTheOrderOfTheRules() {
        final CertificateChain worst = chain(GOOD.withChain(Specimen.Chain.SELF_SIGNED)
                .withKey(Specimen.Key.RSA_1024)
                .withSignature(Specimen.Signature.SHA1_RSA)
                .withUsages()
                .withExtendedUsages());

        assertThat(PkiRules.violations(worst, NOW))
                .extracting(PkiRules.Violation::rule)
                .containsExactly(
                        PkiRule.SELF_SIGNED,
                        PkiRule.WEAK_SIGNATURE,
                        PkiRule.KEY_TOO_SHORT,
                        PkiRule.KEY_USAGE,
                        PkiRule.SERVER_AUTHENTICATION);
    }
}
