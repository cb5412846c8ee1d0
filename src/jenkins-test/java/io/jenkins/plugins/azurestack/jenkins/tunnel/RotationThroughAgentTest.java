package io.jenkins.plugins.azurestack.jenkins.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.slaves.ComputerListener;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.azurestack.jenkins.Relay;
import io.jenkins.plugins.azurestack.jenkins.SimulatedEast;
import io.jenkins.plugins.azurestack.jenkins.StampAccess;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.IOException;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** A whole rotation through an agent in a JVM of its own, over real remoting, at a simulated stamp. */
public class RotationThroughAgentTest {
    private static final String ROTATE =
            """
            node('%s') {
                def plan = azsRotateSecrets(
                        stamp: 'east', scope: 'internal', reason: 'compromise', plan: true, via: 'agent')
                def end = azsRotateSecrets(stamp: 'east', approvedPlan: plan.id, via: 'agent')
                echo "end ${end.state}"
            }
            """;

    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @Rule(order = 0)
    public final SimulatedEast east = new SimulatedEast(IdentityProvider.ADFS);

    @Rule(order = 1)
    public final JenkinsRule jenkins = new JenkinsRule();

    private static volatile int relayPort;

    private Relay relay;
    private DumbSlave near;

    /** Leads what begins on an agent to the stamp, before any step goes through it. */
    @TestExtension
    public static final class Leading extends ComputerListener {
        @Override
        public void preOnline(
                final Computer computer, final Channel channel, final FilePath root, final TaskListener listener)
                throws IOException, InterruptedException {
            channel.call(new Led(relayPort));
        }
    }

    private static final class Led extends MasterToSlaveCallable<Integer, IOException> {
        private static final long serialVersionUID = 1L;

        private final int port;

        Led(final int port) {
            this.port = port;
        }

        @Override
        public Integer call() {
            final Channel channel = Channel.current();
            final AgentConnections connections =
                    new AgentConnections((host, to, timeout) -> Relay.through(port, host, to));
            channel.setProperty(AgentConnections.class, connections);
            channel.addListener(new Channel.Listener() {
                @Override
                public void onClosed(final Channel closed, final IOException cause) {
                    connections.end();
                }
            });
            return port;
        }
    }

    @Before
    public void configure() throws Exception {
        relay = east.relay();
        relayPort = relay.port();
        east.access().configure();
        near = jenkins.createOnlineSlave();
    }

    @After
    public void stop() throws Exception {
        relay.close();
    }

    @Test
    public void anAgentThatDropsInTheMiddleIsWaitedForAndTheRotationGoesOn() throws Exception {
        final WorkflowRun run = StampAccess.job("rotate", ROTATE.formatted(near.getNodeName()))
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("status: 'InProgress'", run);

        near.toComputer().disconnect(new OfflineCause.ByCLI("test")).get();
        jenkins.waitForMessage("Waiting: agent '" + near.getNodeName() + "' is not connected", run);
        assertThat(east.begun()).isEqualTo(1);
        assertThat(east.stops()).isEmpty();

        near.toComputer().connect(true).get();
        jenkins.waitForMessage("Agent '" + near.getNodeName() + "' is connected again.", run);
        assertThat(east.stops()).isEmpty();
        east.finish();
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("end COMPLETED", run);
        assertThat(east.begun()).isEqualTo(1);
    }
}
