package io.jenkins.plugins.azurestack.certificate.readiness;

import static io.jenkins.plugins.azurestack.certificate.readiness.Case.bad;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.certificate.BrokenCertificate;
import io.jenkins.plugins.azurestack.peer.PemFiles;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/**
 * Files with one defect each, made by openssl, keytool and BouncyCastle: the check named for the defect is the only one
 * that does not pass, and only checks that depend on it are skipped.
 */
@RunWith(Parameterized.class)
public class OneDefectTest {
    static final String PORTAL = "portal.east.azurestack.contoso.com";
    private static final Set<ReadinessCheck> ALL_BUT_THE_FILES_OWN =
            EnumSet.complementOf(EnumSet.of(ReadinessCheck.PFX_ENCRYPTION, ReadinessCheck.PARSE_PFX));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Case one;

    public OneDefectTest(final Case one) {
        this.one = one;
    }

    @Test
    public void onlyTheNamedCheckDoesNotPass() throws Exception {
        final PfxReadiness readiness = one.judge(new PfxTools(folder.getRoot().toPath()));

        final Map<ReadinessCheck, Outcome> outcomes = readiness.outcomes();
        assertThat(outcomes.keySet()).containsExactly(ReadinessCheck.values());
        assertThat(outcomes.entrySet().stream()
                        .filter(entry -> entry.getValue().status() == Status.FAIL
                                || entry.getValue().status() == Status.WARNING)
                        .map(Map.Entry::getKey))
                .as(outcomes.toString())
                .containsExactly(one.check());
        assertThat(readiness.outcome(one.check()).reason()).isEqualTo(one.reason());
        assertThat(readiness.outcome(one.check()).message()).endsWith(".");
        assertThat(readiness.outcome(one.check()).remedy()).endsWith(".");
        assertThat(outcomes.entrySet().stream()
                        .filter(entry -> entry.getValue().status() == Status.SKIPPED)
                        .map(Map.Entry::getKey))
                .as(outcomes.toString())
                .containsExactlyElementsOf(skipped(outcomes));
    }

    private Set<ReadinessCheck> skipped(final Map<ReadinessCheck, Outcome> outcomes) {
        if (one.reason() == Reason.NOT_TRIPLE_DES
                && outcomes.get(ReadinessCheck.PARSE_PFX).reason() != Reason.MET) {
            return EnumSet.complementOf(EnumSet.of(ReadinessCheck.PFX_ENCRYPTION));
        }
        if (one.reason() == Reason.INVALID_PASSWORD || one.name().startsWith("inside: ")) {
            return ALL_BUT_THE_FILES_OWN;
        }
        if (one.reason() == Reason.NOT_READABLE) {
            return EnumSet.complementOf(EnumSet.of(ReadinessCheck.PARSE_PFX));
        }
        return one.check() == ReadinessCheck.CERT_CHAIN || one.check() == ReadinessCheck.DNS_NAMES
                ? EnumSet.of(ReadinessCheck.OTHER_CERTIFICATES)
                : Set.of();
    }

    @Parameters(name = "{0}")
    public static List<Case> cases() {
        final List<Case> all = new ArrayList<>();
        all.addAll(encryptions());
        all.addAll(dates());
        all.addAll(signatures());
        all.addAll(names());
        all.addAll(usages());
        all.addAll(keyLengths());
        all.addAll(unreadable());
        all.addAll(privateKeys());
        all.addAll(chains());
        all.addAll(companies());
        all.addAll(revocationLists());
        return all;
    }

    static List<X509Certificate> good() {
        return chain(Recipe.leaf(PORTAL));
    }

    static List<X509Certificate> chain(final X509Certificate leaf) {
        return List.of(leaf, Recipe.issuing(), Recipe.root());
    }

    private static Case openssl(final String name, final Reason reason, final String... options) {
        return bad(
                name,
                ReadinessCheck.PFX_ENCRYPTION,
                reason,
                tools -> tools.openssl(good(), Keys.rsa("leaf").getPrivate(), options));
    }

