package io.jenkins.plugins.azurestack.simulator;

import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.simulator.arm.ResourceManager;
import io.jenkins.plugins.azurestack.simulator.pep.CloudAdmins;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import io.jenkins.plugins.azurestack.simulator.redfish.Bmcs;
import io.jenkins.plugins.azurestack.simulator.share.DirectoryShare;
import io.jenkins.plugins.azurestack.simulator.share.ShareAccount;
import io.jenkins.plugins.azurestack.simulator.tls.FrontEnd;
import io.jenkins.plugins.azurestack.simulator.tls.FrontEnds;
import io.jenkins.plugins.azurestack.simulator.tls.KeptCertificates;
import io.jenkins.plugins.azurestack.simulator.tls.Manner;
import io.jenkins.plugins.azurestack.simulator.world.CertificateShare;
import io.jenkins.plugins.azurestack.simulator.world.ExternalCertificates;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stamp on loopback. A fresh one serves one certificate that has expired, one with 20 days left, one with 60, and
 * others with 400 to 700 days. Thread-safe.
 */
public final class SimulatedStamp implements ExternalCertificates, AutoCloseable {
    /** The folder whose certificate has expired on a fresh stamp, a day and a half ago. */
    public static final CertificateFolder EXPIRED = CertificateFolder.ADMIN_PORTAL;
    /** The folder whose certificate has 20 days left on a fresh stamp. */
    public static final CertificateFolder IN_20_DAYS = CertificateFolder.ARM_PUBLIC;
    /** The folder whose certificate has 60 days left on a fresh stamp. */
    public static final CertificateFolder IN_60_DAYS = CertificateFolder.KEY_VAULT;

    /** Where clients and a stamp find the certificate share, unless it is described otherwise. */
    public static final String SHARE = DirectoryShare.USUAL_PATH + "\\Certificates";

    private static final Map<CertificateFolder, Integer> NEAR = Map.of(EXPIRED, -2, IN_20_DAYS, 20, IN_60_DAYS, 60);
    private static final int SOONEST_DAYS = 400;
    private static final int LATEST_DAYS = 700;
    private static final Duration TWO_YEARS = Duration.ofDays(730);

    private final World world;
    private final Instant born;
    private final CertificateAuthority authority;
    private final KeptCertificates kept;
    private final FrontEnds frontEnds;
    private final StampNetwork network;
    private final SimulatedStampBuilder description;
    private final Path share;
    private StampServices services;
    private CertificateShare certificateShare;

    SimulatedStamp(final World world, final SimulatedStampBuilder description) throws IOException {
        this.world = world;
        this.description = description;
        this.share = description.shareFolder();
        this.born = world.time().now().truncatedTo(ChronoUnit.SECONDS);
        this.kept = new KeptCertificates(world.store(), world.stamp());
        final Optional<CertificateAuthority> known = kept.authority(world.random());
        this.authority = known.isPresent()
                ? known.get()
                : new CertificateAuthority("Contoso", world.stamp().externalFqdn(), born, world.random());
        this.frontEnds = new FrontEnds(world.stamp(), world.time().clock(), world.random(), world.ledger());
        this.network = new StampNetwork(frontEnds, world.ledger(), world.time().clock());
    }

    /** Begins to describe a stamp that is to be started. */
    public static SimulatedStampBuilder of(final Stamp stamp) {
        return new SimulatedStampBuilder(stamp);
    }

    /**
     * Starts a stamp with a fresh stamp's certificates.
     *
     * @param stamp its name, domain, identity provider and resource providers; these decide which folders it has
     * @param clock what time it is on the stamp
     * @throws IOException if there is no port to be had on loopback
     */
    public static SimulatedStamp start(final Stamp stamp, final Clock clock) throws IOException {
        return of(stamp).clock(clock).start();
    }

    void start() throws IOException {
        final Map<CertificateFolder, IssuedCertificate> before =
                world.faults().isDue(Fault.EVERYTHING_EXPIRED) ? Map.of() : kept.served();
        final List<CertificateFolder> folders = stamp().folders();
        for (int i = 0; i < folders.size(); i++) {
            final CertificateFolder folder = folders.get(i);
            final IssuedCertificate certificate =
                    before.containsKey(folder) ? before.get(folder) : issue(specimen(folder, daysLeft(folder, i)));
            frontEnds.put(folder, new FrontEnd(certificate, Manner.SERVES));
        }
        kept.keep(authority, served());
        certificateShare = new DirectoryShare(
                world,
                description.sharePath(),
                share,
                new ShareAccount(world.identity().shareUser(), world.identity().sharePassword()));
        services = new StampServices(
                world, authority, this, certificateShare, description.flavours(), description.settings(), network);
        final ResourceManager manager = services.resourceManager();
        frontEnds.answer(CertificateFolder.ARM_ADMIN, manager.admin(), () -> manager.isDown("adminmanagement"));
        if (stamp().identityProvider() == IdentityProvider.ADFS) {
            frontEnds.answer(CertificateFolder.ADFS, manager.adfs(), () -> manager.isDown("adfs"));
        }
        frontEnds.start();
    }

