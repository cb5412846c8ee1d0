package io.jenkins.plugins.azurestack.powershell.wsman;

import java.time.Duration;

/**
 * Carries one envelope at a time to a server and brings its answer. {@link WsManClient} uses two, so that a Signal
 * can pass a pending Receive. A channel never sends an envelope twice, save after a 401 to that very envelope.
 */
public interface SoapChannel extends AutoCloseable {

    /**
     * Sends an envelope and waits for the answer; calls take turns. An interrupt, or {@link #close()} from another
     * thread, ends the wait at once.
     *
     * @param envelope UTF-8
     * @param limit how long the answer may take once a connection is there
     * @return the answering envelope, a fault included; UTF-8
     * @throws WsManException with the fate of the envelope in {@link WsManException#delivery()}
     */
    byte[] exchange(byte[] envelope, Duration limit) throws WsManException;

    /** Ends the connection and every wait on it. Idempotent. */
    @Override
    void close();
}
