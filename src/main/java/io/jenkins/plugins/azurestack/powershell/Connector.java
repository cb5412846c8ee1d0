package io.jenkins.plugins.azurestack.powershell;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** The one way to the network: opens plain TCP connections, directly or through whatever its owner decides. */
@FunctionalInterface
public interface Connector {

    /**
     * Opens a connection. Called from any thread; closing the returned socket must end a blocked read or write.
     *
     * @param host DNS name or address literal
     * @param port TCP port
     * @param timeout how long opening may take
     * @return a connected socket that the caller closes
     * @throws IOException if no connection came about
     */
    Socket connect(String host, int port, Duration timeout) throws IOException;
}
