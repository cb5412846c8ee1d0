package io.jenkins.plugins.azurestack.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.yaml.snakeyaml.Yaml;

/** The configuration of stamps in a real Jenkins: page, JCasC, file on disk, and who may see what. */
public class ConfigurationInJenkinsTest {
    private static final String CREDENTIALS =
            """
            credentials:
              system:
                domainCredentials:
                  - credentials:
                      - usernamePassword:
                          { scope: GLOBAL, id: east-share, username: azs-rotation, password: not-a-real-password }
                      - usernamePassword:
                          { scope: GLOBAL, id: east-bmc, username: azs-bmc, password: not-a-real-password }
                      - string: { scope: GLOBAL, id: east-pfx-password, secret: not-a-real-password }
            """;

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private AzureStackHubConfiguration configuration;
    private Path sample;

    @Before
    public void configure() throws Exception {
        configuration = AzureStackHubConfiguration.get();
        sample = folder.newFile("sample.yaml").toPath();
        Files.writeString(sample, CREDENTIALS + documented());
        ConfigurationAsCode.get().configure(sample.toString());
    }

    /** The configuration that the documentation shows, which has every field. */
    private static String documented() throws IOException {
        final String page = Files.readString(Path.of("docs/configuration.md"));
        final int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        return page.substring(start, page.indexOf("```", start));
    }

    @Test
    public void jcascReadsEveryField() {
        final ConfiguredStamp east = configuration.getStamps().get(0);

        assertThat(east.getName()).isEqualTo("east");
        assertThat(east.getResourceProviders()).containsExactly("AppServices");
        assertThat(east.getPrivilegedEndpoints()).containsExactly("10.30.0.225", "10.30.0.226", "10.30.0.227");
        assertThat(east.getCertificateShare()).isEqualTo("\\\\10.30.0.50\\rotation\\Certificates");
        assertThat(east.getCertificates())
                .extracting(ConfiguredCertificate::getPasswordCredentialsId)
                .containsExactly(null, "east-arm-admin-pw");
        assertThat(east.getAllowedJobs()).containsExactly("maintenance/azure-stack");
    }

    @Test
    public void whatJcascExportsIsWhatItReadWithoutTheDefaults() throws Exception {
        final Map<String, Object> expected = firstStamp(Files.readString(sample));
        expected.keySet().removeAll(List.of("identityProvider", "pepTransport", "bmcAccess", "approval", "durability"));
        final ByteArrayOutputStream exported = new ByteArrayOutputStream();

        ConfigurationAsCode.get().export(exported);

        assertThat(firstStamp(exported.toString(StandardCharsets.UTF_8))).isEqualTo(expected);
    }

    private static Map<String, Object> firstStamp(final String yaml) {
        final Map<String, Map<String, Map<String, List<Map<String, Object>>>>> root = new Yaml().load(yaml);
        return root.get("unclassified").get("azureStackHub").get("stamps").get(0);
    }

    @Test
    public void jcascSaysWhichFieldIsWrong() throws Exception {
        final Path wrong = folder.newFile("jenkins.yaml").toPath();
        Files.writeString(wrong, Files.readString(sample).replace("pepTransport: http", "pepTransport: ssh"));

        assertThatThrownBy(() -> ConfigurationAsCode.get().configure(wrong.toString()))
                .isInstanceOf(ConfiguratorException.class)
                .rootCause()
                .hasMessage("pepTransport: 'ssh' is not one of http, https");
    }

