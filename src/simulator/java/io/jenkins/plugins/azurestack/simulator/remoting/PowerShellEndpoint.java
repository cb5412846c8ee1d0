package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.simulator.http.HttpListener;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Faults;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A Windows computer's WinRM service with constrained session configurations, on loopback ports of its own: HTTP, and
 * HTTPS if it is given a certificate. Sessions last as long as it does, and end with it. Thread-safe.
 */
public final class PowerShellEndpoint implements AutoCloseable {
    private static final long GLANCE_MILLIS = 100;

    private final WsManService service;
    private final HttpListener http;
    private final Optional<HttpListener> https;
    private final Thread housekeeper;

    private PowerShellEndpoint(final Builder builder) throws IOException {
        final EndpointWorld world = builder.world();
        this.service = new WsManService(world, builder.configurations);
        final EndpointHandler handler = new EndpointHandler(world, service);
        final BooleanSupplier down = () -> world.faults().strikes(Fault.ENDPOINT_DOWN, world.address());
        this.http = HttpListener.plain(world.address() + " http", handler, down);
        this.https = builder.certificate == null
                ? Optional.empty()
                : Optional.of(HttpListener.tls(
                        world.address() + " https", handler, builder.certificate, world.random(), down));
        this.housekeeper = new Thread(this::keepHouse, world.address() + " idle shells");
        this.housekeeper.setDaemon(true);
    }

    /**
     * Describes an endpoint.
     *
     * @param address by which the stamp knows it, such as {@code 10.30.0.225}: where it is in the ledger and in faults
     */
    public static Builder at(final String address) {
        return new Builder(address);
    }

    private void keepHouse() {
        try {
            while (true) {
                service.shells().expire();
                TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
            }
        } catch (InterruptedException e) {
            // The endpoint was closed, and nobody else waits for this thread.
            Thread.currentThread().interrupt();
        }
    }

    /** Where it listens on HTTP. */
    public InetSocketAddress http() {
        return http.address();
    }

    /** Where it listens on HTTPS, if it does. */
    public Optional<InetSocketAddress> https() {
        return https.map(HttpListener::address);
    }

    /** Whether somebody waits for what a shell itself has to say. */
    boolean isAwaited(final UUID shell) {
        return service.shells().isAwaited(shell);
    }

    /** Drops every connection that is open, sessions stay. */
    public void dropConnections() throws IOException {
        http.dropConnections();
        if (https.isPresent()) {
            https.get().dropConnections();
        }
    }

    /** Stops listening, and ends every session with what runs in it. */
    @Override
    public void close() throws IOException {
        housekeeper.interrupt();
        http.close();
        if (https.isPresent()) {
            https.get().close();
        }
        service.shells().closeAll();
    }

    /** Describes an endpoint; accounts, time, ledger and faults must be given. Not thread-safe. */
    public static final class Builder {
        private final String address;
        private final List<SessionConfiguration> configurations = new ArrayList<>();
        private String domain = "AZURESTACK";
        private String computer = "AZS-ERCS01";
        private Accounts accounts;
        private StampTime time;
        private Ledger ledger;
        private Faults faults;
        private Limits limits = Limits.WINDOWS;
        private SecureRandom random = new SecureRandom();
        private Supplier<IssuedCertificate> certificate;

        private Builder(final String address) {
            this.address = Objects.requireNonNull(address, "address");
        }

        /** NetBIOS names of domain and computer; {@code AZURESTACK} and {@code AZS-ERCS01} if not said. */
        public Builder computer(final String newDomain, final String newComputer) {
            domain = newDomain;
            computer = newComputer;
            return this;
        }

        /** Adds a session configuration. */
        public Builder configuration(final SessionConfiguration configuration) {
            configurations.add(configuration);
            return this;
        }

        /** Who may log on. */
        public Builder accounts(final Accounts newAccounts) {
            accounts = newAccounts;
            return this;
        }

        /** The stamp's time. */
        public Builder time(final StampTime newTime) {
            time = newTime;
            return this;
        }

        /** Where calls are entered. */
        public Builder ledger(final Ledger newLedger) {
            ledger = newLedger;
            return this;
        }

        /** What is to go wrong. */
        public Builder faults(final Faults newFaults) {
            faults = newFaults;
            return this;
        }

        /** What is allowed; {@link Limits#WINDOWS} if not said. */
        public Builder limits(final Limits newLimits) {
            limits = newLimits;
            return this;
        }

        /** For ids, challenges and keys. */
        public Builder random(final SecureRandom newRandom) {
            random = newRandom;
            return this;
        }

        /** Listens on HTTPS too; asked at every connection for what is served on it. */
        public Builder certificate(final Supplier<IssuedCertificate> newCertificate) {
            certificate = newCertificate;
            return this;
        }

        private EndpointWorld world() {
            return new EndpointWorld(
                    address,
                    domain,
                    computer,
                    Objects.requireNonNull(accounts, "accounts"),
                    Objects.requireNonNull(time, "time"),
                    Objects.requireNonNull(ledger, "ledger"),
                    Objects.requireNonNull(faults, "faults"),
                    limits,
                    random);
        }

        /** Begins to listen. */
        public PowerShellEndpoint start() throws IOException {
            final PowerShellEndpoint endpoint = new PowerShellEndpoint(this);
            endpoint.housekeeper.start();
            return endpoint;
        }
    }
}
