package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.KeyAndChain;
import io.jenkins.plugins.azurestack.certificate.request.JoinedCertificate;
import io.jenkins.plugins.azurestack.certificate.request.PendingRequest;
import io.jenkins.plugins.azurestack.certificate.request.RequestRules;
import io.jenkins.plugins.azurestack.certificate.request.RequestSubject;
import io.jenkins.plugins.azurestack.certificate.request.SigningRequest;
import io.jenkins.plugins.azurestack.certificate.request.SigningRequests;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.net.TlsProbe;
import io.jenkins.plugins.azurestack.report.RequestsLog;
import io.jenkins.plugins.azurestack.report.RequestsMap;
import io.jenkins.plugins.azurestack.report.RotationJson;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code azsCertificateRequests} without Jenkins: makes requests whose keys are kept in the credentials store, and joins
 * what an authority issued with them. It changes nothing on the stamp. Whatever ends it in the middle, doing it again goes
 * on from there. May be used by several threads; those that mean one stamp take turns by being refused.
 */
public final class CertificateRequests {
    private static final Duration EACH_ENDPOINT = Duration.ofSeconds(15);
    /** The stamps whose keys somebody in this process is at: who, by home and stamp. */
    private static final Map<String, String> IN_HAND = new ConcurrentHashMap<>();

    private final Route route;
    private final Clock clock;
    private final SecureRandom random;

