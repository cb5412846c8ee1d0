package io.jenkins.plugins.azurestack.jenkins.tunnel;

import io.jenkins.plugins.azurestack.net.Network;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An agent in this JVM that every call and answer reaches as bytes, which are kept. It can be dropped, as when its channel
 * ends, and come back.
 */
public final class TestAgent implements Agent {
    private final Network network;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private volatile Link link;

    /** @param network what the agent's own network is */
    public TestAgent(final Network network) {
        this.network = network;
        comeBack();
    }

    @Override
    public String name() {
        return "near-the-stamp";
    }

    @Override
    public Optional<Caller> connected() {
        return Optional.ofNullable(link);
    }

    /** The network as this agent sees it, which leads where it is told. */
    public AgentNetwork network(final NamedPlaces places, final Duration patience, final Consumer<String> log) {
        return new AgentNetwork(this, places, patience, log);
    }

    AgentNetwork networkTo(final String host, final int port) {
        return network(NamedPlaces.only(host, port), Duration.ofMinutes(1), line -> {});
    }

    /** Ends the channel, and with it every connection. */
    public void drop() {
        final Link dropped = link;
        link = null;
        if (dropped != null) {
            dropped.dead = true;
            dropped.connections.end();
        }
    }

    public void comeBack() {
        link = new Link(new AgentConnections(network));
    }

    /** How many connections the agent has open. */
    int open() {
        return link.connections.count();
    }

    /** All that was ever sent to the agent, and came from it. */
    public byte[] seen() {
        synchronized (seen) {
            return seen.toByteArray();
        }
    }

    private final class Link implements Caller {
        private final AgentConnections connections;
        private volatile boolean dead;

        Link(final AgentConnections connections) {
            this.connections = connections;
        }

        @Override
        public AgentAnswer call(final AgentCall call) throws IOException {
            if (dead) {
                throw new IOException("the channel is closed");
            }
            final AgentAnswer answer = travelled(travelled(call).on(connections));
            if (dead) {
                // As remoting's RequestAbortedException.
                throw new IllegalStateException("the channel was closed under the call");
            }
            return answer;
        }
    }

    @SuppressWarnings("unchecked")
    private <T> T travelled(final T sent) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sent);
        }
        synchronized (seen) {
            bytes.writeTo(seen);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }
}
