package io.jenkins.plugins.azurestack.certificate.request;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.azurestack.certificate.BrokenCertificate;
import io.jenkins.plugins.azurestack.certificate.KeyAndChain;
import io.jenkins.plugins.azurestack.certificate.Pem;
import io.jenkins.plugins.azurestack.certificate.PfxWriter;
import io.jenkins.plugins.azurestack.certificate.SealedKey;
import io.jenkins.plugins.azurestack.certificate.readiness.ClientAuthentication;
import io.jenkins.plugins.azurestack.certificate.readiness.CrlProbe;
import io.jenkins.plugins.azurestack.certificate.readiness.Keys;
import io.jenkins.plugins.azurestack.certificate.readiness.Outcome;
import io.jenkins.plugins.azurestack.certificate.readiness.PfxReadiness;
import io.jenkins.plugins.azurestack.certificate.readiness.ReadinessCheck;
import io.jenkins.plugins.azurestack.certificate.readiness.ReadinessSettings;
import io.jenkins.plugins.azurestack.certificate.readiness.Recipe;
import io.jenkins.plugins.azurestack.certificate.readiness.Sets;
import io.jenkins.plugins.azurestack.certificate.readiness.Status;
import io.jenkins.plugins.azurestack.certificate.request.JoinRefusedException.Kind;
import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.peer.PemFiles;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What becomes of a request: an authority's answer in all its forms, joined with the key, up to the file for a stamp. */
public class IssuedCertificatesTest {
    private static final Stamp STAMP = Sets.stamp(IdentityProvider.AAD);
    private static final String PORTAL = "portal.east.azurestack.contoso.com";
    private static final char[] PASSPHRASE = "correct horse battery".toCharArray();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final X509Certificate leaf = Recipe.leaf(PORTAL);
    private final PrivateKey key = Keys.rsa("leaf").getPrivate();

    private static KeyAndChain join(final PrivateKey key, final byte[]... files) throws Exception {
        return IssuedCertificates.read(List.of(files)).join(key, List.of(PORTAL), List.of());
    }

    private static byte[] pem(final X509Certificate... certificates) throws Exception {
        final StringBuilder text = new StringBuilder();
        for (final X509Certificate certificate : certificates) {
            text.append("subject=")
                    .append(certificate.getSubjectX500Principal())
                    .append('\n');
            text.append(new String(Pem.of("CERTIFICATE", certificate.getEncoded()), US_ASCII));
        }
        return text.toString().getBytes(US_ASCII);
    }

    private static void assertRefused(final Kind kind, final PrivateKey key, final byte[]... files) {
        final JoinRefusedException refusal = catchThrowableOfType(JoinRefusedException.class, () -> join(key, files));
        assertThat(refusal.kind()).as(refusal.getMessage()).isEqualTo(kind);
        assertThat(refusal.advice()).endsWith(".");
    }

    @Test
    public void anyOrderBecomesTheRightOne() throws Exception {
        for (final List<X509Certificate> order : List.of(
                List.of(leaf, Recipe.issuing(), Recipe.root()),
                List.of(Recipe.root(), leaf, Recipe.issuing()),
                List.of(Recipe.root(), Recipe.issuing(), leaf),
                List.of(leaf, leaf, Recipe.root(), Recipe.issuing(), Recipe.root()))) {
            assertThat(join(key, pem(order.toArray(X509Certificate[]::new)))
                            .chain()
                            .certificates())
                    .containsExactly(leaf, Recipe.issuing(), Recipe.root());
        }
    }

    @Test
    public void filesMayHaveDifferentForms() throws Exception {
        assertThat(join(
                                key,
                                pem(Recipe.issuing()),
                                leaf.getEncoded(),
                                Recipe.root().getEncoded())
                        .chain()
                        .certificates())
                .containsExactly(leaf, Recipe.issuing(), Recipe.root());
    }