    private static List<Case> encryptions() {
        return List.of(
                bad(
                        "everything in AES-256, as OpenSSL 3 does by default",
                        ReadinessCheck.PFX_ENCRYPTION,
                        Reason.NOT_TRIPLE_DES,
                        tools -> tools.opensslBare(good(), Keys.rsa("leaf").getPrivate(), "-LMK")),
                openssl("key in AES-256", Reason.NOT_TRIPLE_DES, "-keypbe", "aes-256-cbc"),
                openssl("key in AES-128", Reason.NOT_TRIPLE_DES, "-keypbe", "aes-128-cbc"),
                openssl("certificates in AES-256", Reason.NOT_TRIPLE_DES, "-certpbe", "aes-256-cbc"),
                openssl("certificates in AES-192", Reason.NOT_TRIPLE_DES, "-certpbe", "aes-192-cbc"),
                openssl("certificates in PBES2 with triple DES", Reason.NOT_TRIPLE_DES, "-certpbe", "des-ede3-cbc"),
                openssl("certificates in RC2-40", Reason.NOT_TRIPLE_DES, "-legacy", "-certpbe", "PBE-SHA1-RC2-40"),
                openssl("certificates in RC2-128", Reason.NOT_TRIPLE_DES, "-legacy", "-certpbe", "PBE-SHA1-RC2-128"),
                openssl("certificates in RC4-40", Reason.NOT_TRIPLE_DES, "-legacy", "-certpbe", "PBE-SHA1-RC4-40"),
                openssl("certificates in RC4-128", Reason.NOT_TRIPLE_DES, "-legacy", "-certpbe", "PBE-SHA1-RC4-128"),
                openssl(
                        "certificates in two-key triple DES",
                        Reason.NOT_TRIPLE_DES,
                        "-legacy",
                        "-certpbe",
                        "PBE-SHA1-2DES"),
                openssl("key in RC2-40", Reason.NOT_TRIPLE_DES, "-legacy", "-keypbe", "PBE-SHA1-RC2-40"),
                openssl("certificates in Camellia", Reason.NOT_TRIPLE_DES, "-certpbe", "camellia-256-cbc"),
                openssl("key not encrypted", Reason.KEY_NOT_ENCRYPTED, "-keypbe", "NONE"),
                openssl("MAC of SHA-256", Reason.MAC_NOT_SHA1, "-macalg", "sha256"),
                openssl("MAC of SHA-512", Reason.MAC_NOT_SHA1, "-macalg", "sha512"),
                bad(
                        "everything in AES-256, as keytool does by default",
                        ReadinessCheck.PFX_ENCRYPTION,
                        Reason.NOT_TRIPLE_DES,
                        tools -> tools.keytool(
                                tools.openssl(good(), Keys.rsa("leaf").getPrivate()), "pkcs12")),
                bad(
                        "keytool's legacy form",
                        ReadinessCheck.PFX_ENCRYPTION,
                        Reason.NOT_TRIPLE_DES,
                        tools -> tools.keytool(
                                tools.openssl(good(), Keys.rsa("leaf").getPrivate()),
                                "pkcs12",
                                "-J-Dkeystore.pkcs12.legacy")));
    }

    private static Case expiry(final String name, final Reason reason, final List<X509Certificate> chain) {
        return bad(name, ReadinessCheck.EXPIRY_DATE, reason, ofChain(chain));
    }

    private static Case.Maker ofChain(final List<X509Certificate> chain) {
        return tools -> new Pfx()
                .leaf(chain.get(0), 1)
                .certificates(chain.subList(1, chain.size()).toArray(X509Certificate[]::new))
                .key(Keys.rsa("leaf").getPrivate(), 1)
                .bytes();
    }

    private static Consumer<Recipe> until(final Duration fromNow) {
        return recipe -> recipe.until = Recipe.NOW.plus(fromNow);
    }

