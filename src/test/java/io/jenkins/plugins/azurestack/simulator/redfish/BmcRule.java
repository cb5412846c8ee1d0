package io.jenkins.plugins.azurestack.simulator.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.world.Faults;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.rules.ExternalResource;

/** A BMC of each flavour, each the node of that name, on a stamp whose time stands still until it is put forward. */
public final class BmcRule extends ExternalResource {
    public static final String USER = "root";
    public static final String OLD = "Old-Passw0rd1";
    public static final String NEW = "New-Passw0rd2";

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final CertificateAuthority AUTHORITY =
            new CertificateAuthority("Contoso", "azurestack.contoso.com", Instant.now(), RANDOM);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StateStore state = StateStore.inMemory();
    private StampTime time;
    private Faults faults;
    private Ledger ledger;
    private Bmcs bmcs;
    private HttpClient client;

    @Override
    protected void before() throws Throwable {
        time = new StampTime(InstantSource.fixed(NOW), NOW, 1);
        faults = new Faults(time);
        ledger = new Ledger();
        client = HttpClient.newBuilder().sslContext(trusting()).build();
        start();
    }

    private void start() throws IOException {
        final List<Node> nodes = new ArrayList<>();
        for (final Flavour flavour : Flavour.values()) {
            nodes.add(new Node(flavour.name(), "10.30.4." + (11 + nodes.size()), flavour, "SN" + nodes.size()));
        }
        bmcs = start(nodes, new BmcWorld(time, faults, ledger, state, RANDOM));
    }

    /** Starts BMCs with the rule's authority, user and password. */
    static Bmcs start(final List<Node> nodes, final BmcWorld world) throws IOException {
        final Instant now = Instant.now();
        return Bmcs.start(
                nodes,
                USER,
                OLD.toCharArray(),
                node -> AUTHORITY.issue(node.specimen(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(400)))),
                world);
    }

    private static SSLContext trusting() throws Exception {
        final KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("root", AUTHORITY.root());
        final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), RANDOM);
        return context;
    }

    @Override
    protected void after() {
        try {
            bmcs.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends every BMC and starts it anew with the state that was kept. */
    public void restart() throws IOException {
        bmcs.close();
        start();
    }

    public StampTime time() {
        return time;
    }

    public Faults faults() {
        return faults;
    }

    public Ledger ledger() {
        return ledger;
    }

    Bmcs bmcs() {
        return bmcs;
    }

    public Bmc of(final Flavour flavour) {
        return bmcs.of(flavour.name());
    }

    public static CertificateAuthority authority() {
        return AUTHORITY;
    }

    /** The path of the account that the stamp uses. */
    public static String account(final Flavour flavour) {
        return switch (flavour) {
            case IDRAC_8, IDRAC_9 -> "/redfish/v1/Managers/iDRAC.Embedded.1/Accounts/2";
            case IDRAC_10, GENERIC -> "/redfish/v1/AccountService/Accounts/2";
            case ILO_5, ILO_6, XCC -> "/redfish/v1/AccountService/Accounts/1";
        };
    }

    /** An answer with its body read as JSON, if it has one. */
    record Answer(int status, HttpResponse<String> whole, JsonNode json) {
        Optional<String> header(final String name) {
            return whole.headers().firstValue(name);
        }

        /** The first extended message of a refusal. */
        JsonNode message() {
            return json.path("error").path("@Message.ExtendedInfo").path(0);
        }

        String messageId() {
            return message().path("MessageId").asText();
        }
    }

    /** Requests to one BMC. */
    Requests to(final Flavour flavour) {
        return new Requests(of(flavour), List.of());
    }

    /** Requests to one BMC with the same headers each. */
    final class Requests {
        private final Bmc bmc;
        private final List<String> headers;

        Requests(final Bmc bmc, final List<String> headers) {
            this.bmc = bmc;
            this.headers = List.copyOf(headers);
        }

        Requests with(final String name, final String value) {
            final List<String> more = new ArrayList<>(headers);
            more.add(name);
            more.add(value);
            return new Requests(bmc, more);
        }

        Requests as(final String user, final String password) {
            return with(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        }

        Requests withToken(final String token) {
            return with("X-Auth-Token", token);
        }

        Answer get(final String path) throws Exception {
            return send("GET", path, null);
        }

        Answer patch(final String path, final String body) throws Exception {
            return with("Content-Type", "application/json").send("PATCH", path, body);
        }

        Answer post(final String path, final String body) throws Exception {
            return with("Content-Type", "application/json").send("POST", path, body);
        }

        /** Opens a session; its token is the answer's header. */
        Answer logOn(final String user, final String password) throws Exception {
            return post(
                    "/redfish/v1/SessionService/Sessions",
                    JSON.createObjectNode()
                            .put("UserName", user)
                            .put("Password", password)
                            .toString());
        }

        /** Changes a password with the ETag that the account has. */
        Answer change(final String path, final String password) throws Exception {
            final Answer account = get(path);
            return with("If-Match", account.json().path("@odata.etag").asText("none"))
                    .patch(
                            path,
                            JSON.createObjectNode().put("Password", password).toString());
        }

        Answer send(final String method, final String path, final String body) throws Exception {
            final HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("https://127.0.0.1:" + bmc.address().getPort() + path))
                    .timeout(PATIENCE)
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body));
            if (!headers.isEmpty()) {
                request.headers(headers.toArray(String[]::new));
            }
            final HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response, json(response.body()));
        }

        private JsonNode json(final String body) throws IOException {
            return body.startsWith("{") ? JSON.readTree(body) : MissingNode.getInstance();
        }
    }
}
