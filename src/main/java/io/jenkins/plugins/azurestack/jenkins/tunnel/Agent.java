package io.jenkins.plugins.azurestack.jenkins.tunnel;

import java.io.IOException;
import java.util.Optional;

/** The agent of one name, there or not. */
interface Agent {
    /** The only thing about it that lasts. */
    String name();

    /** The way to it, if it is connected now; equal to the one before as long as that lasts. */
    Optional<Caller> connected();

    /** Calls an agent. */
    @FunctionalInterface
    interface Caller {
        /**
         * Waits for the answer.
         *
         * @throws IOException if the agent is gone
         * @throws RuntimeException if it goes meanwhile
         */
        AgentAnswer call(AgentCall call) throws IOException, InterruptedException;
    }
}