    private static List<Case> dates() {
        return List.of(
                expiry("ended yesterday", Reason.ENDS_TOO_SOON, chain(Recipe.leaf(PORTAL, until(Duration.ofDays(-1))))),
                expiry("ends in an hour", Reason.ENDS_TOO_SOON, chain(Recipe.leaf(PORTAL, until(Duration.ofHours(1))))),
                expiry(
                        "ends a second before seven days are over",
                        Reason.ENDS_TOO_SOON,
                        chain(Recipe.leaf(PORTAL, until(Duration.ofDays(7).minusSeconds(1))))),
                expiry(
                        "not yet valid",
                        Reason.NOT_YET_VALID,
                        chain(Recipe.leaf(PORTAL, recipe -> recipe.from = Recipe.NOW.plusSeconds(60)))),
                expiry(
                        "issuing authority ended",
                        Reason.ENDS_TOO_SOON,
                        List.of(Recipe.leaf(PORTAL), Recipe.issuing(until(Duration.ofDays(-1))), Recipe.root())),
                expiry(
                        "issuing authority ends in three days",
                        Reason.ENDS_TOO_SOON,
                        List.of(Recipe.leaf(PORTAL), Recipe.issuing(until(Duration.ofDays(3))), Recipe.root())),
                expiry(
                        "root ended",
                        Reason.ENDS_TOO_SOON,
                        List.of(Recipe.leaf(PORTAL), Recipe.issuing(), Recipe.root(until(Duration.ofDays(-1))))),
                expiry(
                        "issuing authority not yet valid",
                        Reason.NOT_YET_VALID,
                        List.of(
                                Recipe.leaf(PORTAL),
                                Recipe.issuing(recipe -> recipe.from = Recipe.NOW.plusSeconds(60)),
                                Recipe.root())));
    }

    private static Case signature(final String name, final List<X509Certificate> chain) {
        return bad(name, ReadinessCheck.SIGNATURE_ALGORITHM, Reason.WEAK_SIGNATURE, ofChain(chain));
    }

    private static List<Case> signatures() {
        return List.of(
                signature("signed with SHA-1", chain(Recipe.leaf(PORTAL, recipe -> recipe.signature = "SHA1withRSA"))),
                signature("signed with MD5", chain(Recipe.leaf(PORTAL, recipe -> recipe.signature = "MD5withRSA"))),
                signature(
                        "signed with PSS over SHA-1",
                        chain(Recipe.leaf(PORTAL, recipe -> recipe.signature = "SHA1withRSAandMGF1"))),
                signature(
                        "issuing authority signed with SHA-1",
                        List.of(
                                Recipe.leaf(PORTAL),
                                Recipe.issuing(recipe -> recipe.signature = "SHA1withRSA"),
                                Recipe.root())));
    }

    private static Case names(final String name, final CertificateFolder in, final String... names) {
        return bad(
                        name,
                        ReadinessCheck.DNS_NAMES,
                        Reason.MISSING_RECORD,
                        ofChain(chain(Recipe.leaf(PORTAL, recipe -> recipe.names(names)))))
                .in(in);
    }

    private static Case namesOf(final String name, final GeneralName... names) {
        return bad(
                name,
                ReadinessCheck.DNS_NAMES,
                Reason.MISSING_RECORD,
                ofChain(chain(Recipe.leaf(PORTAL, recipe -> recipe.names = List.of(names)))));
    }

