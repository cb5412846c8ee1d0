package io.jenkins.plugins.azurestack.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Item;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.azurestack.jenkins.StampAccess;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredCertificate;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.Page;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Attacks that other plugins were warned of, carried out; those on forms, pages and agents are with the tests of these. */
public class AdvisoriesTest {
    private static final String PASSWORD = "a long enough password";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private ConfiguredStamp east;

    @Before
    public void configure() {
        east = new ConfiguredStamp("east", "east", "azurestack.invalid");
        east.setCertificates(List.of(new ConfiguredCertificate("ARM Public", "east-arm")));
        east.setCertificatePasswordCredentialsId("east-pfx");
        AzureStackHubConfiguration.get().setStamps(List.of(east));
    }

    private WorkflowRun run(final Result result, final String script) throws Exception {
        final WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(result, job);
    }

    @Test
    public void aScriptInTheSandboxGetsAtNothingOfOursButSteps() throws Exception {
        for (final String escape : List.of(
                "io.jenkins.plugins.azurestack.jenkins.StampHome.auditKey()",
                "io.jenkins.plugins.azurestack.jenkins.ControllerRoute.lead(null)",
                "io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration.get()",
                "new io.jenkins.plugins.azurestack.net.DirectNetwork()",
                "new io.jenkins.plugins.azurestack.journal.FileDisk()",
                "azsCheckExpiry(stamp: 'east', sources: ['credentials'], failOn: 'NEVER', unstableOn: 'NEVER')"
                        + ".getClass().forName('java.lang.Runtime')")) {
            final WorkflowRun run = run(Result.FAILURE, escape);
            jenkins.assertLogContains("Scripts not permitted to use", run);
        }
    }

    @Test
    public void theNameOfAFileCredentialIsNoPath() throws Exception {
        for (final String name : List.of("../../../../escaped.pfx", "/tmp/escaped.pfx", "..\\escaped.pfx")) {
            SystemCredentialsProvider.getInstance().getCredentials().clear();
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .addAll(List.of(
                            new FileCredentialsImpl(
                                    CredentialsScope.GLOBAL,
                                    "east-arm",
                                    null,
                                    name,
                                    SecretBytes.fromRawBytes(KeyStores.pfx(400, PASSWORD))),
                            new StringCredentialsImpl(
                                    CredentialsScope.GLOBAL, "east-pfx", null, Secret.fromString(PASSWORD))));
            run(
                    Result.SUCCESS,
                    "node { azsCheckExpiry(stamp: 'east', sources: ['credentials'], failOn: 'NEVER', unstableOn: 'NEVER') }");
        }
        final Path home = jenkins.jenkins.getRootDir().toPath();
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.contains("escaped")))
                    .isEmpty();
        }
        assertThat(home.resolveSibling("escaped.pfx")).doesNotExist();
        assertThat(Path.of("/tmp/escaped.pfx")).doesNotExist();
    }

    @Test
    public void whoMayReadConfigurationsReadsNoSecret() throws Exception {
        final Folder folder = jenkins.createProject(Folder.class, StampAccess.FOLDER);
        StampAccess.store(folder)
                .addCredentials(
                        Domain.global(),
                        new UsernamePasswordCredentialsImpl(
                                CredentialsScope.GLOBAL, "east-bmc", null, "root", PASSWORD));
        StampAccess.job("update", "azsUpdateBmc(stamp: 'east', generate: true, plan: true)");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ)
                .everywhere()
                .to("auditor"));
        final JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login("auditor");
        final String job = "job/" + StampAccess.FOLDER + "/";
        for (final String config : List.of(job + "config.xml", job + "job/update/config.xml")) {
            final Page page = client.getPage(new URL(client.getContextPath() + config));
            assertThat(page.getWebResponse().getStatusCode()).as(config).isEqualTo(HttpURLConnection.HTTP_OK);
            assertThat(page.getWebResponse().getContentAsString())
                    .as(config)
                    .doesNotContain(PASSWORD)
                    .doesNotContain(Secret.fromString(PASSWORD).getEncryptedValue())
                    .doesNotContain("{AQA");
        }
        assertThat(client.getPage(new URL(client.getContextPath() + "manage/configure"))
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
    }
}
