package io.jenkins.plugins.azurestack.jenkins.step;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredCertificate;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** What becomes of a check that is under way when Jenkins restarts. */
public class CheckExpiryAcrossRestartTest {
    /** It ends with its Jenkins only: nobody but the restart may end its wait. */
    private static final String CHECK = "azsCheckExpiry(stamp: 'east', sources: ['credentials'], timeout: 86400)";

    private static final String WHY = "`azsCheckExpiry` cannot be resumed after a controller restart";

    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    @Test
    public void aCheckThatARestartInterruptsFailsAndSaysWhy() throws Throwable {
        sessions.then(jenkins -> startAndWaitForCheck(jenkins, CHECK + "\necho 'went on'"));
        sessions.then(jenkins -> {
            final WorkflowRun run = interrupted(jenkins);

            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains(WHY, run);
            jenkins.assertLogNotContains("went on", run);
        });
    }

    @Test
    public void aPipelineThatSaysSoChecksAgainAfterTheRestart() throws Throwable {
        sessions.then(jenkins -> startAndWaitForCheck(
                jenkins, "retry(count: 2, conditions: [nonresumable()]) { " + CHECK + " }\necho 'went on'"));
        sessions.then(jenkins -> {
            final WorkflowRun run = interrupted(jenkins);

            // The credential that hangs was kept in memory only, so the second check has nothing to look at.
            jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("there is no credential 'east-arm' that this job may use", run);
            jenkins.assertLogContains("went on", run);
        });
    }

    private static void startAndWaitForCheck(final JenkinsRule jenkins, final String script) throws Exception {
        final ConfiguredStamp east = new ConfiguredStamp("east", "east", "azurestack.contoso.com");
        east.setCertificates(List.of(new ConfiguredCertificate("ARM Public", "east-arm")));
        AzureStackHubConfiguration.get().setStamps(List.of(east));
        SystemCredentialsProvider.getInstance().getCredentials().add(new HangingFile("east-arm"));
        final WorkflowJob job = jenkins.createProject(WorkflowJob.class, "check");
        job.setDefinition(new CpsFlowDefinition(script, true));
        job.scheduleBuild2(0).waitForStart();
        HangingFile.READING.acquire();
    }

    private static WorkflowRun interrupted(final JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("check", WorkflowJob.class).getBuildByNumber(1);
    }
}
