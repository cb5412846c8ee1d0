package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.certificate.readiness.Circumstances;
import io.jenkins.plugins.azurestack.certificate.readiness.ReadinessSettings;
import io.jenkins.plugins.azurestack.certificate.readiness.SetReadiness;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.journal.Disk;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.SecretGuard;
import io.jenkins.plugins.azurestack.net.HttpDownload;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.net.TlsProbe;
import io.jenkins.plugins.azurestack.pep.Logons;
import io.jenkins.plugins.azurestack.pep.StampCmdlets;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.rotation.CertificateSet;
import io.jenkins.plugins.azurestack.rotation.RotationIntent;
import io.jenkins.plugins.azurestack.rotation.RotationPlan;
import io.jenkins.plugins.azurestack.rotation.RotationScope;
import io.jenkins.plugins.azurestack.rotation.RotationWorld;
import io.jenkins.plugins.azurestack.rotation.StagingShare;
import io.jenkins.plugins.azurestack.rotation.StampOperations;
import io.jenkins.plugins.azurestack.share.UncPath;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StampVersion;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a rotation of one stamp sees and touches, opened with the credentials of one build. Closing wipes its
 * secrets. Used by one thread.
 */
final class OpenedWorld implements AutoCloseable {
    private static final Duration EACH_ENDPOINT = Duration.ofSeconds(15);
    private static final Duration EACH_LIST = Duration.ofSeconds(30);

    private final Tools tools;
    private final Stamp stamp;
    private final Maintenance maintenance;
    private final MaintenanceEnvironment environment;
    private final StampClients clients;
    private Optional<StoredCertificateSet> set = Optional.empty();
    private RotationWorld world;
    private StampCmdlets cmdlets;

    /**
     * What it is made of.
     *
     * @param route the way to the stamp, the share and the authorities
     * @param pause lets time pass between two questions
     * @param shares opens certificate shares
     */
    record Tools(Disk disk, Route route, Clock clock, SecureRandom random, PepStampActions.Pause pause, Shares shares) {
        Network network() {
            return route.network();
        }

        StampClients.Tools clients() {
            return new StampClients.Tools(disk, network(), clock, random, pause);
        }
    }

    /** Opens certificate shares. */
    @FunctionalInterface
    interface Shares {
        StagingShare at(
                UncPath path,
                PasswordCredentials account,
                IdentityProvider provider,
                RotationId rotation,
                Logons logons);
    }

    /**
     * What is to be opened.
     *
     * @param plan the approved plan; empty if one is only made
     * @param given certificates that the step was given, in place of the configured ones
     * @param rotation whose files those on the share are
     */
    record Wanted(
            RotationScope scope, Optional<RotationPlan> plan, List<StoredCertificate> given, RotationId rotation) {}

    private OpenedWorld(
            final Tools tools,
            final Stamp stamp,
            final Maintenance maintenance,
            final MaintenanceEnvironment environment) {
        this.tools = tools;
        this.stamp = stamp;
        this.maintenance = maintenance;
        this.environment = environment;
        this.clients = new StampClients(tools.clients(), stamp, maintenance, environment, "a rotation");
    }

    /**
     * Opens it; sends nothing but what finds out about certificates.
     *
     * @throws Rejected if the stamp's configuration lacks something, or a credential is not there
     * @throws IOException if what is remembered of refused passwords can't be read
     */
    static OpenedWorld open(
            final Tools tools,
            final Stamp stamp,
            final Maintenance maintenance,
            final MaintenanceEnvironment environment,
            final Wanted wanted)
            throws IOException, InterruptedException {
        final OpenedWorld opened = new OpenedWorld(tools, stamp, maintenance, environment);
        boolean complete = false;
        try {
            opened.open(wanted);
            complete = true;
            return opened;
        } finally {
            if (!complete) {
                opened.close();
            }
        }
    }

    private void open(final Wanted wanted) throws IOException, InterruptedException {
        if (maintenance.privilegedEndpoints().isEmpty()) {
            throw clients.missing("privilegedEndpoints");
        }
        final boolean external = wanted.scope() == RotationScope.EXTERNAL;
        final Logons logons = clients.logons();
        final List<X509Certificate> roots = clients.roots();
        final Optional<StampCmdlets.ExternalSet> goesWithIt = external ? Optional.of(externalSet()) : Optional.empty();
        cmdlets = clients.cmdlets(roots, logons);
        final PepStampActions actions = new PepStampActions(cmdlets, goesWithIt, tools.pause());
        final ProbedCertificates endpoints = new ProbedCertificates(
                stamp, new TlsProbe(tools.network(), tools.random()), tools.random(), EACH_ENDPOINT);
        StampOperations operations = operations(roots, List.of());
        if (external) {
            final StampVersion version = wanted.plan().isPresent()
                    ? StampVersion.parse(wanted.plan().get().intent().version())
                    : version(operations, actions);
            set = Optional.of(certificates(wanted, version, roots, endpoints, goesWithIt.get()));
            if (wanted.plan().filter(this::isOfSet).isPresent()) {
                operations = operations(roots, List.copyOf(set.get().roots()));
            }
        }
        world = new RotationWorld(
                stamp,
                maintenance.privilegedEndpoints(),
                actions,
                operations,
                endpoints,
                set.map(CertificateSet.class::cast),
                goesWithIt.map(own -> tools.shares()
                        .at(
                                UncPath.parse("certificateShare", own.path()),
                                own.share(),
                                stamp.identityProvider(),
                                wanted.rotation(),
                                logons)));
    }

