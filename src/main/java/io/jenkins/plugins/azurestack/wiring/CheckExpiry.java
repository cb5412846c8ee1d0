package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;

/** {@code azsCheckExpiry} without Jenkins: asks, judges, reports, marks the build. */
public final class CheckExpiry {
    /**
     * @param random makes the labels that stand in for wildcards; need not be unpredictable
     */
    public CheckExpiry(final Network network, final Clock clock, final RandomGenerator random) {
        throw new UnsupportedOperationException("coming");
    }

    /**
     * Runs the check on the calling thread and on some of its own, which end with it.
     *
     * @return the step's result: maps, lists, strings, longs and booleans only, all mutable and serialisable
     * @throws InterruptedException if the calling thread was interrupted; nothing was saved or marked then
     * @throws IOException if the report could not be saved anywhere, or the build could not be marked
     */
    public Map<String, Object> run(
            final Stamp stamp, final CheckExpiryArguments arguments, final StepEnvironment environment)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException("coming");
    }
}
