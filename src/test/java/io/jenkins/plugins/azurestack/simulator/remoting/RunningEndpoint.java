package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePool;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePoolBuilder;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManEndpoint;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import io.jenkins.plugins.azurestack.simulator.world.Faults;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An endpoint with test cmdlets, its time, ledger and faults, and our own client to reach it. */
final class RunningEndpoint implements AutoCloseable {
    static final String ADDRESS = "10.30.0.225";
    static final String CONFIGURATION = "PrivilegedEndpoint";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final CertificateAuthority AUTHORITY =
            new CertificateAuthority("Contoso", "pki.invalid", Instant.now(), RANDOM);
    private static final IssuedCertificate CERTIFICATE = AUTHORITY.issue(Specimen.of(
            List.of("localhost", "127.0.0.1"),
            Instant.now().minus(Duration.ofDays(1)),
            Instant.now().plus(Duration.ofDays(90))));

    final StampTime time = new StampTime(InstantSource.system(), Instant.now(), 1);
    final Ledger ledger = new Ledger();
    final Faults faults = new Faults(time);
    final TestAccounts accounts = new TestAccounts();
    final TestCmdlets cmdlets = new TestCmdlets();
    final PowerShellEndpoint endpoint;

    RunningEndpoint() throws IOException {
        this(Limits.WINDOWS);
    }

    RunningEndpoint(final Limits limits, final SessionConfiguration... more) throws IOException {
        final PowerShellEndpoint.Builder builder =
                PowerShellEndpoint.at(ADDRESS).configuration(new SessionConfiguration(CONFIGURATION, cmdlets.all()));
        for (final SessionConfiguration configuration : more) {
            builder.configuration(configuration);
        }
        endpoint = builder.accounts(accounts)
                .time(time)
                .ledger(ledger)
                .faults(faults)
                .limits(limits)
                .random(RANDOM)
                .certificate(() -> CERTIFICATE)
                .start();
    }

    int httpPort() {
        return endpoint.http().getPort();
    }

    int httpsPort() {
        return endpoint.https().orElseThrow().getPort();
    }

    static IssuedCertificate certificate() {
        return CERTIFICATE;
    }

    static CertificateAuthority authority() {
        return AUTHORITY;
    }

    static PasswordCredentials user() {
        return new PasswordCredentials(TestAccounts.USER, TestAccounts.PASSWORD.toCharArray());
    }

    /** Our client on HTTP. */
    RunspacePoolBuilder client(final PasswordCredentials credentials) {
        return configured(RunspacePool.at(new WsManEndpoint(false, "127.0.0.1", httpPort(), "/wsman"), CONFIGURATION))
                .credentials(credentials);
    }

    /** Our client on HTTPS. */
    RunspacePoolBuilder secureClient(final PasswordCredentials credentials)
            throws GeneralSecurityException, IOException {
        return configured(RunspacePool.at(new WsManEndpoint(true, "localhost", httpsPort(), "/wsman"), CONFIGURATION))
                .sslContext(trusting())
                .credentials(credentials);
    }

    private static RunspacePoolBuilder configured(final RunspacePoolBuilder builder) {
        return builder.connector((host, port, timeout) -> new Socket("127.0.0.1", port));
    }

    static SSLContext trusting() throws GeneralSecurityException, IOException {
        final KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("root", AUTHORITY.root());
        final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), RANDOM);
        return context;
    }

    @Override
    public void close() throws IOException {
        endpoint.close();
    }
}
