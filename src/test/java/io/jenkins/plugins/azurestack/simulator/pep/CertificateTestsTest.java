package io.jenkins.plugins.azurestack.simulator.pep;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import io.jenkins.plugins.azurestack.simulator.remoting.TerminatingError;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the stamp refuses of a share and of the files on it, in its own words. */
public class CertificateTestsTest {
    private static final String NEW = "1.2301.2.58";
    private static final String OLD = "1.1811.0.101";
    private static final CertificateFolder FOLDER = CertificateFolder.ARM_PUBLIC;
    private static final CertificateAuthority FABRIKAM =
            new CertificateAuthority("Fabrikam", "fabrikam.com", Premises.NOW, Premises.RANDOM);

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Premises premises;

    @Before
    public void stage() throws IOException {
        premises = premises(NEW);
    }

    private Premises premises(final String version) throws IOException {
        final Premises fresh = new Premises(temporary.newFolder().toPath(), version, IdentityProvider.AAD);
        fresh.stage();
        return fresh;
    }

    private Specimen specimen() {
        return premises.specimen(FOLDER).withChain(Specimen.Chain.WITH_ROOT);
    }

    private Seen with(final Specimen specimen) throws IOException {
        return with(new PfxMaker(Premises.CONTOSO.issue(specimen)));
    }

    private Seen with(final PfxMaker file) throws IOException {
        return with(file.bytes(Premises.PFX_PASSWORD));
    }

    /** Starts a rotation with one file that is another than it should be. */
    private Seen with(final byte[] file) throws IOException {
        premises.put(FOLDER, file);
        return premises.external().run();
    }

    private static void assertRefused(final Seen seen, final String text) {
        assertThat(seen.ended()).isNotNull().hasMessageContaining(text);
        assertThat(seen.errors).isEmpty();
        assertThat(seen.output).isEmpty();
        assertThat(seen.verbose).isEmpty();
    }

    private void assertNothingStarted() {
        assertThat(premises.world.actionPlans().all()).isEmpty();
    }

    @Test
    public void aGoodSetStarts() {
        final Seen seen = premises.external().run();
        assertThat(seen.ended()).isNull();
        assertThat(seen.warnings).isEmpty();
    }

    @Test
    public void aSetWithoutTheRootStartsWhereTheStampKnowsIt() throws IOException {
        assertThat(with(specimen().withChain(Specimen.Chain.COMPLETE)).ended()).isNull();
        premises = premises(NEW);
        assertRefused(
                with(new PfxMaker(FABRIKAM.issue(specimen().withChain(Specimen.Chain.COMPLETE)))), "chain of trust");
    }

    @Test
    public void aWrongLayoutIsAnErrorAboutAPathThatIsNull() throws IOException {
        final List<Path> wrong = List.of(
                premises.root().resolve("Notes"),
                premises.root().resolveSibling("ADFS"),
                premises.root().resolveSibling("old"));
        for (final Path folder : wrong) {
            Files.createDirectories(folder);
            assertWrongLayout(premises.external().run());
            Files.delete(folder);
        }
        final Path stray = premises.root().resolveSibling("readme.txt");
        Files.writeString(stray, "x");
        assertWrongLayout(premises.external().run());
        Files.move(stray, premises.root().resolve("readme.txt"));
        assertWrongLayout(premises.external().run());
        Files.delete(premises.root().resolve("readme.txt"));
        // On the third level nobody minds.
        Files.writeString(premises.file(FOLDER).resolveSibling("readme.txt"), "x");
        assertThat(premises.external().run().ended()).isNull();
    }

    @Test
    public void theOtherProvidersLayoutIsWrong() throws IOException {
        Files.move(premises.root(), premises.root().resolveSibling("ADFS"));
        assertWrongLayout(premises.external().run());
    }

    @Test
    public void aPathThatDoesNotEndWithCertificatesIsAWrongLayout() {
        for (final String path : List.of(Premises.ADDRESS, Premises.PATH + "\\AAD", "C:\\Certificates", "")) {
            assertWrongLayout(premises.call("Start-SecretRotation")
                    .with("PfxFilesPath", path)
                    .withCredential("PathAccessCredential", Premises.USER, Premises.SHARE_PASSWORD)
                    .withSecret("CertificatePassword", Premises.PFX_PASSWORD)
                    .run());
        }
        // No path at all is what the words say.
        assertWrongLayout(premises.call("Start-SecretRotation").run());
    }

    @Test
    public void aFaultCanMakeAnyLayoutWrong() {
        premises.world.faults().arm(Fault.WRONG_LAYOUT, Moment.at("Start-SecretRotation"));
        assertWrongLayout(premises.external().run());
        assertThat(premises.external().run().ended()).isNull();
    }

