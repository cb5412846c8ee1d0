package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmException;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer.Delivery;
import io.jenkins.plugins.azurestack.simulator.http.HttpConnection;
import io.jenkins.plugins.azurestack.simulator.http.HttpHandler;
import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Ledger.Call;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What answers HTTP on an endpoint: logs the client on, opens sealed bodies, has operations performed, seals the answers
 * and delivers them as the faults want. On plain HTTP nothing goes in clear. Thread-safe.
 */
final class EndpointHandler implements HttpHandler {
    private static final String PATH = "/wsman";
    private static final String SOAP = "application/soap+xml;charset=UTF-8";
    private static final String IDENTIFY = "Identify";
    /** The server's clock, by which clients see that clocks differ. */
    static final String DATE = "Date";

    private final EndpointWorld world;
    private final Authenticator authenticator;
    private final WsManService service;
    private final SoapAnswer answers;

    EndpointHandler(final EndpointWorld world, final WsManService service) {
        this.world = world;
        this.authenticator = new Authenticator(world);
        this.service = service;
        this.answers = new SoapAnswer(world.address(), world::newId);
    }

    @Override
    public HttpAnswer answer(final HttpRequest request, final HttpConnection connection) throws InterruptedException {
        final HttpAnswer answer = respond(request, connection).with("Server", "Microsoft-HTTPAPI/2.0");
        return answer.headers().stream().anyMatch(header -> header.name().equals(DATE))
                ? answer
                : answer.with(DATE, httpDate(world.time().now()));
    }

