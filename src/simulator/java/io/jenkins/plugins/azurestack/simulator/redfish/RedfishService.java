package io.jenkins.plugins.azurestack.simulator.redfish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.http.HttpConnection;
import io.jenkins.plugins.azurestack.simulator.http.HttpHandler;
import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Faults;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Redfish service of one BMC: who is it, may they, what do they get. Thread-safe. */
final class RedfishService implements HttpHandler {
    private static final Duration SKEW = Duration.ofHours(1);
    private static final List<String> READ = List.of("GET", "HEAD");
    private static final String METADATA = Firmware.ROOT + "/$metadata";
    private static final List<String> OPEN_TO_ALL = List.of(Firmware.ROOT, Firmware.ROOT + "/odata", METADATA);
    private static final String VERSIONS = "/redfish";
    private static final String ODATA_VERSION = "4.0";
    private static final String NO_SCHEMAS = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><edmx:Edmx Version=\"4.0\""
            + " xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices/></edmx:Edmx>";

    private final Node node;
    private final Firmware firmware;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Access access;
    private final Resources resources;
    private final Changes changes;
    private final StampTime time;
    private final Faults faults;
    private final Ledger ledger;
    private volatile Duration latency = Duration.ZERO;

    RedfishService(
            final Node node,
            final Accounts accounts,
            final Sessions sessions,
            final Access access,
            final Resources resources,
            final Changes changes,
            final BmcWorld world) {
        this.node = node;
        this.firmware = node.flavour().firmware();
        this.accounts = accounts;
        this.sessions = sessions;
        this.access = access;
        this.resources = resources;
        this.changes = changes;
        this.time = world.time();
        this.faults = world.faults();
        this.ledger = world.ledger();
    }

    /** Lets every answer take so long, by the clock outside. */
    void setLatency(final Duration each) {
        latency = each;
    }

    /** Waits as long as an answer takes. */
    void pause() throws InterruptedException {
        if (!latency.isZero()) {
            Thread.sleep(latency.toMillis());
        }
    }

    @Override
    public HttpAnswer answer(final HttpRequest request, final HttpConnection connection) throws InterruptedException {
        final Instant at = time.now();
        pause();
        final String[] occasion = {node.name(), node.name() + " " + request.method(), request.method()};
        if (faults.strikes(Fault.RESET, occasion)) {
            record(at, connection.id(), "", request.toString(), Map.of(), "reset");
            return HttpAnswer.of(503).delivered(HttpAnswer.Delivery.RESET);
        }
        final Duration skew = faults.strikes(Fault.CLOCK_SKEW, occasion) ? SKEW : Duration.ZERO;
        final Exchange exchange;
        try {
            exchange = new Exchange(request);
        } catch (IllegalArgumentException e) {
            final RefusedException refused = firmware.refusal(Reason.MALFORMED_URI, request.target());
            record(at, connection.id(), "", request.toString(), Map.of(), "400");
            return rendered(refused.reply(), skew);
        }
        final Reply reply = reply(exchange, skew);
        final HttpAnswer.Delivery delivery = delivery(exchange, reply, occasion);
        if (delivery != HttpAnswer.Delivery.WHOLE) {
            exchange.detail("delivery", delivery.name());
        }
        final Map<String, String> details = new LinkedHashMap<>(Map.of("status", Integer.toString(reply.status())));
        details.putAll(exchange.details());
        record(
                at,
                connection.id(),
                exchange.identity(),
                exchange.method() + " " + exchange.path(),
                details,
                reply.isDone() ? Ledger.Call.DONE : exchange.outcome().orElse(Integer.toString(reply.status())));
        return rendered(reply, skew).delivered(delivery);
    }

    /** Enters a call into the ledger. */
    void record(
            final Instant at,
            final String connection,
            final String identity,
            final String action,
            final Map<String, String> details,
            final String outcome) {
        ledger.record(
                new Ledger.Call(at, Ledger.Service.BMC, node.name(), connection, identity, action, details, outcome));
    }

    private HttpAnswer.Delivery delivery(final Exchange exchange, final Reply reply, final String... occasion) {
        if (reply.isDone() && !exchange.isRead() && faults.strikes(Fault.ANSWER_LOST, occasion)) {
            return HttpAnswer.Delivery.LOST;
        }
        if (faults.strikes(Fault.TRUNCATED, occasion)) {
            return HttpAnswer.Delivery.TRUNCATED;
        }
        return faults.strikes(Fault.SLOW_DRIP, occasion) ? HttpAnswer.Delivery.DRIPPING : HttpAnswer.Delivery.WHOLE;
    }