    /** The documented error object, field by field. */
    private void assertWrongLayout(final Seen seen) {
        final TerminatingError error = seen.ended();
        assertThat(error).isNotNull().hasMessage("Cannot bind argument to parameter 'Path' because it is null.");
        assertThat(error.category()).isEqualTo(6);
        assertThat(error.activity()).isEqualTo("Test-Certificate");
        assertThat(error.targetName()).isEmpty();
        assertThat(error.targetType()).isEmpty();
        assertThat(error.exceptionType()).isEqualTo("System.Management.Automation.ParameterBindingValidationException");
        assertThat(error.fullyQualifiedErrorId())
                .isEqualTo("ParameterArgumentValidationErrorNullNotAllowed,Test-Certificate");
        assertNothingStarted();
    }

    @Test
    public void namesOfFoldersCountInAnyCase() throws IOException {
        Files.move(premises.root().resolve("ARM Public"), premises.root().resolve("arm public"));
        Files.move(premises.root(), premises.root().resolveSibling("aad"));
        assertThat(premises.external().run().ended()).isNull();
    }

    @Test
    public void aShareThatRefusesIsCalledThat() {
        final Seen seen = premises.call("Start-SecretRotation")
                .with("PfxFilesPath", Premises.PATH)
                .withCredential("PathAccessCredential", Premises.USER, "wrong")
                .withSecret("CertificatePassword", Premises.PFX_PASSWORD)
                .run();
        assertRefused(seen, "The specified network password is not correct");
        assertThat(seen.ended().fullyQualifiedErrorId()).startsWith("CouldNotMapNetworkDrive");
        assertNothingStarted();
    }

    @Test
    public void aMissingCertificateIsNamedByItsFolder() throws IOException {
        Files.delete(premises.file(FOLDER));
        final String text = "The expected certificate 'ARM Public' was not found. Please refer to the documentation for"
                + " how to create the required certificate file.";
        assertRefused(premises.external().run(), text);
        Files.delete(premises.file(FOLDER).getParent());
        assertRefused(premises.external().run(), text);
        assertNothingStarted();
    }

    @Test
    public void twoFilesInAFolderAreOneTooMany() throws IOException {
        Files.copy(premises.file(FOLDER), premises.file(FOLDER).resolveSibling("other.pfx"));
        assertRefused(premises.external().run(), "'ARM Public'");
    }

    @Test
    public void aWrongPasswordIsSaidOfEveryFileThatItDoesNotOpen() throws IOException {
        assertRefused(
                with(new PfxMaker(Premises.CONTOSO.issue(specimen())).bytes("another1")),
                "The provided password for the certificate is not correct.");
        final Seen all = premises.call("Start-SecretRotation")
                .with("PfxFilesPath", Premises.PATH)
                .withCredential("PathAccessCredential", Premises.USER, Premises.SHARE_PASSWORD)
                .withSecret("CertificatePassword", "wrong")
                .run();
        assertThat(all.ended()).hasMessage("The provided password for the certificate is not correct.");
        assertThat(all.ended().fullyQualifiedErrorId()).isEqualTo(all.ended().getMessage());
        assertThat(all.errors).hasSize(10);
        assertNothingStarted();
    }

    @Test
    public void aFaultCanMakeAnyPasswordWrong() {
        premises.world.faults().arm(Fault.WRONG_PFX_PASSWORD, Moment.NEXT);
        assertRefused(premises.external().run(), "The provided password for the certificate is not correct.");
    }

    @Test
    public void aFileThatIsNoPfxCanNotBeRead() throws IOException {
        for (final byte[] file : List.of(
                new byte[0],
                "no certificate".getBytes(StandardCharsets.UTF_8),
                Arrays.copyOf(new PfxMaker(Premises.CONTOSO.issue(specimen())).bytes(Premises.PFX_PASSWORD), 900))) {
            assertRefused(
                    with(file), "Please refer to the documentation for how to create the required certificate file.");
        }
    }

    @Test
    public void aesIsAWrongPasswordAtFirstAndAWrongEncryptionLater() throws IOException {
        final byte[] aes = Premises.CONTOSO.issue(specimen()).pfx(Premises.PFX_PASSWORD.toCharArray());
        premises = premises(OLD);
        assertRefused(with(aes), "The provided password for the certificate is not correct.");
        premises = premises(NEW);
        premises.put(FOLDER, aes);
        final Seen seen = premises.external().run();
        assertThat(seen.ended()).hasMessageContaining("is not encrypted with TripleDES-SHA1");
        // The JDK knows nothing of Windows' machines either.
        assertThat(seen.errors).singleElement().satisfies(error -> assertThat(error)
                .hasMessageContaining("local machine key attribute"));
    }