    private static List<Case> names() {
        return List.of(
                names("no subject alternative name", CertificateFolder.PUBLIC_PORTAL),
                names(
                        "name of the other portal",
                        CertificateFolder.PUBLIC_PORTAL,
                        "adminportal.east.azurestack.contoso.com"),
                names("name of another region", CertificateFolder.PUBLIC_PORTAL, "portal.west.azurestack.contoso.com"),
                names("name without region", CertificateFolder.PUBLIC_PORTAL, "portal.azurestack.contoso.com"),
                names("wildcard one label too high", CertificateFolder.PUBLIC_PORTAL, "*.azurestack.contoso.com"),
                names(
                        "wildcard that would have to cover two labels",
                        CertificateFolder.ACS_BLOB,
                        "*.east.azurestack.contoso.com"),
                names(
                        "one host where a wildcard belongs",
                        CertificateFolder.KEY_VAULT,
                        "kv1.vault.east.azurestack.contoso.com"),
                names("wildcard without its dot", CertificateFolder.ACS_BLOB, "*blob.east.azurestack.contoso.com"),
                names(
                        "two of three names",
                        CertificateFolder.APP_SERVICES_DEFAULT_DOMAIN,
                        "*.appservice.east.azurestack.contoso.com",
                        "*.scm.appservice.east.azurestack.contoso.com"),
                names(
                        "wildcard where App Service wants the name itself",
                        CertificateFolder.APP_SERVICES_API,
                        "*.appservice.east.azurestack.contoso.com"),
                namesOf("an address only", new GeneralName(GeneralName.iPAddress, "10.30.0.5")),
                namesOf("a mail address only", new GeneralName(GeneralName.rfc822Name, "pki@contoso.com")),
                namesOf(
                        "the name as a URL",
                        new GeneralName(GeneralName.uniformResourceIdentifier, "https://" + PORTAL)));
    }

    private static Case usage(final String name, final Reason reason, final Consumer<Recipe> change) {
        return bad(name, ReadinessCheck.KEY_USAGE, reason, ofChain(chain(Recipe.leaf(PORTAL, change))));
    }

    private static Consumer<Recipe> purposes(final KeyPurposeId... purposes) {
        return recipe -> recipe.purposes = List.of(purposes);
    }

    private static List<Case> usages() {
        return List.of(
                usage("no key usage", Reason.WRONG_KEY_USAGE, recipe -> recipe.usage = null),
                usage(
                        "digital signature only",
                        Reason.WRONG_KEY_USAGE,
                        recipe -> recipe.usage = KeyUsage.digitalSignature),
                usage(
                        "key encipherment only",
                        Reason.WRONG_KEY_USAGE,
                        recipe -> recipe.usage = KeyUsage.keyEncipherment),
                usage(
                        "key agreement in place of key encipherment",
                        Reason.WRONG_KEY_USAGE,
                        recipe -> recipe.usage = KeyUsage.digitalSignature | KeyUsage.keyAgreement),
                usage("no enhanced key usage", Reason.NO_SERVER_AUTHENTICATION, purposes()),
                usage(
                        "client authentication only",
                        Reason.NO_SERVER_AUTHENTICATION,
                        purposes(KeyPurposeId.id_kp_clientAuth)),
                usage(
                        "code signing and client authentication",
                        Reason.NO_SERVER_AUTHENTICATION,
                        purposes(KeyPurposeId.id_kp_codeSigning, KeyPurposeId.id_kp_clientAuth)),
                usage(
                        "any purpose, but none by name",
                        Reason.NO_SERVER_AUTHENTICATION,
                        purposes(KeyPurposeId.anyExtendedKeyUsage)),
                usage(
                        "no client authentication, which is warned of",
                        Reason.MISSES_CLIENT_AUTHENTICATION,
                        purposes(KeyPurposeId.id_kp_serverAuth)),
                usage(
                                "no client authentication, which is required",
                                Reason.NO_CLIENT_AUTHENTICATION,
                                purposes(KeyPurposeId.id_kp_serverAuth))
                        .asking(ClientAuthentication.REQUIRED));
    }

    private static Case length(final String name, final Reason reason, final KeyPair key) {
        return bad(name, ReadinessCheck.KEY_LENGTH, reason, tools -> new Pfx()
                .leaf(Recipe.leaf(PORTAL, recipe -> recipe.key = key), 1)
                .certificates(Recipe.issuing(), Recipe.root())
                .key(key.getPrivate(), 1)
                .bytes());
    }

