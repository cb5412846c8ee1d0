package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.SimulatedStampBuilder;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.wiring.RotateSecrets;
import io.jenkins.plugins.azurestack.wiring.RotateSecretsArguments;
import io.jenkins.plugins.azurestack.wiring.RotationStoppedException;
import io.jenkins.plugins.azurestack.wiring.UpdateBmc;
import io.jenkins.plugins.azurestack.wiring.UpdateBmcArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A simulated stamp of a rehearsal, started when a step first wants it. Used by one thread at a time. */
final class RehearsedStamp implements AutoCloseable {
    /** How long the stamp may take to enter the last connection into its ledger, in real time. */
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private final Simulation simulation;
    private final StampTime time;
    private final Console console;
    private final SecureRandom random;
    private SimulatedStamp started;
    private RehearsedCredentials credentials;

    RehearsedStamp(
            final Simulation simulation, final StampTime time, final Console console, final SecureRandom random) {
        this.simulation = simulation;
        this.time = time;
        this.console = console;
        this.random = random;
    }

    SimulatedStamp simulated() throws IOException {
        if (started == null) {
            final SimulatedStampBuilder builder = SimulatedStamp.of(simulation.stamp())
                    .time(time)
                    .random(random)
                    .version(simulation.version())
                    .shareCalled(simulation.share())
                    .nodes(flavours(simulation.nodes()));
            simulation.faults().forEach(builder::fault);
            simulation.ledger().ifPresent(builder::ledger);
            started = builder.start();
            Files.createDirectories(started.share().resolve("Certificates"));
            console.line("(The simulated stamp '" + simulation.stampName() + "' is up: " + simulation.version() + ", "
                    + started.stamp().folders().size() + " front ends, " + simulation.nodes() + " nodes, "
                    + (simulation.faults().isEmpty() ? "no faults" : "faults " + String.join(", ", simulation.faults()))
                    + "; time runs " + simulation.timeFactor() + " times as fast as outside.)");
        }
        return started;
    }

    /** BMCs of every vendor, in turn. */
    private static List<Flavour> flavours(final int nodes) {
        return IntStream.range(0, nodes)
                .mapToObj(node -> Flavour.values()[node % Flavour.values().length])
                .toList();
    }

    RehearsedCredentials credentials() throws IOException {
        if (credentials == null) {
            credentials = new RehearsedCredentials(simulated());
        }
        return credentials;
    }

    /** How a maintenance run finds it configured. */
    Maintenance maintenance(final String job) throws IOException {
        return RehearsedCredentials.maintenance(simulated(), job);
    }

    /**
     * What {@code azsRotateSecrets} does, against the simulated stamp: its waiting goes by the stamp's time, and the share
     * is a folder.
     *
     * @throws RotationStoppedException as in a Jenkins
     */
    Map<String, Object> rotate(final RotateSecretsArguments arguments, final RehearsedEnvironment environment)
            throws IOException, InterruptedException, RotationStoppedException {
        final SimulatedStamp stamp = simulated();
        return new RotateSecrets(
                        stamp.network(),
                        time.clock(),
                        random,
                        pause -> time.awaitUntil(time.now().plus(pause)),
                        (path, account, provider, rotation, logons) -> new RehearsedShare(
                                stamp.certificateShare(), path, account, provider, rotation.value() + ".pfx"))
                .run(stamp.stamp(), maintenance(environment.job()), arguments, environment);
    }

    /**
     * What {@code azsUpdateBmc} does, against the simulated stamp and its BMCs.
     *
     * @throws RotationStoppedException as in a Jenkins
     */
    Map<String, Object> updateBmc(final UpdateBmcArguments arguments, final RehearsedEnvironment environment)
            throws IOException, InterruptedException, RotationStoppedException {
        final SimulatedStamp stamp = simulated();
        return new UpdateBmc(
                        stamp.network(),
                        time.clock(),
                        random,
                        pause -> time.awaitUntil(time.now().plus(pause)))
                .run(
                        stamp.stamp(),
                        maintenance(environment.job()),
                        RehearsedCredentials.bmcSettings(stamp.stamp()),
                        arguments,
                        environment);
    }

    /** What the stamp saw; nothing if no step wanted it. */
    StampFindings findings() throws IOException {
        if (started == null) {
            return StampFindings.none(simulation.faults());
        }
        try {
            started.settle(SETTLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the rehearsal was interrupted", e);
        }
        return StampFindings.of(started.ledger(), started.world().faults().reports());
    }

    @Override
    public void close() throws IOException {
        if (started != null) {
            started.close();
        }
    }
}