    @Test
    public void collectionsOfOpensslAreRead() throws Exception {
        final Path home = folder.getRoot().toPath();
        PemFiles.write(home, "chain.pem", List.of(Recipe.root(), leaf, Recipe.issuing()));
        for (final String form : List.of("DER", "PEM")) {
            DebianProgram.required("openssl", "openssl")
                    .run(home, "crl2pkcs7", "-nocrl", "-certfile", "chain.pem", "-outform", form, "-out", "p7b");
            final byte[] file = Files.readAllBytes(home.resolve("p7b"));

            assertThat(join(key, file).chain().certificates()).containsExactly(leaf, Recipe.issuing(), Recipe.root());
        }
    }

    @Test
    public void aCollectionUnderTheLabelOfACertificateIsReadAsCertreqWritesIt() throws Exception {
        final Path home = folder.getRoot().toPath();
        PemFiles.write(home, "chain.pem", List.of(leaf, Recipe.issuing(), Recipe.root()));
        DebianProgram.required("openssl", "openssl")
                .run(home, "crl2pkcs7", "-nocrl", "-certfile", "chain.pem", "-outform", "DER", "-out", "p7b");

        assertThat(join(key, Pem.of("CERTIFICATE", Files.readAllBytes(home.resolve("p7b"))))
                        .chain()
                        .certificates())
                .hasSize(3);
    }

    @Test
    public void whatDidNotComeAlongIsTakenFromTheKnownRoots() throws Exception {
        final KeyAndChain joined = IssuedCertificates.read(List.of(pem(leaf, Recipe.issuing())))
                .join(key, List.of(PORTAL), List.of(Recipe.root()));

        assertThat(joined.chain().certificates()).containsExactly(leaf, Recipe.issuing(), Recipe.root());
    }

    @Test
    public void strangersAreLeftOut() throws Exception {
        final X509Certificate stranger = Recipe.leaf(
                "other.contoso.com", Sets.changed(new X500Name("CN=other"), Keys.rsa("other"), "SHA256withRSA"));

        assertThat(join(key, pem(stranger, leaf, Recipe.issuing(), Recipe.root()))
                        .chain()
                        .certificates())
                .containsExactly(leaf, Recipe.issuing(), Recipe.root());
    }

    @Test
    public void aCertificateForAnotherKeyIsRefused() throws Exception {
        assertRefused(Kind.KEY_DOES_NOT_FIT, Keys.rsa("other").getPrivate(), pem(leaf, Recipe.issuing()));
        assertRefused(Kind.KEY_DOES_NOT_FIT, Keys.ec().getPrivate(), pem(leaf));
    }

    @Test
    public void aCertificateWithoutTheNamesIsRefused() throws Exception {
        assertRefused(Kind.NAMES_MISSING, key, pem(Recipe.leaf("adminportal.east.azurestack.contoso.com")));
    }

    @Test
    public void whatHoldsNoCertificateIsRefused() throws Exception {
        assertRefused(Kind.NO_CERTIFICATE, key);
        assertRefused(Kind.NO_CERTIFICATE, key, Pem.of("CERTIFICATE REQUEST", new byte[] {0x30, 0}));
        assertRefused(Kind.NO_CERTIFICATE, key, Pem.of("PRIVATE KEY", key.getEncoded()));
    }

    @Test
    public void whatCanNotBeReadIsRefused() throws Exception {
        assertRefused(Kind.UNREADABLE, key, "Your request is pending.".getBytes(US_ASCII));
        assertRefused(Kind.UNREADABLE, key, key.getEncoded());
        assertRefused(Kind.UNREADABLE, key, BrokenCertificate.encoded());
        assertRefused(Kind.UNREADABLE, key, Pem.of("CERTIFICATE", new byte[] {0x30, 0x10, 1}));
        assertRefused(Kind.TOO_MUCH, key, new byte[2 * 1024 * 1024]);
    }