    private static List<Case> keyLengths() {
        return List.of(
                length("RSA of 1024 bits", Reason.KEY_TOO_SHORT, Keys.rsa("short", 1024)),
                length("RSA of 1536 bits", Reason.KEY_TOO_SHORT, Keys.rsa("short", 1536)),
                length("RSA of 2047 bits", Reason.KEY_TOO_SHORT, Keys.rsa("short", 2047)),
                length("a key on an elliptic curve", Reason.KEY_NOT_RSA, Keys.ec()));
    }

    private static Case unreadable(final String name, final Case.Maker maker) {
        return bad(name, ReadinessCheck.PARSE_PFX, Reason.NOT_READABLE, maker);
    }

    private static byte[] goodFile() throws Exception {
        return ofChain(good()).make(null);
    }

    private static List<Case> unreadable() {
        return List.of(
                bad("wrong password", ReadinessCheck.PARSE_PFX, Reason.INVALID_PASSWORD, ofChain(good()))
                        .openedWith("seaside7"),
                bad("no password", ReadinessCheck.PARSE_PFX, Reason.INVALID_PASSWORD, ofChain(good()))
                        .openedWith(""),
                bad("changed after it was made", ReadinessCheck.PARSE_PFX, Reason.INVALID_PASSWORD, tools -> {
                    final byte[] changed = goodFile();
                    changed[changed.length / 2] ^= 1;
                    return changed;
                }),
                unreadable("an empty file", tools -> new byte[0]),
                unreadable("half a file", tools -> Arrays.copyOf(goodFile(), goodFile().length / 2)),
                unreadable("a text", tools -> "see the other share".getBytes(StandardCharsets.US_ASCII)),
                unreadable("base64 of a file", tools -> Base64.getEncoder().encode(goodFile())),
                unreadable("PEM", tools -> tools.opensslFile("genpkey", "-algorithm", "ED25519", "-out", "out")),
                unreadable("a certificate alone", tools -> good().get(0).getEncoded()),
                unreadable("a collection without keys", tools -> {
                    PemFiles.write(tools.folder(), "chain.pem", good());
                    return tools.opensslFile(
                            "crl2pkcs7", "-nocrl", "-certfile", "chain.pem", "-outform", "DER", "-out", "out");
                }),
                unreadable("a key alone", tools -> Keys.rsa("leaf").getPrivate().getEncoded()),
                unreadable(
                        "a Java key store of the old kind",
                        tools -> tools.keytool(
                                tools.openssl(good(), Keys.rsa("leaf").getPrivate()), "jks")),
                unreadable(
                        "inside: a key without certificates",
                        tools -> tools.openssl(good(), Keys.rsa("leaf").getPrivate(), "-nocerts")),
                unreadable("inside: a damaged certificate", tools -> new Pfx()
                        .certificate(BrokenCertificate.encoded())
                        .key(Keys.rsa("leaf").getPrivate(), 1)
                        .bytes()),
                bad(
                        "no MAC",
                        ReadinessCheck.PARSE_PFX,
                        Reason.NO_INTEGRITY,
                        tools -> tools.openssl(good(), Keys.rsa("leaf").getPrivate(), "-nomac")),
                bad(
                        "certificate privacy off",
                        ReadinessCheck.PARSE_PFX,
                        Reason.NOT_PRIVATE,
                        tools -> tools.openssl(good(), Keys.rsa("leaf").getPrivate(), "-certpbe", "NONE")),
                bad(
                        "certificate privacy off in keytool",
                        ReadinessCheck.PARSE_PFX,
                        Reason.NOT_PRIVATE,
                        tools -> tools.keytool(
                                tools.openssl(good(), Keys.rsa("leaf").getPrivate()),
                                "pkcs12",
                                "-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE",
                                "-J-Dkeystore.pkcs12.keyProtectionAlgorithm=PBEWithSHA1AndDESede",
                                "-J-Dkeystore.pkcs12.macAlgorithm=HmacPBESHA1")));
    }

