package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.bmc.BmcEnding;
import io.jenkins.plugins.azurestack.bmc.BmcLimits;
import io.jenkins.plugins.azurestack.bmc.BmcLogin;
import io.jenkins.plugins.azurestack.bmc.BmcNode;
import io.jenkins.plugins.azurestack.bmc.BmcPlan;
import io.jenkins.plugins.azurestack.bmc.BmcPlanner;
import io.jenkins.plugins.azurestack.bmc.BmcRotation;
import io.jenkins.plugins.azurestack.bmc.BmcWorld;
import io.jenkins.plugins.azurestack.bmc.LoginBudget;
import io.jenkins.plugins.azurestack.bmc.PasswordStore;
import io.jenkins.plugins.azurestack.bmc.StampCredential;
import io.jenkins.plugins.azurestack.bmc.StampWatch;
import io.jenkins.plugins.azurestack.change.CallListener;
import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.journal.SecretGuard;
import io.jenkins.plugins.azurestack.journal.StampFiles;
import io.jenkins.plugins.azurestack.net.http.TlsTrust;
import io.jenkins.plugins.azurestack.redfish.Redfish;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A whole update of the BMC password of a simulated stamp from before 1910, where every BMC is changed from here: real
 * Redfish and TLS, journal and logons on a real disk; of the stamp's cmdlets only what they say.
 */
public final class BmcRound implements PasswordStore, StampCredential, StampWatch {
    private static final AuditKey KEY = message -> {
        final byte[] mac = new byte[32];
        Arrays.fill(mac, (byte) Arrays.hashCode(message));
        return mac;
    };

    private final SimulatedStamp stamp;
    private final SecureRandom random = new SecureRandom();
    private final Map<Generation, char[]> store = new EnumMap<>(Generation.class);

    /** @param stamp whose BMCs have the password that it was deployed with */
    public BmcRound(final SimulatedStamp stamp) {
        this.stamp = stamp;
        store.put(Generation.CURRENT, stamp.world().identity().bmcPassword().toCharArray());
    }

    /**
     * Plans and carries out one update.
     *
     * @param folder an empty one
     * @param parallel at how many BMCs at a time
     * @return how long it took from the approved plan to its proved end
     */
    public Duration update(final Path folder, final int parallel) throws Exception {
        final Path stampFolder = Files.createDirectories(folder.resolve("azs/stamps/east"));
        final BmcWorld world = new BmcWorld(
                stamp.stamp(),
                List.of("10.30.0.225"),
                List.of(),
                Optional.of(new RedfishAccess(
                        new Redfish(stamp.network(), random),
                        TlsTrust.roots(List.of(stamp.authority().root()), random),
                        random)),
                this,
                this,
                this,
                Optional.empty(),
                new LoginBudget(new FileDisk(), stampFolder, KEY, Clock.systemUTC()),
                KEY);
        final BmcLimits limits = new BmcLimits(
                Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofHours(1), parallel);
        final StampFiles files = new StampFiles(
                new FileDisk(), folder.resolve("azs"), "east", KEY, SecretGuard.PRIVATE_KEYS, Clock.systemUTC());
        final BmcPlan plan = new BmcPlanner(world, limits, Clock.systemUTC(), random, new Silent()).plan(Set.of());
        final long began = System.nanoTime();
        final End<BmcEnding> end = new BmcRotation(world, files, limits, Clock.systemUTC(), random, new Silent())
                .apply(plan, new Approval(plan.id(), "board", plan.made(), "bench"), "bench #1");
        final Duration took = Duration.ofNanos(System.nanoTime() - began);
        if (end.state() != BmcEnding.COMPLETED) {
            throw new IllegalStateException(end.toString());
        }
        return took;
    }

    private static final class Silent implements ChangeListener {
        @Override
        public void phase(final Phase phase, final String sentence) {
            // Measured, not read.
        }

        @Override
        public void line(final String text) {
            // Measured, not read.
        }

        @Override
        public void progress(final String what, final int done, final int of) {
            // Measured, not read.
        }
    }

    @Override
    public String name(final Generation generation) {
        return "bmc-" + generation.word();
    }

    @Override
    public Optional<BmcLogin> read(final Generation generation) {
        return Optional.ofNullable(store.get(generation))
                .map(password -> new BmcLogin(stamp.world().identity().bmcUser(), password));
    }

    @Override
    public void write(final Generation generation, final BmcLogin login) {
        store.put(generation, login.password());
    }

    @Override
    public void delete(final Generation generation) {
        store.remove(generation);
    }

    @Override
    public List<String> obstacles() {
        return List.of();
    }

    @Override
    public String version() {
        return "1.1908.4.33";
    }

    @Override
    public Set<String> parameters() {
        return Set.of(PASSWORD_PARAMETER);
    }

    @Override
    public Optional<String> runningRotation() {
        return Optional.empty();
    }

    @Override
    public boolean isUpdating() {
        return false;
    }

    @Override
    public Optional<String> complaint() {
        return Optional.empty();
    }

    @Override
    public Optional<Action> latest() {
        return Optional.empty();
    }

    @Override
    public Outcome set(
            final BmcLogin login, final boolean bypass, final Duration patience, final CallListener listener) {
        try {
            listener.starting(Map.of("shell", "none"));
            return new Outcome.Ran();
        } catch (IOException e) {
            return new Outcome.NotSent(e.getMessage(), "");
        }
    }

    @Override
    public Optional<Outcome> listenAgain(
            final Map<String, String> session, final Duration patience, final CallListener listener) {
        return Optional.empty();
    }

    @Override
    public void pause(final Duration time) {
        throw new IllegalStateException("Nothing is to be waited for");
    }

    @Override
    public List<BmcNode> nodes() {
        return stamp.bmcs().all().stream()
                .map(bmc -> new BmcNode(bmc.node().name(), bmc.node().bmcAddress(), Optional.empty()))
                .toList();
    }

    @Override
    public Optional<String> exclusiveOperation() {
        return Optional.empty();
    }

    @Override
    public Optional<String> runningUpdate() {
        return Optional.empty();
    }

    @Override
    public List<String> bmcAlerts() {
        return List.of();
    }
}
