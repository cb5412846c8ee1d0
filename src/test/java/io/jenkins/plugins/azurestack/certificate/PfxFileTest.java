package io.jenkins.plugins.azurestack.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException.Kind;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.BeforeClass;
import org.junit.Test;

/** Files that are no PFX, or not quite. */
public class PfxFileTest {
    private static final String PASSWORD = "Seaside7";
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final int NOISE = 50 * 1024 * 1024;

    private static IssuedCertificate issued;
    private static byte[] good;

    @BeforeClass
    public static void issue() {
        issued = new CertificateAuthority("Contoso", "contoso.com", NOW, new SecureRandom())
                .issue(Specimen.of(List.of("portal.east.contoso.com"), NOW, NOW.plus(Duration.ofDays(90))));
        good = issued.pfx(PASSWORD.toCharArray());
    }

    static void assertFails(final byte[] content, final String password, final Kind kind, final String reason) {
        assertThatThrownBy(() -> PfxFile.open(content, password.toCharArray()))
                .isInstanceOfSatisfying(UnreadablePfxException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(kind);
                    assertThat(failure.advice()).endsWith(".");
                })
                .hasMessageContaining(reason)
                .hasMessageNotContaining(PASSWORD);
    }

    private static void assertFails(final byte[] content, final Kind kind, final String reason) {
        assertFails(content, PASSWORD, kind, reason);
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    public void opensAGoodFile() throws Exception {
        assertThat(PfxFile.open(good, PASSWORD.toCharArray()).chains())
                .containsExactly(CertificateChain.of(issued.chain()));
    }

    @Test
    public void opensAFileWithTheNewKindOfMac() throws Exception {
        final KeyStore store = KeyStore.getInstance("PKCS12-PBMAC1", new BouncyCastleProvider());
        store.load(null, null);
        final KeyStore source = issued.keyStore(PASSWORD.toCharArray());
        store.setKeyEntry(
                "1",
                source.getKey("1", PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                issued.chain().toArray(Certificate[]::new));
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD.toCharArray());

        assertThat(Pfx.getInstance(bytes.toByteArray())
                        .getMacData()
                        .getMac()
                        .getAlgorithmId()
                        .getAlgorithm())
                .isEqualTo(PKCSObjectIdentifiers.id_PBMAC1);
        assertThat(PfxFile.open(bytes.toByteArray(), PASSWORD.toCharArray()).chains())
                .containsExactly(CertificateChain.of(issued.chain()));
        assertFails(bytes.toByteArray(), "seaside7", Kind.WRONG_PASSWORD, "does not open with this password");
    }

    @Test
    public void leavesContentAndPasswordAlone() throws Exception {
        final byte[] content = good.clone();
        final char[] password = PASSWORD.toCharArray();

        PfxFile.open(content, password);

        assertThat(content).isEqualTo(good);
        assertThat(password).isEqualTo(PASSWORD.toCharArray());
    }

    @Test
    public void letsBytesAfterTheEndPass() throws Exception {
        assertThat(PfxFile.open(Arrays.copyOf(good, good.length + 100), PASSWORD.toCharArray())
                        .chains())
                .hasSize(1);
    }

    @Test
    public void saysThatAFileIsEmpty() {
        assertFails(new byte[0], Kind.EMPTY, "empty");
    }

    @Test
    public void saysThatAFileIsCutWhereverItIsCut() {
        for (int length = 1; length < good.length; length++) {
            assertFails(Arrays.copyOf(good, length), Kind.TRUNCATED, "The file ends after " + length);
        }
    }

    @Test
    public void saysThatAFileIsPem() {
        assertFails(ascii("-----BEGIN CERTIFICATE-----\nMIIC\n"), Kind.PEM_NOT_PFX, "PEM text");
        assertFails(ascii("\r\n-----BEGIN PRIVATE KEY-----\nMIIC\n"), Kind.PEM_NOT_PFX, "PEM text");
        assertFails(ascii("Bag Attributes\n    localKeyID: 01\n"), Kind.PEM_NOT_PFX, "PEM text");
    }

    @Test
    public void saysThatAFileIsBase64() {
        assertFails(Base64.getEncoder().encode(good), Kind.NOT_A_PFX, "base64");
    }

    @Test
    public void saysThatAFileIsACertificate() throws Exception {
        assertFails(issued.leaf().getEncoded(), Kind.NOT_A_PFX, "certificate without its private key");
    }

    @Test
    public void saysThatAFileIsAnOldKeyStoreOfJava() throws Exception {
        final KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD.toCharArray());

        assertFails(bytes.toByteArray(), Kind.NOT_A_PFX, "Java key store of the old kind");
    }

    @Test
    public void saysThatAFileMayBeAPrivateKey() {
        final byte[] key = {0x30, 5, 2, 1, 0, 0x30, 0};

        assertFails(key, Kind.NOT_A_PFX, "may be a private key");
    }

    @Test
    public void refusesNoiseOfAnySizeAtOnce() {
        final byte[] noise = new byte[NOISE];
        new Random(7).nextBytes(noise);
        noise[0] = 0;

        assertFails(noise, Kind.NOT_A_PFX, "does not begin as one");

        noise[0] = 0x30;

        assertFails(noise, Kind.TOO_LARGE, NOISE + " bytes");
    }

    @Test
    public void saysThatAnEmptyFileInsideIsEmpty() throws Exception {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD.toCharArray());

        assertFails(bytes.toByteArray(), Kind.NO_CERTIFICATE, "empty inside");
    }

    @Test
    public void saysThatAFileHoldsFarTooMuch() throws Exception {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < 301; i++) {
            store.setCertificateEntry("number " + i, issued.leaf());
        }
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD.toCharArray());

        assertFails(bytes.toByteArray(), Kind.TOO_LARGE, "more than 300");
    }

    @Test
    public void refusesAnAbsurdNumberOfIterationsBeforeDoingThem() throws Exception {
        final Pfx pfx = Pfx.getInstance(good);
        final MacData mac = pfx.getMacData();
        final byte[] slow =
                new Pfx(pfx.getAuthSafe(), new MacData(mac.getMac(), mac.getSalt(), Integer.MAX_VALUE)).getEncoded();

        assertFails(slow, Kind.UNSUPPORTED, "iterations to be opened, more than the 5000000 done here");
    }

    @Test
    public void refusesAKeyLengthThatIsNone() throws Exception {
        for (final BigInteger length : List.of(
                BigInteger.ZERO,
                BigInteger.valueOf(-5),
                BigInteger.ONE.shiftLeft(40).negate())) {
            assertFails(new PlainPfx().withMac(pbmac1(length)), Kind.DAMAGED, "a key of no length");
        }
    }

    @Test
    public void refusesAnAbsurdKeyLengthWithoutWritingItOut() throws Exception {
        final BigInteger absurd = BigInteger.ONE.shiftLeft(100_000);

        assertThatThrownBy(() -> PfxFile.open(new PlainPfx().withMac(pbmac1(absurd)), new char[0]))
                .isInstanceOfSatisfying(UnreadablePfxException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(Kind.UNSUPPORTED))
                .hasMessage("The file wants a key of more than 256 bytes");
    }

    /** RFC 9579 section 4. */
    private static DERSequence pbmac1(final BigInteger keyLength) {
        final AlgorithmIdentifier hmac =
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
        final ASN1Encodable salt = new DEROctetString(new byte[8]);
        final ASN1Encodable derivation = sequence(salt, new ASN1Integer(1000), new ASN1Integer(keyLength), hmac);
        final AlgorithmIdentifier pbmac1 = new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_PBMAC1,
                sequence(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBKDF2, derivation), hmac));
        return sequence(sequence(pbmac1, new DEROctetString(new byte[32])), salt, new ASN1Integer(1));
    }

    private static DERSequence sequence(final ASN1Encodable... elements) {
        return new DERSequence(elements);
    }

    @Test
    public void noticesAnyChangeToWhatTheMacProtects() {
        final byte[] changed = good.clone();
        changed[changed.length / 2] ^= 1;

        assertFails(changed, Kind.WRONG_PASSWORD, "or is damaged");
    }

    @Test
    public void findsTheChainsOfAnOpenedKeyStore() throws Exception {
        assertThat(PfxFile.of(issued.keyStore(PASSWORD.toCharArray())).chains())
                .containsExactly(CertificateChain.of(issued.chain()));
    }

    @Test
    public void findsEachChainOfAnOpenedKeyStoreOnceAndNothingThatHasNoKey() throws Exception {
        final KeyStore store = issued.keyStore(PASSWORD.toCharArray());
        store.setCertificateEntry("trusted", issued.chain().get(1));

        assertThat(PfxFile.of(store).chains()).hasSize(1);
    }

    @Test
    public void saysThatAKeyStoreWasNeverLoaded() throws Exception {
        final KeyStore never = KeyStore.getInstance("PKCS12");

        assertThatThrownBy(() -> PfxFile.of(never)).isInstanceOfSatisfying(UnreadablePfxException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.UNINITIALISED);
            assertThat(failure.advice()).contains("password").contains("controller's log");
        });
    }

    @Test
    public void saysThatAKeyStoreHoldsNoKey() throws Exception {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("trusted", issued.leaf());

        assertThatThrownBy(() -> PfxFile.of(store).chains())
                .isInstanceOfSatisfying(UnreadablePfxException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(Kind.NO_CERTIFICATE));
    }

    @Test
    public void printsNothingOfWhatItHolds() throws Exception {
        assertThat(PfxFile.open(good, PASSWORD.toCharArray()).toString()).isEqualTo("PFX with 1 keys");
    }

    @Test
    public void hasCertificatesOfTheJvmsOwnKind() throws Exception {
        final X509Certificate leaf =
                PfxFile.open(good, PASSWORD.toCharArray()).chains().get(0).leaf();

        assertThat((Certificate) leaf).isEqualTo(issued.leaf());
    }
}