    private static Case key(final String name, final Reason reason, final Case.Maker maker) {
        return bad(name, ReadinessCheck.PRIVATE_KEY, reason, maker);
    }

    private static Pfx withoutKey() throws Exception {
        return new Pfx().leaf(Recipe.leaf(PORTAL), 1).certificates(Recipe.issuing(), Recipe.root());
    }

    private static List<Case> privateKeys() {
        return List.of(
                key(
                        "no private key",
                        Reason.NO_PRIVATE_KEY,
                        tools -> tools.openssl(good(), Keys.rsa("leaf").getPrivate(), "-nokeys")),
                key(
                        "no local machine attribute, by openssl",
                        Reason.NOT_LOCAL_MACHINE,
                        tools -> tools.opensslBare(
                                good(),
                                Keys.rsa("leaf").getPrivate(),
                                "-keypbe",
                                "PBE-SHA1-3DES",
                                "-certpbe",
                                "PBE-SHA1-3DES",
                                "-macalg",
                                "sha1")),
                key(
                        "no local machine attribute, by openssl in its legacy form",
                        Reason.NOT_LOCAL_MACHINE,
                        tools -> tools.opensslBare(good(), Keys.rsa("leaf").getPrivate(), "-legacy", "-descert")),
                key(
                        "no local machine attribute, by keytool",
                        Reason.NOT_LOCAL_MACHINE,
                        tools -> tools.keytoolTripleDes(
                                tools.opensslBare(good(), Keys.rsa("leaf").getPrivate()))),
                key("the key of another certificate", Reason.KEY_DOES_NOT_FIT, tools -> withoutKey()
                        .key(Keys.rsa("other").getPrivate(), 1)
                        .bytes()),
                key("the id of another key", Reason.KEY_NOT_JOINED, tools -> withoutKey()
                        .key(Keys.rsa("leaf").getPrivate(), 2)
                        .bytes()),
                key("a key with a password of its own", Reason.KEY_NOT_READABLE, tools -> withoutKey()
                        .key(Keys.rsa("leaf").getPrivate(), 1, "another")
                        .bytes()),
                key("a key on an elliptic curve for an RSA certificate", Reason.KEY_DOES_NOT_FIT, tools -> withoutKey()
                        .key(Keys.ec().getPrivate(), 1)
                        .bytes()));
    }

    private static Case chainCase(final String name, final Reason reason, final X509Certificate... chain) {
        return bad(name, ReadinessCheck.CERT_CHAIN, reason, ofChain(List.of(chain)));
    }

