package io.jenkins.plugins.azurestack.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredBmc;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import java.util.List;
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

/** {@code azsUpdateBmc} in a real Jenkins: sandboxed Pipelines, a stamp of which nothing answers. */
public class UpdateBmcInPipelineTest {
    private static final String PASSWORD = "a long enough password";
    private static final String PLAN = "azsUpdateBmc(stamp: 'east', generate: true, plan: true)";

    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Before
    public void configure() throws Exception {
        final ConfiguredStamp east = new ConfiguredStamp("east", "east", "azurestack.invalid");
        // Nobody listens on the port of PowerShell remoting here.
        east.setPrivilegedEndpoints(List.of("127.0.0.1"));
        east.setCloudAdminCredentialsId("east-cloudadmin");
        east.setBmcCredentialsId("east-bmc");
        east.setBmcs(List.of(new ConfiguredBmc("AzS-Node01", "127.0.0.1")));
        east.setAllowedJobs(List.of("rotate"));
        AzureStackHubConfiguration.get().setStamps(List.of(east));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "east-cloudadmin", null, "AZURESTACK\\CloudAdmin", PASSWORD));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "east-bmc", null, "azsadmin", "Current-Pass.12"));
    }

    @Test
    public void aPlanIsReadInTheSandboxAndKeptOverAPause() throws Exception {
        final WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.UNSTABLE,
                job(
                        "rotate",
                        """
                        def plan = %s
                        sleep 1
                        echo "schema ${plan.schema}, ${plan.state}, ${plan.gates.size()} conditions, ${plan.summary}"
                        """
                                .formatted(PLAN)));

        jenkins.assertLogContains("schema 1, BLOCKED, ", run);
        jenkins.assertLogNotContains(PASSWORD, run);
        assertThat(run.getRootDir().toPath().resolve("azure-stack-hub").toFile().list())
                .singleElement()
                .satisfies(name -> assertThat(name).startsWith("east-bmc-").endsWith("-plan.json"));
    }

    @Test
    public void aPlanThatNobodyHasApprovedIsNotCarriedOut() throws Exception {
        final WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.FAILURE,
                job("rotate", "def plan = " + PLAN + "\nazsUpdateBmc(stamp: 'east', approvedPlan: plan.id)"));

        jenkins.assertLogContains("ERROR: approvedPlan: ", run);
        jenkins.assertLogContains("approve", run);
        jenkins.assertLogNotContains("at io.jenkins.plugins.azurestack", run);
    }

    @Test
    public void aJobThatIsNotAllowedToIsRefusedInOneSentence() throws Exception {
        final WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job("other", PLAN));

        jenkins.assertLogContains("ERROR: stamp: job 'other' may not change stamp 'east'", run);
        jenkins.assertLogNotContains("at io.jenkins.plugins.azurestack", run);
    }

    @Test
    public void argumentsThatContradictEachOtherAreOneSentenceToo() throws Exception {
        final WorkflowRun run =
                jenkins.buildAndAssertStatus(Result.FAILURE, job("rotate", "azsUpdateBmc(stamp: 'east')"));

        jenkins.assertLogContains("ERROR: plan: say what is to be done", run);
        jenkins.assertLogNotContains("at io.jenkins.plugins.azurestack", run);
    }

    @Test
    public void whatTheFormShowsIsWhatItSaves() throws Exception {
        final AzsUpdateBmcStep step = new AzsUpdateBmcStep("east");
        step.setPlan(true);
        step.setNewCredentialsId("east-bmc");
        step.setAcceptUnknown(List.of("way-back", "alerts"));

        final AzsUpdateBmcStep saved = new StepConfigTester(jenkins).configRoundTrip(step);

        assertThat(saved.toArguments()).isEqualTo(step.toArguments());
    }

    private WorkflowJob job(final String name, final String script) throws Exception {
        final WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}
