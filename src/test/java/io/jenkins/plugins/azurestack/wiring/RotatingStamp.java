package io.jenkins.plugins.azurestack.wiring;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.rotation.DirectoryStaging;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.SimulatedStampBuilder;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A simulated stamp as a maintenance run meets it: configured, with credentials, and a list of revoked certificates. */
public final class RotatingStamp implements AutoCloseable {
    public static final String SET_PASSWORD = "Rotation1Set";
    private static final int TWO_YEARS = 720;

    public final SimulatedStamp simulated;
    final Stamp stamp;
    final SecureRandom random = new SecureRandom();
    final AtomicInteger toPrivilegedEndpoints = new AtomicInteger();
    Maintenance maintenance;
    private final HttpServer lists;

    RotatingStamp(final IdentityProvider provider) throws Exception {
        this(provider, Identity.usual());
    }

    RotatingStamp(final IdentityProvider provider, final Identity identity) throws Exception {
        this(provider, identity, usual -> usual);
    }

    /** @param changed what is to be another than usual */
    public RotatingStamp(
            final IdentityProvider provider,
            final Identity identity,
            final UnaryOperator<SimulatedStampBuilder> changed)
            throws Exception {
        final Stamp bare = stamp(provider, List.of());
        this.simulated = changed.apply(
                        SimulatedStamp.of(bare).identity(identity).timeFactor(2000))
                .start();
        this.stamp = stamp(
                provider,
                bare.rotationFolders().stream()
                        .map(folder -> new StoredCertificate(folder, folder.folderName(), Optional.empty()))
                        .toList());
        this.maintenance = new Maintenance(
                World.PRIVILEGED_ENDPOINTS,
                false,
                Optional.of("cloud-admin"),
                Optional.of(SimulatedStamp.SHARE),
                Optional.of("share"),
                Optional.of("operator"),
                true,
                Set.of("maintenance"));
        this.lists = lists();
    }

    private static Stamp stamp(final IdentityProvider provider, final List<StoredCertificate> certificates) {
        return new Stamp(
                "east",
                "east",
                "azurestack.contoso.com",
                provider,
                Set.of(),
                certificates,
                Optional.of("set-password"),
                Optional.of("roots"),
                Set.of());
    }

    private HttpServer lists() throws Exception {
        final Instant now = simulated.world().time().now();
        final byte[] list = new X509v2CRLBuilder(
                        X500Name.getInstance(simulated
                                .authority()
                                .issuing()
                                .getSubjectX500Principal()
                                .getEncoded()),
                        Date.from(now.minus(Duration.ofDays(1))))
                .setNextUpdate(Date.from(now.plus(Duration.ofDays(3650))))
                .build(new JcaContentSignerBuilder("SHA256withRSA")
                        .setProvider("SunRsaSign")
                        .build(simulated.authority().keep().get(1).key()))
                .getEncoded();
        final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, list.length);
            exchange.getResponseBody().write(list);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** The way to the stamp and to the authority's web server. */
    public Network network() {
        return (host, port, timeout) -> {
            if (host.startsWith("pki.")) {
                return new DirectNetwork()
                        .connect("127.0.0.1", lists.getAddress().getPort(), timeout);
            }
            if (World.PRIVILEGED_ENDPOINTS.contains(host)) {
                toPrivilegedEndpoints.incrementAndGet();
            }
            return simulated.network().connect(host, port, timeout);
        };
    }

    /** Gives a build all that it needs, and a new certificate for every folder. */
    void equip(final MaintenanceBuild build) {
        final Identity identity = simulated.world().identity();
        account(
                build,
                "cloud-admin",
                identity.netBiosName() + "\\" + identity.cloudAdmin(),
                identity.cloudAdminPassword());
        account(build, "share", identity.shareUser(), identity.sharePassword());
        account(build, "operator", identity.clientId(), identity.clientSecret());
        build.passwords.put("set-password", SET_PASSWORD);
        build.stored.put("roots", () -> new CredentialLookup.Held.File(pem(), new char[0]));
        renew(build);
    }

    static void account(final MaintenanceBuild build, final String id, final String user, final String password) {
        build.users.put(id, user);
        build.passwords.put(id, password);
    }

    /**
     * Puts a new certificate for every folder into the store: some as files, some as Jenkins opens them.
     *
     * @return what was issued
     */
    List<IssuedCertificate> renew(final MaintenanceBuild build) {
        final List<IssuedCertificate> all = new ArrayList<>();
        for (final CertificateFolder folder : stamp.rotationFolders()) {
            final IssuedCertificate issued = simulated.issue(simulated.specimen(folder, TWO_YEARS));
            all.add(issued);
            final boolean file = folder.ordinal() % 2 == 0;
            build.stored.put(
                    folder.folderName(),
                    () -> file
                            ? new CredentialLookup.Held.File(
                                    issued.pfx(SET_PASSWORD.toCharArray()), SET_PASSWORD.toCharArray())
                            : new CredentialLookup.Held.Opened(
                                    issued.keyStore("of-its-own".toCharArray()), "of-its-own".toCharArray()));
        }
        return all;
    }

    /** The root of the stamp's authority, as PEM text. */
    public byte[] pem() {
        try {
            return ("-----BEGIN CERTIFICATE-----\n"
                            + java.util.Base64.getMimeEncoder()
                                    .encodeToString(simulated.authority().root().getEncoded())
                            + "\n-----END CERTIFICATE-----\n")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The step's run class, whose waiting goes by the stamp's time, and which reaches the share's folder directly. */
    RotateSecrets rotateSecrets() {
        return rotateSecrets((path, account, provider, rotation, logons) -> new DirectoryStaging(simulated));
    }

    RotateSecrets rotateSecrets(final OpenedWorld.Shares shares) {
        return rotateSecrets(Route.direct(network()), shares);
    }

    RotateSecrets rotateSecrets(final Route route, final OpenedWorld.Shares shares) {
        return new RotateSecrets(new OpenedWorld.Tools(
                new FileDisk(),
                route,
                simulated.world().time().clock(),
                random,
                time -> simulated
                        .world()
                        .time()
                        .awaitUntil(simulated.world().time().now().plus(time)),
                shares));
    }

    Map<String, Object> run(final MaintenanceBuild build, final RotateSecretsArguments arguments) throws Exception {
        return rotateSecrets().run(stamp, maintenance, arguments, build);
    }

    static RotateSecretsArguments plan(final String scope, final String... accepted) {
        return new RotateSecretsArguments(scope, true, "", "", List.of(accepted), "", false, List.of(), 0);
    }

    static RotateSecretsArguments compromised() {
        return new RotateSecretsArguments("internal", true, "", "compromise", List.of(), "", false, List.of(), 0);
    }

    static RotateSecretsArguments apply(final Object plan) {
        return new RotateSecretsArguments("", false, String.valueOf(plan), "", List.of(), "", false, List.of(), 0);
    }

    static RotateSecretsArguments resume(final Object rotation, final boolean rerun) {
        return new RotateSecretsArguments("", false, "", "", List.of(), String.valueOf(rotation), rerun, List.of(), 0);
    }

    /** The calls that began a rotation, or were to. */
    List<Ledger.Call> starts() {
        return simulated.ledger().calls(Ledger.Service.CMDLET, "Start-SecretRotation");
    }

    /** What is on the share. */
    List<String> onTheShare() throws Exception {
        return new ArrayList<>(new DirectoryStaging(simulated).look().keySet());
    }

    @Override
    public void close() throws IOException {
        lists.stop(0);
        simulated.close();
    }
}
