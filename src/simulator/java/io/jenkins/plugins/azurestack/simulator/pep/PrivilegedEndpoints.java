package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet;
import io.jenkins.plugins.azurestack.simulator.world.BmcNetwork;
import io.jenkins.plugins.azurestack.simulator.world.CertificateShare;
import io.jenkins.plugins.azurestack.simulator.world.ExternalCertificates;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.InternalSecret;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the three privileged endpoints of a stamp offer: the same cmdlets and accounts on each, whatever else tells them
 * apart. Takes up what the world's store has, action plans in their middle included. Thread-safe.
 */
public final class PrivilegedEndpoints implements AutoCloseable {
    private final World world;
    private final CloudAdmins accounts;
    private final List<Cmdlet> cmdlets;
    private final Engine engine;

    /**
     * Fits the cmdlets to a world, whose action plans go on from then on.
     *
     * @param external what the stamp serves, and will serve
     * @param share where the stamp reads certificates and writes transcripts
     * @param bmcs the stamp's way to its BMCs
     * @param settings what else a test may want to be different
     * @throws IOException if the world's store can't be read or written
     */
    public PrivilegedEndpoints(
            final World world,
            final ExternalCertificates external,
            final CertificateShare share,
            final BmcNetwork bmcs,
            final Settings settings)
            throws IOException {
        this.world = world;
        final Pace pace = settings.pace();
        final SecretRotations rotations = new SecretRotations(
                world,
                external,
                share,
                new CertificateTests(
                        world, new Authorities(world, external, settings.publicRoots()), settings.revocationLists()),
                pace);
        final BmcCredential credential = new BmcCredential(world, bmcs, pace);
        final ActionPlanFollower follower = new ActionPlanFollower(world, pace);
        final Transcripts transcripts = new Transcripts(world);
        accounts = new CloudAdmins(world);
        engine = new Engine(world);
        final List<Cmdlet> all = new ArrayList<>(List.of(
                new StartSecretRotation(world, rotations, follower),
                new GetActionStatus(world, rotations),
                new TestAzureStack(world, new StampHealth(world, external, credential), rotations, pace),
                new GetAzureStackStampInformation(world, pace),
                new GetAzureStackUpdateStatus(world),
                new ClosePrivilegedEndpoint(share, transcripts),
                new ListingCmdlet(
                        "Get-CloudAdminUserList", () -> List.of(world.identity().cloudAdmin()))));
        Stream.of(
                        Optional.<Cmdlet>of(new SetBmcCredential(world, credential, follower))
                                .filter(cmdlet -> Since.BMC_CREDENTIAL.in(world)),
                        Optional.<Cmdlet>of(new ListingCmdlet("Get-TLSPolicy", () -> List.of("TLS_1.2")))
                                .filter(cmdlet -> Since.TLS_POLICY.in(world)))
                .flatMap(Optional::stream)
                .forEach(all::add);
        cmdlets = all.stream()
                .<Cmdlet>map(cmdlet -> new Transcribed(cmdlet, transcripts))
                .toList();
    }

    /**
     * What a test may want to be different.
     *
     * @param pace how long things take
     * @param publicRoots the roots of the authorities that everybody trusts in this world
     * @param revocationLists whether the stamp gets an answer from a revocation list's URL
     */
    public record Settings(Pace pace, Set<X509Certificate> publicRoots, Predicate<URI> revocationLists) {
        public Settings {
            publicRoots = Set.copyOf(publicRoots);
        }

        /** A usual pace, no authority but the enterprise's, and every revocation list within reach. */
        public static Settings usual() {
            return new Settings(Pace.usual(), Set.of(), list -> true);
        }

        /** The same at another pace. */
        public Settings with(final Pace other) {
            return new Settings(other, publicRoots, revocationLists);
        }
    }

    /**
     * Lets action plans go on by themselves; without it they do when somebody looks. If everything is to have expired,
     * internal secrets have from then on.
     */
    public void start() {
        if (world.faults().isDue(Fault.EVERYTHING_EXPIRED)) {
            final Instant yesterday = world.time().now().minus(Duration.ofDays(1));
            for (final InternalSecret.Kind kind : InternalSecret.Kind.values()) {
                world.internalSecrets().expire(kind, yesterday);
            }
        }
        engine.start();
    }

    /** What every endpoint's sessions may call, as the stamp's release has it. */
    public List<Cmdlet> cmdlets() {
        return cmdlets;
    }

    /** Who may log on, and who is locked out. */
    public CloudAdmins accounts() {
        return accounts;
    }

    /** Stops what {@link #start} began; plans stay as they are. */
    @Override
    public void close() {
        engine.close();
    }
}
