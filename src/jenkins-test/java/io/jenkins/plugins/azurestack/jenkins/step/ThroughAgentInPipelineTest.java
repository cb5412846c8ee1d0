package io.jenkins.plugins.azurestack.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;

/** {@code via: 'agent'} in a real Jenkins: an agent in a JVM of its own, over real remoting. */
public class ThroughAgentInPipelineTest {
    private static final String CHECK =
            "azsCheckExpiry(stamp: 'east', sources: ['endpoints'], via: 'agent', failOn: 'NEVER')";
    private static final String PLAN =
            "azsRotateSecrets(stamp: 'east', scope: 'internal', reason: 'compromise', plan: true, via: 'agent')";
    private static final int WINRM = 5985;

    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private DumbSlave near;

    @Before
    public void configure() throws Exception {
        final ConfiguredStamp east = new ConfiguredStamp("east", "east", "azurestack.invalid");
        east.setPrivilegedEndpoints(List.of("127.0.0.1"));
        east.setCloudAdminCredentialsId("east-cloudadmin");
        east.setAllowedJobs(List.of("through"));
        AzureStackHubConfiguration.get().setStamps(List.of(east));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "east-cloudadmin",
                        null,
                        "AZURESTACK\\CloudAdmin",
                        "never sent in clear"));
        near = jenkins.createOnlineSlave();
    }

    private WorkflowJob job(final String script) throws Exception {
        final WorkflowJob job = jenkins.createProject(WorkflowJob.class, "through");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private String onAgent(final String step) {
        return "node('" + near.getNodeName() + "') { " + step + " }";
    }

    @Test
    public void outsideNodeThereIsNoAgent() throws Exception {
        for (final String step : List.of(CHECK, PLAN)) {
            final WorkflowJob job = job(step);
            final WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("ERROR: via: 'agent' is for a step inside node", run);
            jenkins.assertLogNotContains("at io.jenkins.plugins.azurestack", run);
            job.delete();
        }
    }

    @Test
    public void namesAreResolvedAndConnectionsOpenedOnTheAgent() throws Exception {
        final WorkflowRun check = jenkins.buildAndAssertStatus(Result.UNSTABLE, job(onAgent(CHECK)));
        jenkins.assertLogContains("(from agent '" + near.getNodeName() + "')", check);
        jenkins.jenkins.getItem("through").delete();

        final WorkflowRun plan = jenkins.buildAndAssertStatus(Result.UNSTABLE, job(onAgent(PLAN)));
        assertThat(JenkinsRule.getLog(plan).replaceAll("\\s+", " "))
                .as("the log, whose lines are broken to be read")
                .contains("127.0.0.1:5985: refused (from agent '" + near.getNodeName() + "')");
    }

    @Test
    public void anAgentThatDropsIsWaitedForByItsName() throws Exception {
        try (ServerSocket silent = new ServerSocket(WINRM, 5, InetAddress.getByName("127.0.0.1"))) {
            final WorkflowRun run = job(onAgent(PLAN)).scheduleBuild2(0).waitForStart();
            try (Socket first = silent.accept()) {
                near.toComputer().disconnect(new OfflineCause.ByCLI("test")).get();
                assertThat(first.getInputStream().transferTo(java.io.OutputStream.nullOutputStream()))
                        .as("what the agent had sent before it closed the connection")
                        .isNotNegative();
            }
            jenkins.waitForMessage("Waiting: agent '" + near.getNodeName() + "' is not connected", run);
            silent.close();
            near.toComputer().connect(true).get();
            jenkins.waitForMessage("Agent '" + near.getNodeName() + "' is connected again.", run);
            jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("refused (from agent", run);
        }
    }
}
