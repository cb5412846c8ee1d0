package io.jenkins.plugins.azurestack.simulator;

import io.jenkins.plugins.azurestack.simulator.pep.PrivilegedEndpoints;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.share.DirectoryShare;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Faults;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Describes a simulated stamp before it is started. Used by one thread. */
public final class SimulatedStampBuilder {
    /** A stamp that knows everything the documentation of 2022 and later describes. */
    public static final String USUAL_VERSION = "1.2501.1.47";

    private static final int USUAL_NODES = 4;

    private final Stamp stamp;
    private final List<Consumer<Faults>> faults = new ArrayList<>();
    private Clock clock = Clock.systemUTC();
    private Optional<Instant> now = Optional.empty();
    private double timeFactor = 1;
    private Optional<StampTime> time = Optional.empty();
    private SecureRandom random = new SecureRandom();
    private String version = USUAL_VERSION;
    private Identity identity = Identity.usual();
    private StateStore store = StateStore.inMemory();
    private Optional<Path> ledger = Optional.empty();
    private List<Flavour> flavours = Collections.nCopies(USUAL_NODES, Flavour.IDRAC_9);
    private PrivilegedEndpoints.Settings settings = PrivilegedEndpoints.Settings.usual();
    private Optional<Path> share = Optional.empty();
    private String sharePath = DirectoryShare.USUAL_PATH;
    private Optional<Path> forgotten = Optional.empty();

    SimulatedStampBuilder(final Stamp stamp) {
        this.stamp = Objects.requireNonNull(stamp, "stamp");
    }

    /** The time outside; the stamp's begins with it. */
    public SimulatedStampBuilder clock(final Clock outside) {
        this.clock = Objects.requireNonNull(outside, "outside");
        return this;
    }

    /**
     * What time it is on the stamp when it starts. Unless this is said, one that was started before goes on as if it had
     * never stopped, and a new one begins with the time outside.
     */
    public SimulatedStampBuilder now(final Instant instant) {
        this.now = Optional.of(instant);
        return this;
    }

    /** How many seconds go by on the stamp in one outside. */
    public SimulatedStampBuilder timeFactor(final double factor) {
        this.timeFactor = factor;
        return this;
    }

    /** The time on the stamp, shared with whoever else lives by it; goes before {@link #clock} and what is said of it. */
    public SimulatedStampBuilder time(final StampTime shared) {
        this.time = Optional.of(shared);
        return this;
    }

    /** Makes keys, ids and challenges. */
    public SimulatedStampBuilder random(final SecureRandom source) {
        this.random = Objects.requireNonNull(source, "source");
        return this;
    }

    /** The stamp's version, such as {@code 1.1910.0.58}, which decides what it can do. */
    public SimulatedStampBuilder version(final String digits) {
        this.version = Objects.requireNonNull(digits, "digits");
        return this;
    }

    /** Who may use it. */
    public SimulatedStampBuilder identity(final Identity who) {
        this.identity = Objects.requireNonNull(who, "who");
        return this;
    }

    /** Where it keeps what survives a restart. */
    public SimulatedStampBuilder state(final StateStore kept) {
        this.store = Objects.requireNonNull(kept, "kept");
        return this;
    }

    /** A file that gets the ledger as lines of JSON. */
    public SimulatedStampBuilder ledger(final Path file) {
        this.ledger = Optional.of(file);
        return this;
    }

    /** What its nodes' BMCs are, one each; four iDRAC 9 unless this is said. */
    public SimulatedStampBuilder nodes(final List<Flavour> bmcs) {
        this.flavours = List.copyOf(bmcs);
        return this;
    }

    /** How its cmdlets behave, and what they can reach. */
    public SimulatedStampBuilder settings(final PrivilegedEndpoints.Settings cmdlets) {
        this.settings = Objects.requireNonNull(cmdlets, "cmdlets");
        return this;
    }

    /** The folder behind its certificate share; one that is forgotten with the stamp unless this is said. */
    public SimulatedStampBuilder share(final Path folder) {
        this.share = Optional.of(folder);
        return this;
    }

    /** What it calls that share: {@code \\\\host\\share}. */
    public SimulatedStampBuilder shareCalled(final String unc) {
        this.sharePath = Objects.requireNonNull(unc, "unc");
        return this;
    }

    String sharePath() {
        return sharePath;
    }

    List<Flavour> flavours() {
        return flavours;
    }

    PrivilegedEndpoints.Settings settings() {
        return settings;
    }

    Path shareFolder() throws IOException {
        if (share.isPresent()) {
            return Files.createDirectories(share.get());
        }
        forgotten = Optional.of(Files.createTempDirectory("simulated-share"));
        return forgotten.get();
    }

    void forgetShare() throws IOException {
        if (forgotten.isPresent()) {
            try (Stream<Path> files = Files.walk(forgotten.get())) {
                for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            forgotten = Optional.empty();
        }
    }

    /** Arms a fault before anything else happens. */
    public SimulatedStampBuilder fault(final Fault fault, final Moment moment) {
        faults.add(armed -> armed.arm(fault, moment));
        return this;
    }

    /** Arms a fault as a command line writes it, {@code name@moment}. */
    public SimulatedStampBuilder fault(final String written) {
        faults.add(armed -> armed.arm(written));
        return this;
    }

    /**
     * Starts it.
     *
     * @throws IOException if there is no port to be had on loopback, its state can't be read, or its ledger not written
     * @throws IllegalArgumentException if a fault is not known
     */
    public SimulatedStamp start() throws IOException {
        final StampTime lived = time.isPresent() ? time.get() : new KeptTime(store, clock).begin(now, timeFactor);
        final Ledger entered = ledger.isPresent() ? new Ledger(ledger.get()) : new Ledger();
        final World world = new World(stamp, version, identity, lived, entered, store, random);
        faults.forEach(fault -> fault.accept(world.faults()));
        final SimulatedStamp started = new SimulatedStamp(world, this);
        boolean complete = false;
        try {
            started.start();
            complete = true;
            return started;
        } finally {
            if (!complete) {
                started.close();
            }
        }
    }
}
