package io.jenkins.plugins.azurestack.simulator.http;

import java.io.IOException;

/** Answers requests; called from one thread a connection, from many at once. */
@FunctionalInterface
public interface HttpHandler {
    /**
     * @param connection the connection that it came on; the same object for every request on it
     * @throws IOException if there is nothing to answer; the connection is then closed
     * @throws InterruptedException if the server is closing
     */
    HttpAnswer answer(HttpRequest request, HttpConnection connection) throws IOException, InterruptedException;
}
