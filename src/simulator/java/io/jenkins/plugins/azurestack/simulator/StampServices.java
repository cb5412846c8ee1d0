package io.jenkins.plugins.azurestack.simulator;

import io.jenkins.plugins.azurestack.simulator.arm.ResourceManager;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.http.HttpListener;
import io.jenkins.plugins.azurestack.simulator.pep.PrivilegedEndpoints;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import io.jenkins.plugins.azurestack.simulator.redfish.BmcWorld;
import io.jenkins.plugins.azurestack.simulator.redfish.Bmcs;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.redfish.Node;
import io.jenkins.plugins.azurestack.simulator.remoting.Limits;
import io.jenkins.plugins.azurestack.simulator.remoting.PowerShellEndpoint;
import io.jenkins.plugins.azurestack.simulator.remoting.SessionConfiguration;
import io.jenkins.plugins.azurestack.simulator.world.CertificateShare;
import io.jenkins.plugins.azurestack.simulator.world.ExternalCertificates;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Everything of a stamp that answers, but for its TLS front ends; all of it listens on loopback once this is made. */
final class StampServices implements AutoCloseable {
    /** Where Entra ID is, in the world of a simulated stamp. */
    static final String LOGIN = "login.contoso.example";

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int WINRM_HTTP = 5985;
    private static final int WINRM_HTTPS = 5986;
    private static final String CONFIGURATION = "PrivilegedEndpoint";
    private static final Duration LASTS = Duration.ofDays(730);
    private static final Duration BEFORE = Duration.ofDays(1);

    private final World world;
    private final CertificateAuthority authority;
    private final Instant born;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Bmcs bmcs;
    private final ResourceManager resourceManager;
    private final PrivilegedEndpoints cmdlets;
    private final List<PowerShellEndpoint> endpoints = new ArrayList<>();

