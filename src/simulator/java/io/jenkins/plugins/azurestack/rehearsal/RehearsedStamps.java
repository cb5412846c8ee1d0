package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The simulated stamps of a rehearsal, by name; they share one time. Used by one thread at a time. */
final class RehearsedStamps implements AutoCloseable {
    private final Map<String, RehearsedStamp> stamps = new LinkedHashMap<>();

    RehearsedStamps(
            final List<Simulation> simulations,
            final StampTime time,
            final Console console,
            final SecureRandom random) {
        simulations.forEach(simulation ->
                stamps.put(simulation.stampName(), new RehearsedStamp(simulation, time, console, random)));
    }

    /**
     * The stamp that a step names.
     *
     * @throws WrongArgumentsException if it is not simulated
     */
    RehearsedStamp named(final String step, final String name) {
        final RehearsedStamp stamp = stamps.get(name);
        if (stamp == null) {
            throw new WrongArgumentsException(step + ": stamp '" + name + "' is not simulated, only '"
                    + String.join("', '", stamps.keySet()) + (stamps.size() == 1 ? "' is" : "' are")
                    + "; rehearse with --stamp " + name);
        }
        return stamp;
    }

    /** What each of them saw, in the order in which they were named. */
    Map<String, StampFindings> findings() throws IOException {
        final Map<String, StampFindings> findings = new LinkedHashMap<>();
        for (final Map.Entry<String, RehearsedStamp> stamp : stamps.entrySet()) {
            findings.put(stamp.getKey(), stamp.getValue().findings());
        }
        return findings;
    }

    @Override
    public void close() throws IOException {
        for (final RehearsedStamp stamp : stamps.values()) {
            stamp.close();
        }
    }
}