    @Test
    public void anyChangedAnswerIsReadOrRefused() throws Exception {
        final long seed = new SecureRandom().nextLong();
        final Random random = new Random(seed);
        final Path home = folder.getRoot().toPath();
        PemFiles.write(home, "chain.pem", List.of(leaf, Recipe.issuing(), Recipe.root()));
        DebianProgram.required("openssl", "openssl")
                .run(home, "crl2pkcs7", "-nocrl", "-certfile", "chain.pem", "-outform", "DER", "-out", "p7b");
        final List<byte[]> answers =
                List.of(Files.readAllBytes(home.resolve("p7b")), leaf.getEncoded(), pem(leaf, Recipe.issuing()));
        int refused = 0;
        for (int run = 0; run < 3000; run++) {
            final byte[] changed = answers.get(run % answers.size()).clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                changed[random.nextInt(Math.min(changed.length, 400))] = (byte) random.nextInt(256);
            }
            try {
                join(key, changed);
            } catch (JoinRefusedException e) {
                assertThat(e.getMessage()).as("seed " + seed + ", run " + run).isNotBlank();
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    public void aRequestThatOpensslSignsEndsAsAFileThatAStampAccepts() throws Exception {
        final Path home = folder.getRoot().toPath();
        final SecureRandom random = new SecureRandom();
        final SigningRequest request = new SigningRequests(length -> Keys.rsa("request"))
                .forEach(
                        STAMP,
                        List.of(CertificateFolder.PUBLIC_PORTAL),
                        RequestRules.fresh(RequestSubject.parse("O=Contoso"), true),
                        Instant.now())
                .get(0);
        final byte[] sealed = SealedKey.seal(request.key(), PASSPHRASE, random);
        final byte[] answer = sign(home, request);

        final KeyAndChain joined = IssuedCertificates.read(
                        List.of(answer, Recipe.issuing().getEncoded()))
                .join(SealedKey.open(sealed, PASSPHRASE), request.dnsNames(), List.of(Recipe.root()));
        final byte[] file =
                new PfxWriter(random).write(joined.key(), joined.chain(), Sets.PASSWORD.toCharArray(), PORTAL);

        final Map<ReadinessCheck, Outcome> outcomes = PfxReadiness.of(
                        file,
                        Sets.PASSWORD.toCharArray(),
                        CertificateFolder.PUBLIC_PORTAL,
                        STAMP,
                        Instant.now(),
                        new ReadinessSettings(ClientAuthentication.REQUIRED, Duration.ofDays(7)),
                        url -> new CrlProbe.Answer("here", new CrlProbe.Result.Served(Recipe.revocationList())))
                .outcomes();
        assertThat(outcomes.values()).hasSize(12).allSatisfy(outcome -> assertThat(outcome.status())
                .isEqualTo(Status.OK));
    }

    /** As an authority that takes over what the request asks for. */
    private static byte[] sign(final Path home, final SigningRequest request) throws Exception {
        Files.write(home.resolve(request.fileName()), request.pem());
        PemFiles.write(home, "ca.pem", List.of(Recipe.issuing()));
        Files.write(
                home.resolve("ca.key"),
                Pem.of("PRIVATE KEY", Keys.rsa("issuing").getPrivate().getEncoded()));
        Files.writeString(home.resolve("ca.cnf"), "crlDistributionPoints=URI:" + Recipe.CRL + "\n");
        DebianProgram.required("openssl", "openssl")
                .run(
                        home,
                        "x509",
                        "-req",
                        "-in",
                        request.fileName(),
                        "-CA",
                        "ca.pem",
                        "-CAkey",
                        "ca.key",
                        "-set_serial",
                        "42",
                        "-days",
                        "365",
                        "-sha256",
                        "-copy_extensions",
                        "copyall",
                        "-extfile",
                        "ca.cnf",
                        "-out",
                        "issued.pem");
        return Files.readAllBytes(home.resolve("issued.pem"));
    }
}
