package io.jenkins.plugins.azurestack.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

public class CertificateFolderTest {
    @Test
    public void anEntraIdStampHasElevenFoldersAndAnAdFsStampThirteen() {
        assertThat(stamp(IdentityProvider.AAD).folders()).hasSize(11).doesNotContain(CertificateFolder.GRAPH);
        assertThat(stamp(IdentityProvider.ADFS).folders())
                .hasSize(13)
                .contains(CertificateFolder.ADFS, CertificateFolder.GRAPH);
    }

    @Test
    public void foldersAreNamedAsTheStampExpectsThemOnDisk() {
        assertThat(stamp(IdentityProvider.ADFS).folders())
                .extracting(CertificateFolder::folderName)
                .containsExactly(
                        "ACSBlob",
                        "ACSQueue",
                        "ACSTable",
                        "Admin Extension Host",
                        "Admin Portal",
                        "ARM Admin",
                        "ARM Public",
                        "KeyVault",
                        "KeyVaultInternal",
                        "Public Extension Host",
                        "Public Portal",
                        "ADFS",
                        "Graph");
    }

    @Test
    public void namesAreThoseOfTheRequirements() {
        final Stamp stamp = stamp(IdentityProvider.AAD);
        assertThat(CertificateFolder.ARM_ADMIN.requiredNames(stamp))
                .containsExactly("adminmanagement.east.azurestack.contoso.com");
        assertThat(CertificateFolder.KEY_VAULT_INTERNAL.requiredNames(stamp))
                .containsExactly("*.adminvault.east.azurestack.contoso.com");
    }

    @Test
    public void resourceProvidersAddTheirEndpointsOnlyWhereTheyAreInstalled() {
        assertThat(stamp(IdentityProvider.AAD).endpoints()).hasSize(11);
        assertThat(stamp(IdentityProvider.AAD, ResourceProvider.CONTAINER_REGISTRY)
                        .folders())
                .hasSize(12);
        assertThat(stamp(IdentityProvider.AAD, ResourceProvider.SQL_RP).endpoints())
                .hasSize(12)
                .anySatisfy(endpoint ->
                        assertThat(endpoint).hasToString("sqlrp.dbadapter.east.azurestack.contoso.com:44300"))
                .noneSatisfy(endpoint -> assertThat(endpoint.name()).startsWith("mysqladapter"));
        assertThat(stamp(IdentityProvider.AAD, ResourceProvider.APP_SERVICES).endpoints())
                .extracting(Endpoint::toString)
                .contains(
                        "api.appservice.east.azurestack.contoso.com:443",
                        "api.appservice.east.azurestack.contoso.com:44300",
                        "*.scm.appservice.east.azurestack.contoso.com:443");
    }

    @Test
    public void aWildcardEndpointTakesAnyLabel() {
        final Endpoint blob = CertificateFolder.ACS_BLOB
                .endpoints(stamp(IdentityProvider.AAD))
                .get(0);
        assertThat(blob.host("azs1f")).isEqualTo("azs1f.blob.east.azurestack.contoso.com");
        assertThat(blob).hasToString("*.blob.east.azurestack.contoso.com:443");
    }

    @Test
    public void foldersAreFoundByNameInAnyCase() {
        assertThat(CertificateFolder.named("arm public")).contains(CertificateFolder.ARM_PUBLIC);
        assertThat(CertificateFolder.named("ARMPublic")).isEmpty();
    }

    private static Stamp stamp(final IdentityProvider identity, final ResourceProvider... providers) {
        final EnumSet<ResourceProvider> installed = EnumSet.noneOf(ResourceProvider.class);
        installed.addAll(List.of(providers));
        return new Stamp(
                "east",
                "east",
                "azurestack.contoso.com",
                identity,
                installed,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }
}
