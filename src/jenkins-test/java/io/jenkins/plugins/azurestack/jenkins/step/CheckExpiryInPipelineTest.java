package io.jenkins.plugins.azurestack.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.ItemGroup;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.TopLevelItem;
import hudson.util.Secret;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredCertificate;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;

/** {@code azsCheckExpiry} in a real Jenkins: sandboxed Pipelines, real credential stores, nothing of the network. */
public class CheckExpiryInPipelineTest {
    private static final String PASSWORD = "a long enough password";
    private static final String CHECK = "azsCheckExpiry(stamp: 'east', sources: ['credentials'])";

    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final ConfiguredStamp east = new ConfiguredStamp("east", "east", "azurestack.contoso.com");

    @Before
    public void configure() {
        use("east-arm");
    }

    @Test
    public void aPipelineReadsTheResultInTheSandboxAndKeepsItOverAPause() throws Exception {
        store(file("east-arm", KeyStores.pfx(400, PASSWORD)));
        final WorkflowRun run = jenkins.buildAndAssertSuccess(job(
                jenkins.jenkins,
                """
                def report = %s
                sleep 1
                echo "schema ${report.schema}, next ${report.next.name} in ${report.next.daysLeft} days"
                """
                        .formatted(CHECK)));

        jenkins.assertLogContains("schema 1, next ", run);
        jenkins.assertLogContains(" in 400 days", run);
        jenkins.assertLogNotContains(PASSWORD, run);
    }

    @Test
    public void aCertificateNearItsEndMakesStepAndBuildUnstable() throws Exception {
        store(file("east-arm", KeyStores.pfx(60, PASSWORD)));
        final WorkflowRun run = jenkins.buildAndAssertStatus(Result.UNSTABLE, job(jenkins.jenkins, CHECK));

        assertThat(warning(run).getResult()).isEqualTo(Result.UNSTABLE);
        assertThat(warning(run).getMessage()).isNotBlank();
    }

    @Test
    public void aCertificateAtItsEndFailsTheBuildAndThePipelineGoesOn() throws Exception {
        store(file("east-arm", KeyStores.pfx(10, PASSWORD)));
        final WorkflowRun run =
                jenkins.buildAndAssertStatus(Result.FAILURE, job(jenkins.jenkins, CHECK + "\necho 'went on'"));

        jenkins.assertLogContains("went on", run);
        assertThat(warning(run).getResult()).isEqualTo(Result.FAILURE);
    }

    @Test
    public void aPolicyOfNeverLeavesTheResultAlone() throws Exception {
        store(file("east-arm", KeyStores.pfx(10, PASSWORD)));
        jenkins.buildAndAssertSuccess(job(
                jenkins.jenkins,
                "azsCheckExpiry(stamp: 'east', sources: ['credentials'], unstableOn: 'NEVER', failOn: 'NEVER')"));
    }

    @Test
    public void aCertificateCredentialNeedsNoPasswordOfOurs() throws Exception {
        store(new CertificateCredentialsImpl(
                CredentialsScope.GLOBAL,
                "east-arm",
                null,
                PASSWORD,
                new CertificateCredentialsImpl.UploadedKeyStoreSource(
                        null, SecretBytes.fromRawBytes(KeyStores.pfx(400, PASSWORD)))));
        final WorkflowRun run = jenkins.buildAndAssertSuccess(job(jenkins.jenkins, CHECK));

        jenkins.assertLogNotContains("NOT SEEN", run);
    }

    @Test
    public void anUnknownStampIsOneSentenceWithoutAStackTrace() throws Exception {
        final WorkflowRun run =
                jenkins.buildAndAssertStatus(Result.FAILURE, job(jenkins.jenkins, "azsCheckExpiry 'north'"));

        jenkins.assertLogContains("ERROR: stamp: 'north' is not configured; known stamps are east", run);
        jenkins.assertLogNotContains("at io.jenkins.plugins.azurestack", run);
    }

    @Test
    public void crossedThresholdsAreOneSentenceToo() throws Exception {
        final WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.FAILURE, job(jenkins.jenkins, "azsCheckExpiry(stamp: 'east', warnDays: 7)"));

