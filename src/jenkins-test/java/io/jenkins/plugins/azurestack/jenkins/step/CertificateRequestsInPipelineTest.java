package io.jenkins.plugins.azurestack.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredCertificate;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import io.jenkins.plugins.azurestack.jenkins.credentials.StoreCredentialWriter;
import io.jenkins.plugins.azurestack.wiring.NotWrittenException;
import io.jenkins.plugins.azurestack.wiring.WritableIds;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** {@code azsCertificateRequests} in a real Jenkins, with the credentials of a folder. */
public class CertificateRequestsInPipelineTest {
    private static final String PASSWORD = "a long enough password";
    private static final String REQUESTS =
            "azsCertificateRequests(stamp: 'east', folders: ['ARM Public'], subject: 'O=Contoso')";

    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private Folder folder;
    private CredentialsStore store;

    @Before
    public void configure() throws Exception {
        final ConfiguredStamp east = new ConfiguredStamp("east", "east", "azurestack.invalid");
        east.setCertificates(List.of(new ConfiguredCertificate("ARM Public", "east-arm")));
        east.setCertificatePasswordCredentialsId("east-pfx");
        east.setAllowedJobs(List.of("maintenance"));
        AzureStackHubConfiguration.get().setStamps(List.of(east));
        folder = jenkins.createProject(Folder.class, "maintenance");
        store = store(folder);
        store.addCredentials(
                Domain.global(),
                new StringCredentialsImpl(CredentialsScope.GLOBAL, "east-pfx", null, Secret.fromString(PASSWORD)));
    }

    private static CredentialsStore store(final Folder folder) {
        for (final CredentialsStore store : CredentialsProvider.lookupStores(folder)) {
            if (store.getContext() == folder) {
                return store;
            }
        }
        throw new AssertionError("A folder has a store");
    }

    private static StandardCredentials in(final CredentialsStore store, final String id) {
        for (final Credentials credentials : store.getCredentials(Domain.global())) {
            if (credentials instanceof StandardCredentials standard
                    && standard.getId().equals(id)) {
                return standard;
            }
        }
        return null;
    }

    private WorkflowRun run(final Result result, final String script) throws Exception {
        final WorkflowJob job = folder.createProject(
                WorkflowJob.class, "requests" + folder.getItems().size());
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(result, job);
    }

    @Test
    public void aKeyIsKeptInTheFoldersStoreAndUsedAgain() throws Exception {
        final WorkflowRun run = run(
                Result.SUCCESS,
                """
                def first = %s
                sleep 1
                def again = %s
                echo "same: ${first.requests[0].pem == again.requests[0].pem}, again: ${again.requests[0].again}"
                """
                        .formatted(REQUESTS, REQUESTS));

        jenkins.assertLogContains("same: true, again: true", run);
        assertThat(in(store, "east-arm-key-pending")).isNotNull();
        assertThat(in(store, "east-arm-key-passphrase")).isInstanceOfSatisfying(StringCredentials.class, text -> {
            assertThat(text.getSecret().getPlainText()).hasSize(32);
            assertThat(text.getScope()).isEqualTo(CredentialsScope.GLOBAL);
        });
        jenkins.assertLogNotContains(
                ((StringCredentials) in(store, "east-arm-key-passphrase"))
                        .getSecret()
                        .getPlainText(),
                run);
        jenkins.assertLogNotContains("PRIVATE KEY", run);
        assertThat(SystemCredentialsProvider.getInstance().getCredentials()).isEmpty();
    }

    @Test
    public void anIdThatIsInAnotherStoreTooIsLeftAlone() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "east-arm-key-passphrase", null, Secret.fromString("of others")));

        final WorkflowRun run = run(Result.FAILURE, REQUESTS);

        jenkins.assertLogNotContains("at io.jenkins.plugins.azurestack", run);
        assertThat(in(store, "east-arm-key-passphrase")).isNull();
    }

    @Test
    public void aPasswordIsWrittenBesideItsLikeAndReplacedAndDeleted() throws Exception {
        final UsernamePasswordCredentialsImpl bmc = new UsernamePasswordCredentialsImpl(
                CredentialsScope.GLOBAL, "east-bmc", "of all nodes", "root", PASSWORD);
        bmc.setUsernameSecret(true);
        store.addCredentials(Domain.global(), bmc);
        final StoreCredentialWriter writer = new StoreCredentialWriter(
                run(Result.SUCCESS, "echo 'a build'"), ACL.SYSTEM2, new WritableIds(Set.of("east-bmc")));
        assertThat(writer.obstacle("east-bmc")).isEmpty();

        writer.login("east-bmc-pending", "east-bmc", "the next long password".toCharArray());
        assertThat(in(store, "east-bmc-pending"))
                .isInstanceOfSatisfying(UsernamePasswordCredentialsImpl.class, pending -> {
                    assertThat(pending.getUsername()).isEqualTo("root");
                    assertThat(pending.isUsernameSecret()).isTrue();
                    assertThat(pending.getDescription()).isEqualTo("of all nodes");
                    assertThat(pending.getPassword().getPlainText()).isEqualTo("the next long password");
                });
        writer.login("east-bmc", "east-bmc", "the next long password".toCharArray());
        writer.delete("east-bmc-pending", "east-bmc");
        assertThat(((UsernamePasswordCredentialsImpl) in(store, "east-bmc"))
                        .getPassword()
                        .getPlainText())
                .isEqualTo("the next long password");
        assertThat(in(store, "east-bmc-pending")).isNull();
        assertThatThrownBy(() -> writer.secret("east-bmc", "east-bmc", new char[] {'x'}, ""))
                .isInstanceOf(NotWrittenException.class)
                .hasMessageContaining("another type");
        assertThatThrownBy(() -> writer.login("east-pfx", "east-bmc", new char[] {'x'}))
                .isInstanceOf(NotWrittenException.class)
                .hasMessageContaining("does not name it");
    }

    @Test
    public void whoeverMayNotWriteDoesNotThoughTheJobMay() throws Exception {
        final WorkflowRun build = run(Result.SUCCESS, "echo 'a build'");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, CredentialsProvider.VIEW, CredentialsProvider.CREATE)
                .everywhere()
                .to("alice"));

        final StoreCredentialWriter writer = new StoreCredentialWriter(
                build, User.getById("alice", true).impersonate2(), new WritableIds(Set.of("east-pfx")));

        assertThat(writer.obstacle("east-pfx")).hasValueSatisfying(obstacle -> assertThat(obstacle)
                .contains("lacks Credentials/Update, Credentials/Delete")
                .doesNotContain("Credentials/Create"));
        assertThatThrownBy(() -> writer.secret("east-pfx", "east-pfx", new char[] {'x'}, ""))
                .isInstanceOf(NotWrittenException.class);
        assertThat(((StringCredentials) in(store, "east-pfx")).getSecret().getPlainText())
                .isEqualTo(PASSWORD);
    }

    @Test
    public void whatTheFormShowsIsWhatItSaves() throws Exception {
        final AzsCertificateRequestsStep step = new AzsCertificateRequestsStep("east");
        step.setFolders(List.of("ARM Public", "KeyVault"));
        step.setSubject("C=US,O=Contoso");
        step.setKeyLength(4096);
        step.setNewKeys(List.of("KeyVault"));

        final AzsCertificateRequestsStep saved = new StepConfigTester(jenkins).configRoundTrip(step);

        assertThat(saved.toArguments()).isEqualTo(step.toArguments());
    }
}
