package io.jenkins.plugins.azurestack.simulator.arm;

import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.http.HttpConnection;
import io.jenkins.plugins.azurestack.simulator.http.HttpHandler;
import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/**
 * What every service behind this package's host names does alike: it meets the faults of the wire, enters each call into
 * the ledger, and puts its usual headers on each answer. Thread-safe.
 */
final class Entrance implements HttpHandler {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Duration SKEW = Duration.ofHours(1);
    private static final int REFUSED = 400;

    private final World world;
    private final String host;
    private final Service service;
    private final Effects effects;

    /** Whether calls of a service change anything. */
    enum Effects {
        /** Whatever is not a read does. */
        BY_METHOD,
        NONE
    }

    /** Answers requests. */
    @FunctionalInterface
    interface Service {
        HttpAnswer answer(HttpRequest request, Visit visit);
    }

    Entrance(final World world, final String host, final Effects effects, final Service service) {
        this.world = world;
        this.host = host;
        this.effects = effects;
        this.service = service;
    }

    @Override
    public HttpAnswer answer(final HttpRequest request, final HttpConnection connection) {
        final String occasion = occasion(request);
        final Instant now = world.time().now();
        final boolean skewed = world.faults().strikes(Fault.CLOCK_SKEW, occasion);
        final Visit visit = new Visit(skewed ? now.plus(SKEW) : now, occasion);
        if (world.faults().strikes(Fault.RESET, occasion)) {
            visit.refusedFor("reset");
            record(request, connection, now, visit, 0);
            return HttpAnswer.of(500).delivered(HttpAnswer.Delivery.RESET);
        }
        final HttpAnswer answer = furnished(served(request, visit), visit);
        record(request, connection, now, visit, answer.status());
        return answer.delivered(delivery(request, answer, occasion));
    }

    private HttpAnswer served(final HttpRequest request, final Visit visit) {
        try {
            request.path();
            return service.answer(request, visit);
        } catch (IllegalArgumentException e) {
            // A target that is no URI; IIS answers such with a page of its own.
            visit.refusedFor("bad-url");
            return HttpAnswer.of(
                    400, "text/html; charset=us-ascii", "<HTML><BODY><h2>Bad Request - Invalid URL</h2></BODY></HTML>");
        }
    }

    private HttpAnswer.Delivery delivery(final HttpRequest request, final HttpAnswer answer, final String occasion) {
        final boolean changed =
                effects == Effects.BY_METHOD && !READING.contains(request.method()) && answer.status() < REFUSED;
        if (changed && world.faults().strikes(Fault.ANSWER_LOST, occasion)) {
            return HttpAnswer.Delivery.LOST;
        }
        if (world.faults().strikes(Fault.TRUNCATED, occasion)) {
            return HttpAnswer.Delivery.TRUNCATED;
        }
        return world.faults().strikes(Fault.SLOW_DRIP, occasion)
                ? HttpAnswer.Delivery.DRIPPING
                : HttpAnswer.Delivery.WHOLE;
    }

    private HttpAnswer furnished(final HttpAnswer answer, final Visit visit) {
        final String id = Identifiers.random(world.random()).toString();
        return answer.with("Cache-Control", "no-cache")
                .with("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
                .with("X-Content-Type-Options", "nosniff")
                .with("x-ms-request-id", id)
                .with("x-ms-correlation-request-id", id)
                .with(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(visit.now().atOffset(ZoneOffset.UTC)));
    }

    private void record(
            final HttpRequest request,
            final HttpConnection connection,
            final Instant at,
            final Visit visit,
            final int status) {
        final String outcome =
                visit.refusal().orElseGet(() -> status < REFUSED ? Ledger.Call.DONE : Integer.toString(status));
        world.ledger()
                .record(new Ledger.Call(
                        at,
                        Ledger.Service.RESOURCE_MANAGER,
                        host,
                        connection.id(),
                        visit.identity(),
                        request.method() + " " + withoutQuery(request.target()),
                        visit.details(),
                        outcome));
    }

    private static String withoutQuery(final String target) {
        final int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The last segment of the path. */
    private static String occasion(final HttpRequest request) {
        final String path = withoutQuery(request.target());
        final String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }
}
