package io.jenkins.plugins.azurestack.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.Test;

public class ConfiguredStampTest {
    private final ConfiguredStamp east = new ConfiguredStamp("east", "east", "azurestack.contoso.com");

    @Test
    public void everythingButNameRegionAndDomainHasADefault() {
        assertThat(east.getIdentityProvider()).isEqualTo("AAD");
        assertThat(east.getPepTransport()).isEqualTo("http");
        assertThat(east.getBmcAccess()).isEqualTo("redfish");
        assertThat(east.getApproval()).isEqualTo("required");
        assertThat(east.getAllowedJobs()).isEmpty();
        assertThat(east.toStamp().domain()).isEqualTo("east.azurestack.contoso.com");
    }

    @Test
    public void theEnginesGetWhatWasConfigured() {
        final ConfiguredCertificate publicArm = new ConfiguredCertificate("arm public", "east-arm-public");
        final ConfiguredCertificate adfs = new ConfiguredCertificate("ADFS", "east-adfs");
        adfs.setPasswordCredentialsId(" east-adfs-password ");
        east.setIdentityProvider("adfs");
        east.setResourceProviders(List.of("appservices\nSQLRP"));
        east.setCertificates(List.of(publicArm, adfs));
        east.setCertificatePasswordCredentialsId("east-pfx-password");
        east.setTrustedCertificatesCredentialsId("contoso-roots");
        east.setExcluded(List.of("AppServices/Publishing"));

        final Stamp stamp = east.toStamp();

        assertThat(stamp.identityProvider()).isEqualTo(IdentityProvider.ADFS);
        assertThat(stamp.resourceProviders())
                .containsExactlyInAnyOrder(ResourceProvider.APP_SERVICES, ResourceProvider.SQL_RP);
        assertThat(stamp.certificates())
                .containsExactly(
                        new StoredCertificate(CertificateFolder.ARM_PUBLIC, "east-arm-public", Optional.empty()),
                        new StoredCertificate(CertificateFolder.ADFS, "east-adfs", Optional.of("east-adfs-password")));
        assertThat(stamp.certificatePassword()).contains("east-pfx-password");
        assertThat(stamp.trustedCertificates()).contains("contoso-roots");
        assertThat(stamp.excluded()).containsExactly("AppServices/Publishing");
    }

