package io.jenkins.plugins.azurestack.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException.Kind;
import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.peer.PemFiles;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Key stores made by {@code openssl pkcs12} and {@code keytool}, and the JVM's own key store as a second opinion. */
public class PfxFilePeersTest {
    private static final String PASSWORD = "Seaside7";
    private static final Instant NOW = Instant.now();
    private static final Specimen GOOD = Specimen.of(
            List.of("portal.east.contoso.com"), NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(90)));

    private static CertificateAuthority authority;
    private static IssuedCertificate issued;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private DebianProgram openssl;
    private PemFiles files;

    @BeforeClass
    public static void issue() {
        authority = new CertificateAuthority("Contoso", "contoso.com", NOW, new SecureRandom());
        issued = authority.issue(GOOD);
    }

    @Before
    public void findOpenSsl() throws Exception {
        openssl = DebianProgram.required("openssl", "openssl");
        files = PemFiles.write(folder.getRoot().toPath(), "portal", issued);
    }

    private byte[] export(final String password, final String... options) throws Exception {
        final List<String> arguments = new ArrayList<>(List.of("pkcs12", "-export", "-out", "made.pfx"));
        arguments.addAll(List.of("-in", files.chain().toString(), "-passout", "pass:" + password));
        if (!List.of(options).contains("-nokeys")) {
            arguments.addAll(List.of("-inkey", files.key().toString()));
        }
        arguments.addAll(List.of(options));
        final Path home = folder.getRoot().toPath();
        openssl.run(home, arguments.toArray(String[]::new));
        return Files.readAllBytes(home.resolve("made.pfx"));
    }

    private void assertOpens(final String... options) throws Exception {
        assertOpens(export(PASSWORD, options), PASSWORD);
    }

    private static void assertOpens(final byte[] content, final String password) throws UnreadablePfxException {
        final PfxFile opened = PfxFile.open(content, password.toCharArray());

        assertThat(opened.chains()).containsExactly(CertificateChain.of(issued.chain()));
        assertThat(opened.certificatesWithoutKey()).isEmpty();
    }

    @Test
    public void opensWhatOpenSslMakesByDefault() throws Exception {
        assertOpens();
    }

    @Test
    public void opensTheLegacyForm() throws Exception {
        assertOpens("-legacy");
    }

    @Test
    public void opensTripleDesWhichAStampWants() throws Exception {
        assertOpens("-legacy", "-descert");
    }

    @Test
    public void opensEveryOldCipher() throws Exception {
        for (final String cipher : List.of(
                "PBE-SHA1-RC2-40",
                "PBE-SHA1-RC2-128",
                "PBE-SHA1-RC4-40",
                "PBE-SHA1-RC4-128",
                "PBE-SHA1-2DES",
                "PBE-SHA1-3DES")) {
            assertOpens("-legacy", "-certpbe", cipher);
        }
    }

    @Test
    public void opensEveryNewCipher() throws Exception {
        for (final String cipher : List.of("aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "des-ede3-cbc")) {
            assertOpens("-certpbe", cipher);
        }
    }

    @Test
    public void opensWithEveryDigestOfTheMac() throws Exception {
        for (final String digest : List.of("sha1", "sha224", "sha256", "sha384", "sha512")) {
            assertOpens("-macalg", digest);
        }
    }

    @Test
    public void opensWithoutAMac() throws Exception {
        assertOpens("-nomac");
    }

    @Test
    public void opensWithoutAnyProtection() throws Exception {
        assertOpens("-nomac", "-certpbe", "NONE", "-keypbe", "NONE");
        assertOpens(export("", "-nomac", "-certpbe", "NONE", "-keypbe", "NONE"), "");
    }

    @Test
    public void opensWithoutAPassword() throws Exception {
        assertOpens(export(""), "");
        assertOpens(export("", "-legacy"), "");
    }

    @Test
    public void opensWithAPasswordOutsideAscii() throws Exception {
        assertOpens(export("Schl\u00fcssel\u20ac"), "Schl\u00fcssel\u20ac");
        assertOpens(export("Schl\u00fcssel\u20ac", "-legacy"), "Schl\u00fcssel\u20ac");
    }

    @Test
    public void opensWithSingleIterations() throws Exception {
        assertOpens("-iter", "1", "-nomaciter");
    }

    @Test
    public void saysThatThePasswordIsWrong() throws Exception {
        for (final byte[] content : List.of(export(PASSWORD), export(PASSWORD, "-legacy"))) {
            assertFails(content, "seaside7", Kind.WRONG_PASSWORD, "does not open with this password");
            assertFails(content, "", Kind.WRONG_PASSWORD, "does not open without a password");
        }
    }

    @Test
    public void namesACipherThatItDoesNotKnow() throws Exception {
        assertFails(
                export(PASSWORD, "-certpbe", "camellia-256-cbc"),
                PASSWORD,
                Kind.UNSUPPORTED,
                "1.2.392.200011.61.1.1.1.4");
    }

    @Test
    public void saysThatThereIsOnlyAKey() throws Exception {
        assertFails(export(PASSWORD, "-nocerts"), PASSWORD, Kind.NO_CERTIFICATE, "only a private key");
    }

    @Test
    public void findsCertificatesThatHaveNoKey() throws Exception {
        final PfxFile opened = PfxFile.open(export(PASSWORD, "-nokeys"), PASSWORD.toCharArray());

        assertThat(opened.chains()).isEmpty();
        assertThat(opened.certificatesWithoutKey()).containsExactlyElementsOf(issued.chain());
    }

    @Test
    public void setsApartACertificateThatBelongsToNoChain() throws Exception {
        final IssuedCertificate stranger = new CertificateAuthority("Fabrikam", "fabrikam.com", NOW, new SecureRandom())
                .issue(GOOD.withNames("stranger.fabrikam.com"));
        PemFiles.write(
                folder.getRoot().toPath(),
                "portal.chain.pem",
                List.of(issued.leaf(), stranger.leaf(), authority.issuing()));

        final PfxFile opened = PfxFile.open(export(PASSWORD), PASSWORD.toCharArray());

        assertThat(opened.chains()).containsExactly(CertificateChain.of(issued.chain()));
        assertThat(opened.certificatesWithoutKey()).containsExactly(stranger.leaf());
    }

    @Test
    public void opensWhatKeytoolMakes() throws Exception {
        assertOpensKeytools();
    }

    @Test
    public void opensWhatKeytoolMakesInTheLegacyForm() throws Exception {
        assertOpensKeytools("-J-Dkeystore.pkcs12.legacy");
    }

    @Test
    public void opensWhatKeytoolMakesWithTripleDes() throws Exception {
        assertOpensKeytools(
                "-J-Dkeystore.pkcs12.certProtectionAlgorithm=PBEWithSHA1AndDESede",
                "-J-Dkeystore.pkcs12.keyProtectionAlgorithm=PBEWithSHA1AndDESede",
                "-J-Dkeystore.pkcs12.macAlgorithm=HmacPBESHA1");
    }

    @Test
    public void opensWhatKeytoolMakesWithoutProtectingCertificates() throws Exception {
        assertOpensKeytools(
                "-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE", "-J-Dkeystore.pkcs12.macAlgorithm=NONE");
    }

    private void assertOpensKeytools(final String... options) throws Exception {
        export(PASSWORD);
        final List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of(
                "-importkeystore",
                "-srckeystore",
                "made.pfx",
                "-srcstorepass",
                PASSWORD,
                "-destkeystore",
                "keytool.p12",
                "-deststoretype",
                "pkcs12",
                "-deststorepass",
                PASSWORD));
        final Path home = folder.getRoot().toPath();
        DebianProgram.keytool().run(home, arguments.toArray(String[]::new));

        assertOpens(Files.readAllBytes(home.resolve("keytool.p12")), PASSWORD);
    }

    @Test
    public void findsTheChainsOfSeveralKeysOfKeytool() throws Exception {
        final Path home = folder.getRoot().toPath();
        for (final String name : List.of("one", "two", "three")) {
            DebianProgram.keytool()
                    .run(
                            home,
                            "-genkeypair",
                            "-keystore",
                            "several.p12",
                            "-storepass",
                            PASSWORD,
                            "-alias",
                            name,
                            "-dname",
                            "CN=" + name,
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1");
        }

        final PfxFile opened = PfxFile.open(Files.readAllBytes(home.resolve("several.p12")), PASSWORD.toCharArray());

        assertThat(opened.chains())
                .extracting(CertificateChain::subject)
                .containsExactlyInAnyOrder("CN=one", "CN=two", "CN=three");
    }

    @Test
    public void findsTheTrustedCertificatesOfKeytool() throws Exception {
        final Path home = folder.getRoot().toPath();
        DebianProgram.keytool()
                .run(
                        home,
                        "-importcert",
                        "-noprompt",
                        "-keystore",
                        "roots.p12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "root",
                        "-file",
                        PemFiles.write(home, "root.pem", List.of(authority.root()))
                                .toString());

        assertThat(PfxFile.open(Files.readAllBytes(home.resolve("roots.p12")), PASSWORD.toCharArray())
                        .certificatesWithoutKey())
                .containsExactly(authority.root());
    }

    @Test
    public void agreesWithTheKeyStoreOfTheJvm() throws Exception {
        for (final byte[] content : List.of(export(PASSWORD), export(PASSWORD, "-legacy", "-descert"))) {
            final KeyStore second = KeyStore.getInstance("PKCS12", "SunJSSE");
            second.load(new ByteArrayInputStream(content), PASSWORD.toCharArray());

            assertThat(PfxFile.open(content, PASSWORD.toCharArray()).chains())
                    .isEqualTo(PfxFile.of(second).chains());
        }
    }

    private static void assertFails(final byte[] content, final String password, final Kind kind, final String reason) {
        PfxFileTest.assertFails(content, password, kind, reason);
    }
}
