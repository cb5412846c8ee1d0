package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.bmc.BmcAccess;
import io.jenkins.plugins.azurestack.bmc.BmcLogin;
import io.jenkins.plugins.azurestack.bmc.BmcNode;
import io.jenkins.plugins.azurestack.bmc.BmcWorld;
import io.jenkins.plugins.azurestack.bmc.GivenPassword;
import io.jenkins.plugins.azurestack.bmc.LoginBudget;
import io.jenkins.plugins.azurestack.journal.SecretGuard;
import io.jenkins.plugins.azurestack.net.http.TlsTrust;
import io.jenkins.plugins.azurestack.redfish.Redfish;
import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Everything that an update of one stamp's BMC password sees and touches, opened with the credentials of one build.
 * Closing wipes its secrets. Used by one thread.
 */
final class OpenedBmcWorld implements AutoCloseable {
    private final StampClients clients;
    private final BmcWorld world;

    private OpenedBmcWorld(final StampClients clients, final BmcWorld world) {
        this.clients = clients;
        this.world = world;
    }

    /**
     * Opens it; sends nothing.
     *
     * @param given the id of the credential that holds the new password; empty if one is made
     * @throws Rejected if the stamp's configuration lacks something, or a credential is not there
     * @throws IOException if what is remembered of logons can't be read
     */
    static OpenedBmcWorld open(
            final StampClients.Tools tools,
            final Stamp stamp,
            final Maintenance maintenance,
            final BmcSettings settings,
            final MaintenanceEnvironment environment,
            final Optional<String> given)
            throws IOException {
        final StampClients clients =
                new StampClients(tools, stamp, maintenance, environment, "an update of its BMC password");
        boolean complete = false;
        try {
            final String store = settings.credentials().orElseThrow(() -> clients.missing("bmcCredentialsId"));
            final List<X509Certificate> roots = clients.roots();
            final BmcWorld world = new BmcWorld(
                    stamp,
                    maintenance.privilegedEndpoints(),
                    settings.bmcs().stream()
                            .map(bmc -> new BmcNode(bmc.node(), bmc.address(), bmc.fingerprint()))
                            .toList(),
                    settings.reached() ? Optional.of(access(tools, roots)) : Optional.empty(),
                    new PepStampCredential(clients.cmdlets(roots, clients.logons()), tools.pause()),
                    new ResourceManagerWatch(clients.resourceManager(roots, List.of())),
                    new StoredPasswords(store, environment, clients.secrets()),
                    given.map(id -> new Given(id, environment, clients.secrets())),
                    new LoginBudget(
                            tools.disk(), environment.stampFolder(stamp.name()), environment.auditKey(), tools.clock()),
                    environment.auditKey());
            complete = true;
            return new OpenedBmcWorld(clients, world);
        } finally {
            if (!complete) {
                clients.close();
            }
        }
    }

    private static BmcAccess access(final StampClients.Tools tools, final List<X509Certificate> roots) {
        return new RedfishAccess(
                new Redfish(tools.network(), tools.random()), TlsTrust.roots(roots, tools.random()), tools.random());
    }

    /** The new password in the credential that the step was given. */
    private record Given(String credentialsId, MaintenanceEnvironment environment, KnownSecrets secrets)
            implements GivenPassword {
        @Override
        public BmcLogin login() throws NotKnownException {
            return StoredPasswords.read(environment.given(), credentialsId, secrets);
        }
    }

    BmcWorld world() {
        return world;
    }

    /** Recognises the secrets of this world as long as it is open. */
    SecretGuard guard() {
        return clients.secrets();
    }

    @Override
    public void close() {
        clients.close();
    }
}
