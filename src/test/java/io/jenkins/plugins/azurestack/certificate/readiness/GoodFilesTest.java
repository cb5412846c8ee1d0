package io.jenkins.plugins.azurestack.certificate.readiness;

import static io.jenkins.plugins.azurestack.certificate.readiness.Case.good;
import static io.jenkins.plugins.azurestack.certificate.readiness.OneDefectTest.PORTAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** Files that a stamp accepts, however unusual: all twelve checks pass. */
@RunWith(Parameterized.class)
public class GoodFilesTest {
    private static final String UNICODE = "Schl\u00fcssel7\u20ac";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Case one;

    public GoodFilesTest(final Case one) {
        this.one = one;
    }

    @Test
    public void everyCheckPasses() throws Exception {
        final PfxReadiness readiness = one.judge(new PfxTools(folder.getRoot().toPath()));

        assertThat(readiness.outcomes().values()).hasSize(12).allSatisfy(outcome -> assertThat(outcome.status())
                .isEqualTo(Status.OK));
        assertThat(readiness.status()).isEqualTo(Status.OK);
    }

    private static Case openssl(final String name, final String... options) {
        return good(
                name,
                tools -> tools.openssl(OneDefectTest.good(), Keys.rsa("leaf").getPrivate(), options));
    }

    private static Case certificate(final String name, final Consumer<Recipe> change) {
        return good(name, tools -> whole(Recipe.leaf(PORTAL, change)).bytes());
    }

    private static Pfx whole(final X509Certificate leaf) throws Exception {
        return new Pfx()
                .leaf(leaf, 1)
                .certificates(Recipe.issuing(), Recipe.root())
                .key(Keys.rsa("leaf").getPrivate(), 1);
    }

