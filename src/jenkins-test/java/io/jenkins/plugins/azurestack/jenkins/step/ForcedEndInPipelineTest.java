package io.jenkins.plugins.azurestack.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.azurestack.jenkins.SimulatedEast;
import io.jenkins.plugins.azurestack.jenkins.StampAccess;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;

/** Rotations whose step is ended by force, at a simulated stamp: what was sent runs on, and is found again. */
public class ForcedEndInPipelineTest {
    private static final String ROTATE =
            """
            def plan = azsRotateSecrets(stamp: 'east', scope: 'internal', reason: 'compromise', plan: true)
            echo "plan ${plan.id}"
            def end = azsRotateSecrets(stamp: 'east', approvedPlan: plan.id)
            echo "end ${end.state}"
            """;

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

    @Test
    public void aRotationEnds() throws Exception {
        final WorkflowRun run = StampAccess.job("rotate", ROTATE).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("step 1", run);
        east.simulated().world().time().advance(Duration.ofHours(48));
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("end COMPLETED", run);
        assertThat(east.cmdlet("Start-SecretRotation")).hasSize(1);
    }
}
