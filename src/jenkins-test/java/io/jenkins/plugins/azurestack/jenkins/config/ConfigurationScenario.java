package io.jenkins.plugins.azurestack.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** One stamp, told in one way or another: it is the same stamp afterwards, and Jenkins keeps it. */
public abstract class ConfigurationScenario {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    /**
     * Tells Jenkins of a new stamp.
     *
     * @param fields by the names that page and configuration as code have in common; a list for one of several values
     */
    abstract void tell(Map<String, Object> fields) throws Exception;

    @Test
    public void aStampIsWhatJenkinsWasTold() throws Exception {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", "south");
        fields.put("region", "s1");
        fields.put("externalFqdn", "stack.contoso.com");
        fields.put("identityProvider", "ADFS");
        fields.put("resourceProviders", List.of("AppServices"));
        fields.put("certificateShare", "\\\\10.30.0.50\\rotation\\Certificates");
        fields.put("privilegedEndpoints", List.of("10.30.0.225", "10.30.0.226"));
        fields.put("pepTransport", "https");
        fields.put("transcriptShare", "\\\\10.30.0.50\\transcripts");
        fields.put("bmcAccess", "stamp");
        fields.put("approval", "none");
        fields.put("allowedJobs", List.of("maintenance/rotate", "maintenance/bmc"));
        fields.put("excluded", List.of("AppServices/Publishing"));

        tell(fields);

        holds(AzureStackHubConfiguration.get().getStamps());
        final AzureStackHubConfiguration read = new AzureStackHubConfiguration();
        read.load();
        holds(read.getStamps());
    }

    private static void holds(final List<ConfiguredStamp> stamps) {
        assertThat(stamps).singleElement().satisfies(south -> {
            assertThat(south.getName()).isEqualTo("south");
            assertThat(south.getRegion()).isEqualTo("s1");
            assertThat(south.getExternalFqdn()).isEqualTo("stack.contoso.com");
            assertThat(south.getIdentityProvider()).isEqualTo("ADFS");
            assertThat(south.getResourceProviders()).containsExactly("AppServices");
            assertThat(south.getCertificateShare()).isEqualTo("\\\\10.30.0.50\\rotation\\Certificates");
            assertThat(south.getPrivilegedEndpoints()).containsExactly("10.30.0.225", "10.30.0.226");
            assertThat(south.getPepTransport()).isEqualTo("https");
            assertThat(south.getTranscriptShare()).isEqualTo("\\\\10.30.0.50\\transcripts");
            assertThat(south.getBmcAccess()).isEqualTo("stamp");
            assertThat(south.getApproval()).isEqualTo("none");
            assertThat(south.getAllowedJobs()).containsExactly("maintenance/rotate", "maintenance/bmc");
            assertThat(south.getExcluded()).containsExactly("AppServices/Publishing");
        });
    }
}
