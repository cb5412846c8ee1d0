package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.arm.FabricLocation;
import io.jenkins.plugins.azurestack.arm.ResourceManager;
import io.jenkins.plugins.azurestack.arm.ResourceManagerException;
import io.jenkins.plugins.azurestack.arm.ScaleUnitNode;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.net.TlsProbe;
import io.jenkins.plugins.azurestack.net.TlsProbeException;
import io.jenkins.plugins.azurestack.pep.ActionReport;
import io.jenkins.plugins.azurestack.pep.Logons;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpointException;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.share.CertificatesFolder;
import io.jenkins.plugins.azurestack.share.Inspection;
import io.jenkins.plugins.azurestack.share.Protection;
import io.jenkins.plugins.azurestack.share.ShareClient;
import io.jenkins.plugins.azurestack.share.ShareException;
import io.jenkins.plugins.azurestack.share.ShareLimits;
import io.jenkins.plugins.azurestack.share.ShareLogonException;
import io.jenkins.plugins.azurestack.share.UncPath;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Tries what the configuration of a stamp names, by reading only. A refused password is remembered as everywhere: it is
 * not sent again, by no test and no build, until the credential changes. Used by one thread.
 */
public final class ConnectionTrial {
    private static final int HTTPS = 443;
    private static final Duration EACH_BMC = Duration.ofSeconds(5);
    private static final String MISSING = "Fill it in first.";

    private final Network network;
    private final SecureRandom random;
    private final Stamp stamp;
    private final Maintenance maintenance;
    private final StepEnvironment environment;
    private final CheckClients clients;

    /** @param environment has the credentials, and the folder where refused passwords are remembered */
    public ConnectionTrial(
            final Network network,
            final Clock clock,
            final SecureRandom random,
            final Stamp stamp,
            final Maintenance maintenance,
            final StepEnvironment environment) {
        this.network = Objects.requireNonNull(network, "network");
        this.random = Objects.requireNonNull(random, "random");
        this.stamp = Objects.requireNonNull(stamp, "stamp");
        this.maintenance = Objects.requireNonNull(maintenance, "maintenance");
        this.environment = Objects.requireNonNull(environment, "environment");
        this.clients = new CheckClients(
                new CheckClients.Tools(network, clock, random, ResourceManager::new), stamp, maintenance, environment);
    }

    /** Something that can be tried. */
    public enum What {
        PRIVILEGED_ENDPOINT,
        RESOURCE_MANAGER,
        SHARE,
        BMC
    }

    /**
     * Tries it.
     *
     * @return what was found, one sentence
     * @throws NotSeenException if it does not work; says why, and what to do
     */
    public String of(final What what) throws NotSeenException, InterruptedException {
        return switch (what) {
            case PRIVILEGED_ENDPOINT -> privilegedEndpoint();
            case RESOURCE_MANAGER -> resourceManager();
            case SHARE -> share();
            case BMC -> bmc();
        };
    }

    private static void require(final boolean there, final String field) throws NotSeenException {
        if (!there) {
            throw new NotSeenException(field + " is missing", MISSING);
        }
    }

    private String privilegedEndpoint() throws NotSeenException, InterruptedException {
        require(!maintenance.privilegedEndpoints().isEmpty(), "privilegedEndpoints");
        require(maintenance.cloudAdmin().isPresent(), "cloudAdminCredentialsId");
        try (RootSource.Opened opened = clients.cmdlets()) {
            final Optional<ActionReport> latest = opened.cmdlets().latestRotation();
            return "A session was opened, and the stamp answered: "
                    + latest.map(report -> "of its latest rotation it says " + Text.printable(report.words()))
                            .orElse("no rotation was ever begun there")
                    + ".";
        } catch (PrivilegedEndpointException e) {
            throw new NotSeenException(e.getMessage(), e.advice());
        }
    }

