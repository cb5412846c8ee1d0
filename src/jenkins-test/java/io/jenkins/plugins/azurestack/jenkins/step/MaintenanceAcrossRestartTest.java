package io.jenkins.plugins.azurestack.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.azurestack.jenkins.Relay;
import io.jenkins.plugins.azurestack.jenkins.SimulatedEast;
import io.jenkins.plugins.azurestack.jenkins.StampAccess;
import io.jenkins.plugins.azurestack.simulator.SimulatedStampBuilder;
import io.jenkins.plugins.azurestack.simulator.pep.Pace;
import io.jenkins.plugins.azurestack.simulator.pep.PrivilegedEndpoints;
import io.jenkins.plugins.azurestack.simulator.redfish.Bmc;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.RealJenkinsRule;

/**
 * Steps that a restart of Jenkins meets in their middle, a clean one and a kill, at a simulated stamp that outlives it. Jenkins
 * is a process of its own here: what dies with it is really gone. The credentials are in a folder's store.
 */
public class MaintenanceAcrossRestartTest {
    private static final String ROTATE =
            """
            def plan = azsRotateSecrets(stamp: 'east', scope: 'internal', reason: 'compromise', plan: true)
            def end = azsRotateSecrets(stamp: 'east', approvedPlan: plan.id)
            echo "went on: ${end.state}"
            """;
    private static final String UPDATE =
            """
            def plan = azsUpdateBmc(stamp: 'east', generate: true, plan: true)
            def end = azsUpdateBmc(stamp: 'east', approvedPlan: plan.id)
            echo "went on: ${end.state}"
            """;
    private static final String REQUEST =
            """
            def first = azsCertificateRequests(stamp: 'east', folders: ['ARM Public'], subject: 'O=Contoso')
            echo 'asked once'
            sleep 10
            def again = azsCertificateRequests(stamp: 'east', folders: ['ARM Public'], subject: 'O=Contoso')
            echo "went on: ${first.requests[0].pem == again.requests[0].pem}, ${again.requests[0].again}"
            """;
    private static final String SET = "Set-BmcCredential";
    /** The stamp says it of a step, so it has begun. */
    private static final String UNDER_WAY = "status: 'InProgress'";

    @Rule(order = 0)
    public final SimulatedEast east = new SimulatedEast(Identity.usual(), MaintenanceAcrossRestartTest::slowBmcs);

    @Rule(order = 1)
    public final RealJenkinsRule jenkins = new RealJenkinsRule().withTimeout(600);

    private Relay relay;

    /** A change of a BMC's password lasts until the test puts the stamp's time forward. */
    private static SimulatedStampBuilder slowBmcs(final SimulatedStampBuilder usual) {
        return usual.settings(PrivilegedEndpoints.Settings.usual()
                .with(new Pace(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, Duration.ofHours(2), 1)));
    }

    @Before
    public void lead() throws Exception {
        relay = east.relay();
        final Path scripts = Files.createDirectories(jenkins.getHome().toPath().resolve("init.groovy.d"));
        Files.writeString(scripts.resolve("lead.groovy"), relay.script());
    }

    @After
    public void stop() throws Exception {
        relay.close();
    }

    /** Runs a script until it says a word, restarts Jenkins, lets the stamp come to its end, and waits for the build's. */
    private void restart(final String script, final String word, final boolean kill) throws Throwable {
        final StampAccess access = east.access();
        jenkins.startJenkins();
        jenkins.runRemotely(MaintenanceAcrossRestartTest::begin, access, script, word);
        if (kill) {
            jenkins.stopJenkinsForcibly();
        } else {
            jenkins.stopJenkins();
        }
        jenkins.startJenkins();
        east.finish();
        jenkins.runRemotely(MaintenanceAcrossRestartTest::end);
    }

    private static void begin(final JenkinsRule there, final StampAccess access, final String script, final String word)
            throws Exception {
        access.configure();
        final WorkflowRun run =
                StampAccess.job("work", script).scheduleBuild2(0).waitForStart();
        there.waitForMessage(word, run);
    }

    private static WorkflowRun run(final JenkinsRule there) {
        return there.jenkins
                .getItemByFullName(StampAccess.FOLDER + "/work", WorkflowJob.class)
                .getBuildByNumber(1);
    }

    private static void end(final JenkinsRule there) throws Exception {
        final WorkflowRun run = there.waitForCompletion(run(there));
        System.out.println(JenkinsRule.getLog(run));
        there.assertBuildStatus(Result.SUCCESS, run);
        there.assertLogContains("went on: ", run);
    }

    private static void requireWords(final JenkinsRule there, final String words) throws Exception {
        there.assertLogContains(words, run(there));
    }

    private void rotation(final boolean kill) throws Throwable {
        restart(ROTATE, UNDER_WAY, kill);
        jenkins.runRemotely(MaintenanceAcrossRestartTest::requireWords, "went on: COMPLETED");
        assertThat(east.begun()).isEqualTo(1);
    }

    @Test
    public void aRotationGoesOnAfterARestart() throws Throwable {
        rotation(false);
    }

    @Test
    public void aRotationGoesOnAfterAKill() throws Throwable {
        rotation(true);
    }

    private void update(final boolean kill) throws Throwable {
        final String old = east.access().logins().get("east-bmc")[1];
        restart(UPDATE, UNDER_WAY, kill);
        jenkins.runRemotely(MaintenanceAcrossRestartTest::requireWords, "went on: COMPLETED");
        assertThat(east.cmdlet(SET)).hasSize(1);
        final List<String> passwords = jenkins.runRemotely(MaintenanceAcrossRestartTest::passwords);
        assertThat(passwords.get(0)).hasSize(16).isNotEqualTo(old);
        assertThat(passwords.subList(1, 3)).containsExactly("", old);
        for (final Bmc bmc : east.simulated().bmcs().all()) {
            assertThat(bmc.password(Identity.usual().bmcUser()).map(String::new))
                    .hasValue(passwords.get(0));
        }
    }

    /** Of the three generations: current, pending, previous. */
    private static java.util.ArrayList<String> passwords(final JenkinsRule there) {
        return new java.util.ArrayList<>(List.of(
                StampAccess.password("east-bmc"),
                StampAccess.password("east-bmc-pending"),
                StampAccess.password("east-bmc-previous")));
    }

    @Test
    public void anUpdateOfBmcsGoesOnAfterARestart() throws Throwable {
        update(false);
    }

    @Test
    public void anUpdateOfBmcsGoesOnAfterAKill() throws Throwable {
        update(true);
    }

    @Test
    public void theKeyOfARequestIsThereAfterARestart() throws Throwable {
        restart(REQUEST, "asked once", false);
        jenkins.runRemotely(MaintenanceAcrossRestartTest::requireWords, "went on: true, true");
        assertThat(east.simulated().ledger().calls(Ledger.Service.CMDLET)).isEmpty();
    }
}
