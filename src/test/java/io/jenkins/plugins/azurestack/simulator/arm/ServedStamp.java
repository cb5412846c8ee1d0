package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.azurestack.simulator.http.HttpListener;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import io.jenkins.plugins.azurestack.simulator.tls.FrontEnd;
import io.jenkins.plugins.azurestack.simulator.tls.FrontEnds;
import io.jenkins.plugins.azurestack.simulator.tls.Manner;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Resource Manager and its authorities of one simulated stamp, served on loopback, and a client that trusts them. */
public final class ServedStamp implements AutoCloseable {
    /** Where Entra ID is. */
    public static final String LOGIN = "https://login.contoso.example/";

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final CertificateAuthority AUTHORITY = new CertificateAuthority(
            "Contoso",
            "azurestack.contoso.com",
            InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS),
            new SecureRandom());

    /** By folder or name: stamps of one test share what takes time to make. */
    private static final Map<String, IssuedCertificate> ISSUED = new ConcurrentHashMap<>();

    private final World world;
    private final ResourceManager manager;
    private final Set<String> silentBmcs = ConcurrentHashMap.newKeySet();
    private final Map<CertificateFolder, IssuedCertificate> served = new EnumMap<>(CertificateFolder.class);
    private final FrontEnds frontEnds;
    private final HttpListener login;
    private final HttpListener direct;
    private final HttpListener directAdfs;
    private final HttpListener directLogin;
    private final HttpClient client;

    /** What a stamp is like. */
    public static final class Kind {
        private IdentityProvider provider = IdentityProvider.AAD;
        private String version = "1.2311.1.22";
        private StateStore store = StateStore.inMemory();
        private Instant now = InstantSource.system().instant();

        public Kind adfs() {
            provider = IdentityProvider.ADFS;
            return this;
        }

        public Kind version(final String text) {
            version = text;
            return this;
        }

        public Kind store(final StateStore other) {
            store = other;
            return this;
        }

        public Kind now(final Instant at) {
            now = at;
            return this;
        }

        public ServedStamp serve() throws IOException, GeneralSecurityException {
            return new ServedStamp(this);
        }
    }

    /** A stamp with Entra ID, of a late release. */
    public static Kind kind() {
        return new Kind();
    }

    private ServedStamp(final Kind kind) throws IOException, GeneralSecurityException {
        final Stamp stamp = new Stamp(
                "east",
                "east",
                "azurestack.contoso.com",
                kind.provider,
                Set.of(ResourceProvider.EVENT_HUBS, ResourceProvider.SQL_RP),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
        final SecureRandom random = new SecureRandom();
        world = new World(
                stamp,
                kind.version,
                Identity.usual(),
                new StampTime(InstantSource.system(), kind.now, 1),
                new Ledger(),
                kind.store,
                random);
        final Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
        for (final CertificateFolder folder : stamp.folders()) {
            served.put(
                    folder,
                    ISSUED.computeIfAbsent(
                            folder.folderName(),
                            none -> AUTHORITY.issue(Specimen.of(
                                    folder.requiredNames(stamp),
                                    now.minus(Duration.ofDays(1)),
                                    now.plus(Duration.ofDays(500))))));
        }
        manager = new ResourceManager(world, external(), nodes(), node -> !silentBmcs.contains(node.name()), LOGIN);
        frontEnds = new FrontEnds(stamp, world.time().clock(), random, world.ledger());
        served.forEach((folder, certificate) -> frontEnds.put(folder, new FrontEnd(certificate, Manner.SERVES)));
        frontEnds.answer(CertificateFolder.ARM_ADMIN, manager.admin(), () -> manager.isDown("adminmanagement"));
        frontEnds.answer(CertificateFolder.ADFS, manager.adfs(), () -> manager.isDown("adfs"));
        frontEnds.start();
        login = HttpListener.tls(
                "login", manager.login(), () -> named("login.contoso.example"), random, () -> manager.isDown("login"));
        direct = HttpListener.tls("direct", manager.admin(), () -> named("localhost"), random, () -> false);
        directAdfs = HttpListener.tls("direct-adfs", manager.adfs(), () -> named("localhost"), random, () -> false);
        directLogin = HttpListener.tls("direct-login", manager.login(), () -> named("localhost"), random, () -> false);
        client = HttpClient.newBuilder()
                .sslContext(trusting())
                .connectTimeout(PATIENCE)
                .build();
    }

    private ExternalCertificates external() {
        return new ExternalCertificates() {
            @Override
            public Map<CertificateFolder, IssuedCertificate> served() {
                synchronized (served) {
                    return new EnumMap<>(served);
                }
            }

            @Override
            public void replace(final Map<CertificateFolder, IssuedCertificate> certificates) {
                synchronized (served) {
                    served.putAll(certificates);
                }
                certificates.forEach(
                        (folder, certificate) -> frontEnds.put(folder, new FrontEnd(certificate, Manner.SERVES)));
            }
        };
    }

    /** Serves others from the next connection on. */
    public void replace(final Map<CertificateFolder, IssuedCertificate> certificates) {
        external().replace(certificates);
    }

    private static IssuedCertificate named(final String name) {
        return ISSUED.computeIfAbsent(
                name, none -> issue(name, InstantSource.system().instant().plus(Duration.ofDays(100))));
    }

    /** A certificate of the authority that everything here is issued by. */
    public static IssuedCertificate issue(final String name, final Instant ends) {
        final Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
        final Instant from = ends.isBefore(now) ? ends.minus(Duration.ofDays(1)) : now.minus(Duration.ofDays(1));
        return AUTHORITY.issue(Specimen.of(List.of(name), from, ends.truncatedTo(ChronoUnit.SECONDS)));
    }

    /** Issues everything here. */
    public static CertificateAuthority authority() {
        return AUTHORITY;
    }

    private static SSLContext trusting() throws IOException, GeneralSecurityException {
        final KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("root", AUTHORITY.root());
        final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static List<Node> nodes() {
        final List<Node> nodes = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            nodes.add(new Node("node0" + i, "10.30.1." + i, "DELL", "PowerEdge R740xd", "SIM000" + i));
        }
        return nodes;
    }

    public World world() {
        return world;
    }

    public ResourceManager manager() {
        return manager;
    }

    /** The BMC of a node answers to the stamp no more, or again. */
    public void bmcAnswers(final String node, final boolean answers) {
        if (answers) {
            silentBmcs.remove(node);
        } else {
            silentBmcs.add(node);
        }
    }

    /** Where the front ends listen. */
    public InetSocketAddress frontEnds() {
        return frontEnds.address();
    }

    /** Where Entra ID listens. */
    public InetSocketAddress login() {
        return login.address();
    }

    /** The way to this stamp and its login endpoint by their names, as a network has it. */
    public Socket connect(final String host, final int port, final Duration timeout) throws IOException {
        final boolean outside = host.equals("login.contoso.example");
        if (!outside && frontEnds.folderOf(host).isEmpty()) {
            throw new UnknownHostException(host + ": no name of the simulated stamp");
        }
        final Socket socket = SocketChannel.open().socket();
        socket.connect(outside ? login.address() : frontEnds.address(), (int) timeout.toMillis());
        return socket;
    }

    // What a test asks with the JDK's client, past the front ends, whose names only their own network knows.

    HttpResponse<String> send(final HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpRequest.Builder to(final HttpListener listener, final String path) {
        final String local = "https://localhost:" + listener.address().getPort();
        return HttpRequest.newBuilder(URI.create(local + path.replaceFirst("^https://[^/]+", "")));
    }

    /** A request to Resource Manager without a token. */
    HttpRequest.Builder bare(final String path) {
        return to(direct, path);
    }

    /** A request to Resource Manager with the operator's token. */
    HttpRequest.Builder as(final String token, final String path) {
        return bare(path).header("Authorization", "Bearer " + token);
    }

    JsonNode get(final String path) throws IOException, InterruptedException {
        return JSON.readTree(send(as(token(), path)).body());
    }

    HttpResponse<String> ask(final String method, final String path, final String body)
            throws IOException, InterruptedException {
        return send(as(token(), path).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** A path of a provider in the stamp's region. */
    String path(final String namespace, final String rest) {
        return "/subscriptions/" + manager.providerSubscription() + "/resourceGroups/System.east/providers/" + namespace
                + "/" + rest;
    }

    String alerts(final String rest) {
        return path("Microsoft.InfrastructureInsights.Admin", "regionHealths/east/alerts" + rest);
    }

    /** Those that are active and of one title. */
    List<JsonNode> active(final String title) throws IOException, InterruptedException {
        final String filter = "(Properties/State eq 'Active') and (Properties/Title eq '" + title + "')";
        return all(alerts("?api-version=2016-05-01&$filter=" + encode(filter)));
    }

    /** All pages of a list. */
    List<JsonNode> all(final String path) throws IOException, InterruptedException {
        final List<JsonNode> found = new ArrayList<>();
        String next = path;
        for (int page = 0; page < 100 && !next.isEmpty(); page++) {
            final JsonNode list = get(next);
            list.path("value").forEach(found::add);
            next = list.path("nextLink").asText();
        }
        return found;
    }

    static String encode(final String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A request for a token, of the authority that the stamp trusts. */
    HttpResponse<String> askToken(final Map<String, String> form) throws IOException, InterruptedException {
        return world.stamp().identityProvider() == IdentityProvider.ADFS
                ? askToken(directAdfs, "/adfs/oauth2/token", form)
                : askToken(directLogin, "/" + world.identity().tenant() + "/oauth2/token", form);
    }

    HttpResponse<String> askLogin(final String path, final Map<String, String> form)
            throws IOException, InterruptedException {
        return askToken(directLogin, path, form);
    }

    HttpResponse<String> getAdfs(final String path) throws IOException, InterruptedException {
        return send(to(directAdfs, path));
    }

    private HttpResponse<String> askToken(
            final HttpListener listener, final String path, final Map<String, String> form)
            throws IOException, InterruptedException {
        final String body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        final HttpRequest.Builder request = to(listener, path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(request);
    }

    String audience() throws IOException, InterruptedException {
        return JSON.readTree(
                        send(bare("/metadata/endpoints?api-version=2015-01-01")).body())
                .at("/authentication/audiences/0")
                .asText();
    }

    String token() throws IOException, InterruptedException {
        return token(world.identity().clientId(), world.identity().clientSecret());
    }

    String token(final String clientId, final String secret) throws IOException, InterruptedException {
        return JSON.readTree(askToken(Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                clientId,
                                "client_secret",
                                secret,
                                "resource",
                                audience()))
                        .body())
                .path("access_token")
                .asText();
    }

    /** Loopback's name, for clients that are told which address a name has. */
    static String loopback() {
        return InetAddress.getLoopbackAddress().getHostAddress();
    }

    @Override
    public void close() throws IOException {
        direct.close();
        directAdfs.close();
        directLogin.close();
        login.close();
        frontEnds.close();
    }
}