        jenkins.assertLogContains("ERROR: criticalDays: 30 is more than warnDays (7)", run);
    }

    @Test
    public void reportsAreKeptWithTheBuildAndInTheWorkspace() throws Exception {
        store(file("east-arm", KeyStores.pfx(400, PASSWORD)));
        final WorkflowJob job = job(jenkins.jenkins, "node { " + CHECK + "; archiveArtifacts 'expiry-east.*' }");
        final WorkflowRun run = jenkins.buildAndAssertSuccess(job);

        assertThat(run.getRootDir().toPath().resolve("azure-stack-hub").toFile().list())
                .containsExactlyInAnyOrder("expiry-east.html", "expiry-east.json", "expiry-east.xml");
        assertThat(run.getArtifacts()).hasSize(3);
    }

    @Test
    public void aCredentialOfAFolderIsSeenInThatFolderOnly() throws Exception {
        final Folder folder = jenkins.createProject(Folder.class, "maintenance");
        final CredentialsStore store =
                CredentialsProvider.lookupStores(folder).iterator().next();
        assertThat(store.getProvider()).isInstanceOf(FolderCredentialsProvider.class);
        store.addCredentials(Domain.global(), file("east-arm", KeyStores.pfx(400, PASSWORD)));
        store.addCredentials(Domain.global(), password("east-pfx-password"));

        jenkins.buildAndAssertSuccess(job(folder, CHECK));
        final WorkflowRun outside = jenkins.buildAndAssertStatus(Result.UNSTABLE, job(jenkins.jenkins, CHECK));
        jenkins.assertLogContains("there is no credential 'east-arm' that this job may use", outside);
    }

    @Test
    public void aCredentialOfScopeSystemIsNotForJobsAndSaysNoMoreThanAnAbsentOne() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new FileCredentialsImpl(
                        CredentialsScope.SYSTEM,
                        "east-arm",
                        null,
                        "a.pfx",
                        SecretBytes.fromRawBytes(KeyStores.pfx(400, PASSWORD))));
        final WorkflowRun run = jenkins.buildAndAssertStatus(Result.UNSTABLE, job(jenkins.jenkins, CHECK));

        jenkins.assertLogContains("there is no credential 'east-arm' that this job may use", run);
    }

    @Test
    public void aParameterCannotPointAnIdAtAnotherCredential() throws Exception {
        store(file("other", KeyStores.pfx(400, PASSWORD)));
        use("${WHICH}");
        final WorkflowJob job = job(jenkins.jenkins, "echo \"WHICH is ${WHICH}\"\n" + CHECK);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("WHICH", "")));
        final WorkflowRun run = jenkins.assertBuildStatus(
                Result.UNSTABLE,
                job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("WHICH", "other"))));

        jenkins.assertLogContains("WHICH is other", run);
        jenkins.assertLogContains("there is no credential '${WHICH}' that this job may use", run);
    }

    @Test
    public void aCredentialOfAnotherTypeIsNamedAsSuch() throws Exception {
        store(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "east-arm", null, "user", PASSWORD));
        final WorkflowRun run = jenkins.buildAndAssertStatus(Result.UNSTABLE, job(jenkins.jenkins, CHECK));

        jenkins.assertLogContains("credential 'east-arm' is neither a certificate nor a secret file", run);
        jenkins.assertLogNotContains(PASSWORD, run);
    }

    @Test
    public void aFileLargerThanAnyPfxIsNotRead() throws Exception {
        store(file("east-arm", new byte[RunCredentials.LARGEST_FILE + 1]));
        final WorkflowRun run = jenkins.buildAndAssertStatus(Result.UNSTABLE, job(jenkins.jenkins, CHECK));

        jenkins.assertLogContains("the file in credential 'east-arm' is larger than any PFX", run);
    }

    @Test
    public void everyUseIsRecordedWithTheCredential() throws Exception {
        final Credentials credential = file("east-arm", KeyStores.pfx(400, PASSWORD));
        store(credential);
        final WorkflowRun run = jenkins.buildAndAssertSuccess(job(jenkins.jenkins, CHECK));

        assertThat(CredentialsProvider.getFingerprintOf(credential)
                        .getRangeSet(run.getParent())
                        .includes(run.getNumber()))
                .isTrue();
    }

    @Test
    public void anAbortEndsACheckThatWaits() throws Exception {
        store(new HangingFile("east-arm"));
        final WorkflowRun run = job(jenkins.jenkins, CHECK).scheduleBuild2(0).waitForStart();
        HangingFile.READING.acquire();

        run.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        HangingFile.INTERRUPTED.acquire();
    }

    @Test
    public void whatTheFormShowsIsWhatItSaves() throws Exception {
        final AzsCheckExpiryStep step = new AzsCheckExpiryStep("east");
        step.setWarnDays(60);
        step.setCriticalDays(14);
        step.setSources(List.of("endpoints", "credentials"));
        step.setUnstableOn("NOTICE");
        step.setFailOn("NEVER");
        step.setTimeout(90);

        final AzsCheckExpiryStep saved = new StepConfigTester(jenkins).configRoundTrip(step);

        jenkins.assertEqualDataBoundBeans(step, saved);
        assertThat(saved.toArguments()).isEqualTo(step.toArguments());
        jenkins.assertEqualDataBoundBeans(
                new AzsCheckExpiryStep("east"),
                new StepConfigTester(jenkins).configRoundTrip(new AzsCheckExpiryStep("east")));
    }

    private void use(final String credentialsId) {
        east.setCertificates(List.of(new ConfiguredCertificate("ARM Public", credentialsId)));
        east.setCertificatePasswordCredentialsId("east-pfx-password");
        AzureStackHubConfiguration.get().setStamps(List.of(east));
    }

    private static void store(final Credentials credential) throws Exception {
        final SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials().add(credential);
        provider.getCredentials().add(password("east-pfx-password"));
    }

    private static Credentials file(final String id, final byte[] content) {
        return new FileCredentialsImpl(
                CredentialsScope.GLOBAL, id, null, id + ".pfx", SecretBytes.fromRawBytes(content));
    }

    private static Credentials password(final String id) {
        return new StringCredentialsImpl(CredentialsScope.GLOBAL, id, null, Secret.fromString(PASSWORD));
    }

    private static WorkflowJob job(final ItemGroup<? extends TopLevelItem> where, final String script)
            throws Exception {
        final WorkflowJob job = where instanceof Folder folder
                ? folder.createProject(WorkflowJob.class, "check")
                : ((Jenkins) where).createProject(WorkflowJob.class, "check");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static WarningAction warning(final WorkflowRun run) {
        final FlowNode node = new DepthFirstScanner()
                .findFirstMatch(run.getExecution(), found -> found.getPersistentAction(WarningAction.class) != null);
        assertThat(node.getDisplayFunctionName()).isEqualTo("azsCheckExpiry");
        return node.getPersistentAction(WarningAction.class);
    }
}
