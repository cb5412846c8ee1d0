package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.time.Clock;

/** The simulated stamp of a rehearsal, started when a step first wants it. Used by one thread at a time. */
final class RehearsedStamp implements AutoCloseable {
    private final Stamp configured;
    private final Clock clock;
    private SimulatedStamp started;
    private RehearsedCredentials credentials;

    RehearsedStamp(final Stamp configured, final Clock clock) {
        this.configured = configured;
        this.clock = clock;
    }

    SimulatedStamp simulated() throws IOException {
        if (started == null) {
            started = SimulatedStamp.start(configured, clock);
        }
        return started;
    }

    RehearsedCredentials credentials() throws IOException {
        if (credentials == null) {
            credentials = new RehearsedCredentials(simulated());
        }
        return credentials;
    }

    @Override
    public void close() throws IOException {
        if (started != null) {
            started.close();
        }
    }
}
