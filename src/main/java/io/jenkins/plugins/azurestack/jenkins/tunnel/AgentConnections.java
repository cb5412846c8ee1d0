package io.jenkins.plugins.azurestack.jenkins.tunnel;

import hudson.remoting.Channel;
import io.jenkins.plugins.azurestack.jenkins.tunnel.AgentAnswer.Kind;
import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.net.Network;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections that one controller has open on the agent that this runs on. They end with the channel to it. Safe for
 * use by many threads.
 */
final class AgentConnections {
    /** Of whoever is asked without a channel: the controller itself, as the built-in node. */
    private static final AgentConnections LOCAL = new AgentConnections(new DirectNetwork());

    private final Network network;
    private final Map<String, AgentConnection> open = new ConcurrentHashMap<>();
    /** Guarded by this. */
    private boolean ended;

    AgentConnections(final Network network) {
        this.network = Objects.requireNonNull(network, "network");
    }

    /** Those of the channel over which the current call came. */
    static synchronized AgentConnections ofThisChannel() {
        final Channel channel = Channel.current();
        if (channel == null) {
            return LOCAL;
        }
        if (channel.getProperty(AgentConnections.class) instanceof AgentConnections known) {
            return known;
        }
        final AgentConnections connections = new AgentConnections(new DirectNetwork());
        channel.setProperty(AgentConnections.class, connections);
        channel.addListener(new Channel.Listener() {
            @Override
            public void onClosed(final Channel closed, final IOException cause) {
                connections.end();
            }
        });
        return connections;
    }

    /**
     * Opens one connection, outwards.
     *
     * @param id what it is called from now on
     * @param places where it may lead to, as the controller sees it
     */
    AgentAnswer open(
            final String id, final NamedPlaces places, final String host, final int port, final Duration timeout) {
        if (!places.include(host, port)) {
            return AgentAnswer.failed(Kind.NOT_NAMED, host + ":" + port + " is no place that the stamp names");
        }
        try {
            final Socket socket = network.connect(host, port, timeout);
            final AgentConnection connection = new AgentConnection(socket);
            if (!keep(id, connection)) {
                connection.close();
                return AgentAnswer.failed(Kind.FAILED, "the channel to the controller has ended");
            }
            return AgentAnswer.of(Kind.OPEN, socket.getInetAddress().getAddress());
        } catch (IOException e) {
            return AgentAnswer.notOpened(e);
        }
    }

    private synchronized boolean keep(final String id, final AgentConnection connection) {
        return !ended && open.putIfAbsent(id, connection) == null;
    }

    AgentAnswer pull(final String id, final int most, final int millis) {
        final AgentConnection connection = open.get(id);
        return connection == null ? gone() : connection.pull(most, millis);
    }

    AgentAnswer push(final String id, final byte[] bytes) {
        final AgentConnection connection = open.get(id);
        return connection == null ? gone() : connection.push(bytes);
    }

    AgentAnswer finish(final String id) {
        final AgentConnection connection = open.get(id);
        return connection == null ? gone() : connection.finish();
    }

    private static AgentAnswer gone() {
        return AgentAnswer.failed(Kind.FAILED, "the agent has no such connection any more");
    }

    /** Closes it, and forgets it; closing it twice is no error. */
    AgentAnswer close(final String id) {
        final AgentConnection connection = open.remove(id);
        if (connection != null) {
            connection.close();
        }
        return AgentAnswer.of(Kind.DONE);
    }

    /** How many are open. */
    int count() {
        return open.size();
    }

    /** Closes all of them; none is opened any more. */
    synchronized void end() {
        ended = true;
        open.keySet().forEach(this::close);
    }
}
