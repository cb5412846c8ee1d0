package io.jenkins.plugins.azurestack.simulator.arm;

import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.http.HttpHandler;
import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;
import io.jenkins.plugins.azurestack.simulator.world.ExternalCertificates;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.Node;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The admin Resource Manager of a simulated stamp and the authorities that issue tokens for it, as handlers of HTTP.
 * Everything that changes survives a restart with the same world's store. Thread-safe.
 */
public final class ResourceManager {
    private static final String DIRECTORY = "contoso.onmicrosoft.com";
    private static final String RETRY_SECONDS = "1";

    private final World world;
    private final ExternalCertificates external;
    private final Site site;
    private final ServicePrincipals principals = new ServicePrincipals();
    private final AccessTokens tokens;
    private final Authority authority;
    private final String audience;
    private final Metadata metadata;
    private final TokenCheck tokenCheck;
    private final Subscriptions subscriptions;
    private final Map<String, Provider> providers;

    /**
     * @param external what the front ends serve
     * @param nodes the scale unit's
     * @param bmcAnswers whether a node's BMC answers to the stamp with the credential that the stamp has; asked whenever
     *     alerts are
     * @param loginUrl where Entra ID is, with a slash at the end, such as {@code https://login.contoso.example/}
     * @throws IOException if the store can't be read or written
     */
    public ResourceManager(
            final World world,
            final ExternalCertificates external,
            final List<Node> nodes,
            final Predicate<Node> bmcAnswers,
            final String loginUrl)
            throws IOException {
        this.world = world;
        this.external = external;
        final Identifiers ids = new Identifiers(world.store(), world.random());
        this.site = new Site(world, ids);
        this.tokens = new AccessTokens(world.store(), world.random(), ids.of(Identifiers.Name.TOKEN_KEY));
        final Identity identity = world.identity();
        final boolean adfs = world.stamp().identityProvider() == IdentityProvider.ADFS;
        final String authorityUrl = adfs ? "https://adfs." + world.stamp().domain() + "/adfs" : loginUrl;
        this.authority = adfs
                ? new Adfs(authorityUrl, identity.tenant())
                : new EntraId(authorityUrl, identity.tenant(), DIRECTORY, world.random());
        this.audience = adfs
                ? "https://adminmanagement.adfs." + identity.internalDomain() + "/" + identity.tenant()
                : "https://adminmanagement." + DIRECTORY + "/" + ids.of(Identifiers.Name.AUDIENCE);
        this.metadata = new Metadata(site, adfs, authorityUrl, audience);
        this.tokenCheck = new TokenCheck(
                tokens,
                world.faults(),
                authority.issuer(),
                audience,
                adfs ? authorityUrl : authorityUrl + identity.tenant());
        this.subscriptions = new Subscriptions(site);
        principals.register(new ServicePrincipal(
                identity.clientId(),
                ids.of(Identifiers.Name.STAMP),
                Optional.of(identity.clientSecret()),
                List.of(),
                ServicePrincipal.Role.CONTRIBUTOR));
        final Alerts alerts = new Alerts(
                world.store(),
                world.random(),
                site.fabric(),
                ids.of(Identifiers.Name.FABRIC_REGISTRATION),
                world.time().now());
        final Operations operations = new Operations(world);
        final Products products = new Products(world, external);
        this.providers = Stream.of(
                        new HealthProvider(site, alerts, () -> conditions(List.copyOf(nodes), bmcAnswers), operations)
                                .provider(),
                        new FabricProvider(site, nodes, operations).provider(),
                        new UpdateProvider(site).provider(),
                        new BackupProvider(site, operations).provider(),
                        new DeploymentProvider(site, products).provider())
                .collect(Collectors.toUnmodifiableMap(
                        provider -> provider.namespace().toLowerCase(Locale.ROOT), Function.identity()));
    }

    private List<Condition> conditions(final List<Node> nodes, final Predicate<Node> bmcAnswers) {
        world.actionPlans().settle();
        final List<Condition> conditions = new ArrayList<>(ExpiryConditions.of(world, external.served()));
        conditions.addAll(OtherConditions.of(world, nodes, bmcAnswers));
        return conditions;
    }

    /** Who may ask for tokens; at first the operator's service principal, by its secret, as a contributor. */
    public ServicePrincipals principals() {
        return principals;
    }

    /** The subscription that the providers of the stamp's administration live in. */
    public String providerSubscription() {
        return site.subscription();
    }

    /** What answers for {@code adminmanagement}. */
    public HttpHandler admin() {
        return new Entrance(world, "adminmanagement", Entrance.Effects.BY_METHOD, this::answer);
    }

    /** What answers for {@code adfs} on a stamp with AD FS. */
    public HttpHandler adfs() {
        return tokens("adfs");
    }

