package io.jenkins.plugins.azurestack.jenkins.tunnel;

import java.io.IOException;
import java.time.Duration;

/**
 * The end of one connection that is on the agent. Every method waits for the agent; only {@link #close} may be called while
 * another waits. What goes wrong there is an answer, what goes wrong on the way there an exception.
 */
interface FarEnd {
    /** What has come, as {@code CAME}, {@code NOTHING_YET} or {@code ENDED}. */
    AgentAnswer pull(int most, Duration wait) throws IOException;

    /** @param bytes not changed by anybody any more */
    AgentAnswer push(byte[] bytes) throws IOException;

    AgentAnswer finish() throws IOException;

    void close() throws IOException;
}
