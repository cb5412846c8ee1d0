package io.jenkins.plugins.azurestack.certificate.readiness;

import static io.jenkins.plugins.azurestack.certificate.readiness.Sets.circumstances;
import static io.jenkins.plugins.azurestack.certificate.readiness.Sets.file;
import static io.jenkins.plugins.azurestack.certificate.readiness.Sets.leaf;
import static io.jenkins.plugins.azurestack.certificate.readiness.Sets.otherRoot;
import static io.jenkins.plugins.azurestack.certificate.readiness.Sets.served;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StampVersion;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.BeforeClass;
import org.junit.Test;

/** Sets with one thing wrong each: the named check says so, and it is the only one. */
public class SetReadinessTest {
    private static final Stamp AAD = Sets.stamp(IdentityProvider.AAD);
    private static final Stamp ADFS =
            Sets.stamp(IdentityProvider.ADFS, ResourceProvider.CONTAINER_REGISTRY, ResourceProvider.APP_SERVICES);

    private static Map<CertificateFolder, byte[]> aadFiles;

    private final Map<CertificateFolder, byte[]> files = new EnumMap<>(aadFiles);

    @BeforeClass
    public static void makeSet() throws Exception {
        aadFiles = Sets.files(AAD);
    }

    private SetReadiness check(final Circumstances circumstances) throws Exception {
        return SetReadiness.of(files, Sets.PASSWORD.toCharArray(), circumstances);
    }

    private static void assertOnly(final SetReadiness readiness, final SetCheck check, final SetReason reason) {
        assertThat(readiness.outcomes().keySet()).containsExactly(SetCheck.values());
        assertThat(readiness.outcomes().entrySet().stream()
                        .filter(entry -> entry.getValue().status() == Status.FAIL
                                || entry.getValue().status() == Status.WARNING)
                        .map(Map.Entry::getKey))
                .as(readiness.outcomes().toString())
                .containsExactly(check);
        assertThat(readiness.outcome(check).reason()).isEqualTo(reason);
        assertThat(readiness.outcome(check).message()).endsWith(".");
    }

    @Test
    public void aSetForEachIdentityProviderIsReady() throws Exception {
        final SetReadiness aad = check(circumstances(AAD));
        final SetReadiness adfs = SetReadiness.of(Sets.files(ADFS), Sets.PASSWORD.toCharArray(), circumstances(ADFS));

        assertThat(aad.status()).as(aad.toString()).isEqualTo(Status.OK);
        assertThat(aad.files()).hasSize(11);
        assertThat(adfs.status()).as(adfs.toString()).isEqualTo(Status.OK);
        assertThat(adfs.files()).hasSize(14);
        assertThat(aad.isReady() && adfs.isReady()).isTrue();
    }

    @Test
    public void aMissingFolderIsNamedInTheWordsOfTheReadinessChecker() throws Exception {
        files.remove(CertificateFolder.ARM_PUBLIC);
        files.remove(CertificateFolder.KEY_VAULT);

        final SetReadiness readiness = check(circumstances(AAD));

        assertOnly(readiness, SetCheck.FOLDERS, SetReason.FOLDER_MISSING);
        assertThat(readiness.outcome(SetCheck.FOLDERS).message())
                .isEqualTo("The expected certificate 'ARM Public' was not found."
                        + " The expected certificate 'KeyVault' was not found.");
        assertThat(readiness.outcome(SetCheck.FOLDERS).folders())
                .containsExactly(CertificateFolder.ARM_PUBLIC, CertificateFolder.KEY_VAULT);
        assertThat(readiness.isReady()).isFalse();
    }

    @Test
    public void aFolderOfTheOtherIdentityProviderDoesNotBelong() throws Exception {
        files.put(CertificateFolder.ADFS, file(AAD, CertificateFolder.ADFS));

        final Map<CertificateFolder, CertificateChain> served = served(AAD);
        served.put(
                CertificateFolder.ADFS,
                CertificateChain.of(List.of(leaf(
                        AAD, CertificateFolder.ADFS, recipe -> recipe.until = Recipe.NOW.plus(Duration.ofDays(60))))));
        assertOnly(
                check(circumstances(AAD, Sets.VERSION, served, List.of())),
                SetCheck.FOLDERS,
                SetReason.FOLDER_NOT_OF_STAMP);
    }

    @Test
    public void aResourceProvidersFolderIsNotOnTheShareThoughTheStampHasIt() {
        assertThat(ADFS.folders()).contains(CertificateFolder.APP_SERVICES_API);
        assertThat(ADFS.rotationFolders())
                .hasSize(14)
                .contains(CertificateFolder.CONTAINER_REGISTRY, CertificateFolder.GRAPH)
                .doesNotContain(CertificateFolder.APP_SERVICES_API);
    }