    @Test
    public void thePageSavesWhatItShows() throws Exception {
        final List<ConfiguredStamp> before = configuration.getStamps();

        jenkins.configRoundtrip();

        assertThat(configuration.getStamps()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    public void aPageWithoutStampsSavesNone() throws Exception {
        configuration.setStamps(List.of());
        final ConfiguredStamp west = new ConfiguredStamp("west", "west", "contoso.com");
        jenkins.configRoundtrip();
        assertThat(configuration.getStamps()).isEmpty();

        configuration.setStamps(List.of(west));
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            final var form = client.goTo("manage/configure").getFormByName("config");
            form.<org.htmlunit.html.HtmlElement>getFirstByXPath(
                            ".//div[@name='stamps']//button[contains(@class,'repeatable-delete')]")
                    .click();
            client.waitForBackgroundJavaScript(5000);
            jenkins.submit(form);
        }
        assertThat(configuration.getStamps()).isEmpty();
    }

    @Test
    public void stampsAreStillThereAfterReadingTheFileAgain() {
        final List<ConfiguredStamp> before = configuration.getStamps();

        final AzureStackHubConfiguration read = new AzureStackHubConfiguration();
        read.load();

        assertThat(read.getStamps()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    public void aFileOfAnOlderVersionIsReadWithDefaults() throws Exception {
        Files.writeString(
                file(),
                """
                <io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration>
                  <stamps>
                    <io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp>
                      <name>old</name><region>east</region><externalFqdn>contoso.com</externalFqdn>
                      <fieldOfLongAgo>x</fieldOfLongAgo>
                    </io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp>
                  </stamps>
                </io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration>
                """);

        configuration.load();

        assertThat(configuration.getStamps())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(new ConfiguredStamp("old", "east", "contoso.com"));
        assertThat(configuration.stamp("old").domain()).isEqualTo("east.contoso.com");
    }

    @Test
    public void theFileHoldsNoSecret() throws Exception {
        assertThat(Files.readString(file())).contains("east-cloudadmin").doesNotContain("not-a-real-password");
    }

    private Path file() {
        return jenkins.jenkins.getRootDir().toPath().resolve(AzureStackHubConfiguration.class.getName() + ".xml");
    }

    @Test
    public void onlyAnAdministratorLearnsWhichCredentialsExist() throws Exception {
        secure();
        final ConfiguredStamp.DescriptorImpl descriptor =
                jenkins.jenkins.getDescriptorByType(ConfiguredStamp.DescriptorImpl.class);

        try (ACLContext context =
                ACL.as2(hudson.model.User.getById("user", true).impersonate2())) {
            assertThat(context).isNotNull();
            assertThat(values(descriptor.doFillBmcCredentialsIdItems("guess"))).containsExactly("guess");
            assertThat(descriptor.doCheckBmcCredentialsId("guess").kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(descriptor.doCheckBmcCredentialsId("east-bmc").kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(descriptor.doCheckName("not a name").kind).isEqualTo(FormValidation.Kind.OK);
        }
        try (ACLContext context =
                ACL.as2(hudson.model.User.getById("admin", true).impersonate2())) {
            assertThat(context).isNotNull();
            assertThat(values(descriptor.doFillBmcCredentialsIdItems("guess")))
                    .contains("", "east-bmc", "east-share", "guess")
                    .doesNotContain("east-pfx-password", "internal");
            assertThat(descriptor.doCheckBmcCredentialsId("guess").kind).isEqualTo(FormValidation.Kind.WARNING);
            assertThat(descriptor.doCheckBmcCredentialsId("east-bmc").kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(descriptor.doCheckName("not a name").kind).isEqualTo(FormValidation.Kind.ERROR);
        }
    }

    @Test
    public void aCheckAnswersEvenIfNothingWasTyped() {
        final ConfiguredStamp.DescriptorImpl descriptor =
                jenkins.jenkins.getDescriptorByType(ConfiguredStamp.DescriptorImpl.class);

        assertThat(descriptor.doCheckResourceProviders(null).kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckPrivilegedEndpoints(null).kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckCertificateShare(null).kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckName(null).kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    public void aCheckDoesNotAnswerToAGet() throws Exception {
        final String check = "descriptorByName/" + ConfiguredStamp.class.getName() + "/checkName?value=x+y";
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            assertThat(client.goTo(check).getWebResponse().getStatusCode())
                    .isIn(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_BAD_METHOD);
            final WebRequest post =
                    client.addCrumb(new WebRequest(new URL(client.getContextPath() + check), HttpMethod.POST));
            assertThat(client.getPage(post).getWebResponse().getContentAsString())
                    .contains("is not a DNS name");
        }
    }

    @Test
    public void onlyAnAdministratorSavesThePage() throws Exception {
        secure();
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            client.login("user");
            final WebRequest post = client.addCrumb(
                    new WebRequest(new URL(client.getContextPath() + "manage/configSubmit"), HttpMethod.POST));
            assertThat(client.getPage(post).getWebResponse().getStatusCode())
                    .isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        }
        assertThat(configuration.getStamps()).hasSize(1);
    }

    private void secure() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.SYSTEM, "internal", null, "jenkins", "a long enough password"));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("user"));
    }

    private static List<String> values(final ListBoxModel items) {
        return items.stream().map(option -> option.value).toList();
    }
}