    @Test
    public void aFileWithoutAKeySaysSo() throws IOException {
        assertRefused(
                with(new PfxMaker(Premises.CONTOSO.issue(specimen())).withoutKey()),
                "The certificate does not contain a private key.");
    }

    @Test
    public void aKeyOfAUserIsRefused() throws IOException {
        assertRefused(with(new PfxMaker(Premises.CONTOSO.issue(specimen())).ofUser()), "local machine key attribute");
    }

    @Test
    public void unprotectedCertificatesAreOnlyWarnedOf() throws IOException {
        final Seen seen = with(new PfxMaker(Premises.CONTOSO.issue(specimen())).withPublicCertificates());
        assertThat(seen.ended()).isNull();
        assertThat(seen.warnings).singleElement().asString().contains("Only the private key");
    }

    @Test
    public void aMissingNameIsWordedByEachGeneration() throws IOException {
        final String records = "portal.east.azurestack.contoso.com, www.contoso.com";
        final Specimen other = specimen().withNames("portal.east.azurestack.contoso.com", "www.contoso.com");
        premises.put(FOLDER, new PfxMaker(Premises.CONTOSO.issue(other)).bytes(Premises.PFX_PASSWORD));
        final Seen seen = premises.external().run();
        assertThat(seen.ended())
                .hasMessage("The certificate records '" + records
                        + "' does not contain a record that is valid for 'management.east.azurestack.contoso.com'.");
        assertThat(seen.warnings)
                .contains("The Other Certificates check was skipped because Cert Chain and/or DNS Names failed.");
        premises = premises("1.2005.6.53");
        assertRefused(
                with(other),
                "The certificate records '" + records
                        + "' do not contain a record that is valid for 'management.east.azurestack.contoso.com'.");
    }

    @Test
    public void aWildcardStandsForOneLabelOnly() throws IOException {
        final Seen one = with(specimen().withNames("*.east.azurestack.contoso.com"));
        assertThat(one.ended()).isNull();
        assertThat(one.warnings).singleElement().asString().contains("contains a wildcard record '*.east.");
        premises = premises(NEW);
        premises.put(
                CertificateFolder.ACS_BLOB,
                new PfxMaker(Premises.CONTOSO.issue(specimen().withNames("*.east.azurestack.contoso.com")))
                        .bytes(Premises.PFX_PASSWORD));
        assertRefused(premises.external().run(), "'*.blob.east.azurestack.contoso.com'");
    }

    @Test
    public void moreNamesThanNeededAreOnlyWarnedOf() throws IOException {
        final Seen seen = with(specimen().withNames("management.east.azurestack.contoso.com", "www.contoso.com"));
        assertThat(seen.ended()).isNull();
        assertThat(seen.warnings).singleElement().asString().contains("has 2 records instead of 1");
    }

    @Test
    public void sevenDaysMustBeLeftFrom1912On() throws IOException {
        final Specimen soon =
                specimen().withDates(Premises.NOW.minus(Duration.ofDays(300)), Premises.NOW.plus(Duration.ofDays(6)));
        assertRefused(with(soon), "7 days");
        premises = premises(OLD);
        assertThat(with(soon).ended()).isNull();
        premises = premises(OLD);
        assertRefused(
                with(specimen()
                        .withDates(Premises.NOW.minus(Duration.ofDays(300)), Premises.NOW.minus(Duration.ofDays(1)))),
                "expires on");
        premises = premises(NEW);
        assertThat(with(specimen()
                                .withDates(
                                        Premises.NOW.minus(Duration.ofDays(300)),
                                        Premises.NOW.plus(Duration.ofDays(7)).plus(Duration.ofHours(2))))
                        .ended())
                .isNull();
        premises = premises(NEW);
        assertRefused(
                with(specimen()
                        .withDates(Premises.NOW.plus(Duration.ofDays(300)), Premises.NOW.plus(Duration.ofDays(600)))),
                "is not valid before");
    }

    @Test
    public void keysOfFewerThan2048BitsAndOtherKeysThanRsaAreRefused() throws IOException {
        assertRefused(with(specimen().withKey(Specimen.Key.RSA_1024)), "2048");
        assertRefused(with(specimen().withKey(Specimen.Key.EC_P256)), "RSA");
    }

    @Test
    public void sha1IsRefused() throws IOException {
        assertRefused(with(specimen().withSignature(Specimen.Signature.SHA1_RSA)), "SHA1");
    }

    @Test
    public void bothKeyUsagesAreNeeded() throws IOException {
        assertRefused(with(specimen().withUsages(Specimen.KeyUse.DIGITAL_SIGNATURE)), "Key Encipherment");
        assertRefused(with(specimen().withUsages(Specimen.KeyUse.KEY_ENCIPHERMENT)), "Digital Signature");
        assertRefused(with(specimen().withUsages()), "key usage");
    }

