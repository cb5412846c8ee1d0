package io.jenkins.plugins.azurestack.bench;

import io.jenkins.plugins.azurestack.net.TlsProbe;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.stamp.Endpoint;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Starts a simulated stamp in a Java of its own and prints: milliseconds from this Java's start until it was ready, those
 * that its processors worked for that, and those for a second stamp; used heap after collection with the second one up and spoken to, and peak resident size, in megabytes.
 */
final class StampFootprint {
    private static final double MEGABYTE = 1024.0 * 1024;
    private static final double KILOBYTES = 1024.0;
    private static final int FRONT_ENDS = 13;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int HTTPS = 443;

    private StampFootprint() {}

    /** @param arguments how many nodes */
    public static void main(final String[] arguments) throws Exception {
        final int nodes = Integer.parseInt(arguments[0]);
        final double ready;
        final double worked;
        try (SimulatedStamp first = start(nodes)) {
            ready = System.currentTimeMillis()
                    - ManagementFactory.getRuntimeMXBean().getStartTime();
            worked = ProcessHandle.current()
                    .info()
                    .totalCpuDuration()
                    .orElseThrow()
                    .toMillis();
            if (first.stamp().folders().size() != FRONT_ENDS) {
                throw new IllegalStateException("A stamp with AD FS has 13 folders");
            }
        }
        final long before = System.nanoTime();
        try (SimulatedStamp stamp = start(nodes)) {
            final double again = (System.nanoTime() - before) / 1e6;
            speakTo(stamp);
            System.gc();
            final Runtime runtime = Runtime.getRuntime();
            final double heap = (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
            System.out.println(ready + " " + worked + " " + again + " " + heap + " " + resident());
        }
    }

    private static SimulatedStamp start(final int nodes) throws IOException {
        return SimulatedStamp.of(new Stamp(
                        "east",
                        "east",
                        "azurestack.contoso.com",
                        IdentityProvider.ADFS,
                        Set.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of()))
                .nodes(Collections.nCopies(nodes, Flavour.IDRAC_9))
                .start();
    }

    /** A handshake with every front end and every BMC: certificates are made when they are first wanted. */
    private static void speakTo(final SimulatedStamp stamp) throws Exception {
        final TlsProbe probe = new TlsProbe(stamp.network(), new SecureRandom());
        for (final Endpoint endpoint : stamp.stamp().endpoints()) {
            probe.look(endpoint.host("bench"), endpoint.port(), PATIENCE);
        }
        for (final var bmc : stamp.bmcs().all()) {
            probe.look(bmc.node().bmcAddress(), HTTPS, PATIENCE);
        }
    }

    private static double resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / KILOBYTES;
    }
}