    /** What answers for Entra ID on a stamp that trusts it. */
    public HttpHandler login() {
        return tokens("login");
    }

    private HttpHandler tokens(final String host) {
        return new Entrance(
                world,
                host,
                Entrance.Effects.NONE,
                new TokenEndpoint(authority, principals, tokens, audience, world.identity()));
    }

    /**
     * Whether nothing accepts a connection at a host; for whoever listens there, who asks once for each. Once everything
     * has expired, the stamp itself is dark until Resource Manager has a certificate that has not.
     *
     * @param host {@code adminmanagement}, {@code adfs} or {@code login}
     */
    public boolean isDown(final String host) {
        return world.faults().strikes(Fault.ENDPOINT_DOWN, host)
                || !host.equals("login") && world.faults().isDue(Fault.EVERYTHING_EXPIRED) && hasExpired();
    }

    /** Until its certificate is replaced, it stays dark. */
    private boolean hasExpired() {
        return external.served()
                .get(CertificateFolder.ARM_ADMIN)
                .leaf()
                .getNotAfter()
                .toInstant()
                .isBefore(world.time().now());
    }

    private HttpAnswer answer(final HttpRequest request, final Visit visit) {
        try {
            final List<String> path = Arrays.stream(request.path().split("/"))
                    .filter(part -> !part.isEmpty())
                    .toList();
            if (String.join("/", path).equalsIgnoreCase("metadata/endpoints")) {
                return metadata.answer(request);
            }
            final Optional<HttpAnswer> challenge = tokenCheck.challenge(request, visit);
            return challenge.isPresent() ? challenge.get() : resource(request, path, visit);
        } catch (RefusedException e) {
            return e.answer();
        }
    }

    private HttpAnswer resource(final HttpRequest request, final List<String> path, final Visit visit)
            throws RefusedException {
        visit.note("api-version", Provider.requireVersion(request));
        final ServicePrincipal caller = principals.find(visit.identity()).orElse(null);
        final ServicePrincipal.Role role = caller == null ? ServicePrincipal.Role.NONE : caller.role();
        if (path.isEmpty() || !path.get(0).equalsIgnoreCase("subscriptions")) {
            throw new RefusedException(404, "NotFound", "The path '" + request.path() + "' leads nowhere.");
        }
        if (path.size() <= 2) {
            return subscriptions.answer(request, path, role);
        }
        subscriptions.require(path.get(1));
        final int begin = provided(path);
        final Provider provider =
                begin < 0 ? null : providers.get(path.get(begin).toLowerCase(Locale.ROOT));
        if (provider == null || path.size() == begin + 1) {
            throw new RefusedException(
                    404,
                    "InvalidResourceNamespace",
                    "The resource namespace '" + (begin < 0 ? "" : path.get(begin)) + "' is invalid.");
        }
        final List<String> within = path.subList(begin + 1, path.size());
        requireRole(caller, role, request, provider, within);
        if (world.faults().strikes(Fault.THROTTLED, visit.occasion())) {
            return new RefusedException(
                            429,
                            "TooManyRequests",
                            "Number of requests for subscription '" + path.get(1)
                                    + "' exceeded the limit. Please try again after '" + RETRY_SECONDS + "' seconds.")
                    .answer()
                    .with("Retry-After", RETRY_SECONDS);
        }
        return provider.answer(request, within, visit);
    }

    /** Where in a path the provider's namespace stands; negative if nowhere. */
    private int provided(final List<String> path) throws RefusedException {
        if (path.get(2).equalsIgnoreCase("providers")) {
            return path.size() > 3 ? 3 : -1;
        }
        if (!path.get(2).equalsIgnoreCase("resourceGroups")
                || path.size() < 6
                || !path.get(4).equalsIgnoreCase("providers")) {
            return -1;
        }
        if (!path.get(3).equalsIgnoreCase(site.group())) {
            throw new RefusedException(
                    404, "ResourceGroupNotFound", "Resource group '" + path.get(3) + "' could not be found.");
        }
        return 5;
    }

    private static void requireRole(
            final ServicePrincipal caller,
            final ServicePrincipal.Role role,
            final HttpRequest request,
            final Provider provider,
            final List<String> within)
            throws RefusedException {
        final boolean reads = request.method().equals("GET");
        if (role == ServicePrincipal.Role.CONTRIBUTOR || reads && role == ServicePrincipal.Role.READER) {
            return;
        }
        final String object = caller == null ? "" : caller.objectId();
        final String verb = reads ? "/read" : request.method().equals("POST") ? "/action" : "/write";
        final String path = request.path();
        throw new RefusedException(
                403,
                "AuthorizationFailed",
                "The client '" + object + "' with object id '" + object
                        + "' does not have authorization to perform action '" + provider.namespace() + "/"
                        + Provider.types(within) + verb + "' over scope '" + path + "'.");
    }
}
