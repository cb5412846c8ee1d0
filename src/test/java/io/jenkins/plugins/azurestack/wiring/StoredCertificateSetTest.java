package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.PfxFile;
import io.jenkins.plugins.azurestack.certificate.readiness.Circumstances;
import io.jenkins.plugins.azurestack.certificate.readiness.CrlProbe;
import io.jenkins.plugins.azurestack.certificate.readiness.ReadinessSettings;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StampVersion;
import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.BeforeClass;
import org.junit.Test;

public class StoredCertificateSetTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String SET = "Rotation1Set";
    private static final Stamp EAST = new Stamp(
            "east",
            "east",
            "azurestack.contoso.com",
            IdentityProvider.AAD,
            Set.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Set.of());
    private static final CrlProbe NO_LISTS = url -> new CrlProbe.Answer("here", new CrlProbe.Result.TooLarge(1));

    private static CertificateAuthority authority;

    private final Map<CertificateFolder, StoredCertificateSet.Source> sources = new EnumMap<>(CertificateFolder.class);
    private final List<X509Certificate> trusted = new ArrayList<>();

    @BeforeClass
    public static void found() {
        authority = new CertificateAuthority("Contoso", "azurestack.contoso.com", NOW, new SecureRandom());
    }

    @Test
    public void filesAndOpenedKeyStoresBecomeOneSetUnderOnePassword() throws Exception {
        for (final CertificateFolder folder : EAST.rotationFolders()) {
            final IssuedCertificate issued = issue(folder, Specimen.Chain.WITH_ROOT);
            if (folder.ordinal() % 2 == 0) {
                file(folder, issued.pfx("own-1".toCharArray()), "own-1");
            } else {
                sources.put(
                        folder,
                        new StoredCertificateSet.Source(
                                "opened",
                                () -> new CredentialLookup.Held.Opened(
                                        issued.keyStore("own-2".toCharArray()), "own-2".toCharArray())));
            }
        }
        try (StoredCertificateSet set = set()) {
            assertThat(set.obstacles()).isEmpty();
            assertThat(set.readiness().isReady()).isTrue();
            assertThat(set.fingerprints()).hasSize(11);
            assertThat(set.remarks()).anyMatch(remark -> remark.contains("HTTP CRL"));
            for (final CertificateFolder folder : EAST.rotationFolders()) {
                final CertificateChain chain = PfxFile.open(set.pfx(folder), SET.toCharArray())
                        .chains()
                        .get(0);
                assertThat(chain.fingerprint()).isEqualTo(set.fingerprints().get(folder));
                assertThat(chain.certificates()).hasSize(3);
            }
            assertThat(set.roots()).containsExactly(authority.root());
        }
    }

    @Test
    public void aChainWithoutItsRootIsCompletedFromTheTrustedOnes() throws Exception {
        file(
                CertificateFolder.ARM_PUBLIC,
                issue(CertificateFolder.ARM_PUBLIC, Specimen.Chain.COMPLETE).pfx(SET.toCharArray()),
                SET);
        try (StoredCertificateSet without = set()) {
            assertThat(without.obstacles()).anyMatch(obstacle -> obstacle.startsWith("ARM Public, Cert Chain: "));
            assertThat(without.roots()).isEmpty();
        }
        trusted.add(authority.root());
        try (StoredCertificateSet with = set()) {
            assertThat(with.obstacles()).noneMatch(obstacle -> obstacle.contains("Cert Chain"));
            assertThat(with.pfx(CertificateFolder.ARM_PUBLIC)).isNotEmpty();
        }
    }

    @Test
    public void whatCannotBeHadIsAnObstacleThatNamesItsFolder() throws Exception {
        final byte[] good =
                issue(CertificateFolder.ARM_ADMIN, Specimen.Chain.WITH_ROOT).pfx(SET.toCharArray());
        file(CertificateFolder.ARM_ADMIN, good, "not-the-password");
        file(CertificateFolder.ARM_PUBLIC, new byte[] {1, 2, 3}, SET);
        sources.put(CertificateFolder.KEY_VAULT, new StoredCertificateSet.Source("gone", () -> {
            throw new NotSeenException("there is no credential 'gone'", "Create it.");
        }));
        final java.security.KeyStore trustedOnly = java.security.KeyStore.getInstance("PKCS12");
        trustedOnly.load(null, null);
        trustedOnly.setCertificateEntry("root", authority.root());
        sources.put(
                CertificateFolder.PUBLIC_PORTAL,
                new StoredCertificateSet.Source("no-key", () -> new CredentialLookup.Held.Opened(trustedOnly)));
        sources.put(
                CertificateFolder.ADMIN_PORTAL,
                new StoredCertificateSet.Source(
                        "unopened",
                        () -> new CredentialLookup.Held.Opened(
                                issue(CertificateFolder.ADMIN_PORTAL, Specimen.Chain.WITH_ROOT)
                                        .keyStore("right".toCharArray()),
                                "wrong".toCharArray())));
        try (StoredCertificateSet set = set()) {
            assertThat(set.fingerprints()).isEmpty();
            assertThat(set.obstacles())
                    .anyMatch(obstacle -> obstacle.startsWith("ARM Admin: credential 'ARM Admin': "))
                    .anyMatch(obstacle -> obstacle.startsWith("ARM Public: credential 'ARM Public': "))
                    .anyMatch(obstacle -> obstacle.equals("KeyVault: there is no credential 'gone'. Create it."))
                    .anyMatch(obstacle -> obstacle.startsWith("Public Portal: credential 'no-key': "))
                    .anyMatch(obstacle -> obstacle.startsWith("Admin Portal: the private key in credential 'unopened'"))
                    .anyMatch(obstacle -> obstacle.startsWith("Folders: "))
                    .noneMatch(obstacle -> obstacle.contains("not-the-password"));
        }
    }

    @Test
    public void nothingIsLeftOfItAfterwards() throws Exception {
        file(
                CertificateFolder.ARM_PUBLIC,
                issue(CertificateFolder.ARM_PUBLIC, Specimen.Chain.WITH_ROOT).pfx(SET.toCharArray()),
                SET);
        final StoredCertificateSet set = set();
        set.close();
        assertThatThrownBy(() -> set.pfx(CertificateFolder.ARM_PUBLIC)).isInstanceOf(IOException.class);
    }

    @Test
    public void anEmptySetLacksEveryFolder() throws Exception {
        try (StoredCertificateSet set = set()) {
            assertThat(set.obstacles()).anyMatch(obstacle -> obstacle.contains("'ARM Public' was not found"));
        }
    }

    private static IssuedCertificate issue(final CertificateFolder folder, final Specimen.Chain chain) {
        return authority.issue(
                Specimen.of(folder.requiredNames(EAST), NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(700)))
                        .withChain(chain));
    }

    private void file(final CertificateFolder folder, final byte[] content, final String password) {
        sources.put(
                folder,
                new StoredCertificateSet.Source(
                        folder.folderName(),
                        () -> new CredentialLookup.Held.File(content.clone(), password.toCharArray())));
    }

    private StoredCertificateSet set() throws InterruptedException {
        final StampVersion version = StampVersion.parse("1.2501.1.47");
        return new StoredCertificateSet(
                sources,
                SET.toCharArray(),
                new Circumstances(
                        EAST, version, NOW, ReadinessSettings.of(version), NO_LISTS, Map.of(), List.of(), trusted),
                new SecureRandom());
    }
}
