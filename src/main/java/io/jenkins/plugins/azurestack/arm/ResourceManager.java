package io.jenkins.plugins.azurestack.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.net.http.Https;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A stamp's admin Resource Manager, asked as the operator's service principal. It only reads: nothing on the stamp
 * changes by any of its methods, all of which may therefore be repeated. Each request has a connection of its own, whose
 * peer is verified anew. Every method ends soon after its thread is interrupted. Thread-safe.
 *
 * <p>Paths and versions of the API are those of the oldest releases, which every later one answers to.
 */
public final class ResourceManager implements AutoCloseable {
    private static final String PROVIDER_SUBSCRIPTION = "Default Provider Subscription";
    private static final String VERSION = "2016-05-01";
    private static final String BACKUP_VERSION = "2018-09-01";
    private static final String DEPLOYMENT_VERSION = "2019-01-01";
    private static final int NOT_FOUND = 404;

    private final Stamp stamp;
    private final TokenSource tokens;
    private final Api api;
    private String subscription = "";

    /**
     * Asks nothing yet.
     *
     * @param stamp whose; its names are derived from its domain
     * @param credentials the caller's, to be closed after this
     * @param roots whom TLS trusts besides the JVM's
     * @param network the way to the stamp and to its authority
     * @param clock for the life of tokens and assertions
     * @param random for TLS and assertions
     */
    public ResourceManager(
            final Stamp stamp,
            final OperatorCredentials credentials,
            final TrustedRoots roots,
            final Network network,
            final Clock clock,
            final SecureRandom random) {
        this(
                stamp,
                credentials,
                roots,
                network,
                clock,
                random,
                duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
    }

    /** @param pause lets time pass between two tries */
    public ResourceManager(
            final Stamp stamp,
            final OperatorCredentials credentials,
            final TrustedRoots roots,
            final Network network,
            final Clock clock,
            final SecureRandom random,
            final Pause pause) {
        this(stamp, credentials, roots, network, clock, random, Limits.USUAL, pause);
    }

    ResourceManager(
            final Stamp stamp,
            final OperatorCredentials credentials,
            final TrustedRoots roots,
            final Network network,
            final Clock clock,
            final SecureRandom random,
            final Limits limits,
            final Pause pause) {
        this.stamp = stamp;
        final URI base = URI.create("https://adminmanagement." + stamp.domain() + "/");
        final Reads reads = new Reads(
                new Https(network, new Trust(stamp.domain(), roots, random)::of, limits.http()), limits, pause);
        this.tokens = new TokenSource(base, reads, credentials, clock, random);
        this.api = new Api(base, reads, tokens, limits);
    }

    /**
     * Alerts that are open.
     *
     * @throws ResourceManagerException if there is no answer, as with every method here; its type says why
     */
    public List<Alert> activeAlerts() throws ResourceManagerException, InterruptedException {
        return alerts("&$filter=" + encode("(Properties/State eq 'Active')")).stream()
                .filter(Alert::active)
                .toList();
    }

    /** All alerts, those too that were closed long ago. */
    public List<Alert> alerts() throws ResourceManagerException, InterruptedException {
        return alerts("");
    }

    private List<Alert> alerts(final String query) throws ResourceManagerException, InterruptedException {
        final String path =
                regional("Microsoft.InfrastructureInsights.Admin/regionHealths/" + stamp.region() + "/alerts", VERSION);
        return api.list(path + query).stream().map(AlertReader::read).toList();
    }

    /** What the fabric says of its privileged endpoints, and whether an exclusive operation runs. */
    public FabricLocation fabricLocation() throws ResourceManagerException, InterruptedException {
        return FabricLocation.read(api.get(regional(fabric(""), VERSION)));
    }

    /** The scale unit's nodes. */
    public List<ScaleUnitNode> nodes() throws ResourceManagerException, InterruptedException {
        return api.list(regional(fabric("/scaleUnitNodes"), VERSION)).stream()
                .map(ScaleUnitNode::read)
                .toList();
    }

    private String fabric(final String rest) {
        return "Microsoft.Fabric.Admin/fabricLocations/" + stamp.region() + rest;
    }

    /** The stamp's version and its updates. */
    public UpdateStatus updates() throws ResourceManagerException, InterruptedException {
        final String location = "Microsoft.Update.Admin/updateLocations/" + stamp.region();
        return UpdateStatus.read(
                api.get(regional(location, VERSION)), api.list(regional(location + "/updates", VERSION)));
    }

    /** Where backups go and which certificate they are encrypted for. */
    public BackupLocation backupLocation() throws ResourceManagerException, InterruptedException {
        return BackupLocation.read(
                api.get(regional("Microsoft.Backup.Admin/backupLocations/" + stamp.region(), BACKUP_VERSION)));
    }

    /** The secrets of every installed product; none on a stamp that knows no products. */
    public List<ProductSecret> productSecrets() throws ResourceManagerException, InterruptedException {
        final String global =
                "subscriptions/" + subscription() + "/providers/Microsoft.Deployment.Admin/locations/global/";
        final String version = "?api-version=" + DEPLOYMENT_VERSION;
        final List<ProductSecret> secrets = new ArrayList<>();
        for (final JsonNode deployment : products(global + "productDeployments" + version)) {
            final String name = Json.text(deployment, "name");
            final String product = name.substring(name.lastIndexOf('/') + 1);
            final String installed = Json.text(deployment, "properties", "deployment", "version");
            final String path = global + "productPackages/" + encode(product + "." + installed) + "/secrets" + version;
            for (final JsonNode secret : api.list(path)) {
                secrets.add(ProductSecret.read(product, secret));
            }
        }
        return secrets;
    }

    private List<JsonNode> products(final String path) throws ResourceManagerException, InterruptedException {
        try {
            return api.list(path);
        } catch (CallRefusedException e) {
            if (e.status() == NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    private String regional(final String resource, final String version)
            throws ResourceManagerException, InterruptedException {
        return "subscriptions/" + subscription() + "/resourceGroups/System." + stamp.region() + "/providers/" + resource
                + "?api-version=" + version;
    }

    private synchronized String subscription() throws ResourceManagerException, InterruptedException {
        if (subscription.isEmpty()) {
            subscription = providerSubscription();
        }
        return subscription;
    }

    private String providerSubscription() throws ResourceManagerException, InterruptedException {
        for (final JsonNode one : api.list("subscriptions?api-version=" + VERSION)) {
            if (Json.text(one, "displayName").equalsIgnoreCase(PROVIDER_SUBSCRIPTION)) {
                final String id = Json.text(one, "subscriptionId");
                if (id.matches("[A-Za-z0-9-]+")) {
                    return id;
                }
                throw new UnexpectedAnswerException(
                        "The id of the " + PROVIDER_SUBSCRIPTION + " of stamp " + stamp.name() + " is none: '"
                                + Text.printable(id)
                                + "'. Nothing was changed. Check what answers as its Resource Manager.",
                        null);
            }
        }
        throw new PermissionMissingException("The service principal of stamp " + stamp.name() + " sees no "
                + PROVIDER_SUBSCRIPTION + ". Nothing was changed. Give it the role Reader there, and check that this is"
                + " the admin Resource Manager.");
    }

    private static String encode(final String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Wipes the token. */
    @Override
    public void close() {
        tokens.close();
    }
}