    @Test
    public void aMaintenanceRunGetsWhatWasConfigured() {
        assertThat(east.toMaintenance())
                .isEqualTo(new Maintenance(
                        List.of(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Set.of()));
        east.setPrivilegedEndpoints(List.of("10.30.0.225\n10.30.0.226"));
        east.setPepTransport("https");
        east.setCloudAdminCredentialsId("east-cloudadmin");
        east.setCertificateShare("\\\\10.30.0.50\\rotation\\Certificates\\");
        east.setShareCredentialsId("east-share");
        east.setOperatorCredentialsId("east-operator");
        east.setApproval("none");
        east.setAllowedJobs(List.of("maintenance"));
        east.setOperatorClientId("5f1ed000-0000-4000-8000-0000000000c1");
        east.setTranscriptShare("\\\\10.30.0.50\\transcripts\\");
        east.setDurability("optional");

        assertThat(east.toMaintenance())
                .isEqualTo(new Maintenance(
                        List.of("10.30.0.225", "10.30.0.226"),
                        true,
                        Optional.of("east-cloudadmin"),
                        Optional.of("\\\\10.30.0.50\\rotation\\Certificates"),
                        Optional.of("east-share"),
                        Optional.of("east-operator"),
                        false,
                        Set.of("maintenance"),
                        Optional.of("5f1ed000-0000-4000-8000-0000000000c1"),
                        Optional.of("\\\\10.30.0.50\\transcripts"),
                        false));
        assertThat(east.toMaintenance().allows("maintenance/east")).isTrue();
        assertThat(east.toMaintenance().allows("maintenance-too/east")).isFalse();
    }

    @Test
    public void namesThatAreNotDnsNamesAreRejectedNamingTheField() {
        assertRejected("name", () -> new ConfiguredStamp("the east", "east", "contoso.com"));
        assertRejected("name", () -> new ConfiguredStamp("", "east", "contoso.com"));
        assertRejected("name", () -> new ConfiguredStamp("../east", "east", "contoso.com"));
        assertRejected("region", () -> new ConfiguredStamp("east", "east.contoso", "contoso.com"));
        assertRejected("externalFqdn", () -> new ConfiguredStamp("east", "east", "https://contoso.com"));
        assertRejected("externalFqdn", () -> new ConfiguredStamp("east", "east", null));
    }

    @Test
    public void wordsThatMeanNothingAreRejectedNamingTheField() {
        assertRejected("identityProvider", () -> east.setIdentityProvider("LDAP"));
        assertRejected("resourceProviders", () -> east.setResourceProviders(List.of("IoTHub")));
        assertRejected("pepTransport", () -> east.setPepTransport("ssh"));
        assertRejected("bmcAccess", () -> east.setBmcAccess("ipmi"));
        assertRejected("approval", () -> east.setApproval("maybe"));
        assertRejected("durability", () -> east.setDurability("maybe"));
        assertRejected("transcriptShare", () -> east.setTranscriptShare("C:\\transcripts"));
        assertRejected("transcriptShare", () -> east.setTranscriptShare("\\\\10.30.0.50"));
    }

    @Test
    public void aFolderThatDoesNotExistIsRejectedWithThoseThatDo() {
        assertThatThrownBy(() -> new ConfiguredCertificate("ARM", "id"))
                .isInstanceOf(Rejected.class)
                .hasMessageStartingWith("folder: 'ARM' is not one of ")
                .hasMessageContaining("ARM Public");
    }

    @Test
    public void aCertificateWithoutACredentialIsRejected() {
        assertRejected("credentialsId", () -> new ConfiguredCertificate("ARM Public", " "));
    }

    @Test
    public void aFolderHasOneCredential() {
        assertThatThrownBy(() -> east.setCertificates(List.of(
                        new ConfiguredCertificate("ARM Public", "a"), new ConfiguredCertificate("arm public", "b"))))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("'ARM Public' is there twice");
    }

    @Test
    public void aFolderThatTheStampCannotHaveIsRejected() {
        east.setCertificates(List.of(new ConfiguredCertificate("Graph", "east-graph")));

        assertThatThrownBy(east::toStamp)
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("stamp 'east' has no folder 'Graph' with identityProvider AAD");
    }

    @Test
    public void blankIdsMeanNone() {
        east.setCertificatePasswordCredentialsId(" ");
        east.setTrustedCertificatesCredentialsId("");

        assertThat(east.toStamp().certificatePassword()).isEmpty();
        assertThat(east.toStamp().trustedCertificates()).isEmpty();
    }

    @Test
    public void aStampFromAFileOfAnOlderVersionHasDefaultsAndEmptyLists() throws ReflectiveOperationException {
        for (final Field field : ConfiguredStamp.class.getDeclaredFields()) {
            final boolean optional = !List.of("name", "region", "externalFqdn").contains(field.getName());
            if (!java.lang.reflect.Modifier.isStatic(field.getModifiers()) && optional) {
                field.setAccessible(true);
                field.set(east, null);
            }
        }

        final ConfiguredStamp read = (ConfiguredStamp) east.readResolve();

        assertThat(read)
                .usingRecursiveComparison()
                .isEqualTo(new ConfiguredStamp("east", "east", "azurestack.contoso.com"));
    }

    @Test
    public void aWordInTheFileThatMeansNothingIsRejectedWhenTheStampIsUsed() throws ReflectiveOperationException {
        final Field providers = ConfiguredStamp.class.getDeclaredField("resourceProviders");
        providers.setAccessible(true);
        providers.set(east, new ArrayList<>(List.of("AppServices", "OfTheFuture")));

        assertThatThrownBy(((ConfiguredStamp) east.readResolve())::toStamp)
                .isInstanceOf(Rejected.class)
                .hasMessageStartingWith("resourceProviders: 'OfTheFuture' is not one of AppServices, ");

        providers.set(east, new ArrayList<>());
        final Field identityProvider = ConfiguredStamp.class.getDeclaredField("identityProvider");
        identityProvider.setAccessible(true);
        identityProvider.set(east, "LDAP");

        assertRejected("identityProvider", east::toStamp);
    }

    @Test
    public void aFormCheckThatIsAskedWithoutItsParameterTakesItForEmpty() {
        assertThat(FormCheck.typed(null)).isEmpty();
        assertThat(FormCheck.typed("AppServices")).containsExactly("AppServices");
    }

    @Test
    public void changingAListThatWasGivenOutChangesNothing() {
        east.getAllowedJobs().add("other");

        assertThat(east.getAllowedJobs()).isEmpty();
    }

    private static void assertRejected(final String field, final ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(Rejected.class).hasMessageStartingWith(field + ": ");
    }
}
