package io.jenkins.plugins.azurestack.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineBuilder;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePool;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManEndpoint;
import io.jenkins.plugins.azurestack.simulator.pep.PfxMaker;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A client of everything that an assembled stamp has, by the names and addresses that the stamp is known by. */
public final class StampVisitor {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String PFX_PASSWORD = "Visitors-Pfx-1";
    static final String ACCOUNT = "/redfish/v1/Managers/iDRAC.Embedded.1/Accounts/2";

    private static final String CERTIFICATES = "external-certificates";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int HTTPS = 443;

    private final SimulatedStamp stamp;

    StampVisitor(final SimulatedStamp stamp) {
        this.stamp = stamp;
    }

    /**
     * A store that knows the authority and the certificates of another stamp and nothing else: making keys takes longer
     * than all that a test is about.
     */
    static StateStore withKeysOf(final SimulatedStamp other) throws IOException {
        final StateStore store = StateStore.inMemory();
        store.write(CERTIFICATES, other.world().store().read(CERTIFICATES).orElseThrow());
        return store;
    }

    /**
     * An answer.
     *
     * @param headers by name in lower case
     * @param pieces in how many TLS records it came, at least
     */
    record Answer(int status, Map<String, String> headers, String body, int pieces) {
        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }
    }

    /** Connects and completes the handshake, trusting the stamp's own authority for that name alone. */
    SSLSocket connect(final String host) throws IOException {
        return connect(host, HTTPS);
    }

    private SSLSocket connect(final String host, final int port) throws IOException {
        final SSLSocket tls = (SSLSocket) trusting()
                .getSocketFactory()
                .createSocket(stamp.network().connect(host, port, PATIENCE), host, port, true);
        final SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!host.matches("[0-9.]+")) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        tls.setSSLParameters(parameters);
        tls.setSoTimeout((int) PATIENCE.toMillis());
        try {
            tls.startHandshake();
            return tls;
        } catch (IOException e) {
            tls.close();
            throw e;
        }
    }

    private SSLContext trusting() {
        try {
            final KeyStore roots = KeyStore.getInstance("PKCS12");
            roots.load(null, null);
            roots.setCertificateEntry("root", stamp.authority().root());
            final TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks over HTTPS on a connection of its own. */
    Answer ask(
            final String host,
            final String method,
            final String target,
            final Map<String, String> headers,
            final String body)
            throws IOException {
        return ask(host, HTTPS, method, target, headers, body);
    }

    Answer ask(
            final String host,
            final int port,
            final String method,
            final String target,
            final Map<String, String> headers,
            final String body)
            throws IOException {
        final byte[] content = body.getBytes(StandardCharsets.UTF_8);
        final StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Connection: close\r\nContent-Length: ").append(content.length);
        head.append("\r\n\r\n");
        try (SSLSocket tls = connect(host, port)) {
            tls.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            tls.getOutputStream().write(content);
            tls.getOutputStream().flush();
            return read(tls.getInputStream());
        }
    }

    private static Answer read(final InputStream in) throws IOException {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        final byte[] buffer = new byte[64 * 1024];
        int pieces = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            all.write(buffer, 0, read);
            pieces++;
        }
        final String text = all.toString(StandardCharsets.UTF_8);
        final int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new EOFException("No answer, only '" + text + "'");
        }
        final List<String> head = text.substring(0, end).lines().toList();
        final Map<String, String> headers = new TreeMap<>();
        head.subList(1, head.size())
                .forEach(line -> headers.put(
                        line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                        line.substring(line.indexOf(':') + 1).strip()));
        final String body = text.substring(end + 4);
        final int length = body.getBytes(StandardCharsets.UTF_8).length;
        if (length < Integer.parseInt(headers.getOrDefault("content-length", "0"))) {
            throw new EOFException("Cut after " + length + " bytes");
        }
        return new Answer(Integer.parseInt(head.get(0).split(" ")[1]), headers, body, pieces);
    }

    // Resource Manager

    private String adminHost() {
        return "adminmanagement." + stamp.stamp().domain();
    }

    /** What says where tokens come from. */
    Answer metadata() throws IOException {
        return ask(adminHost(), "GET", "/metadata/endpoints?api-version=2015-01-01", Map.of(), "");
    }

    /** The answer to a request for a token with the operator's secret. */
    Answer askToken() throws IOException {
        final JsonNode said = metadata().json().path("authentication");
        final Identity identity = stamp.world().identity();
        final URI login = URI.create(said.path("loginEndpoint").asText());
        final String path = stamp.stamp().identityProvider() == IdentityProvider.ADFS
                ? "/adfs/oauth2/token"
                : "/" + identity.tenant() + "/oauth2/token";
        final String form = Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        identity.clientId(),
                        "client_secret",
                        identity.clientSecret(),
                        "resource",
                        said.at("/audiences/0").asText())
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return ask(login.getHost(), "POST", path, Map.of("Content-Type", "application/x-www-form-urlencoded"), form);
    }

    /** Asks Resource Manager with a token that is fresh. */
    Answer admin(final String method, final String provider, final String rest) throws IOException {
        return admin(askToken().json().path("access_token").asText(), method, provider, rest);
    }

    Answer admin(final String token, final String method, final String provider, final String rest) throws IOException {
        final String path = "/subscriptions/" + stamp.resourceManager().providerSubscription()
                + "/resourceGroups/System." + stamp.stamp().region() + "/providers/" + provider + "/" + rest;
        return ask(adminHost(), method, path, Map.of("Authorization", "Bearer " + token), "");
    }

    /** The region as the fabric provider sees it. */
    JsonNode location() throws IOException {
        return admin(
                        "GET",
                        "Microsoft.Fabric.Admin",
                        "fabricLocations/" + stamp.stamp().region() + "?api-version=2018-10-01")
                .json()
                .path("properties");
    }

    /** The titles of the alerts that are active, one for each. */
    List<String> alerts() throws IOException {
        final String token = askToken().json().path("access_token").asText();
        final List<String> titles = new ArrayList<>();
        String rest = "regionHealths/" + stamp.stamp().region() + "/alerts?api-version=2016-05-01&$filter="
                + URLEncoder.encode("Properties/State eq 'Active'", StandardCharsets.UTF_8);
        for (int page = 0; page < 20 && !rest.isEmpty(); page++) {
            final JsonNode list = admin(token, "GET", "Microsoft.InfrastructureInsights.Admin", rest)
                    .json();
            list.path("value")
                    .forEach(alert -> titles.add(alert.at("/properties/title").asText()));
            rest = list.path("nextLink").asText().replaceFirst(".*Microsoft[.]InfrastructureInsights[.]Admin/", "");
        }
        return titles;
    }

    // BMCs

    /** Asks the BMC of a node, with the account that the stamp uses. */
    Answer bmc(final String node, final String password, final String method, final String target, final String... more)
            throws IOException {
        final Map<String, String> headers = new TreeMap<>();
        headers.put(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((stamp.world().identity().bmcUser() + ":" + password)
                                        .getBytes(StandardCharsets.UTF_8)));
        headers.put("Content-Type", "application/json");
        for (int i = 1; i < more.length; i += 2) {
            headers.put(more[i], more[i + 1]);
        }
        return ask(stamp.bmcs().of(node).node().bmcAddress(), method, target, headers, more.length == 0 ? "" : more[0]);
    }

    /** Reads the account with a password. */
    int bmcStatus(final String node, final String password) throws IOException {
        return bmc(node, password, "GET", ACCOUNT).status();
    }

    /** Changes the account's password by Redfish. */
    Answer changeBmc(final String node, final String password, final String to) throws IOException {
        return bmc(node, password, "PATCH", ACCOUNT, "{\"Password\":\"" + to + "\"}", "If-Match", "*");
    }

    // Privileged endpoints

    /** Opens a session over HTTP as the cloud administrator. */
    RunspacePool session(final int endpoint) throws Exception {
        return session(endpoint, stamp.world().identity().cloudAdminPassword());
    }

    RunspacePool session(final int endpoint, final String password) throws Exception {
        final Identity identity = stamp.world().identity();
        try (PasswordCredentials user = new PasswordCredentials(
                identity.netBiosName() + "\\" + identity.cloudAdmin(), password.toCharArray())) {
            return RunspacePool.at(
                            new WsManEndpoint(false, World.PRIVILEGED_ENDPOINTS.get(endpoint), 5985, "/wsman"),
                            "PrivilegedEndpoint")
                    .connector(stamp.network()::connect)
                    .credentials(user)
                    .open();
        }
    }

    /** Puts a set on the share that its own authority has issued. */
    Map<CertificateFolder, IssuedCertificate> stage(final int days) throws IOException {
        final Map<CertificateFolder, IssuedCertificate> set = new EnumMap<>(CertificateFolder.class);
        for (final CertificateFolder folder : stamp.stamp().folders()) {
            final IssuedCertificate issued = stamp.issue(stamp.specimen(folder, days));
            final Path file = stamp.share()
                    .resolve("Certificates")
                    .resolve(stamp.stamp().identityProvider().name())
                    .resolve(folder.folderName())
                    .resolve("new.pfx");
            Files.createDirectories(file.getParent());
            Files.write(file, new PfxMaker(issued).and(stamp.authority().root()).bytes(PFX_PASSWORD));
            set.put(folder, issued);
        }
        return set;
    }

    /** {@code Start-SecretRotation} with what {@link #stage} has staged. */
    PipelineBuilder rotation(final RunspacePool pool) {
        final Identity identity = stamp.world().identity();
        return pool.command("Start-SecretRotation")
                .parameter("PfxFilesPath", SimulatedStamp.SHARE)
                .parameter(
                        "PathAccessCredential",
                        new PasswordCredentials(
                                identity.shareUser(), identity.sharePassword().toCharArray()))
                .parameter("CertificatePassword", PsSecureString.of(PFX_PASSWORD.toCharArray()));
    }
}
