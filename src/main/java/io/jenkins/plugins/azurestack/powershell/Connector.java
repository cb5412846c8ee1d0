package io.jenkins.plugins.azurestack.powershell;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** The one way to the network: opens plain TCP connections, directly or through whatever its owner decides. */
@FunctionalInterface
public interface Connector {

    /**
     * Opens a connection. Called from any thread. Closing the returned socket, from any thread, must end a blocked read
     * or write and must not block itself: that is how interrupts and time limits are kept.
     *
     * @param host DNS name or address literal
     * @param port TCP port
     * @param timeout how long opening may take
     * @return a connected socket that the caller closes
     * @throws IOException if no connection came about
     */
    Socket connect(String host, int port, Duration timeout) throws IOException;
}