    @Test
    public void clientAuthenticationIsNeededBefore2501() throws IOException {
        final Specimen server = specimen().withExtendedUsages(Specimen.ExtendedUse.SERVER_AUTHENTICATION);
        assertRefused(with(server), "Client Authentication");
        premises = premises("1.2501.1.47");
        assertThat(with(server).ended()).isNull();
        premises = premises("1.2501.1.47");
        assertRefused(
                with(specimen().withExtendedUsages(Specimen.ExtendedUse.CLIENT_AUTHENTICATION)),
                "Server Authentication");
    }

    @Test
    public void selfSignedCertificatesAreNeverTaken() throws IOException {
        assertRefused(with(specimen().withChain(Specimen.Chain.SELF_SIGNED)), "is self signed");
    }

    @Test
    public void theChainMustBeThereInOrderAndAlone() throws IOException {
        assertRefused(
                with(specimen().withChain(Specimen.Chain.LEAF_ONLY)), "all certificates in the certification path");
        assertRefused(with(specimen().withChain(Specimen.Chain.UNORDERED)), "not in the right order");
        assertRefused(
                with(new PfxMaker(Premises.CONTOSO.issue(specimen())).and(FABRIKAM.root())),
                "certificates besides it and its certification path");
    }

    @Test
    public void aNewEnterpriseAuthorityIsTakenFrom1903On() throws IOException {
        final PfxMaker file = new PfxMaker(FABRIKAM.issue(specimen()));
        premises = premises("1.1903.0.35");
        assertThat(with(file).ended()).isNull();
        premises = premises(OLD);
        assertRefused(with(file), "neither the enterprise certificate authority that was used at deployment");
    }

    @Test
    public void aPublicAuthorityIsTakenByEveryRelease() throws IOException {
        premises = premises(OLD);
        premises.restart(new PrivilegedEndpoints.Settings(Pace.atOnce(), Set.of(FABRIKAM.root()), list -> true));
        assertThat(with(new PfxMaker(FABRIKAM.issue(specimen()))).ended()).isNull();
    }

    @Test
    public void anEnterpriseAuthorityAfterAPublicOneIsTheDeploymentsOneBefore1903() throws IOException {
        premises = premises(OLD);
        premises.restart(new PrivilegedEndpoints.Settings(Pace.atOnce(), Set.of(FABRIKAM.root()), list -> true));
        premises.stage(FABRIKAM);
        assertThat(premises.external().run().ended()).isNull();
        premises.unstage();
        premises.stage();
        assertThat(premises.external().run().ended()).isNull();
    }

    @Test
    public void aRevocationListThatDoesNotAnswerIsRefused() throws IOException {
        premises.restart(new PrivilegedEndpoints.Settings(Pace.atOnce(), Set.of(), list -> false));
        final Seen seen = premises.external().run();
        assertThat(seen.ended()).hasMessageContaining("http://pki.azurestack.contoso.com/issuing.crl");
        assertNothingStarted();
        premises = premises("1.2005.6.53");
        premises.restart(new PrivilegedEndpoints.Settings(Pace.atOnce(), Set.of(), list -> false));
        assertThat(premises.external().run().ended()).isNull();
    }

    @Test
    public void aFileThatOpenSslMadeIsAsGood() throws Exception {
        final DebianProgram openssl = DebianProgram.required("openssl", "openssl");
        final Path home = temporary.newFolder().toPath();
        final IssuedCertificate issued = Premises.CONTOSO.issue(specimen());
        Files.writeString(
                home.resolve("key.pem"), pem("PRIVATE KEY", issued.key().getEncoded()));
        Files.writeString(
                home.resolve("leaf.pem"), pem("CERTIFICATE", issued.leaf().getEncoded()));
        final StringBuilder chain = new StringBuilder();
        for (final X509Certificate one : issued.chain().subList(1, 3)) {
            chain.append(pem("CERTIFICATE", one.getEncoded()));
        }
        Files.writeString(home.resolve("chain.pem"), chain);
        openssl.run(
                home,
                "pkcs12",
                "-export",
                "-inkey",
                "key.pem",
                "-in",
                "leaf.pem",
                "-certfile",
                "chain.pem",
                "-keypbe",
                "PBE-SHA1-3DES",
                "-certpbe",
                "PBE-SHA1-3DES",
                "-macalg",
                "SHA1",
                "-LMK",
                "-passout",
                "pass:" + Premises.PFX_PASSWORD,
                "-out",
                "good.pfx");
        final Seen seen = with(Files.readAllBytes(home.resolve("good.pfx")));
        assertThat(seen.ended()).isNull();
        assertThat(seen.warnings).isEmpty();
    }

    private static String pem(final String what, final byte[] content) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + what
                + "-----\n";
    }
}