    /** A moment as HTTP writes it (RFC 9110 5.6.7). */
    static String httpDate(final Instant moment) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(moment.atZone(ZoneOffset.UTC));
    }

    private HttpAnswer respond(final HttpRequest request, final HttpConnection connection) throws InterruptedException {
        if (world.faults().isInForce(Fault.ENDPOINT_DOWN, world.address())) {
            return HttpAnswer.of(503).delivered(Delivery.RESET);
        }
        if (!isWsMan(request.target())) {
            return HttpAnswer.of(404).asLast();
        }
        if (!request.method().equals("POST")) {
            return HttpAnswer.of(405).with("Allow", "POST").asLast();
        }
        final ConnectionLogon logon = connection.attachment(ConnectionLogon.class, ConnectionLogon::new);
        if (isUnauthenticatedIdentify(request)) {
            return identified(connection, "", false, logon);
        }
        final Authenticator.Result who = authenticator.authenticate(request, connection, logon);
        if (who.identity().isEmpty()) {
            return who.answer();
        }
        if (request.body().length == 0) {
            return who.answer();
        }
        HttpAnswer answer = opened(request, connection, logon, who.identity().get());
        for (final HttpRequest.Header header : who.answer().headers()) {
            answer = answer.with(header.name(), header.value());
        }
        return answer;
    }

    private static boolean isWsMan(final String target) {
        final int query = target.indexOf('?');
        final String path = (query < 0 ? target : target.substring(0, query)).toLowerCase(Locale.ROOT);
        return path.equals(PATH) || path.equals(PATH + "/");
    }

    /** WinRM says who it is without a logon, if it is asked to by this header. */
    private static boolean isUnauthenticatedIdentify(final HttpRequest request) {
        return request.header("WSMANIDENTIFY")
                .filter("unauthenticated"::equalsIgnoreCase)
                .isPresent();
    }

    private HttpAnswer opened(
            final HttpRequest request,
            final HttpConnection connection,
            final ConnectionLogon logon,
            final Identity user)
            throws InterruptedException {
        final boolean sealed =
                SealedParts.isSealed(request.header("Content-Type").orElse(""));
        final boolean isTls = connection.certificate().isPresent();
        if (!sealed && !isTls || sealed && !logon.canSeal()) {
            // AllowUnencrypted is false: WinRM takes it for somebody who did not log on.
            world.enter(connection.id(), user.name(), "Unsealed", Map.of(), "refused");
            logon.forget();
            return HttpAnswer.of(401).with("WWW-Authenticate", "Negotiate");
        }
        try {
            return performed(sealed ? logon.unseal(request.body()) : request.body(), connection, user, sealed, logon);
        } catch (NtlmException e) {
            world.enter(connection.id(), user.name(), "Sealed", Map.of(), "unreadable");
            logon.forget();
            return HttpAnswer.of(400).asLast();
        }
    }

    private HttpAnswer performed(
            final byte[] envelope,
            final HttpConnection connection,
            final Identity user,
            final boolean sealed,
            final ConnectionLogon logon)
            throws InterruptedException {
        String messageId = "";
        String operation = "Unreadable";
        try {
            if (envelope.length > world.limits().envelopeBytes()) {
                throw WsManFault.requestTooLarge();
            }
            final SoapRequest request = SoapRequest.parse(envelope);
            if (request.isIdentify()) {
                return identified(connection, user.name(), sealed, logon);
            }
            messageId = request.messageId();
            operation = WsManService.operation(request.action());
            return performed(request, operation, connection, user, sealed, logon);
        } catch (WsManFault e) {
            world.enter(connection.id(), user.name(), operation, Map.of(), e.outcome());
            return sent(500, answers.fault(messageId, e), sealed, logon);
        }
    }

    private HttpAnswer performed(
            final SoapRequest request,
            final String operation,
            final HttpConnection connection,
            final Identity user,
            final boolean sealed,
            final ConnectionLogon logon)
            throws WsManFault, InterruptedException {
        if (world.faults().strikes(Fault.RESET, operation, world.address())) {
            world.enter(connection.id(), user.name(), operation, ids(request), "reset");
            return HttpAnswer.of(500).delivered(Delivery.RESET);
        }
        final WsManService.Done done;
        try {
            done = service.perform(request, user, "127.0.0.1", connection::isAbandoned);
        } catch (WsManFault e) {
            world.enter(connection.id(), user.name(), operation, ids(request), e.outcome());
            return delivered(
                    sent(500, answers.fault(request.messageId(), e), sealed, logon),
                    ids(request),
                    operation,
                    List.of());
        }
        final Map<String, String> details = done.details().isEmpty() ? ids(request) : done.details();
        world.enter(connection.id(), user.name(), operation, details, Call.DONE);
        return delivered(
                sent(200, answers.to(request.action(), request.messageId(), done.body()), sealed, logon),
                details,
                operation,
                done.cmdlets());
    }

    private static Map<String, String> ids(final SoapRequest request) {
        return Optional.ofNullable(request.selectors().get("ShellId"))
                .map(id -> Map.of("shell", id.toUpperCase(Locale.ROOT)))
                .orElse(Map.of());
    }

    /** The occasions of an operation are its name, the endpoint's address and the cmdlets that it started. */
    private HttpAnswer delivered(
            final HttpAnswer answer,
            final Map<String, String> ids,
            final String operation,
            final List<String> cmdlets) {
        final List<String> occasion = new ArrayList<>(List.of(operation, world.address()));
        occasion.addAll(cmdlets);
        final String[] names = occasion.toArray(String[]::new);
        if (world.faults().strikes(Fault.SESSION_DROP, names)) {
            shellOf(ids).ifPresent(service.shells()::close);
            return answer.delivered(Delivery.LOST);
        }
        if (world.faults().strikes(Fault.ANSWER_LOST, names)) {
            return answer.delivered(Delivery.LOST);
        }
        if (world.faults().strikes(Fault.TRUNCATED, names)) {
            return answer.delivered(Delivery.TRUNCATED);
        }
        return world.faults().strikes(Fault.SLOW_DRIP, names) ? answer.delivered(Delivery.DRIPPING) : answer;
    }

    private static Optional<UUID> shellOf(final Map<String, String> ids) {
        try {
            return Optional.ofNullable(ids.get("shell")).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private HttpAnswer identified(
            final HttpConnection connection, final String user, final boolean sealed, final ConnectionLogon logon) {
        world.enter(connection.id(), user, IDENTIFY, Map.of(), Call.DONE);
        return sent(200, answers.identify(), sealed, logon);
    }

    private static HttpAnswer sent(
            final int status, final byte[] envelope, final boolean sealed, final ConnectionLogon logon) {
        return sealed
                ? HttpAnswer.of(status, SealedParts.CONTENT_TYPE, logon.seal(envelope))
                : HttpAnswer.of(status, SOAP, envelope);
    }
}
