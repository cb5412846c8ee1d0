package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.arm.OperatorCredentials;
import io.jenkins.plugins.azurestack.arm.ResourceManager;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.pep.Logons;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpoints;
import io.jenkins.plugins.azurestack.pep.StampCmdlets;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The clients of one stamp that a check signs in with, made of what its configuration names. Making one sends nothing.
 *
 * @param tools what all checks of this kind use
 * @param stamp whose
 * @param maintenance names the accounts
 * @param environment has the credentials, and the folder where refused passwords are remembered
 */
record CheckClients(Tools tools, Stamp stamp, Maintenance maintenance, StepEnvironment environment) {

    /** What all checks use. */
    record Tools(Network network, Clock clock, SecureRandom random, ResourceManagers managers) {}

    /** Makes clients of Resource Manager. */
    interface ResourceManagers {
        ResourceManager of(
                Stamp stamp,
                OperatorCredentials credentials,
                io.jenkins.plugins.azurestack.arm.TrustedRoots roots,
                Network network,
                Clock clock,
                SecureRandom random);
    }

    /** Resource Manager, as the operator's service principal. */
    ResourceManagerAccess.Opened resourceManager() throws NotSeenException {
        final List<X509Certificate> roots = roots();
        final OperatorCredentials operator =
                OperatorLogin.of(environment.credentials(), stamp, maintenance, secret -> {});
        return new ResourceManagerAccess.Opened(
                tools.managers()
                        .of(
                                stamp,
                                operator,
                                io.jenkins.plugins.azurestack.arm.TrustedRoots.of(roots),
                                tools.network(),
                                tools.clock(),
                                tools.random()),
                operator);
    }

    /** The privileged endpoint, as the CloudAdmin. */
    RootSource.Opened cmdlets() throws NotSeenException {
        final Logons logons = logons();
        final Optional<SSLContext> tls =
                maintenance.overTls() ? Optional.of(TlsTrust.of(roots(), tools.random())) : Optional.empty();
        final PasswordCredentials account =
                environment.credentials().login(maintenance.cloudAdmin().orElseThrow());
        return new RootSource.Opened(
                new StampCmdlets(new PrivilegedEndpoints(
                        maintenance.privilegedEndpoints(),
                        tls,
                        account,
                        logons,
                        tools.network(),
                        tools.clock(),
                        tools.random())),
                account);
    }

    Logons logons() throws NotSeenException {
        try {
            return new RefusedLogons(
                    new FileDisk(),
                    environment.stampFolder(stamp.name()),
                    environment.logonKey().orElseThrow(),
                    tools.clock(),
                    environment::log);
        } catch (IOException e) {
            final NotSeenException unknown =
                    new NotSeenException(Text.printable(e.getMessage()), "Mend the file, then check again.");
            unknown.initCause(e);
            throw unknown;
        }
    }

    private List<X509Certificate> roots() throws NotSeenException {
        return stamp.trustedCertificates().isPresent()
                ? TrustedRoots.in(
                        environment.credentials(), stamp.trustedCertificates().get())
                : List.of();
    }
}