    /**
     * @param route the way to the stamp's endpoints and the authorities' lists
     * @param random makes keys, passphrases and salts
     */
    public CertificateRequests(final Route route, final Clock clock, final SecureRandom random) {
        this.route = Objects.requireNonNull(route, "route");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * Does what the arguments say, on the calling thread.
     *
     * @return the step's result: maps, lists, strings, longs and booleans only, all mutable and serialisable
     * @throws Rejected if that can't be asked for, or what was issued does not fit; no key store was changed
     * @throws NotWrittenException if the credentials store did not keep something; no key is lost, and the same again
     *     goes on from there
     * @throws InterruptedException if the calling thread was interrupted; the same again goes on from there
     * @throws IOException if something could not be read
     */
    public Map<String, Object> run(
            final Stamp stamp,
            final Maintenance maintenance,
            final CertificateRequestsArguments arguments,
            final MaintenanceEnvironment environment)
            throws IOException, InterruptedException {
        StampRules.requireAllowed(stamp, maintenance, environment, "make requests for");
        final String key = environment.home().toAbsolutePath().normalize() + "\n" + stamp.name();
        final String holder = IN_HAND.putIfAbsent(key, environment.build());
        if (holder != null) {
            throw new Rejected(
                    "stamp",
                    "the keys of stamp '" + stamp.name() + "' are in the hands of " + Text.printable(holder)
                            + ", which is still at it. Nothing was done. Wait for its end");
        }
        try {
            return new Run(stamp, arguments, environment).run();
        } finally {
            IN_HAND.remove(key);
        }
    }

    /** One use of the step. */
    private final class Run {
        private final Stamp stamp;
        private final CertificateRequestsArguments arguments;
        private final MaintenanceEnvironment environment;
        private final SecretLookup lookup;
        private final CredentialWriter store;
        private final PendingKeys keys;
        private final StoredKeyStores keyStores;
        private final Map<CertificateFolder, StoredCertificate> certificates;

        Run(final Stamp stamp, final CertificateRequestsArguments arguments, final MaintenanceEnvironment environment) {
            this.stamp = stamp;
            this.arguments = arguments;
            this.environment = environment;
            this.certificates = certificates();
            this.lookup = environment.credentials();
            this.store = environment.writer(RequestIds.writable(certificates.values()));
            final ProvedWriter writer = new ProvedWriter(store, lookup);
            this.keys = new PendingKeys(lookup, writer, random);
            this.keyStores = new StoredKeyStores(lookup, writer);
        }

        /** The folders that are meant, each with the credential that the stamp names for it. */
        private Map<CertificateFolder, StoredCertificate> certificates() {
            final Collection<CertificateFolder> meant =
                    arguments.meant().isEmpty() ? stamp.rotationFolders() : arguments.meant();
            final Map<CertificateFolder, StoredCertificate> named = new EnumMap<>(CertificateFolder.class);
            for (final StoredCertificate stored : stamp.certificates()) {
                named.put(stored.folder(), stored);
            }
            final Map<CertificateFolder, StoredCertificate> found = new EnumMap<>(CertificateFolder.class);
            final Map<String, CertificateFolder> owners = new HashMap<>();
            for (final CertificateFolder folder : meant) {
                final StoredCertificate stored = Optional.ofNullable(named.get(folder))
                        .orElseThrow(() -> new Rejected(
                                "certificates",
                                "of stamp '" + stamp.name() + "' name no credential for folder '"
                                        + folder.folderName()
                                        + "', and its key needs an id; name one under Manage Jenkins, System, Azure"
                                        + " Stack Hub (it need not exist yet), or give folders"));
                final CertificateFolder other = owners.put(stored.credentialsId(), folder);
                if (other != null) {
                    throw new Rejected(
                            "certificates",
                            "of stamp '" + stamp.name() + "' name one credential for '" + other.folderName() + "' and '"
                                    + folder.folderName() + "', and each folder's key needs an id of its own");
                }
                found.put(folder, stored);
            }
            return found;
        }

        Map<String, Object> run() throws IOException, InterruptedException {
            try {
                return arguments.isJoin() ? join() : request();
            } catch (NotSeenException e) {
                throw new Rejected("stamp", e.getMessage() + ". No key is lost. " + e.advice());
            } catch (NotWrittenException e) {
                final NotWrittenException told = new NotWrittenException(e.getMessage()
                        + " Every request that was shown has its key in the store; the same step again goes on from"
                        + " here.");
                told.initCause(e);
                throw told;
            }
        }

        private Map<String, Object> request() throws IOException, InterruptedException, NotSeenException {
            environment.status("making certificate requests for stamp '" + stamp.name() + "'");
            for (final StoredCertificate stored : certificates.values()) {
                requireWritable(stored);
            }
            final Map<CertificateFolder, CertificateChain> served = served();
            final RequestRules rules = rules(served);
            final List<PendingRequest> requests = new ArrayList<>();
            final List<String> warnings = new ArrayList<>();
            for (final CertificateFolder folder : SigningRequests.inOrder(stamp, certificates.keySet())) {
                requests.add(request(certificates.get(folder), rules, Optional.ofNullable(served.get(folder))));
                keyStores
                        .obstacle(certificates.get(folder).credentialsId())
                        .ifPresent(obstacle -> warnings.add(folder.folderName() + ": " + obstacle));
            }
            RequestsLog.requests(stamp, rules, requests).forEach(environment::log);
            warnings.forEach(warning -> environment.log("WARNING: " + warning));
            final Map<String, Object> map = RequestsMap.requests(stamp, rules, requests, warnings);
            final List<Object> files = new ArrayList<>();
            for (final PendingRequest pending : requests) {
                save(pending.request().fileName(), pending.request().pem(), files);
            }
            save("requests-" + stamp.name() + ".json", RotationJson.bytes(map), files);
            map.put("files", files);
            return map;
        }

        private void requireWritable(final StoredCertificate stored) {
            store.obstacle(beside(stored)).ifPresent(obstacle -> {
                throw new Rejected(
                        "certificates",
                        stored.folder().folderName() + ": no key can be kept: " + obstacle + " Nothing was done");
            });
        }

        /** A credential that is there: the certificate's own, or else that of the set's password. */
        private String beside(final StoredCertificate stored) {
            if (lookup.presence(stored.credentialsId()) != SecretLookup.Presence.ABSENT) {
                return stored.credentialsId();
            }
            return passwordId(stored);
        }

        private String passwordId(final StoredCertificate stored) {
            return stored.password()
                    .or(stamp::certificatePassword)
                    .orElseThrow(() -> new Rejected(
                            "certificatePasswordCredentialsId",
                            "is not configured for stamp '" + stamp.name()
                                    + "', and key stores need the set's password; set it under Manage Jenkins, System,"
                                    + " Azure Stack Hub"));
        }

        private Map<CertificateFolder, CertificateChain> served() throws InterruptedException {
            final Set<CertificateFolder> seen = new LinkedHashSet<>(certificates.keySet());
            seen.add(CertificateFolder.PUBLIC_PORTAL);
            return new ProbedCertificates(stamp, new TlsProbe(route.network(), random), random, EACH_ENDPOINT)
                    .chains(seen);
        }

        private RequestRules rules(final Map<CertificateFolder, CertificateChain> served) {
            final RequestRules rules = arguments.subject().isEmpty()
                    ? RequestRules.clonedFrom(
                            Optional.ofNullable(served.get(CertificateFolder.PUBLIC_PORTAL))
                                    .orElseThrow(() -> new Rejected(
                                            "subject",
                                            "is not given, and the certificate of the portal of stamp '" + stamp.name()
                                                    + "', whose subject would be taken, can't be seen. Nothing was"
                                                    + " done. Give a subject such as"
                                                    + " 'C=US,O=Contoso,OU=Azure Stack Hub'"))
                                    .leaf(),
                            arguments.clientAuthentication())
                    : RequestRules.fresh(RequestSubject.parse(arguments.subject()), arguments.clientAuthentication());
            return arguments
                    .length()
                    .map(length ->
                            new RequestRules(rules.subject(), length, rules.hash(), rules.clientAuthentication()))
                    .orElse(rules);
        }

        /** The request of one folder; its key is kept, and was read back, before this returns. */
        private PendingRequest request(
                final StoredCertificate stored, final RequestRules rules, final Optional<CertificateChain> served)
                throws NotSeenException, NotWrittenException, InterruptedException {
            stopIfAsked();
            final RequestIds ids = new RequestIds(stored.credentialsId());
            final String beside = beside(stored);
            final String description =
                    "Azure Stack Hub " + stamp.name() + ", " + stored.folder().folderName();
            Optional<PrivateKey> pending = keys.pending(ids);
            if (pending.isPresent() && isDone(stored, new StoredKey(ids, beside, pending.get()), served)) {
                pending = Optional.empty();
            }
            if (arguments.renewed().contains(stored.folder()) && pending.isPresent()) {
                keys.setAside(ids, beside, description);
                environment.log(stored.folder().folderName() + ": the pending key was set aside as '"
                        + Text.printable(ids.keyAside()) + "'; a certificate for it can still be joined.");
                pending = Optional.empty();
            }
            final SigningRequest request = new SigningRequests(pending.map(SigningRequests.KeySource::again)
                            .orElseGet(() -> SigningRequests.KeySource.of(random)))
                    .forEach(stamp, List.of(stored.folder()), rules, clock.instant())
                    .get(0);
            if (pending.isEmpty()) {
                keys.keep(ids, request.key(), beside, description);
            }
            return new PendingRequest(request, ids.key(), ids.passphrase(), pending.isPresent());
        }

        /** Whether a pending key waits for nothing any more: its certificate is served, and it is in its key store. */
        private boolean isDone(
                final StoredCertificate stored, final StoredKey pending, final Optional<CertificateChain> served)
                throws NotSeenException, NotWrittenException {
            if (served.filter(chain -> KeyAndChain.fits(pending.key(), chain.leaf()))
                    .isEmpty()) {
                return false;
            }
            final String folder = stored.folder().folderName();
            final RequestIds ids = pending.ids();
            try (JoinedSet.Password password = JoinedSet.Password.of(lookup, passwordId(stored))) {
                final boolean held = keyStores.holds(
                        new StoredKeyStores.Place(ids, pending.beside(), password.characters(), served), pending.key());
                if (held) {
                    keys.forget(ids, pending.beside());
                }
                environment.log(folder + ": the certificate of the pending key is served, "
                        + (held
                                ? "and its key is in '" + Text.printable(ids.certificate())
                                        + "'; it is pending no more."
                                : "but credential '" + Text.printable(ids.certificate())
                                        + "' does not hold that key. It stays, and is used again; newKeys would set it"
                                        + " aside."));
                return held;
            }
        }

        /** A pending key, and where it is. */
        private record StoredKey(RequestIds ids, String beside, PrivateKey key) {
            @Override
            public String toString() {
                return ids.key();
            }
        }

        private Map<String, Object> join() throws IOException, InterruptedException, NotSeenException {
            environment.status("joining certificates of stamp '" + stamp.name() + "' with their keys");
            final JoinedSet set = new JoinedSet(stamp, environment, keys, keyStores, route, clock, random);
            set.read(arguments.issued());
            set.match(certificates);
            for (final CertificateFolder folder : set.folders()) {
                requireWritable(certificates.get(folder));
            }
            final Map<CertificateFolder, CertificateChain> served = served();
            set.check(this::beside, this::passwordId, served);
            final List<JoinedCertificate> joined = new ArrayList<>();
            for (final CertificateFolder folder : set.folders()) {
                stopIfAsked();
                joined.add(set.put(folder));
            }
            RequestsLog.joined(stamp, joined, set.waiting()).forEach(environment::log);
            final Map<String, Object> map = RequestsMap.joined(stamp, joined, set.waiting(), set.remarks());
            final List<Object> files = new ArrayList<>();
            save("joined-" + stamp.name() + ".json", RotationJson.bytes(map), files);
            map.put("files", files);
            return map;
        }

        private void stopIfAsked() throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }

        /** A file that can't be saved loses nothing: the log and the result have it. */
        private void save(final String name, final byte[] content, final List<Object> files)
                throws InterruptedException {
            try {
                final StepEnvironment.Saved saved = environment.save(name, content);
                if (saved.inWorkspace()) {
                    files.add(name);
                }
            } catch (IOException e) {
                environment.log("WARNING: " + name + " could not be saved: " + Text.printable(e.getMessage())
                        + ". What it says is in the result.");
            }
        }
    }
}
