package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.arm.OperatorCredentials;
import io.jenkins.plugins.azurestack.arm.ResourceManager;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.journal.Disk;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.pep.Logons;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpoints;
import io.jenkins.plugins.azurestack.pep.StampCmdlets;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The clients of one stamp, opened with the credentials of one build, which whatever changes the stamp needs. Closing
 * wipes their secrets. Used by one thread.
 */
final class StampClients implements AutoCloseable {
    private final Tools tools;
    private final Stamp stamp;
    private final Maintenance maintenance;
    private final MaintenanceEnvironment environment;
    private final String purpose;
    private final KnownSecrets secrets = new KnownSecrets();
    private final Deque<Runnable> closing = new ArrayDeque<>();

    /**
     * What they are made of.
     *
     * @param network the way to the stamp and everything around it
     * @param pause lets time pass between two questions
     */
    record Tools(Disk disk, Network network, Clock clock, SecureRandom random, PepStampActions.Pause pause) {}

    /** @param purpose what they are needed for, such as {@code a rotation} */
    StampClients(
            final Tools tools,
            final Stamp stamp,
            final Maintenance maintenance,
            final MaintenanceEnvironment environment,
            final String purpose) {
        this.tools = tools;
        this.stamp = stamp;
        this.maintenance = maintenance;
        this.environment = environment;
        this.purpose = purpose;
        closing.push(secrets::close);
    }

    /** Recognises the secrets of these clients as long as they are open. */
    KnownSecrets secrets() {
        return secrets;
    }

    /** Has something done when everything is closed, the latest first. */
    void whenClosed(final Runnable what) {
        closing.push(what);
    }

    /** Says that the stamp's configuration lacks something. */
    Rejected missing(final String field) {
        return new Rejected(
                field,
                "is not configured for stamp '" + stamp.name() + "', and " + purpose
                        + " needs it; set it under Manage Jenkins, System, Azure Stack Hub");
    }

    /** @throws Rejected if it is not configured, or not there */
    PasswordCredentials login(final String field, final Optional<String> id) {
        final String required = id.orElseThrow(() -> missing(field));
        try {
            final PasswordCredentials login = environment.credentials().login(required);
            whenClosed(login::close);
            final char[] password = login.password();
            secrets.add(password);
            Arrays.fill(password, '\0');
            return login;
        } catch (NotSeenException e) {
            throw new Rejected(field, e.getMessage() + ". " + e.advice());
        }
    }

    /** The roots that are trusted besides the JVM's. */
    List<X509Certificate> roots() {
        if (stamp.trustedCertificates().isEmpty()) {
            return List.of();
        }
        try {
            return TrustedRoots.in(
                    environment.credentials(), stamp.trustedCertificates().get());
        } catch (NotSeenException e) {
            throw new Rejected("trustedCertificatesCredentialsId", e.getMessage() + ". " + e.advice());
        }
    }

    /** @throws IOException if what is remembered of refused passwords can't be read */
    Logons logons() throws IOException {
        return new RefusedLogons(
                tools.disk(),
                environment.stampFolder(stamp.name()),
                environment.auditKey(),
                tools.clock(),
                environment::log);
    }

    StampCmdlets cmdlets(final List<X509Certificate> roots, final Logons logons) {
        if (maintenance.privilegedEndpoints().isEmpty()) {
            throw missing("privilegedEndpoints");
        }
        return new StampCmdlets(new PrivilegedEndpoints(
                maintenance.privilegedEndpoints(),
                maintenance.overTls() ? Optional.of(TlsTrust.of(roots, tools.random())) : Optional.empty(),
                login("cloudAdminCredentialsId", maintenance.cloudAdmin()),
                logons,
                tools.network(),
                tools.clock(),
                tools.random()));
    }

    /**
     * The stamp's Resource Manager; empty where no service principal is configured.
     *
     * @param ofSet roots that are trusted for names of the stamp only
     */
    Optional<ResourceManager> resourceManager(final List<X509Certificate> roots, final List<X509Certificate> ofSet) {
        if (maintenance.operator().isEmpty()) {
            return Optional.empty();
        }
        final OperatorCredentials principal = operator();
        final ResourceManager manager = new ResourceManager(
                stamp,
                principal,
                new io.jenkins.plugins.azurestack.arm.TrustedRoots(roots, ofSet),
                tools.network(),
                tools.clock(),
                tools.random(),
                tools.pause()::pause);
        whenClosed(principal::close);
        whenClosed(manager::close);
        return Optional.of(manager);
    }

    private OperatorCredentials operator() {
        try {
            return OperatorLogin.of(environment.credentials(), stamp, maintenance, secrets::add);
        } catch (NotSeenException e) {
            throw new Rejected("operatorCredentialsId", e.getMessage() + ". " + e.advice());
        }
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }
}
