package io.jenkins.plugins.azurestack.certificate.request;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.certificate.readiness.Keys;
import io.jenkins.plugins.azurestack.certificate.readiness.Recipe;
import io.jenkins.plugins.azurestack.certificate.readiness.Sets;
import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SigningRequestsTest {
    private static final Instant NOW = Instant.parse("2019-12-19T14:03:59Z");
    private static final Stamp AAD = Sets.stamp(IdentityProvider.AAD);
    private static final RequestSubject CONTOSO =
            RequestSubject.parse("C=US,ST=Washington,L=Redmond,O=Contoso,OU=Azure Stack Hub");
    private static final RequestRules RULES = RequestRules.fresh(CONTOSO, true);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** One key for all, since no test here looks at more than one. */
    private final SigningRequests requests = new SigningRequests(length -> Keys.rsa("request"));

    private List<SigningRequest> all(final Stamp stamp, final RequestRules rules) {
        return requests.forEach(stamp, stamp.rotationFolders(), rules, NOW);
    }

    private SigningRequest of(final CertificateFolder one, final RequestRules rules) {
        return requests.forEach(AAD, List.of(one), rules, NOW).get(0);
    }

    private static String subject(final SigningRequest request) throws Exception {
        return new PKCS10CertificationRequest(request.der()).getSubject().toString();
    }

    private String openssl(final SigningRequest request, final String... options) throws Exception {
        Files.write(folder.getRoot().toPath().resolve("a.req"), request.pem());
        final List<String> arguments = new ArrayList<>(List.of("req", "-in", "a.req", "-verify", "-noout"));
        arguments.addAll(List.of(options));
        return DebianProgram.required("openssl", "openssl")
                .run(folder.getRoot().toPath(), arguments.toArray(String[]::new));
    }

    @Test
    public void everyFolderHasARequestNamedAsTheReadinessCheckerNamesIt() {
        assertThat(all(AAD, RULES))
                .extracting(SigningRequest::fileName)
                .containsExactly(
                        "wildcard_adminhosting_east_azurestack_contoso_com_CertRequest_20191219140359.req",
                        "wildcard_adminvault_east_azurestack_contoso_com_CertRequest_20191219140359.req",
                        "wildcard_blob_east_azurestack_contoso_com_CertRequest_20191219140359.req",
                        "wildcard_hosting_east_azurestack_contoso_com_CertRequest_20191219140359.req",
                        "wildcard_queue_east_azurestack_contoso_com_CertRequest_20191219140359.req",
                        "wildcard_table_east_azurestack_contoso_com_CertRequest_20191219140359.req",
                        "wildcard_vault_east_azurestack_contoso_com_CertRequest_20191219140359.req",
                        "adminmanagement_east_azurestack_contoso_com_CertRequest_20191219140359.req",
                        "adminportal_east_azurestack_contoso_com_CertRequest_20191219140359.req",
                        "management_east_azurestack_contoso_com_CertRequest_20191219140359.req",
                        "portal_east_azurestack_contoso_com_CertRequest_20191219140359.req");
    }

    @Test
    public void aStampWithAdfsAndAContainerRegistryHasThreeMore() {
        final Stamp stamp = Sets.stamp(IdentityProvider.ADFS, ResourceProvider.CONTAINER_REGISTRY);

        assertThat(all(stamp, RULES))
                .hasSize(14)
                .flatExtracting(SigningRequest::folders)
                .contains(CertificateFolder.ADFS, CertificateFolder.GRAPH, CertificateFolder.CONTAINER_REGISTRY);
    }

    @Test
    public void aSingleRequestHasAllNamesInTheDocumentedOrder() throws Exception {
        final SigningRequest single = requests.forAll(AAD, AAD.rotationFolders(), RULES, NOW);

        assertThat(single.fileName())
                .isEqualTo("Deployment_east_azurestack_contoso_com_SingleCSR_CertRequest_20191219140359.req");
        assertThat(single.folders()).isEqualTo(AAD.rotationFolders());
        assertThat(openssl(single, "-text"))
                .contains(
                        "DNS:*.adminhosting.east.azurestack.contoso.com, DNS:*.adminvault.east.azurestack.contoso.com,"
                                + " DNS:*.blob.east.azurestack.contoso.com, DNS:*.hosting.east.azurestack.contoso.com,"
                                + " DNS:*.queue.east.azurestack.contoso.com, DNS:*.table.east.azurestack.contoso.com,"
                                + " DNS:*.vault.east.azurestack.contoso.com, DNS:adminmanagement.east.azurestack.contoso.com,"
                                + " DNS:adminportal.east.azurestack.contoso.com, DNS:management.east.azurestack.contoso.com,"
                                + " DNS:portal.east.azurestack.contoso.com\n");
    }

    @Test
    public void opensslVerifiesARequestAndSeesWhatItAsksFor() throws Exception {
        assertThat(openssl(of(CertificateFolder.ACS_BLOB, RULES), "-text"))
                .contains("verify OK")
                .contains("Subject: C = US, ST = Washington, L = Redmond, O = Contoso, OU = Azure Stack Hub, CN ="
                        + " *.blob.east.azurestack.contoso.com")
                .contains("Public-Key: (2048 bit)")
                .contains("Signature Algorithm: sha256WithRSAEncryption")
                .containsPattern("X509v3 Key Usage: critical\\s+Digital Signature, Key Encipherment\n")
                .containsPattern("X509v3 Extended Key Usage: \\s+TLS Web Server Authentication, TLS Web Client"
                        + " Authentication\n")
                .containsPattern("X509v3 Subject Alternative Name: \\s+DNS:\\*.blob.east.azurestack.contoso.com\n");
    }

    @Test
    public void clientAuthenticationIsLeftOutWhereItIsNotWanted() throws Exception {
        assertThat(openssl(of(CertificateFolder.ACS_BLOB, RequestRules.fresh(CONTOSO, false)), "-text"))
                .contains("TLS Web Server Authentication")
                .doesNotContain("Client");
    }

    @Test
    public void aRequestForSeveralNamesTakesTheFirstAsCommonName() throws Exception {
        final Stamp stamp = Sets.stamp(IdentityProvider.AAD, ResourceProvider.APP_SERVICES);
        final SigningRequest request = requests.forEach(
                        stamp, List.of(CertificateFolder.APP_SERVICES_DEFAULT_DOMAIN), RULES, NOW)
                .get(0);

        assertThat(request.dnsNames()).hasSize(3);
        assertThat(subject(request)).endsWith(",CN=*.appservice.east.azurestack.contoso.com");
    }

    @Test
    public void aGivenCommonNameGoesOnEveryRequest() throws Exception {
        final RequestRules rules = RequestRules.fresh(RequestSubject.parse("CN=azurestack,O=Contoso"), true);

        for (final SigningRequest request : all(AAD, rules)) {
            assertThat(subject(request)).isEqualTo("CN=azurestack,O=Contoso");
        }
    }

    @Test
    public void withoutASubjectThereIsTheCommonNameAlone() throws Exception {
        assertThat(subject(of(CertificateFolder.PUBLIC_PORTAL, RequestRules.fresh(RequestSubject.parse(" "), true))))
                .isEqualTo("CN=portal.east.azurestack.contoso.com");
    }

    @Test
    public void aNameTooLongForACommonNameIsOnlyAnAlternativeName() throws Exception {
        final Stamp stamp = new Stamp(
                "east",
                "east",
                "a".repeat(60) + ".contoso.com",
                IdentityProvider.AAD,
                Set.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of());

        final SigningRequest request = requests.forEach(stamp, List.of(CertificateFolder.PUBLIC_PORTAL), RULES, NOW)
                .get(0);

        assertThat(subject(request)).doesNotContain("CN=");
        assertThat(openssl(request, "-text")).contains("DNS:portal.east." + "a".repeat(60) + ".contoso.com");
    }

    @Test
    public void aCloneHasTheSubjectLengthAndHashOfTheServedCertificate() throws Exception {
        final KeyPair longer = Keys.rsa("longer", 3072);
        final X509Certificate served = Recipe.leaf(
                "portal.east.azurestack.contoso.com",
                Sets.changed(
                        new X500Name("C=DE,O=Contoso,CN=portal.east.azurestack.contoso.com"), longer, "SHA384withRSA"));

        final RequestRules rules = RequestRules.clonedFrom(served, true);

        assertThat(rules.keyLength()).isEqualTo(KeyLength.RSA_4096);
        assertThat(rules.hash()).isEqualTo(RequestHash.SHA384);
        assertThat(subject(of(CertificateFolder.ACS_BLOB, rules)))
                .isEqualTo("C=DE,O=Contoso,CN=*.blob.east.azurestack.contoso.com");
        assertThat(openssl(of(CertificateFolder.ACS_BLOB, rules), "-text"))
                .contains("Signature Algorithm: sha384WithRSAEncryption");
    }

    @Test
    public void aCloneOfAWeakCertificateIsNotWeak() {
        final X509Certificate served = Recipe.leaf(
                "portal.east.azurestack.contoso.com",
                Sets.changed(new X500Name("CN=azurestack"), Keys.rsa("short", 1024), "SHA1withRSA"));

        final RequestRules rules = RequestRules.clonedFrom(served, true);

        assertThat(rules.keyLength()).isEqualTo(KeyLength.RSA_2048);
        assertThat(rules.hash()).isEqualTo(RequestHash.SHA256);
        assertThat(rules.subject()).hasToString("CN=azurestack");
    }

    @Test
    public void keysAreNewAndOfTheWantedLength() {
        final SigningRequests.KeySource source = SigningRequests.KeySource.of(new SecureRandom());

        final KeyPair one = source.make(KeyLength.RSA_2048);

        assertThat(((RSAPublicKey) one.getPublic()).getModulus().bitLength()).isEqualTo(2048);
        assertThat(source.make(KeyLength.RSA_2048).getPublic()).isNotEqualTo(one.getPublic());
    }

    @Test
    public void everyRequestAsksForAKeyOfItsOwn() {
        final List<KeyLength> asked = new ArrayList<>();
        final SigningRequests counting = new SigningRequests(length -> {
            asked.add(length);
            return Keys.rsa("request");
        });

        counting.forEach(AAD, AAD.rotationFolders(), RULES, NOW);

        assertThat(asked).hasSize(11).containsOnly(KeyLength.RSA_2048);
    }

    @Test
    public void whatIsNoSubjectIsRejectedWithAWord() {
        for (final String wrong : List.of(
                "Contoso",
                "O=Contoso,CN",
                "X9=y",
                "O=",
                "C=USA",
                "CN=a,CN=b",
                "O=Contoso,=b",
                "O=" + "a".repeat(1000))) {
            assertThatThrownBy(() -> RequestSubject.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(Rejected.class)
                    .hasMessageStartingWith("subject: ");
        }
    }

    @Test
    public void aValueMayHoldACommaIfItIsEscaped() throws Exception {
        final RequestRules rules = RequestRules.fresh(RequestSubject.parse("O=Contoso\\, Inc.,OU=PKI"), true);

        assertThat(openssl(of(CertificateFolder.PUBLIC_PORTAL, rules), "-subject", "-nameopt", "utf8"))
                .contains("O=Contoso, Inc.");
    }

    @Test
    public void nothingShownTellsTheKey() {
        final SigningRequest request = of(CertificateFolder.PUBLIC_PORTAL, RULES);

        assertThat(request).hasToString(request.fileName());
        assertThat(new String(request.pem(), US_ASCII))
                .startsWith("-----BEGIN CERTIFICATE REQUEST-----\n")
                .doesNotContain("PRIVATE");
    }
}
