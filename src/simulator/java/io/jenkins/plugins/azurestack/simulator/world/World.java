package io.jenkins.plugins.azurestack.simulator.world;

import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StampVersion;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What a simulated stamp is, as all its services see it. Everything in it is thread-safe and, where it changes, survives
 * a restart with the same {@link StateStore}.
 */
public final class World {
    /** The privileged endpoints of the documentation's examples, one on each of three hosts. */
    public static final List<String> PRIVILEGED_ENDPOINTS = List.of("10.30.0.225", "10.30.0.226", "10.30.0.227");

    /** So long ago was a stamp deployed of which its store knows nothing: nothing internal is near its end. */
    private static final Duration AGE = Duration.ofDays(200);

    private final Stamp stamp;
    private final String version;
    private final Identity identity;
    private final StampTime time;
    private final Ledger ledger;
    private final Faults faults;
    private final StateStore store;
    private final SecureRandom random;
    private final ActionPlans actionPlans;
    private final InternalSecrets internalSecrets;

    /**
     * @param stamp its name, domain, identity provider and resource providers
     * @param version such as {@code 1.2311.1.22}
     * @param random makes ids, keys, challenges
     */
    public World(
            final Stamp stamp,
            final String version,
            final Identity identity,
            final StampTime time,
            final Ledger ledger,
            final StateStore store,
            final SecureRandom random)
            throws IOException {
        this.stamp = Objects.requireNonNull(stamp, "stamp");
        this.version = Objects.requireNonNull(version, "version");
        this.identity = Objects.requireNonNull(identity, "identity");
        this.time = Objects.requireNonNull(time, "time");
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.faults = new Faults(time);
        this.store = Objects.requireNonNull(store, "store");
        this.random = Objects.requireNonNull(random, "random");
        this.actionPlans = new ActionPlans(time, store);
        this.internalSecrets =
                new InternalSecrets(store, identity.internalDomain(), time.now().minus(AGE));
    }

    public Stamp stamp() {
        return stamp;
    }

    /** The stamp's version, such as {@code 1.2311.1.22}. */
    public String version() {
        return version;
    }

    /** The release that the version is of, as year and month: 2311. Releases before 1803 or unreadable ones: 0. */
    public int release() {
        return StampVersion.parse(version).release();
    }

    public Identity identity() {
        return identity;
    }

    public StampTime time() {
        return time;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Faults faults() {
        return faults;
    }

    public StateStore store() {
        return store;
    }

    public SecureRandom random() {
        return random;
    }

    /** A new id (RFC 4122, version 4), from the stamp's own source of chance. */
    public UUID newId() {
        return new UUID(
                random.nextLong() & 0xFFFFFFFFFFFF0FFFL | 0x4000L,
                random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L);
    }

    public ActionPlans actionPlans() {
        return actionPlans;
    }

    public InternalSecrets internalSecrets() {
        return internalSecrets;
    }

    /**
     * The exclusive operation that runs, as Resource Manager names it: an action plan that takes the stamp for itself,
     * or what a fault says.
     */
    public Optional<String> exclusiveOperation() {
        if (faults.isDue(Fault.EXCLUSIVE_OPERATION)) {
            return Optional.of("RepairNode");
        }
        if (isUpdating()) {
            return Optional.of("MasUpdate");
        }
        return actionPlans.running().map(ActionPlan::type);
    }

    /** Whether an update runs. */
    public boolean isUpdating() {
        return faults.isDue(Fault.UPDATE_RUNNING);
    }
}