    /**
     * Starts them.
     *
     * @param flavours what the nodes' BMCs are, one each
     * @param network learns where everything listens
     */
    StampServices(
            final World world,
            final CertificateAuthority authority,
            final ExternalCertificates external,
            final CertificateShare share,
            final List<Flavour> flavours,
            final PrivilegedEndpoints.Settings settings,
            final StampNetwork network)
            throws IOException {
        this.world = world;
        this.authority = authority;
        this.born = world.time().now();
        boolean complete = false;
        try {
            bmcs = bmcs(flavours);
            open.push(bmcs);
            final StampBmcs reached = new StampBmcs(bmcs);
            cmdlets = new PrivilegedEndpoints(world, external, share, reached, settings);
            open.push(cmdlets);
            for (final String address : World.PRIVILEGED_ENDPOINTS) {
                endpoints.add(endpoint(address));
                open.push(endpoints.get(endpoints.size() - 1));
            }
            resourceManager =
                    new ResourceManager(world, external, reached.nodes(), this::isBmcAlive, "https://" + LOGIN + "/");
            final HttpListener login = HttpListener.tls(
                    "login",
                    resourceManager.login(),
                    once(() -> authority.issue(specimen(LOGIN))),
                    world.random(),
                    () -> resourceManager.isDown("login"));
            open.push(login);
            final HttpListener lists = HttpListener.plain(
                    "pki",
                    (request, connection) -> HttpAnswer.of(
                            200,
                            "application/pkix-crl",
                            authority.revocationList(world.time().now())),
                    () -> false);
            open.push(lists);
            network.route(authority.listHost(), HTTP, lists.address(), () -> false);
            cmdlets.start();
            network.route(LOGIN, HTTPS, login.address(), () -> isDown("login"));
            routes(network);
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    private Bmcs bmcs(final List<Flavour> flavours) throws IOException {
        final List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < flavours.size(); i++) {
            nodes.add(new Node(
                    String.format("node%02d", i + 1),
                    "10.30.4." + (11 + i),
                    flavours.get(i),
                    String.format("SIM%04d", i + 1)));
        }
        final char[] password = world.identity().bmcPassword().toCharArray();
        final Map<String, IssuedCertificate> certificates = new ConcurrentHashMap<>();
        return Bmcs.start(
                nodes,
                world.identity().bmcUser(),
                password,
                node -> certificates.computeIfAbsent(
                        node.name(), name -> authority.issue(node.specimen(born.minus(BEFORE), born.plus(LASTS)))),
                new BmcWorld(world.time(), world.faults(), world.ledger(), world.store(), world.random()));
    }

    /** Asked of the fault alone: looking at a BMC for an alert is no attempt to log in there. */
    private boolean isBmcAlive(final io.jenkins.plugins.azurestack.simulator.world.Node node) {
        return !world.faults().isDue(Fault.ENDPOINT_DOWN, node.name());
    }

    private PowerShellEndpoint endpoint(final String address) throws IOException {
        final int number = World.PRIVILEGED_ENDPOINTS.indexOf(address) + 1;
        return PowerShellEndpoint.at(address)
                .computer(world.identity().netBiosName(), "AZS-ERCS0" + number)
                .configuration(new SessionConfiguration(CONFIGURATION, cmdlets.cmdlets()))
                .accounts(cmdlets.accounts())
                .time(world.time())
                .ledger(world.ledger())
                .faults(world.faults())
                .limits(limits())
                .random(world.random())
                .certificate(once(() -> authority.issue(specimen(address))))
                .start();
    }

    /** A client lives in the time outside: what it may be silent for is measured by that. */
    private Limits limits() {
        final Limits usual = Limits.WINDOWS;
        final double factor = Math.max(1, world.time().factor());
        return new Limits(
                usual.shellsPerUser(),
                usual.commandsPerShell(),
                usual.envelopeBytes(),
                times(usual.idleTimeout(), factor),
                times(usual.vanishedAfter(), factor),
                usual.bufferedBytes(),
                usual.fragmentBytes());
    }

    private static Duration times(final Duration duration, final double factor) {
        return Duration.ofMillis((long) (duration.toMillis() * factor));
    }

    private Specimen specimen(final String name) {
        return Specimen.of(List.of(name), born.minus(BEFORE), born.plus(LASTS));
    }

    private static Supplier<IssuedCertificate> once(final Supplier<IssuedCertificate> made) {
        final Map<String, IssuedCertificate> kept = new ConcurrentHashMap<>();
        return () -> kept.computeIfAbsent("", key -> made.get());
    }

    private void routes(final StampNetwork network) {
        for (int i = 0; i < endpoints.size(); i++) {
            final String address = World.PRIVILEGED_ENDPOINTS.get(i);
            final PowerShellEndpoint endpoint = endpoints.get(i);
            network.route(address, WINRM_HTTP, endpoint.http(), () -> isDown(address));
            endpoint.https().ifPresent(https -> network.route(address, WINRM_HTTPS, https, () -> isDown(address)));
        }
        bmcs.all()
                .forEach(bmc -> network.route(
                        bmc.node().bmcAddress(),
                        HTTPS,
                        bmc.address(),
                        () -> isDown(bmc.node().name())));
    }

    private boolean isDown(final String name) {
        return world.faults().strikesAhead(Fault.ENDPOINT_DOWN, name);
    }

    /** The BMCs of the nodes. */
    Bmcs bmcs() {
        return bmcs;
    }

    /** Resource Manager and who issues tokens for it. */
    ResourceManager resourceManager() {
        return resourceManager;
    }

    /** The cmdlets and accounts of the privileged endpoints. */
    PrivilegedEndpoints cmdlets() {
        return cmdlets;
    }

    /** Stops all of them; what one refuses does not keep the others from stopping. */
    @Override
    public void close() throws IOException {
        IOException failed = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException e) {
                failed = e;
            } catch (Exception e) {
                throw new IllegalStateException("Closing throws nothing else", e);
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
