package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.KeyAndChain;
import io.jenkins.plugins.azurestack.certificate.PfxWriter;
import io.jenkins.plugins.azurestack.certificate.readiness.PasswordRecipe;
import io.jenkins.plugins.azurestack.certificate.readiness.PfxReadiness;
import io.jenkins.plugins.azurestack.certificate.readiness.ReadinessSettings;
import io.jenkins.plugins.azurestack.certificate.readiness.SetOutcome;
import io.jenkins.plugins.azurestack.certificate.readiness.Status;
import io.jenkins.plugins.azurestack.certificate.request.IssuedCertificates;
import io.jenkins.plugins.azurestack.certificate.request.JoinRefusedException;
import io.jenkins.plugins.azurestack.certificate.request.JoinedCertificate;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.net.HttpDownload;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StampVersion;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What an authority issued on its way to the key stores of a stamp: read, matched with the keys that wait for it, checked
 * as it will be stored, and only then put. Whatever is refused is refused before anything is written. For one thread.
 */
final class JoinedSet {
    private static final int LARGEST_FILE = 1024 * 1024;
    private static final Duration EACH_LIST = Duration.ofSeconds(30);
    private static final String FIELD = "issued";

    private final Stamp stamp;
    private final MaintenanceEnvironment environment;
    private final PendingKeys keys;
    private final StoredKeyStores keyStores;
    private final Route route;
    private final Clock clock;
    private final SecureRandom random;

    private final Map<CertificateFolder, StoredCertificate> certificates = new EnumMap<>(CertificateFolder.class);
    private final Map<CertificateFolder, KeyAndChain> pairs = new EnumMap<>(CertificateFolder.class);
    private final Map<CertificateFolder, Where> places = new EnumMap<>(CertificateFolder.class);
    private final List<CertificateFolder> waiting = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private IssuedCertificates issued;

    /** Where a key store goes; its password is got anew, so that none is kept. */
    private record Where(String beside, String passwordId, Optional<CertificateChain> served) {}

    /** A password for as long as it is needed. */
    record Password(char[] characters) implements AutoCloseable {
        static Password of(final SecretLookup lookup, final String id) throws NotSeenException {
            return new Password(lookup.password(id));
        }

        @Override
        public void close() {
            Arrays.fill(characters, '\0');
        }

        @Override
        public String toString() {
            return "password";
        }
    }

