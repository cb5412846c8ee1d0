package io.jenkins.plugins.azurestack.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;

public class CertificateFilesTest {
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    @Test
    public void everyFolderOfTheRotationGuideHasItsPlaceAndResourceProvidersHaveNone() {
        assertThat(folders(IdentityProvider.AAD)).hasSize(12).doesNotContain("ADFS", "Graph");
        assertThat(folders(IdentityProvider.ADFS)).hasSize(14).contains("ADFS", "Graph", "Container Registry");
        assertThat(folders(IdentityProvider.ADFS)).noneMatch(name -> name.contains("/") || name.equals("EventHubs"));
    }

    private static List<String> folders(final IdentityProvider provider) {
        return Arrays.stream(CertificateFolder.values())
                .filter(folder -> Layout.has(provider, folder))
                .map(CertificateFolder::folderName)
                .toList();
    }

    @Test
    public void whatWillLieOnTheShareIsKnownBefore() {
        final CertificateFiles set = set(IdentityProvider.ADFS, file(CertificateFolder.ADMIN_PORTAL, "east.PFX"));

        assertThat(set.staged())
                .containsExactly(new StagedFile(
                        "ADFS\\Admin Portal\\east.PFX",
                        7,
                        // printf content | sha256sum
                        "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73"));
        assertThat(set.staged().get(0).isContent(CONTENT)).isTrue();
        assertThat(set.staged().get(0).isContent("Content".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(Inspection.roomFor(set)).isEqualTo(2 * 7 + 1024 * 1024);
    }

    @Test
    public void aSetWithNothingTwoFilesForAFolderOrAForeignFolderIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> set(IdentityProvider.AAD));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> set(
                        IdentityProvider.AAD,
                        file(CertificateFolder.KEY_VAULT, "a.pfx"),
                        file(CertificateFolder.KEY_VAULT, "b.pfx")))
                .withMessageContaining("Two files for KeyVault");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> set(IdentityProvider.AAD, file(CertificateFolder.GRAPH, "a.pfx")))
                .withMessageContaining("Graph");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> set(IdentityProvider.ADFS, file(CertificateFolder.APP_SERVICES_API, "a.pfx")));
    }

    @Test
    public void aFileHasANameThatWindowsTakesAsItIs() {
        for (final String wrong : List.of(
                "",
                ".pfx",
                "east",
                "east.pfx.",
                "east.pfx ",
                "a\\b.pfx",
                "a/b.pfx",
                "..\\a.pfx",
                "a:b.pfx",
                "a?.pfx",
                "a\u0000.pfx",
                "x".repeat(252) + ".pfx")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> file(CertificateFolder.KEY_VAULT, wrong));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CertificateFile(CertificateFolder.KEY_VAULT, "a.pfx", new byte[0]));
    }

    @Test
    public void foreignIsWhatIsNeitherOursNorAFolderOfTheLayout() {
        final StagedFile ours = set(IdentityProvider.AAD, file(CertificateFolder.KEY_VAULT, "a.pfx"))
                .staged()
                .get(0);
        final ShareEntry folder = new ShareEntry("aad", ShareEntry.Kind.FOLDER, 0);
        final ShareEntry file = new ShareEntry("AAD\\keyvault\\A.pfx", ShareEntry.Kind.FILE, 7);
        final ShareEntry other = new ShareEntry("AAD\\KeyVault\\b.pfx", ShareEntry.Kind.FILE, 7);
        final ShareEntry link = new ShareEntry("AAD\\ARM Public", ShareEntry.Kind.LINK, 0);
        final ShareEntry adfs = new ShareEntry("ADFS", ShareEntry.Kind.FOLDER, 0);
        final Inspection inspection =
                new Inspection("SMB 3.1.1, signed", List.of(folder, file, other, link, adfs), true, true, 0);

        assertThat(inspection.foreign(IdentityProvider.AAD, List.of(ours))).containsExactly(other, link, adfs);
        assertThat(inspection.foreign(IdentityProvider.AAD, List.of())).containsExactly(file, other, link, adfs);
        assertThat(inspection.foreign(List.of(ours))).containsExactly(other, link);
        assertThat(adfs).hasToString("ADFS\\");
    }

    @Test
    public void aJournalledHashIsOne() {
        for (final String wrong : List.of("", "00", "E".repeat(64), "g".repeat(64))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new StagedFile("AAD\\KeyVault\\a.pfx", 1, wrong))
                    .as(wrong);
        }
    }

    private static CertificateFile file(final CertificateFolder folder, final String name) {
        return new CertificateFile(folder, name, CONTENT);
    }

    private static CertificateFiles set(final IdentityProvider provider, final CertificateFile... files) {
        return new CertificateFiles(provider, List.of(files));
    }
}
