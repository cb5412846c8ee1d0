package io.jenkins.plugins.azurestack.jenkins;

import hudson.Main;
import io.jenkins.plugins.azurestack.rotation.DirectoryStaging;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.SimulatedStampBuilder;
import io.jenkins.plugins.azurestack.simulator.pep.Pace;
import io.jenkins.plugins.azurestack.simulator.pep.PrivilegedEndpoints;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.wiring.RotatingStamp;
import io.jenkins.plugins.azurestack.wiring.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;

/**
 * A simulated stamp that a real Jenkins works with. It outlives that Jenkins, keeps the ledger that tests look into, and its
 * rotations last until a test puts its time forward.
 */
public final class SimulatedEast extends ExternalResource {
    /** Fast enough that nobody waits for tests of the stamp, too slow for a rotation to end by itself. */
    private static final double FACTOR = 60;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(12);
    private static final int MOST_LOOKS = 600;

    private final AtomicBoolean held = new AtomicBoolean();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final IdentityProvider provider;
    private final Identity identity;
    private final UnaryOperator<SimulatedStampBuilder> changed;
    private RotatingStamp east;

    public SimulatedEast() {
        this(Identity.usual(), usual -> usual);
    }

    /** One whose tokens come from the stamp itself or not. */
    public SimulatedEast(final IdentityProvider provider) {
        this(provider, Identity.usual(), usual -> usual);
    }

    /** @param changed what is to be another than usual */
    public SimulatedEast(final Identity identity, final UnaryOperator<SimulatedStampBuilder> changed) {
        this(IdentityProvider.AAD, identity, changed);
    }

    private SimulatedEast(
            final IdentityProvider provider,
            final Identity identity,
            final UnaryOperator<SimulatedStampBuilder> changed) {
        this.provider = provider;
        this.identity = identity;
        this.changed = changed;
    }

    @Override
    protected void before() throws Exception {
        east = new RotatingStamp(
                provider,
                identity,
                usual -> changed.apply(usual.timeFactor(FACTOR)
                        .settings(PrivilegedEndpoints.Settings.usual().with(Pace.atOnce()))));
        Files.createDirectories(simulated().share().resolve("Certificates"));
    }

    @Override
    protected void after() {
        try {
            Main.isDevelopmentMode = false;
            release();
            east.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public SimulatedStamp simulated() {
        return east.simulated;
    }

    /** Leads the Jenkins in this JVM to the stamp, and to its share without SMB. */
    public void lead() {
        Main.isDevelopmentMode = true;
        ControllerRoute.lead(Route.simulated(
                this::connect, (path, account, provider, rotation, logons) -> new DirectoryStaging(simulated())));
    }

    /** A way to it for a Jenkins in another JVM. */
    public Relay relay() throws IOException {
        return Relay.to(east.network());
    }

    /** What a Jenkins has to know of it. */
    public StampAccess access() {
        return StampAccess.of(simulated(), east.pem());
    }

    /** The calls of a cmdlet that came to be run. */
    public List<Ledger.Call> cmdlet(final String name) {
        return simulated().ledger().calls(Ledger.Service.CMDLET, name);
    }

    /** How many rotations the stamp's engine has begun. */
    public long begun() {
        return rotations().filter(call -> call.outcome().equals("started")).count();
    }

    private Stream<Ledger.Call> rotations() {
        return simulated().ledger().calls(Ledger.Service.ENGINE, "Start-SecretRotation").stream();
    }

    /**
     * WS-Man operations since the first rotation began that stop what runs in its session, or delete that; and who sent the
     * call may only have listened to it since.
     */
    public List<Ledger.Call> stops() {
        final List<Ledger.Call> calls = simulated().ledger().entries().stream()
                .filter(Ledger.Call.class::isInstance)
                .map(Ledger.Call.class::cast)
                .toList();
        final int begun = calls.indexOf(rotations().findFirst().orElseThrow());
        final String shell = calls.subList(0, begun).stream()
                .filter(call -> call.service() == Ledger.Service.WSMAN)
                .filter(call -> call.details().containsKey("command"))
                .reduce((one, later) -> later)
                .orElseThrow()
                .details()
                .get("shell");
        return calls.subList(begun, calls.size()).stream()
                .filter(call -> call.service() == Ledger.Service.WSMAN)
                .filter(call -> call.action().equals("Delete") || call.action().equals("Signal"))
                .filter(call -> shell.equals(call.details().get("shell")))
                .toList();
    }

    /** Drops every connection, and holds new ones back, whatever interrupts those who wait for them. */
    public void hold() throws IOException {
        held.set(true);
        for (final Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    /** Lets connections through again. */
    public void release() {
        synchronized (held) {
            held.set(false);
            held.notifyAll();
        }
    }

    private Socket connect(final String host, final int port, final Duration timeout) throws IOException {
        passUninterrupted();
        final Socket socket = east.network().connect(host, port, timeout);
        open.add(socket);
        return socket;
    }

    private void passUninterrupted() {
        boolean interrupted = false;
        synchronized (held) {
            while (held.get()) {
                try {
                    held.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets time pass on the stamp until something holds. */
    public void await(final String what, final Callable<Boolean> holds) throws Exception {
        final StampTime time = simulated().world().time();
        for (int i = 0; i < MOST_LOOKS; i++) {
            if (holds.call()) {
                return;
            }
            time.awaitUntil(time.now().plus(BETWEEN_LOOKS));
        }
        throw new AssertionError("It never came to it that " + what);
    }

    /** Lets whatever runs on the stamp come to its end. */
    public void finish() {
        simulated().world().time().advance(Duration.ofHours(48));
    }
}