    private static List<Case> chains() {
        final X500Name subordinate = new X500Name("CN=Contoso Subordinate CA");
        final KeyPair other = Keys.rsa("other");
        return List.of(
                chainCase(
                        "self-signed",
                        Reason.SELF_SIGNED,
                        Recipe.leaf(PORTAL, recipe -> recipe.by(recipe.subject, Keys.rsa("leaf")))),
                bad(
                        "self-signed as openssl req makes it",
                        ReadinessCheck.CERT_CHAIN,
                        Reason.SELF_SIGNED,
                        tools -> tools.openssl(
                                List.of(Recipe.leaf(PORTAL, recipe -> {
                                    recipe.by(recipe.subject, Keys.rsa("leaf"));
                                    recipe.constraints = new BasicConstraints(true);
                                })),
                                Keys.rsa("leaf").getPrivate())),
                chainCase("the certificate alone", Reason.CHAIN_NOT_WHOLE, Recipe.leaf(PORTAL)),
                chainCase("no root", Reason.CHAIN_NOT_WHOLE, Recipe.leaf(PORTAL), Recipe.issuing()),
                chainCase("no issuing authority", Reason.CHAIN_NOT_WHOLE, Recipe.leaf(PORTAL), Recipe.root()),
                bad(
                        "no root, by openssl",
                        ReadinessCheck.CERT_CHAIN,
                        Reason.CHAIN_NOT_WHOLE,
                        tools -> tools.openssl(
                                good().subList(0, 2), Keys.rsa("leaf").getPrivate())),
                chainCase(
                        "an issuing authority of the same name with another key",
                        Reason.CHAIN_NOT_WHOLE,
                        Recipe.leaf(PORTAL),
                        Recipe.issuing(recipe -> recipe.key = other),
                        Recipe.root()),
                chainCase(
                        "a root of the same name with another key",
                        Reason.CHAIN_NOT_WHOLE,
                        Recipe.leaf(PORTAL),
                        Recipe.issuing(),
                        Recipe.root(recipe -> {
                            recipe.key = other;
                            recipe.by(recipe.issuer, other);
                        })),
                chainCase(
                        "an issuer that is no authority",
                        Reason.CHAIN_NOT_WHOLE,
                        Recipe.leaf(PORTAL),
                        Recipe.issuing(recipe -> recipe.constraints = new BasicConstraints(false)),
                        Recipe.root()),
                chainCase(
                        "an issuer that may not sign certificates",
                        Reason.CHAIN_NOT_WHOLE,
                        Recipe.leaf(PORTAL),
                        Recipe.issuing(recipe -> recipe.usage = KeyUsage.cRLSign),
                        Recipe.root()),
                chainCase(
                        "more authorities than the path length allows",
                        Reason.CHAIN_NOT_WHOLE,
                        Recipe.leaf(PORTAL),
                        Recipe.issuing(recipe -> recipe.by(subordinate, other)),
                        Recipe.issuing(recipe -> {
                            recipe.subject = subordinate;
                            recipe.key = other;
                            recipe.constraints = new BasicConstraints(0);
                        }),
                        Recipe.root()),
                chainCase(
                        "issuer and subject of one name",
                        Reason.CHAIN_NOT_WHOLE,
                        Recipe.leaf(PORTAL, recipe -> recipe.by(recipe.subject, Keys.rsa("issuing"))),
                        Recipe.issuing(),
                        Recipe.root()));
    }

    private static Case order(final String name, final Case.Maker maker) {
        return bad(name, ReadinessCheck.CHAIN_ORDER, Reason.WRONG_ORDER, maker);
    }

    private static Case others(final String name, final Case.Maker maker) {
        return bad(name, ReadinessCheck.OTHER_CERTIFICATES, Reason.OTHER_CERTIFICATES, maker);
    }

    private static Pfx whole() throws Exception {
        return withoutKey().key(Keys.rsa("leaf").getPrivate(), 1);
    }

