package io.jenkins.plugins.azurestack.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.azurestack.jenkins.SimulatedEast;
import io.jenkins.plugins.azurestack.jenkins.StampAccess;
import java.net.URL;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Rotations whose step or build is ended by force, at a simulated stamp: what was sent runs on there, nobody stops it, the
 * lock stays, pages say so, and it is found again.
 */
public class ForcedEndInPipelineTest {
    private static final String PLAN =
            """
            def plan = azsRotateSecrets(stamp: 'east', scope: 'internal', reason: 'compromise', plan: true)
            echo "plan ${plan.id}"
            """;
    private static final String APPLY = "azsRotateSecrets(stamp: 'east', approvedPlan: plan.id)";
    private static final String UNDER_WAY = "status: 'InProgress'";

    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @Rule(order = 0)
    public final SimulatedEast east = new SimulatedEast();

    @Rule(order = 1)
    public final JenkinsRule jenkins = new JenkinsRule();

    @Before
    public void configure() throws Exception {
        east.lead();
        east.access().configure();
    }

    private WorkflowRun underWay(final String apply) throws Exception {
        final WorkflowRun run =
                StampAccess.job("rotate", PLAN + apply).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage(UNDER_WAY, run);
        return run;
    }

    private static String rotation(final WorkflowRun run) throws Exception {
        final Matcher id = Pattern.compile("plan (east-internal-\\S+)").matcher(JenkinsRule.getLog(run));
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private JSONObject page() throws Exception {
        return jenkins.getJSON("manage/azure-stack-hub/stamp/east/api/json?depth=2")
                .getJSONObject();
    }

    private JSONObject stamp() throws Exception {
        return page().getJSONObject("stamp");
    }

    private String state() throws Exception {
        return page().getJSONArray("rotations").getJSONObject(0).getString("state");
    }

    private void press(final WorkflowRun run, final String link) throws Exception {
        final JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        client.getPage(client.addCrumb(
                new WebRequest(new URL(client.getContextPath() + run.getUrl() + link), HttpMethod.POST)));
    }

    private void requireRunningAndLocked() throws Exception {
        assertThat(stamp().getBoolean("locked")).isTrue();
        assertThat(east.begun()).isEqualTo(1);
        assertThat(east.stops()).isEmpty();
    }

    @Test
    public void aTimeoutThatIsNotHeardLeavesTheRotationToItselfAndAnotherBuildTakesItUp() throws Exception {
        final WorkflowRun run = underWay("timeout(time: 20, unit: 'SECONDS') { " + APPLY + " }");
        east.hold();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("Body did not finish within grace period", run);
        requireRunningAndLocked();
        assertThat(state()).isEqualTo("RUNNING");

        east.release();
        east.await("the engine has let go", () -> !state().equals("RUNNING"));
        requireRunningAndLocked();

        final String id = rotation(run);
        assertThat(stamp().getJSONArray("waiting").toString()).contains(id);
        east.finish();
        final WorkflowRun resumed = jenkins.buildAndAssertStatus(
                Result.SUCCESS,
                StampAccess.job("resume", "echo azsRotateSecrets(stamp: 'east', resume: '" + id + "').state"));
        jenkins.assertLogContains("COMPLETED", resumed);
        assertThat(east.begun()).isEqualTo(1);
        assertThat(stamp().getBoolean("locked")).isFalse();
    }

    @Test
    public void aBuildThatIsTerminatedLeavesTheEngineToFinish() throws Exception {
        requireFinishedBehind("term");
    }

    @Test
    public void aBuildThatIsKilledLeavesTheEngineToFinish() throws Exception {
        requireFinishedBehind("kill");
    }

    private void requireFinishedBehind(final String link) throws Exception {
        final WorkflowRun run = underWay(APPLY);
        press(run, link);
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        requireRunningAndLocked();
        assertThat(state()).isEqualTo("RUNNING");

        east.finish();
        east.await("the engine has finished", () -> !stamp().getBoolean("locked"));
        assertThat(state()).isEqualTo("COMPLETED");
        assertThat(east.begun()).isEqualTo(1);
        assertThat(run.getRootDir().toPath().resolve("azure-stack-hub").toFile().list())
                .anyMatch(name -> name.endsWith("-evidence.json"));
    }
}
