package io.jenkins.plugins.azurestack.jenkins.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.remoting.Channel;
import hudson.slaves.DumbSlave;
import java.io.IOException;
import jenkins.security.MasterToSlaveCallable;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** An agent that wants something of the controller by what we have put on it. */
public class HostileAgentTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    /** Sends a call of ours the other way round. */
    private static final class Back extends MasterToSlaveCallable<String, IOException> {
        private static final long serialVersionUID = 1L;

        private final AgentCall call;

        Back(final AgentCall call) {
            this.call = call;
        }

        @Override
        public String call() {
            try {
                return "answered: " + Channel.currentOrFail().call(call);
            } catch (IOException | InterruptedException | RuntimeException e) {
                return "refused: " + e;
            }
        }
    }

    @Test
    public void noCallOfOursIsRunOnTheControllerForAnAgent() throws Exception {
        final DumbSlave agent = jenkins.createOnlineSlave();
        final AgentCall call = new AgentCall.Greet();
        assertThat(agent.getChannel().call(call).kind()).isEqualTo(AgentAnswer.Kind.DONE);

        assertThat(agent.getChannel().call(new Back(call)))
                .startsWith("refused: ")
                .contains("SecurityException");
    }
}