    private HttpAnswer rendered(final Reply reply, final Duration skew) {
        final HttpAnswer bare = reply.body().isEmpty()
                ? HttpAnswer.of(reply.status())
                : HttpAnswer.of(reply.status(), reply.contentType().orElse(firmware.contentType()), reply.body());
        HttpAnswer answer = bare.with("OData-Version", ODATA_VERSION)
                .with("Cache-Control", "no-cache")
                .with(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                time.now().plus(skew).atOffset(ZoneOffset.UTC)));
        for (final HttpRequest.Header header : reply.headers()) {
            answer = answer.with(header.name(), header.value());
        }
        return reply.status() == 401 ? answer.with("WWW-Authenticate", "Basic realm=\"RedfishService\"") : answer;
    }

    private Reply reply(final Exchange exchange, final Duration skew) {
        try {
            if (!exchange.path().startsWith(VERSIONS)) {
                throw firmware.refusal(Reason.RESOURCE_MISSING, exchange.path());
            }
            if (!exchange.request()
                    .header("OData-Version")
                    .orElse(ODATA_VERSION)
                    .equals(ODATA_VERSION)) {
                throw firmware.refusal(Reason.ODATA_VERSION);
            }
            if (exchange.path().equals(VERSIONS)) {
                requireMethod(exchange, READ);
                return Reply.of(200, Firmware.object().put("v1", Firmware.ROOT + "/"));
            }
            if (OPEN_TO_ALL.contains(exchange.path())) {
                requireMethod(exchange, READ);
                return exchange.path().equals(METADATA) ? Reply.xml(NO_SCHEMAS) : read(exchange, skew);
            }
            if (exchange.path().equals(Firmware.SESSIONS) && exchange.method().equals("POST")) {
                return openSession(exchange);
            }
            return dispatch(exchange, authenticate(exchange), skew);
        } catch (RefusedException e) {
            return e.reply();
        }
    }

    private Reply openSession(final Exchange exchange) throws RefusedException {
        final Body body = Body.of(exchange.request(), firmware);
        final String userName = body.text("UserName");
        final LogOn logOn = access.logOn(userName, body.text("Password"));
        if (!logOn.isAccepted()) {
            exchange.refused(userName, logOn.verdict());
            throw firmware.refusal(401, firmware.refusedSession(firmware.link(exchange.path())));
        }
        exchange.proved(userName);
        final AccountView account = logOn.account().orElseThrow();
        final Sessions.Opened opened = sessions.open(account).orElseThrow(() -> firmware.refusal(Reason.SESSION_LIMIT));
        final ObjectNode session = resources.session(opened.session());
        if (account.changeRequired()) {
            firmware.extendedInfo(session, List.of(changeRequired(account)));
        }
        final String path = Firmware.SESSIONS + "/" + opened.session().id();
        return Reply.of(201, session)
                .with("Location", firmware.location(path, exchange.host()))
                .with("X-Auth-Token", opened.token());
    }

    private Message changeRequired(final AccountView account) {
        return firmware.changeRequired(firmware.link(firmware.accountsPath() + "/" + account.id()));
    }

    private Caller authenticate(final Exchange exchange) throws RefusedException {
        final Optional<String> token = exchange.request().header("X-Auth-Token");
        final Caller caller = token.isPresent() ? byToken(exchange, token.get()) : byPassword(exchange);
        exchange.proved(caller.account().userName());
        return caller;
    }

    private Caller byToken(final Exchange exchange, final String token) throws RefusedException {
        final Sessions.Session session = sessions.use(token).orElseThrow(() -> unknown(exchange));
        final AccountView account =
                accounts.byId(session.accountId()).filter(AccountView::enabled).orElseThrow(() -> unknown(exchange));
        return new Caller(account, Optional.of(session.id()));
    }

    private RefusedException unknown(final Exchange exchange) {
        return firmware.refusal(401, firmware.noCredential(exchange.path()));
    }

    private Caller byPassword(final Exchange exchange) throws RefusedException {
        final String[] credential = basic(exchange).split(":", 2);
        if (credential.length < 2) {
            throw unknown(exchange);
        }
        final LogOn logOn = access.logOn(credential[0], credential[1]);
        if (!logOn.isAccepted()) {
            exchange.refused(credential[0], logOn.verdict());
            throw firmware.refusal(401, firmware.refusedBasic(exchange.path()));
        }
        return new Caller(logOn.account().orElseThrow(), Optional.empty());
    }

    private String basic(final Exchange exchange) throws RefusedException {
        final String header = exchange.request().header("Authorization").orElse("");
        if (!header.regionMatches(true, 0, "Basic ", 0, "Basic ".length())) {
            throw unknown(exchange);
        }
        try {
            final byte[] decoded = Base64.getDecoder()
                    .decode(header.substring("Basic ".length()).trim());
            return new String(decoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unknown(exchange);
        }
    }

    private Reply dispatch(final Exchange exchange, final Caller caller, final Duration skew) throws RefusedException {
        if (caller.account().changeRequired() && !isForChangingOnesPassword(exchange, caller)) {
            throw firmware.refusal(Reason.PASSWORD_CHANGE_REQUIRED.status(), changeRequired(caller.account()));
        }
        if (resources.read(exchange.path(), skew).isEmpty()) {
            throw firmware.refusal(Reason.RESOURCE_MISSING, exchange.path());
        }
        requireMethod(exchange, methods(exchange.path()));
        return switch (exchange.method()) {
            case "POST" -> changes.create(exchange, caller);
            case "PATCH" -> patch(exchange, caller);
            case "DELETE" -> delete(exchange, caller);
            default -> read(exchange, skew);
        };
    }

    /** What is open to somebody whose password must be changed first (DSP0266, 13.2.6). */
    private boolean isForChangingOnesPassword(final Exchange exchange, final Caller caller) {
        final String own = firmware.accountsPath() + "/" + caller.account().id();
        final boolean ownAccount = exchange.path().equals(own);
        return switch (exchange.method()) {
            case "GET", "HEAD" -> ownAccount;
            case "PATCH" ->
                ownAccount && firmware.changesRequiredPasswordInPlace()
                        || isAttributes(exchange.path()) && caller.owns(Idrac.ATTRIBUTE_USER);
            case "DELETE" ->
                caller.sessionId()
                        .filter(id -> exchange.path().equals(Firmware.SESSIONS + "/" + id))
                        .isPresent();
            default -> false;
        };
    }

    private boolean isAttributes(final String path) {
        return firmware instanceof Idrac && path.equals(Idrac.ATTRIBUTES);
    }

    private boolean isAccount(final String path) {
        return path.startsWith(firmware.accountsPath() + "/");
    }

    /** What may be done with a resource. */
    private List<String> methods(final String path) {
        if (isAccount(path)) {
            return firmware.hasSlots() ? List.of("GET", "HEAD", "PATCH") : List.of("GET", "HEAD", "PATCH", "DELETE");
        }
        if (path.equals(firmware.accountsPath())) {
            return firmware.hasSlots() ? READ : List.of("GET", "HEAD", "POST");
        }
        if (path.equals(Firmware.SESSIONS)) {
            return List.of("GET", "HEAD", "POST");
        }
        if (path.startsWith(Firmware.SESSIONS + "/")) {
            return List.of("GET", "HEAD", "DELETE");
        }
        return path.equals(Firmware.ACCOUNT_SERVICE) || path.equals(Firmware.SESSION_SERVICE) || isAttributes(path)
                ? List.of("GET", "HEAD", "PATCH")
                : READ;
    }

    private void requireMethod(final Exchange exchange, final List<String> allowed) throws RefusedException {
        if (!allowed.contains(exchange.method())) {
            throw new RefusedException(
                    firmware.refusal(Reason.METHOD_NOT_ALLOWED).reply().with("Allow", String.join(", ", allowed)));
        }
    }

    private Reply read(final Exchange exchange, final Duration skew) throws RefusedException {
        final ObjectNode resource = resources
                .read(exchange.path(), skew)
                .orElseThrow(() -> firmware.refusal(Reason.RESOURCE_MISSING, exchange.path()));
        final String etag = Resources.etag(resource);
        if (exchange.request().header("If-None-Match").filter(etag::equals).isPresent()) {
            return Reply.of(304).with("ETag", etag);
        }
        final ObjectNode answer = new Query(
                        exchange.request().query(), link -> resources.read(Exchange.normal(link), skew))
                .apply(resource, firmware);
        final Reply reply = Reply.of(200, answer).with("Allow", String.join(", ", methods(exchange.path())));
        return firmware.sendsEtagHeader() ? reply.with("ETag", etag) : reply;
    }

    private Reply patch(final Exchange exchange, final Caller caller) throws RefusedException {
        final String path = exchange.path();
        if (path.equals(Firmware.ACCOUNT_SERVICE)) {
            return changes.patchAccountService(exchange, caller);
        }
        if (path.equals(Firmware.SESSION_SERVICE)) {
            return changes.patchSessionService(exchange, caller);
        }
        return isAttributes(path)
                ? changes.patchAttributes(exchange, caller)
                : changes.patch(exchange, caller, account(path));
    }

    private Reply delete(final Exchange exchange, final Caller caller) throws RefusedException {
        final String path = exchange.path();
        if (isAccount(path)) {
            return changes.delete(exchange, caller, account(path));
        }
        final String id = path.substring(Firmware.SESSIONS.length() + 1);
        final boolean own = sessions.byId(id)
                .filter(session -> caller.owns(session.accountId()))
                .isPresent();
        if (!own && !caller.account().isAdministrator()) {
            throw firmware.refusal(Reason.INSUFFICIENT_PRIVILEGE);
        }
        sessions.close(id);
        return Reply.of(204);
    }

    private AccountView account(final String path) throws RefusedException {
        return accounts.byId(path.substring(firmware.accountsPath().length() + 1))
                .orElseThrow(() -> firmware.refusal(Reason.RESOURCE_MISSING, path));
    }
}
