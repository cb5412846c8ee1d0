package io.jenkins.plugins.azurestack.jenkins.tunnel;

import io.jenkins.plugins.azurestack.jenkins.tunnel.AgentAnswer.Kind;
import java.io.IOException;
import java.time.Duration;
import jenkins.security.MasterToSlaveCallable;

/**
 * What the controller asks of an agent, one call each, all of them short: open a connection, pull what has come, push
 * what is to be sent, close.
 *
 * <p>Remoting's own streams are not used. Its pipes, and output streams that are exported, do all the work of a channel's
 * streams on one thread: a server that does not read would hold up build logs and files of everybody on that agent. An
 * exported input stream takes an interrupt for the end of the data, which to a protocol is a lie, and can't be closed
 * while it reads. (Read in remoting 3355: {@code PipeWriter}, {@code ProxyOutputStream}, {@code ProxyInputStream}.) Calls
 * need none of that: each has its own thread there, the answer is the acknowledgement that bounds what is under way,
 * and a channel that dies ends every one of them.
 */
abstract class AgentCall extends MasterToSlaveCallable<AgentAnswer, IOException> {
    /** Does it, on the agent. */
    abstract AgentAnswer on(AgentConnections connections);

    @Override
    public final AgentAnswer call() throws IOException {
        return on(AgentConnections.ofThisChannel());
    }

    private static final long serialVersionUID = 1L;

    /** Loads what connections need on the agent, which the first time takes a while, and does nothing. */
    static final class Greet extends AgentCall {
        @Override
        AgentAnswer on(final AgentConnections connections) {
            return AgentAnswer.of(Kind.DONE);
        }

        private static final long serialVersionUID = 1L;
    }

    static final class Open extends AgentCall {
        private final String id;
        private final NamedPlaces places;
        private final String host;
        private final int port;
        private final long millis;

        Open(final String id, final NamedPlaces places, final String host, final int port, final Duration timeout) {
            this.id = id;
            this.places = places;
            this.host = host;
            this.port = port;
            this.millis = Math.max(1, timeout.toMillis());
        }

        @Override
        AgentAnswer on(final AgentConnections connections) {
            return connections.open(id, places, host, port, Duration.ofMillis(millis));
        }

        private static final long serialVersionUID = 1L;
    }

    static final class Pull extends AgentCall {
        private final String id;
        private final int most;
        private final int millis;

        Pull(final String id, final int most, final Duration wait) {
            this.id = id;
            this.most = most;
            this.millis = Math.toIntExact(wait.toMillis());
        }

        @Override
        AgentAnswer on(final AgentConnections connections) {
            return connections.pull(id, most, millis);
        }

        private static final long serialVersionUID = 1L;
    }

    static final class Push extends AgentCall {
        private final String id;
        private final byte[] bytes;

        /** @param bytes not changed by anybody any more */
        Push(final String id, final byte[] bytes) {
            this.id = id;
            this.bytes = bytes;
        }

        @Override
        AgentAnswer on(final AgentConnections connections) {
            return connections.push(id, bytes);
        }

        private static final long serialVersionUID = 1L;
    }

    static final class Finish extends AgentCall {
        private final String id;

        Finish(final String id) {
            this.id = id;
        }

        @Override
        AgentAnswer on(final AgentConnections connections) {
            return connections.finish(id);
        }

        private static final long serialVersionUID = 1L;
    }

    static final class Close extends AgentCall {
        private final String id;

        Close(final String id) {
            this.id = id;
        }

        @Override
        AgentAnswer on(final AgentConnections connections) {
            return connections.close(id);
        }

        private static final long serialVersionUID = 1L;
    }
}
