package io.jenkins.plugins.azurestack.simulator;

import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import io.jenkins.plugins.azurestack.simulator.tls.FrontEnd;
import io.jenkins.plugins.azurestack.simulator.tls.FrontEnds;
import io.jenkins.plugins.azurestack.simulator.tls.Manner;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * A stamp on loopback. So far it has TLS front ends for every name of its folders; a fresh one serves one certificate
 * that has expired, one with 20 days left, one with 60, and others with 400 to 700 days. Thread-safe.
 */
public final class SimulatedStamp implements AutoCloseable {
    /** The folder whose certificate has expired on a fresh stamp, two days ago. */
    public static final CertificateFolder EXPIRED = CertificateFolder.ADMIN_PORTAL;
    /** The folder whose certificate has 20 days left on a fresh stamp. */
    public static final CertificateFolder IN_20_DAYS = CertificateFolder.ARM_PUBLIC;
    /** The folder whose certificate has 60 days left on a fresh stamp. */
    public static final CertificateFolder IN_60_DAYS = CertificateFolder.KEY_VAULT;

    private static final Map<CertificateFolder, Integer> NEAR = Map.of(EXPIRED, -2, IN_20_DAYS, 20, IN_60_DAYS, 60);
    private static final int SOONEST_DAYS = 400;
    private static final int LATEST_DAYS = 700;
    private static final Duration TWO_YEARS = Duration.ofDays(730);

    private final Stamp stamp;
    private final Instant born;
    private final CertificateAuthority authority;
    private final Ledger ledger = new Ledger();
    private final FrontEnds frontEnds;
    private final Network network;

    private SimulatedStamp(final Stamp stamp, final Clock clock, final SecureRandom random) throws IOException {
        this.stamp = stamp;
        this.born = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        this.authority = new CertificateAuthority("Contoso", stamp.externalFqdn(), born, random);
        this.frontEnds = new FrontEnds(stamp, clock, random, ledger);
        this.network = new StampNetwork(frontEnds, ledger, clock);
    }

    /**
     * Starts a stamp with a fresh stamp's certificates.
     *
     * @param stamp its name, domain, identity provider and resource providers; these decide which folders it has
     * @param clock what time it is on the stamp
     * @throws IOException if there is no port to be had on loopback
     */
    public static SimulatedStamp start(final Stamp stamp, final Clock clock) throws IOException {
        return start(stamp, clock, new SecureRandom());
    }

    /**
     * Starts a stamp with a fresh stamp's certificates.
     *
     * @param random makes keys and serial numbers
     */
    public static SimulatedStamp start(final Stamp stamp, final Clock clock, final SecureRandom random)
            throws IOException {
        final SimulatedStamp started = new SimulatedStamp(stamp, clock, random);
        final List<CertificateFolder> folders = stamp.folders();
        for (int i = 0; i < folders.size(); i++) {
            final int spread = SOONEST_DAYS + (LATEST_DAYS - SOONEST_DAYS) * i / folders.size();
            final CertificateFolder folder = folders.get(i);
            final Specimen specimen = started.specimen(folder, NEAR.getOrDefault(folder, spread));
            started.frontEnds.put(folder, new FrontEnd(started.authority.issue(specimen), Manner.SERVES));
        }
        started.frontEnds.start();
        return started;
    }

    /** What is simulated. */
    public Stamp stamp() {
        return stamp;
    }

    /** The authority that issued every certificate of the stamp. */
    public CertificateAuthority authority() {
        return authority;
    }

    /** The way to this stamp and to nothing else. */
    public Network network() {
        return network;
    }

    /** Where the front ends listen, for clients that bring their own sockets and send a name of the stamp. */
    public InetSocketAddress frontEndAddress() {
        return frontEnds.address();
    }

    /** Every attempt to connect so far. */
    public Ledger ledger() {
        return ledger;
    }

    /**
     * What a good certificate for a folder looks like.
     *
     * @param daysLeft whole days until it ends, counted from the start of the stamp; negative if it has ended
     */
    public Specimen specimen(final CertificateFolder folder, final int daysLeft) {
        // An hour more, so that a check a little later still counts as many whole days.
        final Instant notAfter = born.plus(Duration.ofDays(daysLeft)).plus(Duration.ofHours(1));
        final Instant issued = daysLeft > 0 ? born.minus(Duration.ofDays(1)) : notAfter;
        final Instant usual = notAfter.minus(TWO_YEARS);
        return Specimen.of(folder.requiredNames(stamp), usual.isBefore(issued) ? usual : issued, notAfter);
    }

    /** Issues a certificate for a folder without serving it. */
    public IssuedCertificate issue(final Specimen specimen) {
        return authority.issue(specimen);
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
        frontEnds.put(folder, new FrontEnd(certificate, frontEnds.of(folder).manner()));
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
    }
}
