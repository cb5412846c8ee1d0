package io.jenkins.plugins.azurestack.jenkins;

import hudson.Main;
import io.jenkins.plugins.azurestack.rotation.DirectoryStaging;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.SimulatedStampBuilder;
import io.jenkins.plugins.azurestack.simulator.pep.Pace;
import io.jenkins.plugins.azurestack.simulator.pep.PrivilegedEndpoints;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.wiring.RotatingStamp;
import io.jenkins.plugins.azurestack.wiring.Route;
import java.nio.file.Files;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.rules.ExternalResource;

/**
 * A simulated stamp that a real Jenkins works with. It outlives that Jenkins, keeps the ledger that tests look into, and its
 * rotations last until a test puts its time forward.
 */
public final class SimulatedEast extends ExternalResource {
    /** Fast enough that nobody waits for tests of the stamp, too slow for a rotation to end by itself. */
    private static final double FACTOR = 60;

    private final Identity identity;
    private final UnaryOperator<SimulatedStampBuilder> changed;
    private RotatingStamp east;

    public SimulatedEast() {
        this(Identity.usual(), usual -> usual);
    }

    /** @param changed what is to be another than usual */
    public SimulatedEast(final Identity identity, final UnaryOperator<SimulatedStampBuilder> changed) {
        this.identity = identity;
        this.changed = changed;
    }

    @Override
    protected void before() throws Exception {
        east = new RotatingStamp(
                IdentityProvider.AAD,
                identity,
                usual -> changed.apply(usual.timeFactor(FACTOR)
                        .settings(PrivilegedEndpoints.Settings.usual().with(Pace.atOnce()))));
        Files.createDirectories(simulated().share().resolve("Certificates"));
    }

    @Override
    protected void after() {
        try {
            Main.isDevelopmentMode = false;
            east.close();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public SimulatedStamp simulated() {
        return east.simulated;
    }

    /** Leads the Jenkins in this JVM to the stamp, and to its share without SMB. */
    public void lead() {
        Main.isDevelopmentMode = true;
        ControllerRoute.lead(Route.simulated(
                east.network(), (path, account, provider, rotation, logons) -> new DirectoryStaging(simulated())));
    }

    /** What a Jenkins has to know of it. */
    public StampAccess access() {
        return StampAccess.of(simulated(), east.pem());
    }

    /** The calls of a cmdlet that came to be run. */
    public List<Ledger.Call> cmdlet(final String name) {
        return simulated().ledger().calls(Ledger.Service.CMDLET, name);
    }

    /** WS-Man operations that end what runs in a session, or the session itself, after a cmdlet was first called. */
    public List<Ledger.Call> endedSince(final String cmdlet) {
        final List<Ledger.Entry> all = simulated().ledger().entries();
        final String session = cmdlet(cmdlet).get(0).connection();
        return all.subList(all.indexOf(cmdlet(cmdlet).get(0)), all.size()).stream()
                .filter(Ledger.Call.class::isInstance)
                .map(Ledger.Call.class::cast)
                .filter(call -> call.service() == Ledger.Service.WSMAN)
                .filter(call -> call.action().equals("Delete") || call.action().equals("Signal"))
                .filter(call -> call.details().containsValue(session))
                .toList();
    }
}