    private StampCmdlets.ExternalSet externalSet() {
        final String field = "certificatePasswordCredentialsId";
        final UncPath path = UncPath.parse(
                "certificateShare",
                maintenance.certificateShare().orElseThrow(() -> clients.missing("certificateShare")));
        final PasswordCredentials account = clients.login("shareCredentialsId", maintenance.shareAccount());
        try {
            final char[] password = environment
                    .credentials()
                    .password(stamp.certificatePassword().orElseThrow(() -> clients.missing(field)));
            clients.whenClosed(() -> Arrays.fill(password, '\0'));
            clients.secrets().add(password);
            if (password.length == 0) {
                throw new Rejected(field, "holds an empty password; every file of the set needs one");
            }
            return new StampCmdlets.ExternalSet(path.toString(), account, password);
        } catch (NotSeenException e) {
            throw new Rejected(field, e.getMessage() + ". " + e.advice());
        }
    }

    /** @param ofSet roots that are trusted for names of the stamp only */
    private StampOperations operations(final List<X509Certificate> roots, final List<X509Certificate> ofSet) {
        return clients.resourceManager(roots, ofSet)
                .<StampOperations>map(ResourceManagerOperations::new)
                .orElseGet(NoOperations::new);
    }

    static NotKnownException notConfigured() {
        return new NotKnownException(
                "no operatorCredentialsId is configured, so Resource Manager can't be asked",
                "Configure the operator's service principal; or accept it by name.");
    }

    /** Where no service principal is configured, nothing that it would see is known. */
    private static final class NoOperations implements StampOperations {
        @Override
        public Optional<String> exclusiveOperation() throws NotKnownException {
            throw notConfigured();
        }

        @Override
        public Optional<String> runningUpdate() throws NotKnownException {
            throw notConfigured();
        }

        @Override
        public List<Alert> activeAlerts() throws NotKnownException {
            throw notConfigured();
        }

        @Override
        public List<Alert> closedAlerts(final Instant since) throws NotKnownException {
            throw notConfigured();
        }
    }

    /** As Resource Manager says it, or else the privileged endpoint. */
    private static StampVersion version(final StampOperations operations, final PepStampActions actions)
            throws InterruptedException {
        final StampVersion version =
                operations instanceof ResourceManagerOperations manager ? manager.version() : StampVersion.UNKNOWN;
        if (version.isKnown()) {
            return version;
        }
        try {
            return StampVersion.parse(actions.facts().version());
        } catch (NotKnownException e) {
            return StampVersion.UNKNOWN;
        }
    }

    private StoredCertificateSet certificates(
            final Wanted wanted,
            final StampVersion version,
            final List<X509Certificate> roots,
            final ProbedCertificates endpoints,
            final StampCmdlets.ExternalSet goesWithIt)
            throws InterruptedException {
        final StoredCertificateSet certificates = new StoredCertificateSet(
                sources(wanted.given(), goesWithIt.password()),
                goesWithIt.password(),
                new Circumstances(
                        stamp,
                        version,
                        tools.clock().instant(),
                        ReadinessSettings.of(version),
                        new HttpCrlProbe(
                                new HttpDownload(tools.route().lists()),
                                tools.route().from(),
                                EACH_LIST),
                        endpoints.chains(stamp.rotationFolders()),
                        TrustedRoots.ofJvm(),
                        roots),
                tools.random());
        clients.whenClosed(certificates::close);
        return certificates;
    }

    private Map<CertificateFolder, StoredCertificateSet.Source> sources(
            final List<StoredCertificate> given, final char[] password) {
        final Map<CertificateFolder, StoredCertificateSet.Source> sources = new EnumMap<>(CertificateFolder.class);
        for (final StoredCertificate stored : stamp.certificates()) {
            if (stored.folder().isRotatedByStamp()) {
                sources.put(stored.folder(), source(environment.credentials(), stored, password));
            }
        }
        given.forEach(stored -> sources.put(stored.folder(), source(environment.given(), stored, password)));
        return sources;
    }

    /** @param password opens a file that names no password of its own */
    private static StoredCertificateSet.Source source(
            final CredentialLookup lookup, final StoredCertificate stored, final char[] password) {
        final String id = stored.credentialsId();
        return new StoredCertificateSet.Source(id, () -> {
            final CredentialLookup.Held held = lookup.look(id, stored.password());
            return held instanceof CredentialLookup.Held.File file
                            && stored.password().isEmpty()
                    ? new CredentialLookup.Held.File(file.content(), password.clone())
                    : held;
        });
    }

    /** Whether the set is the one that was approved: only then its roots are trusted. */
    private boolean isOfSet(final RotationPlan plan) {
        final Map<CertificateFolder, String> approved = new EnumMap<>(CertificateFolder.class);
        for (final Map.Entry<CertificateFolder, RotationIntent.Change> one :
                plan.intent().certificates().entrySet()) {
            approved.put(one.getKey(), one.getValue().toBeServed());
        }
        return set.orElseThrow().fingerprints().equals(approved);
    }

    RotationWorld world() {
        return world;
    }

    /** Recognises the secrets of this world as long as it is open. */
    SecretGuard guard() {
        return clients.secrets();
    }

    /** What the readiness checks say of the set; for an external rotation only. */
    Optional<SetReadiness> readiness() {
        return set.map(StoredCertificateSet::readiness);
    }

    /**
     * Has the privileged endpoint's transcripts moved to where the stamp's configuration says, if it says so.
     *
     * @return what came of it, in sentences; never an exception, since no rotation fails by this
     */
    List<String> moveTranscripts() throws InterruptedException {
        if (maintenance.transcriptShare().isEmpty()) {
            return List.of();
        }
        try {
            return cmdlets.moveTranscripts(
                    maintenance.transcriptShare().get(),
                    clients.login("shareCredentialsId", maintenance.shareAccount()));
        } catch (Rejected e) {
            return List.of("No transcript was moved: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
