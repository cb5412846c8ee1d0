package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.http.HttpHandler;
import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;
import io.jenkins.plugins.azurestack.simulator.world.ExternalCertificates;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.Node;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
    private static final String OBJECT_FORM = "2015-01-01";
    private static final List<String> SUBSCRIPTION_VERSIONS =
            List.of("2015-01-01", "2015-11-01", "2016-05-01", "2016-06-01");
    private static final String RETRY_SECONDS = "1";
    private static final DateTimeFormatter US_TIME =
            DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);

    private final World world;
    private final Site site;
    private final String loginUrl;
    private final ServicePrincipals principals = new ServicePrincipals();
    private final AccessTokens tokens;
    private final Authority authority;
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
        this.loginUrl = loginUrl;
        final Identifiers ids = new Identifiers(world.store(), world.random());
        this.site = new Site(world, ids);
        this.tokens = new AccessTokens(world.store(), world.random(), ids.of(Identifiers.Name.TOKEN_KEY));
        final Identity identity = world.identity();
        this.authority = isAdfs()
                ? new Adfs("https://adfs." + world.stamp().domain() + "/adfs", identity.tenant())
                : new EntraId(loginUrl, identity.tenant(), DIRECTORY, world.random());
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
                        new HealthProvider(
                                        site,
                                        alerts,
                                        () -> conditions(external, List.copyOf(nodes), bmcAnswers),
                                        operations)
                                .provider(),
                        new FabricProvider(site, nodes, operations).provider(),
                        new UpdateProvider(site).provider(),
                        new BackupProvider(site, operations).provider(),
                        new DeploymentProvider(site, products).provider())
                .collect(Collectors.toUnmodifiableMap(
                        provider -> provider.namespace().toLowerCase(Locale.ROOT), Function.identity()));
    }

    private List<Condition> conditions(
            final ExternalCertificates external, final List<Node> nodes, final Predicate<Node> bmcAnswers) {
        world.actionPlans().settle();
        final List<Condition> conditions = new ArrayList<>(ExpiryConditions.of(world, external.served()));
        conditions.addAll(OtherConditions.of(world, nodes, bmcAnswers));
        return conditions;
    }

    private boolean isAdfs() {
        return world.stamp().identityProvider() == IdentityProvider.ADFS;
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
                new TokenEndpoint(authority, principals, tokens, audience(), world.identity()));
    }

    /**
     * Whether nothing accepts connections at a host; for whoever listens there.
     *
     * @param host {@code adminmanagement}, {@code adfs} or {@code login}
     */
    public boolean isDown(final String host) {
        return world.faults().isDue(Fault.ENDPOINT_DOWN, host)
                || !host.equals("login") && world.faults().isDue(Fault.EVERYTHING_EXPIRED);
    }

    private String audience() {
        return isAdfs()
                ? "https://adminmanagement.adfs." + world.identity().internalDomain() + "/"
                        + world.identity().tenant()
                : "https://adminmanagement." + DIRECTORY + "/" + site.ids().of(Identifiers.Name.AUDIENCE);
    }

    private HttpAnswer answer(final HttpRequest request, final Visit visit) {
        try {
            final List<String> path = Arrays.stream(request.path().split("/"))
                    .filter(part -> !part.isEmpty())
                    .toList();
            if (path.size() == 2
                    && path.get(0).equalsIgnoreCase("metadata")
                    && path.get(1).equalsIgnoreCase("endpoints")) {
                return metadata(request);
            }
            final Optional<HttpAnswer> challenge = challenge(request, visit);
            return challenge.isPresent() ? challenge.get() : resource(request, path, visit);
        } catch (RefusedException e) {
            return e.answer();
        }
    }

    private HttpAnswer metadata(final HttpRequest request) throws RefusedException {
        final String version = requireVersion(request);
        final String domain = world.stamp().domain();
        final String graph = isAdfs() ? "https://graph." + domain + "/" : "https://graph.windows.net/";
        final String login = isAdfs() ? "https://adfs." + domain + "/adfs" : loginUrl;
        if (version.equals(OBJECT_FORM) || version.equals("1.0")) {
            final ObjectNode endpoints = Json.object()
                    .put("galleryEndpoint", "https://adminportal." + domain + ":30015/")
                    .put("graphEndpoint", graph)
                    .put("portalEndpoint", "https://adminportal." + domain + "/");
            endpoints
                    .putObject("authentication")
                    .put("loginEndpoint", login)
                    .putArray("audiences")
                    .add(audience());
            return Json.ok(endpoints);
        }
        if (!version.matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}.*") || version.compareTo(OBJECT_FORM) < 0) {
            throw new RefusedException(
                    400, "InvalidApiVersionParameter", "The api-version '" + version + "' is invalid.");
        }
        final ArrayNode environments = Json.MAPPER.createArrayNode();
        final ObjectNode environment = environments
                .addObject()
                .put("portal", "https://adminportal." + domain + "/")
                .put("gallery", "https://adminportal." + domain + ":30015/")
                .put("graph", graph)
                .put("graphAudience", graph)
                .put("resourceManager", site.url() + "/")
                .put("name", "AzureStack-Admin-" + site.ids().of(Identifiers.Name.CLOUD));
        environment
                .putObject("authentication")
                .put("loginEndpoint", login)
                .put("tenant", isAdfs() ? "adfs" : "common")
                .put("identityProvider", isAdfs() ? "ADFS" : "AAD")
                .putArray("audiences")
                .add(audience());
        environment.putObject("suffixes").put("storage", domain).put("keyVaultDns", "adminvault." + domain);
        return Json.ok(environments);
    }

    private static String requireVersion(final HttpRequest request) throws RefusedException {
        final String version = Provider.query(request).getOrDefault("api-version", "");
        if (version.isEmpty()) {
            throw new RefusedException(
                    400,
                    "MissingApiVersionParameter",
                    "The api-version query parameter (?api-version=) is required for all requests.");
        }
        return version;
    }

    /** What to answer to a call that brings no token which is good now. */
    private Optional<HttpAnswer> challenge(final HttpRequest request, final Visit visit) {
        final String header = request.header("Authorization").orElse("");
        if (header.isEmpty()) {
            return Optional.of(unauthorized(
                    visit,
                    "AuthenticationFailed",
                    "Authentication failed. The 'Authorization' header is missing.",
                    "The authentication failed because of missing 'Authorization' header."));
        }
        final Optional<AccessTokens.Claims> claims = header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? tokens.read(header.substring(7).trim())
                : Optional.empty();
        if (claims.isEmpty()) {
            return Optional.of(unauthorized(
                    visit,
                    "InvalidAuthenticationToken",
                    "The access token is invalid.",
                    "Could not find identity for access token."));
        }
        return judged(claims.get(), visit);
    }

    private Optional<HttpAnswer> judged(final AccessTokens.Claims claims, final Visit visit) {
        final Instant now = visit.now();
        visit.provedBy(claims.clientId());
        final boolean struck = world.faults().strikes(Fault.TOKEN_EXPIRED, visit.occasion());
        if (struck || !now.isBefore(claims.expires())) {
            final String text = "The access token expiry UTC time '"
                    + US_TIME.format(struck ? now : claims.expires())
                    + "' is earlier than current UTC time '" + US_TIME.format(now) + "'.";
            return Optional.of(
                    unauthorized(visit, "ExpiredAuthenticationToken", text, "The access token has expired."));
        }
        if (now.plusSeconds(300).isBefore(claims.notBefore())) {
            return Optional.of(unauthorized(
                    visit,
                    "InvalidAuthenticationToken",
                    "The access token is not yet valid.",
                    "The access token is not yet valid."));
        }
        if (!claims.audience().equals(audience()) || !claims.issuer().equals(authority.issuer())) {
            return Optional.of(unauthorized(
                    visit,
                    "InvalidAuthenticationTokenAudience",
                    "The access token has been obtained for wrong audience or resource '" + claims.audience()
                            + "'. It should exactly match with one of the allowed audiences '" + audience() + "'.",
                    "The access token has been obtained from wrong audience or resource."));
        }
        return Optional.empty();
    }

    private HttpAnswer unauthorized(
            final Visit visit, final String code, final String message, final String description) {
        visit.refusedFor(code);
        final String directory = isAdfs()
                ? "https://adfs." + world.stamp().domain() + "/adfs"
                : loginUrl + world.identity().tenant();
        return new RefusedException(401, code, message)
                .answer()
                .with(
                        "WWW-Authenticate",
                        "Bearer authorization_uri=\"" + directory + "\", error=\"invalid_token\", error_description=\""
                                + description + "\"");
    }

    private HttpAnswer resource(final HttpRequest request, final List<String> path, final Visit visit)
            throws RefusedException {
        visit.note("api-version", requireVersion(request));
        final ServicePrincipal caller = principals.find(visit.identity()).orElse(null);
        final ServicePrincipal.Role role = caller == null ? ServicePrincipal.Role.NONE : caller.role();
        if (path.isEmpty() || !path.get(0).equalsIgnoreCase("subscriptions")) {
            throw new RefusedException(404, "NotFound", "The path '" + request.path() + "' leads nowhere.");
        }
        if (path.size() <= 2) {
            requireSubscriptionVersion(request);
            return subscriptions(path, role);
        }
        requireSubscription(path.get(1));
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

    private static void requireSubscriptionVersion(final HttpRequest request) throws RefusedException {
        final String version = requireVersion(request);
        if (!SUBSCRIPTION_VERSIONS.contains(version)) {
            throw new RefusedException(
                    400,
                    "InvalidApiVersionParameter",
                    "The api-version '" + version + "' is invalid. The supported versions are '"
                            + String.join(",", SUBSCRIPTION_VERSIONS) + "'.");
        }
    }

    private void requireSubscription(final String id) throws RefusedException {
        if (subscriptions().stream()
                .noneMatch(one -> one.path("subscriptionId").asText().equalsIgnoreCase(id))) {
            throw new RefusedException(
                    404, "SubscriptionNotFound", "The subscription '" + id + "' could not be found.");
        }
        if (!id.equalsIgnoreCase(site.subscription())) {
            throw new RefusedException(
                    409,
                    "MissingSubscriptionRegistration",
                    "The subscription is not registered to use the providers of the stamp's administration.");
        }
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

    private HttpAnswer subscriptions(final List<String> path, final ServicePrincipal.Role role)
            throws RefusedException {
        final List<ObjectNode> seen = role == ServicePrincipal.Role.NONE ? List.of() : subscriptions();
        if (path.size() == 1) {
            return Json.ok(Json.list(seen));
        }
        return seen.stream()
                .filter(one -> one.path("subscriptionId").asText().equalsIgnoreCase(path.get(1)))
                .findFirst()
                .map(Json::ok)
                .orElseThrow(() -> new RefusedException(
                        404, "SubscriptionNotFound", "The subscription '" + path.get(1) + "' could not be found."));
    }

    private List<ObjectNode> subscriptions() {
        return List.of(
                subscription("Metering Subscription", Identifiers.Name.METERING_SUBSCRIPTION),
                subscription("Default Provider Subscription", Identifiers.Name.PROVIDER_SUBSCRIPTION),
                subscription("Consumption Subscription", Identifiers.Name.CONSUMPTION_SUBSCRIPTION));
    }

    private ObjectNode subscription(final String name, final Identifiers.Name id) {
        final String value = site.ids().of(id);
        final ObjectNode subscription = Json.object()
                .put("id", "/subscriptions/" + value)
                .put("subscriptionId", value)
                .put("tenantId", world.identity().tenant())
                .put("displayName", name)
                .put("state", "Enabled");
        subscription
                .putObject("subscriptionPolicies")
                .put("locationPlacementId", "Internal_2014-09-01")
                .put("quotaId", "Internal_2014-09-01");
        return subscription;
    }
}