    @Parameters(name = "{0}")
    public static List<Case> cases() {
        final X500Name subordinate = new X500Name("CN=Contoso Subordinate CA");
        final KeyPair other = Keys.rsa("other");
        return List.of(
                openssl("made by openssl"),
                openssl("with a friendly name", "-name", "portal", "-caname", "issuing"),
                openssl("with the name of a key storage provider", "-CSP", "Microsoft Software Key Storage Provider"),
                openssl("with single iterations", "-iter", "1", "-nomaciter"),
                openssl("with many iterations", "-iter", "100000"),
                openssl("in openssl's legacy form with certificates in triple DES", "-legacy", "-descert"),
                openssl("with a password outside ASCII", "-passout", "pass:" + UNICODE)
                        .openedWith(UNICODE),
                good(
                        "made over by keytool",
                        tools -> tools.keytoolTripleDes(tools.openssl(
                                OneDefectTest.good(), Keys.rsa("leaf").getPrivate()))),
                good(
                        "put in order by keytool",
                        tools -> tools.keytoolTripleDes(new Pfx()
                                .certificates(Recipe.root())
                                .leaf(Recipe.leaf(PORTAL), 1)
                                .certificates(Recipe.issuing())
                                .key(Keys.rsa("leaf").getPrivate(), 1)
                                .bytes())),
                good("made by BouncyCastle", tools -> whole(Recipe.leaf(PORTAL)).bytes()),
                good("with the key in the same safe as the certificates", tools -> whole(Recipe.leaf(PORTAL))
                        .bytesInOneSafe()),
                good("with a key that has no id, of the only certificate", tools -> new Pfx()
                        .certificates(Recipe.leaf(PORTAL), Recipe.issuing(), Recipe.root())
                        .sealedKey(
                                new JcaPKCS12SafeBagBuilder(Keys.rsa("leaf").getPrivate(), Pfx.tripleDes(Pfx.PASSWORD))
                                        .build()
                                        .toASN1Structure()
                                        .getBagValue(),
                                -1)
                        .bytes()),
                good("straight from a root", tools -> new Pfx()
                                .leaf(
                                        Recipe.leaf(
                                                PORTAL,
                                                recipe -> recipe.by(
                                                        new X500Name("O=Contoso,CN=Contoso Root CA"),
                                                        Keys.rsa("root"))),
                                        1)
                                .certificates(Recipe.root())
                                .key(Keys.rsa("leaf").getPrivate(), 1)
                                .bytes())
                        .with(Case.answering(Recipe.revocationList(
                                new X500Name("O=Contoso,CN=Contoso Root CA"),
                                Keys.rsa("root"),
                                Recipe.NOW.plus(Duration.ofDays(7))))),
                good("over three authorities", tools -> new Pfx()
                        .leaf(Recipe.leaf(PORTAL), 1)
                        .certificates(
                                Recipe.issuing(recipe -> recipe.by(subordinate, other)),
                                Recipe.issuing(recipe -> {
                                    recipe.subject = subordinate;
                                    recipe.key = other;
                                }),
                                Recipe.root())
                        .key(Keys.rsa("leaf").getPrivate(), 1)
                        .bytes()),
                good("from a root of version 1, signed with SHA-1", tools -> new Pfx()
                        .leaf(Recipe.leaf(PORTAL), 1)
                        .certificates(Recipe.issuing(), Recipe.root(recipe -> {
                            recipe.versionOne = true;
                            recipe.signature = "SHA1withRSA";
                        }))
                        .key(Keys.rsa("leaf").getPrivate(), 1)
                        .bytes()),
                good("with a key of 3072 bits", tools -> new Pfx()
                        .leaf(Recipe.leaf(PORTAL, recipe -> recipe.key = Keys.rsa("long", 3072)), 1)
                        .certificates(Recipe.issuing(), Recipe.root())
                        .key(Keys.rsa("long", 3072).getPrivate(), 1)
                        .bytes()),
                certificate("signed with SHA-512", recipe -> recipe.signature = "SHA512withRSA"),
                certificate("signed with PSS over SHA-256", recipe -> recipe.signature = "SHA256withRSAandMGF1"),
                certificate(
                        "that ends in exactly seven days",
                        recipe -> recipe.until = Recipe.NOW.plus(Duration.ofDays(7))),
                certificate("valid from this second", recipe -> recipe.from = Recipe.NOW),
                certificate("with the wildcard of the domain", recipe -> recipe.names("*.east.azurestack.contoso.com")),
                certificate("with the name in capitals", recipe -> recipe.names("PORTAL.East.AzureStack.Contoso.com")),
                certificate(
                        "with many other names",
                        recipe -> recipe.names("a.contoso.com", PORTAL, "*.blob.east.azurestack.contoso.com")),
                certificate(
                                "for a folder that wants a wildcard",
                                recipe -> recipe.names("*.blob.east.azurestack.contoso.com"))
                        .in(CertificateFolder.ACS_BLOB),
                certificate(
                                "for a folder that wants three names",
                                recipe -> recipe.names(
                                        "*.appservice.east.azurestack.contoso.com",
                                        "*.scm.appservice.east.azurestack.contoso.com",
                                        "*.sso.appservice.east.azurestack.contoso.com"))
                        .in(CertificateFolder.APP_SERVICES_DEFAULT_DOMAIN),
                certificate(
                                "without client authentication, which is not asked for",
                                recipe -> recipe.purposes = List.of(KeyPurposeId.id_kp_serverAuth))
                        .asking(ClientAuthentication.NOT_ASKED),
                certificate("with client authentication, which is required", recipe -> {})
                        .asking(ClientAuthentication.REQUIRED),
                certificate("with more usages and purposes", recipe -> {
                    recipe.usage = KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.dataEncipherment;
                    recipe.purposes.add(KeyPurposeId.id_kp_emailProtection);
                }),
                good("whose first of two revocation lists is not reached", tools -> whole(
                                        Recipe.leaf(PORTAL, recipe -> recipe.lists.add(0, "http://dead/a.crl")))
                                .bytes())
                        .with(url -> new CrlProbe.Answer(
                                Case.FROM,
                                url.getHost().equals("dead")
                                        ? new CrlProbe.Result.Failed("refused")
                                        : new CrlProbe.Result.Served(Recipe.revocationList(
                                                Keys.rsa("issuing"), Recipe.NOW.plus(Duration.ofDays(7)))))));
    }
}
