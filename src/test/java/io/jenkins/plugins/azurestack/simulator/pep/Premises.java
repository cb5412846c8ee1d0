package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet;
import io.jenkins.plugins.azurestack.simulator.world.BmcNetwork;
import io.jenkins.plugins.azurestack.simulator.world.ExternalCertificates;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Node;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A stamp's surroundings as far as its cmdlets see them, without a socket: a share that is a folder, BMCs that are maps. */
final class Premises {
    static final Instant NOW = Instant.parse("2026-03-01T05:00:00Z");
    static final String ADDRESS = "\\\\10.30.0.50\\rotation";
    static final String PATH = ADDRESS + "\\Certificates";
    static final String USER = "CONTOSO\\share";
    static final String SHARE_PASSWORD = "canary-share-1";
    static final String PFX_PASSWORD = "canary-Pfx-1";
    static final SecureRandom RANDOM = new SecureRandom();
    /** The one that the stamp was deployed with. */
    static final CertificateAuthority CONTOSO =
            new CertificateAuthority("Contoso", "azurestack.contoso.com", NOW, RANDOM);

    final Stamp stamp;
    final Path folder;
    final StateStore store;
    final Served served = new Served();
    final Bmcs bmcs = new Bmcs();
    final Ledger ledger = new Ledger();
    private final String version;
    private final InstantSource outside;
    private final double factor;
    private PrivilegedEndpoints.Settings settings =
            PrivilegedEndpoints.Settings.usual().with(Pace.atOnce());
    World world;
    PrivilegedEndpoints endpoints;

    Premises(final Path folder, final String version, final IdentityProvider provider) throws IOException {
        this(folder, version, provider, Set.of());
    }

    Premises(
            final Path folder,
            final String version,
            final IdentityProvider provider,
            final Set<ResourceProvider> providers)
            throws IOException {
        this(folder, version, provider, providers, InstantSource.fixed(NOW), 1);
    }

    /** Those of a stamp whose time goes by itself. */
    static Premises running(final Path folder, final String version, final double factor) throws IOException {
        return new Premises(folder, version, IdentityProvider.AAD, Set.of(), InstantSource.system(), factor);
    }

    private Premises(
            final Path folder,
            final String version,
            final IdentityProvider provider,
            final Set<ResourceProvider> providers,
            final InstantSource outside,
            final double factor)
            throws IOException {
        this.outside = outside;
        this.factor = factor;
        this.folder = folder;
        this.store = StateStore.in(folder.resolve("state"));
        this.version = version;
        this.stamp = new Stamp(
                "east",
                "east",
                "azurestack.contoso.com",
                provider,
                providers,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
        stamp.folders().forEach(each -> served.certificates.put(each, CONTOSO.issue(specimen(each))));
        start(NOW);
    }

    private void start(final Instant now) throws IOException {
        world = new World(stamp, version, Identity.usual(), new StampTime(outside, now, factor), ledger, store, RANDOM);
        endpoints = new PrivilegedEndpoints(world, served, this::open, bmcs, settings);
    }

    /** Stops the stamp and starts another with its state, at the same time of the day. */
    void restart() throws IOException {
        start(world.time().now());
    }

    /** The same with other settings, after a restart. */
    void restart(final PrivilegedEndpoints.Settings other) throws IOException {
        settings = other;
        restart();
    }

    private Path open(final String unc, final String user, final char[] password) throws IOException {
        if (!unc.startsWith(ADDRESS)) {
            throw new IOException("The network path was not found");
        }
        if (!user.equals(USER) || !SHARE_PASSWORD.equals(String.valueOf(password))) {
            throw new IOException("The specified network password is not correct");
        }
        final Path path = folder.resolve(
                unc.substring(ADDRESS.length()).replace('\\', '/').replaceAll("^/|/$", ""));
        if (!Files.isDirectory(path)) {
            throw new IOException("The network name cannot be found");
        }
        return path;
    }

    /** A certificate as the stamp wants it, for a year and a bit. */
    Specimen specimen(final CertificateFolder of) {
        return Specimen.of(of.requiredNames(stamp), NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(400)));
    }

    Path root() {
        return folder.resolve("Certificates").resolve(stamp.identityProvider().name());
    }

    Path file(final CertificateFolder of) {
        return root().resolve(of.folderName()).resolve(of.name().toLowerCase(Locale.ROOT) + ".pfx");
    }

