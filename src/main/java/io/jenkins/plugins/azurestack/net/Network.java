package io.jenkins.plugins.azurestack.net;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** The one way out: every connection of the plugin is opened here, directly or through a Jenkins agent. */
@FunctionalInterface
public interface Network {
    /**
     * Opens a connection.
     *
     * @param host a host name or IP literal, resolved where the connection starts
     * @param port a TCP port
     * @param timeout how long resolving and connecting may take together
     * @return a connected socket that the caller closes; closing it from another thread ends a blocked read, and so
     *     does interrupting the reading thread
     * @throws IOException if the host is unknown or does not accept; the message says which
     */
    Socket connect(String host, int port, Duration timeout) throws IOException;

    /**
     * Waits until there is a way out at all, for as long as its owner allows: for the agent that it leads through, when
     * that is away. Clients call it before they open a connection that matters more than time does; when it returns
     * because it waited long enough, connecting says what is wrong.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    default void await() throws InterruptedException {
        // Whoever connects from here has nothing to wait for.
    }
}
