package io.jenkins.plugins.azurestack.bench;

import io.jenkins.plugins.azurestack.bmc.BmcLimits;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.wiring.BmcRound;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A new password for 64 BMCs that take 200 ms for every answer, each logged on to, changed and logged on to again: 32 at a
 * time after the first, against one after the other.
 */
final class BmcBenchmark implements Benchmark {
    private static final int NODES = 64;
    private static final double FLOOR = 10;
    private static final Duration LATENCY = Duration.ofMillis(200);
    private static final int PARALLEL = BmcLimits.USUAL.parallel();

    @Override
    public String name() {
        return "bmc";
    }

    @Override
    public List<String> programs() {
        return List.of();
    }

    @Override
    public void run(final Path folder, final Scores scores) throws Exception {
        final Stamp east = new Stamp(
                "east",
                "east",
                "azurestack.contoso.com",
                IdentityProvider.AAD,
                Set.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
        try (SimulatedStamp stamp = SimulatedStamp.of(east)
                .nodes(Collections.nCopies(NODES, Flavour.IDRAC_9))
                .start()) {
            final BmcRound round = new BmcRound(stamp);
            // Its certificates are made when a first client comes, and a Java is slow at first.
            round.update(Files.createDirectory(folder.resolve("warm-up")), PARALLEL);
            stamp.bmcs().setLatency(LATENCY);
            final Duration together = round.update(Files.createDirectory(folder.resolve("together")), PARALLEL);
            final Duration loop = round.update(Files.createDirectory(folder.resolve("loop")), 1);
            scores.figure("bmc.64-nodes.seconds", together.toMillis() / 1000.0);
            scores.ratio("bmc.64-nodes.loop", (double) loop.toNanos() / together.toNanos(), FLOOR);
        }
    }
}
