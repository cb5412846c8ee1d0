package io.jenkins.plugins.azurestack.certificate.readiness;

import static io.jenkins.plugins.azurestack.certificate.readiness.OneDefectTest.PORTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.CertificatePath;
import io.jenkins.plugins.azurestack.certificate.PfxContents;
import io.jenkins.plugins.azurestack.certificate.PfxWriter;
import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The file that the stamp gets, in the eyes of our own checks, of openssl, of keytool and of the JVM. */
public class PfxWriterTest {
    private static final PfxWriter WRITER = new PfxWriter(new SecureRandom());
    private static final String PASSWORD = Pfx.PASSWORD;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final CertificateChain chain = CertificateChain.of(OneDefectTest.good());
    private final PrivateKey key = Keys.rsa("leaf").getPrivate();
    private Path home;
    private byte[] file;

    @Before
    public void write() throws Exception {
        home = folder.getRoot().toPath();
        file = WRITER.write(key, chain, PASSWORD.toCharArray(), PORTAL);
        Files.write(home.resolve("made.pfx"), file);
    }

    private static PfxReadiness judge(final byte[] file, final String password) throws Exception {
        return PfxReadiness.of(
                file,
                password.toCharArray(),
                CertificateFolder.PUBLIC_PORTAL,
                Case.STAMP,
                Recipe.NOW,
                new ReadinessSettings(ClientAuthentication.REQUIRED, ReadinessSettings.LEAST_VALIDITY),
                Sets.crl());
    }

    @Test
    public void allTwelveChecksPass() throws Exception {
        assertThat(judge(file, PASSWORD).outcomes().values())
                .hasSize(12)
                .allSatisfy(outcome -> assertThat(outcome.status()).isEqualTo(Status.OK));
    }

    @Test
    public void anyUnfitFileBecomesAFitOne() throws Exception {
        final PfxTools tools = new PfxTools(home);
        final List<X509Certificate> unordered = List.of(chain.leaf(), Recipe.root(), Recipe.issuing());
        final byte[] unfit = tools.opensslBare(unordered, key, "-passout", "pass:Another$1");
        final KeyStore store = KeyStore.getInstance("PKCS12", "SunJSSE");
        store.load(new ByteArrayInputStream(unfit), "Another$1".toCharArray());
        final PrivateKey taken = (PrivateKey) store.getKey(store.aliases().nextElement(), "Another$1".toCharArray());
        assertThat(judge(unfit, "Another$1").status()).isEqualTo(Status.FAIL);

        final byte[] fit = WRITER.write(
                taken, CertificatePath.from(chain.leaf(), unordered).chain(), PASSWORD.toCharArray(), PORTAL);

        assertThat(judge(fit, PASSWORD).status()).isEqualTo(Status.OK);
    }

    @Test
    public void opensslSeesWhatAStampWants() throws Exception {
        final DebianProgram openssl = DebianProgram.required("openssl", "openssl");

        final String said = openssl.run(
                home, "pkcs12", "-in", "made.pfx", "-info", "-passin", "pass:" + PASSWORD, "-passout", "pass:x");

        assertThat(said)
                .contains("MAC: sha1, Iteration 2000")
                .contains("Shrouded Keybag: pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2000")
                .contains("PKCS7 Encrypted data: pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2000")
                .contains("Microsoft Local Key set: <No Values>")
                .containsOnlyOnce("Microsoft Local Key set")
                .contains("localKeyID: 01 00 00 00")
                .contains("friendlyName: " + PORTAL);
        assertThat(said.split("-----BEGIN CERTIFICATE-----", -1)).hasSize(1 + 3);
        assertThat(said.split("-----BEGIN ENCRYPTED PRIVATE KEY-----", -1)).hasSize(1 + 1);
    }

    @Test
    public void opensslTakesOutTheSameKey() throws Exception {
        DebianProgram.required("openssl", "openssl")
                .run(
                        home,
                        "pkcs12",
                        "-in",
                        "made.pfx",
                        "-nocerts",
                        "-nodes",
                        "-passin",
                        "pass:" + PASSWORD,
                        "-out",
                        "k");

        assertThat(Files.readString(home.resolve("k"))).endsWith(PfxTools.pem(key));
    }

    @Test
    public void keytoolSeesOneKeyWithItsChain() throws Exception {
        assertThat(DebianProgram.keytool().run(home, "-list", "-v", "-keystore", "made.pfx", "-storepass", PASSWORD))
                .contains("Your keystore contains 1 entry")
                .contains("Entry type: PrivateKeyEntry")
                .contains("Certificate chain length: 3");
    }

    @Test
    public void theJvmReadsKeyAndChain() throws Exception {
        final KeyStore store = KeyStore.getInstance("PKCS12", "SunJSSE");
        store.load(new ByteArrayInputStream(file), PASSWORD.toCharArray());
        final String alias = store.aliases().nextElement();

        assertThat(alias).isEqualTo(PORTAL);
        assertThat(store.getKey(alias, PASSWORD.toCharArray())).isEqualTo(key);
        assertThat(store.getCertificateChain(alias)).containsExactlyElementsOf(chain.certificates());
    }

    @Test
    public void passwordsOutsideAsciiWorkWithOpensslToo() throws Exception {
        final String password = "Schl\u00fcssel7\u20ac";
        Files.write(home.resolve("unicode.pfx"), WRITER.write(key, chain, password.toCharArray(), "\u00fcber \u65e5"));

        assertThat(DebianProgram.required("openssl", "openssl")
                        .run(home, "pkcs12", "-in", "unicode.pfx", "-noout", "-info", "-passin", "pass:" + password))
                .contains("MAC: sha1");
    }

    @Test
    public void holdsTheChainInItsOrderAndNothingElse() throws Exception {
        final PfxContents contents = PfxContents.open(file, PASSWORD.toCharArray());

        assertThat(contents.certificates())
                .extracting(PfxContents.CertificateBag::certificate)
                .containsExactlyElementsOf(chain.certificates());
        assertThat(contents.keys()).hasSize(1);
        assertThat(contents.otherBags()).isZero();
    }

    @Test
    public void theSameContentIsNeverTheSameFile() {
        assertThat(WRITER.write(key, chain, PASSWORD.toCharArray(), PORTAL)).isNotEqualTo(file);
    }

    @Test
    public void whatWasMadeOfTheKeyIsWipedAndWhatWasGivenIsNot() {
        final AtomicReference<byte[]> made = new AtomicReference<>();
        final char[] password = PASSWORD.toCharArray();

        WRITER.write(lending(made), chain, password, PORTAL);

        assertThat(made.get()).isNotEmpty().containsOnly(0);
        assertThat(password).isEqualTo(PASSWORD.toCharArray());
    }

    /** A key that shows what was handed out. */
    private PrivateKey lending(final AtomicReference<byte[]> made) {
        return new PrivateKey() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getAlgorithm() {
                return key.getAlgorithm();
            }

            @Override
            public String getFormat() {
                return key.getFormat();
            }

            @Override
            public byte[] getEncoded() {
                made.set(key.getEncoded());
                return made.get();
            }
        };
    }

    @Test
    public void refusesTheKeyOfAnotherCertificate() {
        assertThatThrownBy(() -> WRITER.write(Keys.rsa("other").getPrivate(), chain, PASSWORD.toCharArray(), PORTAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The private key is not that of 'CN=" + PORTAL + "'");
    }

    @Test
    public void refusesToWriteWithoutAPassword() {
        assertThatThrownBy(() -> WRITER.write(key, chain, new char[0], PORTAL))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