    private static List<Case> companies() {
        final X509Certificate leaf = Recipe.leaf(PORTAL);
        final X509Certificate issuing = Recipe.issuing();
        final X509Certificate root = Recipe.root();
        final KeyPair other = Keys.rsa("other");
        return List.of(
                order(
                        "root before the issuing authority, by openssl",
                        tools -> tools.openssl(
                                List.of(leaf, root, issuing), Keys.rsa("leaf").getPrivate())),
                order("root first", tools -> new Pfx()
                        .certificates(root, issuing)
                        .leaf(leaf, 1)
                        .key(Keys.rsa("leaf").getPrivate(), 1)
                        .bytes()),
                order("the certificate in the middle", tools -> new Pfx()
                        .certificates(issuing)
                        .leaf(leaf, 1)
                        .certificates(root)
                        .key(Keys.rsa("leaf").getPrivate(), 1)
                        .bytes()),
                others(
                        "the certificate of another service, by openssl",
                        tools -> tools.openssl(
                                List.of(
                                        leaf,
                                        issuing,
                                        root,
                                        Recipe.leaf("adfs.east.azurestack.contoso.com", recipe -> recipe.key = other)),
                                Keys.rsa("leaf").getPrivate())),
                others("the predecessor", tools -> whole().certificates(
                                Recipe.leaf(PORTAL, recipe -> recipe.from = Recipe.NOW.minus(Duration.ofDays(400))))
                        .bytes()),
                others("a foreign root", tools -> whole().certificates(Recipe.root(recipe -> {
                            recipe.subject = new X500Name("CN=Fabrikam Root CA");
                            recipe.key = other;
                            recipe.by(recipe.subject, other);
                        }))
                        .bytes()),
                others("the old issuing authority of the same name", tools -> whole().certificates(
                                Recipe.issuing(recipe -> recipe.key = other))
                        .bytes()),
                others("the issuing authority twice", tools -> new Pfx()
                        .leaf(leaf, 1)
                        .certificates(issuing, root, issuing)
                        .key(Keys.rsa("leaf").getPrivate(), 1)
                        .bytes()),
                others("a second key with its certificate", tools -> whole().leaf(
                                Recipe.leaf("second.contoso.com", recipe -> recipe.key = other), 2)
                        .key(other.getPrivate(), 2)
                        .bytes()),
                others("a second key without certificate", tools -> whole().key(other.getPrivate(), 2)
                        .bytes()),
                others("a secret", tools -> whole().other(PKCSObjectIdentifiers.secretBag, DERNull.INSTANCE)
                        .bytes()),
                others("a certificate that is none of X.509", tools -> whole().other(
                                PKCSObjectIdentifiers.certBag,
                                new CertBag(PKCSObjectIdentifiers.sdsiCertificate, new DEROctetString(new byte[3]))
                                        .toASN1Primitive())
                        .bytes()));
    }

    private static Case crl(final String name, final Reason reason, final CrlProbe probe) {
        return bad(name, ReadinessCheck.HTTP_CRL, reason, ofChain(good())).with(probe);
    }

    private static Case without(final String name, final String... urls) {
        return bad(
                name,
                ReadinessCheck.HTTP_CRL,
                Reason.NO_HTTP_CRL,
                ofChain(chain(Recipe.leaf(PORTAL, recipe -> recipe.lists = List.of(urls)))));
    }

    private static List<Case> revocationLists() {
        final X509Certificate revoked = Recipe.leaf(PORTAL);
        final Instant nextWeek = Recipe.NOW.plus(Duration.ofDays(7));
        return List.of(
                without("no revocation list"),
                without("a revocation list under LDAP only", "ldap:///CN=Contoso%20Issuing%20CA,DC=contoso,DC=com"),
                without("a revocation list under HTTPS only", "https://pki.contoso.com/issuing.crl"),
                without("a revocation list with a user name", "http://pki@pki.contoso.com/issuing.crl"),
                without("a revocation list under no URL", "http://pki contoso com"),
                crl(
                        "revocation list not reached",
                        Reason.CRL_NOT_REACHED,
                        Case.saying(new CrlProbe.Result.Failed("refused"))),
                crl(
                        "a page of a proxy in place of a revocation list",
                        Reason.CRL_NOT_READABLE,
                        Case.answering("<html>Log in</html>".getBytes(StandardCharsets.US_ASCII))),
                crl("nothing in place of a revocation list", Reason.CRL_NOT_READABLE, Case.answering(new byte[0])),
                bad("revoked", ReadinessCheck.HTTP_CRL, Reason.REVOKED, ofChain(chain(revoked)))
                        .with(Case.answering(Recipe.revocationList(Keys.rsa("issuing"), nextWeek, revoked))),
                crl(
                        "an outdated revocation list",
                        Reason.CRL_DOUBTFUL,
                        Case.answering(
                                Recipe.revocationList(Keys.rsa("issuing"), Recipe.NOW.minus(Duration.ofDays(1))))),
                crl(
                        "a revocation list signed by somebody else",
                        Reason.CRL_DOUBTFUL,
                        Case.answering(Recipe.revocationList(Keys.rsa("other"), nextWeek))),
                crl(
                        "a revocation list beyond measure",
                        Reason.CRL_DOUBTFUL,
                        Case.saying(new CrlProbe.Result.TooLarge(1000))));
    }
}
