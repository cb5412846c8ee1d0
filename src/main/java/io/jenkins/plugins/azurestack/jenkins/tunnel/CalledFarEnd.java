package io.jenkins.plugins.azurestack.jenkins.tunnel;

import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * The end of a connection on an agent, called over the channel that it was opened over.
 *
 * @param id what the agent knows it by
 */
record CalledFarEnd(Agent.Caller caller, String agent, String id) implements FarEnd {
    @Override
    public AgentAnswer pull(final int most, final Duration wait) throws IOException {
        return call(caller, agent, new AgentCall.Pull(id, most, wait));
    }

    @Override
    public AgentAnswer push(final byte[] bytes) throws IOException {
        return call(caller, agent, new AgentCall.Push(id, bytes));
    }

    @Override
    public AgentAnswer finish() throws IOException {
        return call(caller, agent, new AgentCall.Finish(id));
    }

    @Override
    public void close() throws IOException {
        call(caller, agent, new AgentCall.Close(id));
    }

    /** A channel that ends under a call says so in several ways; here it is one. */
    static AgentAnswer call(final Agent.Caller caller, final String agent, final AgentCall call) throws IOException {
        try {
            final AgentAnswer answer = caller.call(call);
            if (answer == null) {
                throw new IOException("agent '" + agent + "' answers nothing");
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            final IOException interrupted =
                    new InterruptedIOException("interrupted while calling agent '" + agent + "'");
            interrupted.initCause(e);
            throw interrupted;
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "the connection to agent '" + agent + "' broke: " + Text.printable(String.valueOf(e.getMessage())),
                    e);
        }
    }
}