    JoinedSet(
            final Stamp stamp,
            final MaintenanceEnvironment environment,
            final PendingKeys keys,
            final StoredKeyStores keyStores,
            final Route route,
            final Clock clock,
            final SecureRandom random) {
        this.stamp = stamp;
        this.environment = environment;
        this.keys = keys;
        this.keyStores = keyStores;
        this.route = route;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Reads what was issued.
     *
     * @param texts PEM, or paths in the workspace
     * @throws Rejected if it is not what an authority issues
     * @throws IOException if a file can't be read
     */
    void read(final List<String> texts) throws IOException, InterruptedException {
        final List<byte[]> files = new ArrayList<>();
        for (final String text : texts) {
            files.add(
                    CertificateRequestsArguments.isPem(text)
                            ? text.getBytes(StandardCharsets.ISO_8859_1)
                            : environment.read(text, LARGEST_FILE));
        }
        try {
            issued = IssuedCertificates.read(files);
        } catch (JoinRefusedException e) {
            throw refused(e);
        }
    }

    private static Rejected refused(final JoinRefusedException e) {
        return new Rejected(FIELD, e.getMessage() + ". Nothing was changed. " + withoutDot(e.advice()));
    }

    private static String withoutDot(final String sentence) {
        return sentence.replaceAll("[.]$", "");
    }

    /**
     * Finds the key of each certificate.
     *
     * @param meant the folders that are meant, each with its credential
     * @throws NotSeenException if a key that is there, or may be, does not open
     * @throws Rejected if a certificate is for none of the keys, or lacks names
     */
    void match(final Map<CertificateFolder, StoredCertificate> meant) throws NotSeenException {
        final Set<X509Certificate> used = new LinkedHashSet<>();
        for (final StoredCertificate stored : meant.values()) {
            final Optional<PrivateKey> key = key(new RequestIds(stored.credentialsId()));
            if (key.isEmpty()) {
                continue;
            }
            final List<X509Certificate> fitting = issued.certificates().stream()
                    .filter(certificate -> KeyAndChain.fits(key.get(), certificate))
                    .toList();
            used.addAll(fitting);
            if (fitting.isEmpty()) {
                waiting.add(stored.folder());
            } else {
                certificates.put(stored.folder(), stored);
                pairs.put(stored.folder(), join(stored.folder(), key.get()));
            }
        }
        requireUsed(used);
    }

    /** The key that a certificate came for; or else the one that waits. */
    private Optional<PrivateKey> key(final RequestIds ids) throws NotSeenException {
        final Optional<PrivateKey> pending = keys.pending(ids);
        if (pending.filter(this::isAnswered).isPresent()) {
            return pending;
        }
        final Optional<PrivateKey> aside = keys.aside(ids);
        return aside.filter(this::isAnswered).isPresent() ? aside : pending;
    }

    private boolean isAnswered(final PrivateKey key) {
        return issued.certificates().stream().anyMatch(certificate -> KeyAndChain.fits(key, certificate));
    }

    private KeyAndChain join(final CertificateFolder folder, final PrivateKey key) throws NotSeenException {
        final List<X509Certificate> others = new ArrayList<>(TrustedRoots.ofJvm());
        if (stamp.trustedCertificates().isPresent()) {
            others.addAll(TrustedRoots.in(
                    environment.credentials(), stamp.trustedCertificates().get()));
        }
        try {
            return issued.join(key, folder.requiredNames(stamp), others);
        } catch (JoinRefusedException e) {
            throw new Rejected(
                    FIELD,
                    folder.folderName() + ": " + e.getMessage() + ". Nothing was changed, and the key waits on. "
                            + withoutDot(e.advice()));
        }
    }

    /** A certificate of a server that belongs to no key is one too many: it was to be joined, and can't be. */
    private void requireUsed(final Set<X509Certificate> used) {
        final List<String> strangers = issued.certificates().stream()
                .filter(certificate -> certificate.getBasicConstraints() < 0
                        && !CertificateChain.isSelfSigned(certificate)
                        && !used.contains(certificate))
                .map(certificate -> "'" + certificate.getSubjectX500Principal().getName() + "'")
                .toList();
        if (!strangers.isEmpty()) {
            throw new Rejected(
                    FIELD,
                    Text.printable("no pending key is that of " + String.join(", ", strangers))
                            + ". Nothing was changed. Check which requests the authority answered: every request has a"
                            + " key of its own");
        }
        if (pairs.isEmpty()) {
            throw new Rejected(FIELD, "no certificate in it is for a pending key. Nothing was changed");
        }
    }

    /** The folders whose keys got their certificates. */
    Collection<CertificateFolder> folders() {
        return pairs.keySet();
    }

    /** The folders whose keys wait on. */
    List<CertificateFolder> waiting() {
        return List.copyOf(waiting);
    }

    /** Warnings of the readiness checks. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /**
     * Runs the readiness checks on the files as they will be stored, and finds out whether there is a place for each.
     *
     * @param beside an existing credential, for each certificate
     * @param password the id of the password of each key store
     * @param served what the endpoints serve now, as far as it can be seen
     * @throws Rejected if one of them fails
     * @throws NotSeenException if what is there must stay
     */
    void check(
            final Function<StoredCertificate, String> beside,
            final Function<StoredCertificate, String> password,
            final Map<CertificateFolder, CertificateChain> served)
            throws NotSeenException, InterruptedException {
        final List<String> obstacles = new ArrayList<>();
        for (final StoredCertificate stored : certificates.values()) {
            final CertificateFolder folder = stored.folder();
            places.put(
                    folder,
                    new Where(beside.apply(stored), password.apply(stored), Optional.ofNullable(served.get(folder))));
            try (Password secret = Password.of(environment.credentials(), password.apply(stored))) {
                requireGood(secret);
                keyStores.requirePlace(place(folder, secret), pairs.get(folder));
                judge(folder, secret, obstacles);
            }
        }
        if (!obstacles.isEmpty()) {
            throw new Rejected(
                    FIELD,
                    "the readiness checks fail, so no key store was changed, and every key waits on: "
                            + String.join("; ", obstacles));
        }
    }

    private static void requireGood(final Password password) {
        final SetOutcome outcome = PasswordRecipe.judge(password.characters());
        if (outcome.status() == Status.FAIL) {
            throw new Rejected(
                    "certificatePasswordCredentialsId",
                    withoutDot(outcome.message()) + ", so the stamp would refuse the set. Nothing was changed");
        }
    }

    private void judge(final CertificateFolder folder, final Password password, final List<String> obstacles)
            throws InterruptedException {
        final byte[] pfx = pfx(folder, password);
        final PfxReadiness readiness;
        try {
            readiness = PfxReadiness.of(
                    pfx,
                    password.characters(),
                    folder,
                    stamp,
                    clock.instant(),
                    ReadinessSettings.of(StampVersion.UNKNOWN),
                    new HttpCrlProbe(new HttpDownload(route.lists()), route.from(), EACH_LIST));
        } finally {
            Arrays.fill(pfx, (byte) 0);
        }
        readiness.outcomes().forEach((check, outcome) -> {
            final String words =
                    withoutDot(folder.folderName() + ", " + check.title() + ": " + Text.printable(outcome.message()));
            if (outcome.status() == Status.FAIL) {
                obstacles.add(words);
            } else if (outcome.status() == Status.WARNING) {
                remarks.add(words);
            }
        });
    }

    private byte[] pfx(final CertificateFolder folder, final Password password) {
        final KeyAndChain pair = pairs.get(folder);
        return new PfxWriter(random).write(pair.key(), pair.chain(), password.characters(), folder.folderName());
    }

    private StoredKeyStores.Place place(final CertificateFolder folder, final Password password) {
        final Where where = places.get(folder);
        return new StoredKeyStores.Place(
                new RequestIds(certificates.get(folder).credentialsId()),
                where.beside(),
                password.characters(),
                where.served());
    }

    /**
     * Puts one key store into its credential, unless it is there already.
     *
     * @throws NotWrittenException if it is not kept for sure; its key waits on
     * @throws NotSeenException if what is there must stay
     */
    JoinedCertificate put(final CertificateFolder folder) throws NotWrittenException, NotSeenException {
        final KeyAndChain pair = pairs.get(folder);
        final String id = certificates.get(folder).credentialsId();
        try (Password password =
                Password.of(environment.credentials(), places.get(folder).passwordId())) {
            final StoredKeyStores.Place place = place(folder, password);
            if (keyStores.holds(place, pair)) {
                return new JoinedCertificate(folder, pair.chain(), id, false);
            }
            final byte[] pfx = pfx(folder, password);
            try {
                keyStores.put(place, pair, pfx, fileName(folder), description(folder, pair));
            } finally {
                Arrays.fill(pfx, (byte) 0);
            }
            return new JoinedCertificate(folder, pair.chain(), id, true);
        }
    }

    private String fileName(final CertificateFolder folder) {
        return folder.requiredNames(stamp).get(0).replace("*", "wildcard").replace('.', '_') + ".pfx";
    }

    private String description(final CertificateFolder folder, final KeyAndChain pair) {
        return "Azure Stack Hub " + stamp.name() + ", " + folder.folderName() + ": certificate until "
                + pair.chain().leaf().getNotAfter().toInstant();
    }
}
