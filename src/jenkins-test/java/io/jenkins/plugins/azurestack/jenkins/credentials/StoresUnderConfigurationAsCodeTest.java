package io.jenkins.plugins.azurestack.jenkins.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.security.ACL;
import io.jenkins.plugins.azurestack.wiring.WritableIds;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;

/** A store that Configuration as Code replaces is none to keep a new password in: the plan says so before anything is done. */
public class StoresUnderConfigurationAsCodeTest {
    private static final String CREDENTIAL =
            "{ usernamePassword: { scope: GLOBAL, id: east-bmc, username: azsadmin, password: Current-Pass.12 } }";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder files = new TemporaryFolder();

    @Test
    public void aStoreThatAFileReplacesIsAnObstacleAndTheFileIsNamed() throws Exception {
        final Path file =
                written("credentials: { system: { domainCredentials: [ { credentials: [ " + CREDENTIAL + " ] } ] } }");

        assertThat(configured(file).orElseThrow())
                .contains("'east-bmc'", file.toString(), "replaces at every start", "folder's store");
        assertThat(configured(file.getParent()).orElseThrow()).contains("replaces at every start");
    }

    @Test
    public void aFileThatWritesNoCredentialsIsNone() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(login());

        assertThat(configured(written("jenkins: { systemMessage: 'no credentials here' }")))
                .isEmpty();
    }

    @Test
    public void aFileThatCanNoLongerBeReadMayReplaceIt() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(login());
        final Path file = written("jenkins: { systemMessage: 'no credentials here' }");
        ConfigurationAsCode.get().configure(file.toString());
        Files.delete(file);

        assertThat(obstacle(job(null)).orElseThrow())
                .contains("may replace", "can't be read now (NoSuchFileException)");
    }

    @Test
    public void aFolderKeepsItsOwn() throws Exception {
        final Folder folder = jenkins.createProject(Folder.class, "maintenance");
        folder.addProperty(
                new FolderCredentialsProperty(new DomainCredentials[] {new DomainCredentials(null, List.of(login()))}));
        ConfigurationAsCode.get()
                .configure(written("credentials: { system: { domainCredentials: [] } }")
                        .toString());

        assertThat(obstacle(job(folder))).isEmpty();
    }

    private Optional<String> configured(final Path source) throws Exception {
        ConfigurationAsCode.get().configure(source.toString());
        return obstacle(job(null));
    }

    private static Optional<String> obstacle(final WorkflowJob job) throws Exception {
        return new StoreCredentialWriter(job.scheduleBuild2(0).get(), ACL.SYSTEM2, new WritableIds(Set.of("east-bmc")))
                .obstacle("east-bmc");
    }

    private WorkflowJob job(final Folder folder) throws Exception {
        final WorkflowJob job = folder == null
                ? jenkins.createProject(WorkflowJob.class)
                : folder.createProject(WorkflowJob.class, "bmc");
        job.setDefinition(new CpsFlowDefinition("", true));
        return job;
    }

    private Path written(final String yaml) throws Exception {
        return Files.writeString(files.newFolder().toPath().resolve("jenkins.yaml"), yaml);
    }

    private static UsernamePasswordCredentialsImpl login() throws Exception {
        return new UsernamePasswordCredentialsImpl(
                CredentialsScope.GLOBAL, "east-bmc", null, "azsadmin", "Current-Pass.12");
    }
}