    private int daysLeft(final CertificateFolder folder, final int index) {
        if (world.faults().isDue(Fault.EVERYTHING_EXPIRED)) {
            return NEAR.get(EXPIRED);
        }
        final int spread =
                (LATEST_DAYS - SOONEST_DAYS) * index / stamp().folders().size();
        return NEAR.getOrDefault(folder, SOONEST_DAYS + spread);
    }

    /** What is simulated. */
    public Stamp stamp() {
        return world.stamp();
    }

    /** What it is, apart from how it is reached. */
    public World world() {
        return world;
    }

    /** Where clients and this stamp find the certificate share. */
    public String certificatesPath() {
        return description.sharePath() + "\\Certificates";
    }

    /** The folder behind that share: {@code Certificates} is, or will be, below it. */
    public Path share() {
        return share;
    }

    /** The same as who opens it by its path and proves who he is, with every fault that it has. */
    public CertificateShare certificateShare() {
        return certificateShare;
    }

    /** The BMCs of its nodes. */
    public Bmcs bmcs() {
        return services.bmcs();
    }

    /** Its Resource Manager, and who issues tokens for it. */
    public ResourceManager resourceManager() {
        return services.resourceManager();
    }

    /** Who may log on to its privileged endpoints, and who is locked out. */
    public CloudAdmins cloudAdmins() {
        return services.cmdlets().accounts();
    }

    /** The authority that issued every certificate of the stamp. */
    public CertificateAuthority authority() {
        return authority;
    }

    /** The way to this stamp and to nothing else. */
    public Network network() {
        return network;
    }

    /** Where everything but the front ends really listens. */
    Map<StampNetwork.Place, InetSocketAddress> routes() {
        return network.routes();
    }

    /** Where the front ends listen, for clients that bring their own sockets and send a name of the stamp. */
    public InetSocketAddress frontEndAddress() {
        return frontEnds.address();
    }

    /** Every attempt to connect so far. */
    public Ledger ledger() {
        return world.ledger();
    }

    /**
     * What a good certificate for a folder looks like.
     *
     * @param daysLeft whole days until it ends, counted from the start of the stamp; negative if it has ended
     */
    public Specimen specimen(final CertificateFolder folder, final int daysLeft) {
        // Half a day more, so that a check a little later, on a stamp whose time runs fast, still counts as many whole
        // days.
        final Instant notAfter = born.plus(Duration.ofDays(daysLeft)).plus(Duration.ofHours(12));
        final Instant issued = daysLeft > 0 ? born.minus(Duration.ofDays(1)) : notAfter;
        final Instant usual = notAfter.minus(TWO_YEARS);
        return Specimen.of(folder.requiredNames(stamp()), usual.isBefore(issued) ? usual : issued, notAfter);
    }

    /** Issues a certificate for a folder without serving it. */
    public IssuedCertificate issue(final Specimen specimen) {
        return authority.issue(specimen);
    }

    /** What each folder's front end serves now, in the order of the documentation. */
    @Override
    public Map<CertificateFolder, IssuedCertificate> served() {
        final Map<CertificateFolder, IssuedCertificate> served = new EnumMap<>(CertificateFolder.class);
        stamp().folders().forEach(folder -> served.put(folder, served(folder)));
        return served;
    }

    @Override
    public void replace(final Map<CertificateFolder, IssuedCertificate> certificates) {
        certificates.forEach((folder, certificate) -> frontEnds.put(
                folder, new FrontEnd(certificate, frontEnds.of(folder).manner())));
        try {
            kept.keep(authority, served());
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated stamp's state can't be written", e);
        }
    }

    /** What a folder's front end serves now. */
    public IssuedCertificate served(final CertificateFolder folder) {
        return frontEnds.of(folder).certificate();
    }

    /**
     * Lets a folder's front end serve a certificate from the next connection on.
     *
     * @throws IllegalArgumentException if the stamp does not have the folder
     */
    public void serve(final CertificateFolder folder, final IssuedCertificate certificate) {
        replace(Map.of(folder, certificate));
    }

    /** Issues a certificate and lets a folder's front end serve it from the next connection on. */
    public IssuedCertificate serve(final CertificateFolder folder, final Specimen specimen) {
        final IssuedCertificate certificate = authority.issue(specimen);
        serve(folder, certificate);
        return certificate;
    }

    /**
     * Lets a folder's front end meet clients differently from the next connection on.
     *
     * @throws IllegalArgumentException if the stamp does not have the folder
     */
    public void meet(final CertificateFolder folder, final Manner manner) {
        frontEnds.put(folder, new FrontEnd(served(folder), manner));
    }

    /**
     * Waits until every connection that came through {@link #network} has ended, so that the ledger is complete.
     *
     * @return false if one is still there after {@code patience}
     */
    public boolean settle(final Duration patience) throws InterruptedException {
        return frontEnds.settle(patience);
    }

    /** Stops listening and drops every connection. */
    @Override
    public void close() throws IOException {
        frontEnds.close();
        if (services != null) {
            services.close();
        }
        description.forgetShare();
    }
}
