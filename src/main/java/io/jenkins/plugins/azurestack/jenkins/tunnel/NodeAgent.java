package io.jenkins.plugins.azurestack.jenkins.tunnel;

import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * A node of this Jenkins, looked up by its name each time: the agent that comes back under that name is the same.
 *
 * @param node its name; empty for the built-in one
 */
record NodeAgent(String node) implements Agent {
    @Override
    public String name() {
        return node.isEmpty() ? "built-in" : node;
    }

    @Override
    public Optional<Caller> connected() {
        final Computer computer = Jenkins.get().getComputer(node);
        return Optional.ofNullable(computer).map(Computer::getChannel).map(Over::new);
    }

    /** Calls over a channel; equal to another over the same. */
    private record Over(VirtualChannel channel) implements Caller {
        @Override
        public AgentAnswer call(final AgentCall call) throws IOException, InterruptedException {
            return channel.call(call);
        }
    }
}