    @Test
    public void oneCertificateForTwoFoldersIsWarnedOf() throws Exception {
        final X509Certificate both = leaf(
                AAD,
                CertificateFolder.PUBLIC_PORTAL,
                recipe ->
                        recipe.names("portal.east.azurestack.contoso.com", "adminportal.east.azurestack.contoso.com"));
        for (final CertificateFolder folder :
                List.of(CertificateFolder.PUBLIC_PORTAL, CertificateFolder.ADMIN_PORTAL)) {
            files.put(folder, file(CertificateFolder.PUBLIC_PORTAL, both, Recipe.issuing(), Recipe.root()));
        }

        final SetReadiness readiness = check(circumstances(AAD));

        assertOnly(readiness, SetCheck.DUPLICATE_USE, SetReason.CERTIFICATE_SHARED);
        assertThat(readiness.outcome(SetCheck.DUPLICATE_USE).message())
                .isEqualTo("One certificate serves 'Admin Portal', 'Public Portal'.");
        assertThat(readiness.isReady()).isTrue();
    }

    @Test
    public void oneKeyForTwoCertificatesIsWarnedOf() throws Exception {
        for (final CertificateFolder folder : List.of(CertificateFolder.ACS_BLOB, CertificateFolder.ACS_TABLE)) {
            files.put(folder, file(AAD, folder, recipe -> recipe.key = Keys.rsa("leaf")));
        }

        assertOnly(check(circumstances(AAD)), SetCheck.DUPLICATE_USE, SetReason.KEY_SHARED);
    }

    @Test
    public void aFileWithAnotherPasswordIsNamed() throws Exception {
        files.put(
                CertificateFolder.ACS_BLOB,
                new Pfx()
                        .protectedBy("Another7")
                        .leaf(leaf(AAD, CertificateFolder.ACS_BLOB), 1)
                        .key(Keys.rsa("leaf").getPrivate(), 1)
                        .bytes());

        final SetReadiness readiness = check(circumstances(AAD));

        assertOnly(readiness, SetCheck.ONE_PASSWORD, SetReason.OTHER_PASSWORD);
        assertThat(readiness.outcome(SetCheck.ONE_PASSWORD).message()).contains("'ACSBlob'");
    }

    @Test
    public void aPasswordThatTheStampMayChokeOnIsRefused() throws Exception {
        final SetReadiness readiness = SetReadiness.of(files, "Seaside$7".toCharArray(), circumstances(AAD));

        assertThat(readiness.outcome(SetCheck.PASSWORD_RECIPE).reason()).isEqualTo(SetReason.PASSWORD_CHARACTER);
        assertThat(readiness.toString()).doesNotContain("Seaside$7");
    }

    @Test
    public void aSetThatIsServedAlreadyChangesNothing() throws Exception {
        final Map<CertificateFolder, CertificateChain> served = new EnumMap<>(CertificateFolder.class);
        check(circumstances(AAD))
                .files()
                .forEach((folder, readiness) ->
                        served.put(folder, readiness.path().orElseThrow().chain()));

        final SetReadiness readiness = check(circumstances(AAD, Sets.VERSION, served, List.of()));

        assertOnly(readiness, SetCheck.SERVED_NOW, SetReason.ALREADY_SERVED);
        assertThat(readiness.replacements()).hasSize(11).allMatch(Replacement::isSame);
    }

    @Test
    public void aSetThatEndsBeforeTheServedOneIsWarnedOf() throws Exception {
        final Map<CertificateFolder, CertificateChain> served = served(AAD);
        served.put(
                CertificateFolder.KEY_VAULT,
                CertificateChain.of(List.of(leaf(
                        AAD,
                        CertificateFolder.KEY_VAULT,
                        recipe -> recipe.until = Recipe.NOW.plus(Duration.ofDays(900))))));

        final SetReadiness readiness = check(circumstances(AAD, Sets.VERSION, served, List.of()));

        assertOnly(readiness, SetCheck.SERVED_NOW, SetReason.ENDS_EARLIER);
        assertThat(readiness.outcome(SetCheck.SERVED_NOW).folders()).containsExactly(CertificateFolder.KEY_VAULT);
    }

    @Test
    public void whatCouldNotBeSeenIsNotTakenForGranted() throws Exception {
        final Map<CertificateFolder, CertificateChain> served = served(AAD);
        served.remove(CertificateFolder.ACS_BLOB);

        assertOnly(
                check(circumstances(AAD, Sets.VERSION, served, List.of())),
                SetCheck.SERVED_NOW,
                SetReason.SERVED_UNKNOWN);
    }

    @Test
    public void anOldReleaseCanNotChangeItsEnterpriseAuthority() throws Exception {
        final StampVersion old = StampVersion.parse("1.1811.0.101");
        for (final CertificateFolder folder : files.keySet()) {
            files.put(folder, file(folder, leaf(AAD, folder, Sets.from("Fabrikam CA")), otherRoot("Fabrikam CA")));
        }
        final Circumstances circumstances = circumstances(AAD, old, served(AAD), List.of());

        final SetReadiness readiness = check(circumstances);

        assertThat(readiness.outcome(SetCheck.AUTHORITY_CHANGE).reason()).isEqualTo(SetReason.CHANGE_UNSUPPORTED);
        assertThat(readiness.outcome(SetCheck.AUTHORITY_CHANGE).message())
                .contains("1.1811.0.101")
                .contains("'ACSBlob' from enterprise to enterprise");
        assertThat(check(circumstances(AAD, old, served(AAD), List.of(otherRoot("Fabrikam CA"))))
                        .outcome(SetCheck.AUTHORITY_CHANGE)
                        .message())
                .isEqualTo("enterprise to public");
        assertThat(check(circumstances(AAD)).outcome(SetCheck.AUTHORITY_CHANGE).status())
                .isEqualTo(Status.OK);
    }