    /** The folders of the set; those of resource providers are not in it. */
    List<CertificateFolder> folders() {
        return stamp.folders().stream()
                .filter(each -> each.compareTo(CertificateFolder.CONTAINER_REGISTRY) <= 0)
                .toList();
    }

    /** Puts a good set on the share, as it is to be. */
    Map<CertificateFolder, IssuedCertificate> stage() throws IOException {
        return stage(CONTOSO);
    }

    Map<CertificateFolder, IssuedCertificate> stage(final CertificateAuthority authority) throws IOException {
        final Map<CertificateFolder, IssuedCertificate> set = new EnumMap<>(CertificateFolder.class);
        for (final CertificateFolder each : folders()) {
            final IssuedCertificate certificate = authority.issue(specimen(each).withChain(Specimen.Chain.WITH_ROOT));
            set.put(each, certificate);
            put(each, new PfxMaker(certificate).bytes(PFX_PASSWORD));
        }
        return set;
    }

    void put(final CertificateFolder each, final byte[] file) throws IOException {
        Files.createDirectories(file(each).getParent());
        Files.write(file(each), file);
    }

    void unstage() throws IOException {
        final Path all = folder.resolve("Certificates");
        if (Files.exists(all)) {
            try (Stream<Path> paths = Files.walk(all)) {
                for (final Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    Seen seen() {
        return new Seen(world.time(), Pace.usual().poll());
    }

    Call call(final String name) {
        return call(name, seen());
    }

    Call call(final String name, final Seen seen) {
        return new Call(cmdlet(name), seen);
    }

    Cmdlet cmdlet(final String name) {
        return endpoints.cmdlets().stream()
                .filter(cmdlet -> cmdlet.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no " + name));
    }

    Call external() {
        return external(seen());
    }

    Call external(final Seen seen) {
        return call("Start-SecretRotation", seen)
                .with("PfxFilesPath", PATH)
                .withCredential("PathAccessCredential", USER, SHARE_PASSWORD)
                .withSecret("CertificatePassword", PFX_PASSWORD);
    }

    Call rerun() {
        return call("Start-SecretRotation").with("ReRun");
    }

    /** What front ends serve. */
    static final class Served implements ExternalCertificates {
        final Map<CertificateFolder, IssuedCertificate> certificates = new EnumMap<>(CertificateFolder.class);
        final CountDownLatch replaced = new CountDownLatch(1);

        @Override
        public synchronized Map<CertificateFolder, IssuedCertificate> served() {
            return new EnumMap<>(certificates);
        }

        @Override
        public synchronized void replace(final Map<CertificateFolder, IssuedCertificate> others) {
            certificates.putAll(others);
            replaced.countDown();
        }
    }

    /** Four BMCs, some of which may not answer. */
    static final class Bmcs implements BmcNetwork {
        final Map<String, String> accounts = new HashMap<>();
        final Set<String> unreachable = new HashSet<>();
        final Set<String> refusing = new HashSet<>();
        int logons;

        Bmcs() {
            nodes().forEach(node -> accounts.put(
                    node.name(),
                    login(
                            Identity.usual().bmcUser(),
                            Identity.usual().bmcPassword().toCharArray())));
        }

        @Override
        public List<Node> nodes() {
            return IntStream.rangeClosed(1, 4)
                    .mapToObj(i -> new Node("node0" + i, "10.30.1." + i, "DELL", "R740", "S" + i))
                    .toList();
        }

        @Override
        public boolean logsIn(final Node node, final String user, final char[] password) {
            logons++;
            return !unreachable.contains(node.name())
                    && accounts.get(node.name()).equals(login(user, password));
        }

        @Override
        public Optional<String> change(
                final Node node,
                final String user,
                final char[] password,
                final String newUser,
                final char[] newPassword) {
            if (unreachable.contains(node.name())) {
                return Optional.of("The BMC did not respond.");
            }
            if (!logsIn(node, user, password)) {
                return Optional.of("The login was refused.");
            }
            if (refusing.contains(node.name())) {
                return Optional.of("The password does not meet the policy.");
            }
            accounts.put(node.name(), login(newUser, newPassword));
            return Optional.empty();
        }

        static String login(final String user, final char[] password) {
            return user + ":" + String.valueOf(password);
        }
    }

    /** Everything that the store has, as text. */
    String state() {
        return Stream.of("action-plans", "transcripts", "secret-rotation", "bmc-credential", "cloud-admins")
                .map(section -> {
                    try {
                        return store.read(section).map(Object::toString).orElse("");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .reduce("", String::concat);
    }
}