    private String resourceManager() throws NotSeenException, InterruptedException {
        require(maintenance.operator().isPresent(), "operatorCredentialsId");
        final FabricLocation fabric = ask(ResourceManager::fabricLocation);
        return "Resource Manager answered; it names "
                + fabric.privilegedEndpoints().size() + " privileged endpoints: "
                + String.join(", ", fabric.privilegedEndpoints()) + ".";
    }

    /** A question to Resource Manager. */
    private interface Question<T> {
        T to(ResourceManager manager) throws ResourceManagerException, InterruptedException;
    }

    private <T> T ask(final Question<T> question) throws NotSeenException, InterruptedException {
        final ResourceManagerAccess.Opened opened = clients.resourceManager();
        try {
            return question.to(opened.manager());
        } catch (ResourceManagerException e) {
            throw new NotSeenException(Text.printable(e.getMessage()), "Mend the way there, or the credential.");
        } finally {
            opened.manager().close();
            opened.credentials().close();
        }
    }

    private String share() throws NotSeenException {
        final UncPath path = UncPath.parse(
                "certificateShare",
                maintenance
                        .certificateShare()
                        .orElseThrow(() -> new NotSeenException("certificateShare is missing", MISSING)));
        final String id = maintenance
                .shareAccount()
                .orElseThrow(() -> new NotSeenException("shareCredentialsId is missing", MISSING));
        try (PasswordCredentials account = environment.credentials().login(id)) {
            return share(path, account, clients.logons());
        }
    }

    private String share(final UncPath path, final PasswordCredentials account, final Logons logons)
            throws NotSeenException {
        final String user = account.userName() + " on " + path.host();
        final char[] password = account.password();
        try {
            if (logons.wasRefused(user, password)) {
                throw new NotSeenException(
                        "'" + user + "' was refused with this very password before; nothing was sent",
                        "Correct the credential of the share.");
            }
            try (CertificatesFolder folder =
                    new ShareClient(network, random, ShareLimits.USUAL).open(path, account, Protection.SIGNED)) {
                return words(folder.inspect());
            } catch (ShareLogonException e) {
                logons.refused(user, password);
                throw notSeen(e);
            } catch (ShareException e) {
                throw notSeen(e);
            }
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static NotSeenException notSeen(final ShareException failure) {
        return new NotSeenException(
                Text.printable(failure.getMessage()),
                "Mend that on the file server, on the way there, or the credential.");
    }

    private static String words(final Inspection found) throws NotSeenException {
        if (!found.mayWrite()) {
            throw new NotSeenException(
                    "the share was opened, but the account may not add files and folders there",
                    "Give the account that right.");
        }
        return "The share was opened (" + found.protection() + "), the account may write there, "
                + found.freeBytes() / (1024 * 1024) + " MiB are free, and "
                + (found.entries().isEmpty()
                        ? "nothing lies there"
                        : found.entries().size() + " entries lie there")
                + ".";
    }

    /** Only whether they answer: a login would count against the few that an account has. */
    private String bmc() throws NotSeenException, InterruptedException {
        require(maintenance.operator().isPresent(), "operatorCredentialsId, by which the BMCs are found,");
        final List<String> addresses = ask(ResourceManager::nodes).stream()
                .map(ScaleUnitNode::bmcAddress)
                .filter(address -> !address.isEmpty())
                .toList();
        require(!addresses.isEmpty(), "the address of every BMC in Resource Manager's answer");
        final TlsProbe probe = new TlsProbe(network, random);
        final List<String> silent = new ArrayList<>();
        for (final String address : addresses) {
            try {
                probe.look(address, HTTPS, EACH_BMC);
            } catch (TlsProbeException e) {
                silent.add(address);
            }
        }
        if (!silent.isEmpty()) {
            throw new NotSeenException(
                    silent.size() + " of " + addresses.size() + " BMCs do not answer on port 443: "
                            + String.join(", ", silent),
                    "Mend the way there, or set bmcAccess to 'stamp'.");
        }
        return "All " + addresses.size() + " BMCs answer on port 443. Nobody logged in there.";
    }
}