    @Test
    public void anOldReleaseCanStayWithItsAuthority() throws Exception {
        assertThat(check(circumstances(AAD, StampVersion.parse("1.1811.0.101"), served(AAD), List.of()))
                        .outcome(SetCheck.AUTHORITY_CHANGE)
                        .status())
                .isEqualTo(Status.OK);
    }

    @Test
    public void ofAnUnknownReleaseNothingIsTakenForGranted() throws Exception {
        assertOnly(
                check(circumstances(AAD, StampVersion.UNKNOWN, served(AAD), List.of())),
                SetCheck.AUTHORITY_CHANGE,
                SetReason.CHANGE_UNKNOWN);
    }

    @Test
    public void severalRootsAreWarnedOf() throws Exception {
        files.put(
                CertificateFolder.ACS_BLOB,
                file(
                        CertificateFolder.ACS_BLOB,
                        leaf(AAD, CertificateFolder.ACS_BLOB),
                        Recipe.issuing(recipe -> recipe.by(otherRootName(), Keys.rsa("other"))),
                        otherRoot("Fabrikam CA")));
        files.put(
                CertificateFolder.ACS_TABLE,
                file(
                        CertificateFolder.ACS_TABLE,
                        leaf(AAD, CertificateFolder.ACS_TABLE),
                        Recipe.issuing(recipe -> recipe.by(otherRootName(), Keys.rsa("other"))),
                        otherRoot("Fabrikam CA")));

        assertOnly(check(circumstances(AAD)), SetCheck.SAME_ROOT, SetReason.SEVERAL_ROOTS);
    }

    @Test
    public void aRootOfTheSameNameWithAnotherKeyIsAnotherRoot() throws Exception {
        files.put(
                CertificateFolder.ACS_BLOB,
                file(
                        CertificateFolder.ACS_BLOB,
                        leaf(AAD, CertificateFolder.ACS_BLOB),
                        Recipe.issuing(recipe -> recipe.by(recipe.issuer, Keys.rsa("other"))),
                        Recipe.root(recipe -> {
                            recipe.key = Keys.rsa("other");
                            recipe.by(recipe.issuer, Keys.rsa("other"));
                        })));

        assertOnly(check(circumstances(AAD)), SetCheck.SAME_ROOT, SetReason.SEVERAL_ROOTS);
    }

    private static X500Name otherRootName() {
        return new X500Name("CN=Fabrikam CA");
    }

    @Test
    public void theContainerRegistryMustShareTheRootOfTheStamp() throws Exception {
        final Map<CertificateFolder, byte[]> all = Sets.files(ADFS);
        all.put(
                CertificateFolder.CONTAINER_REGISTRY,
                file(
                        CertificateFolder.CONTAINER_REGISTRY,
                        leaf(ADFS, CertificateFolder.CONTAINER_REGISTRY),
                        Recipe.issuing(recipe -> recipe.by(otherRootName(), Keys.rsa("other"))),
                        otherRoot("Fabrikam CA")));

        assertOnly(
                SetReadiness.of(all, Sets.PASSWORD.toCharArray(), circumstances(ADFS)),
                SetCheck.SAME_ROOT,
                SetReason.ROOT_DIFFERS);
    }

    @Test
    public void certificatesThatEndFarApartAreWarnedOf() throws Exception {
        files.put(
                CertificateFolder.ACS_QUEUE,
                file(AAD, CertificateFolder.ACS_QUEUE, recipe -> recipe.until = Recipe.NOW.plus(Duration.ofDays(365))));

        final SetReadiness readiness = check(circumstances(AAD));

        assertOnly(readiness, SetCheck.EXPIRY_ALIGNMENT, SetReason.ENDS_APART);
        assertThat(readiness.outcome(SetCheck.EXPIRY_ALIGNMENT).message())
                .startsWith("From 2027-03-01 on, 'ACSQueue' end, 335 days before");
    }

    @Test
    public void anEmptySetIsNotReady() throws Exception {
        files.clear();

        final SetReadiness readiness = check(circumstances(AAD));

        assertOnly(readiness, SetCheck.FOLDERS, SetReason.FOLDER_MISSING);
        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.replacements()).hasSize(11).noneMatch(Replacement::isSame);
    }

    @Test
    public void theRevocationListThatAllShareIsAskedForOnce() throws Exception {
        final AtomicInteger asked = new AtomicInteger();
        final Circumstances given = circumstances(AAD);
        final CrlProbe counting = url -> {
            asked.incrementAndGet();
            return given.crl().ask(url);
        };

        check(new Circumstances(
                AAD,
                Sets.VERSION,
                Recipe.NOW,
                given.settings(),
                counting,
                given.served(),
                given.publicRoots(),
                given.otherRoots()));

        assertThat(asked).hasValue(1);
    }
}
