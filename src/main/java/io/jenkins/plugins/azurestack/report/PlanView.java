package io.jenkins.plugins.azurestack.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a page shows of a plan, made of the plan's JSON file: {@link LinkedHashMap}, {@link ArrayList}, {@link String},
 * {@link Long} and {@link Boolean} only. Stateless.
 */
public final class PlanView {
    private static final String STATUS = "status";
    private static final String MESSAGE = "message";

    private PlanView() {}

    /** Renders it. What a file of another version does not have is empty. */
    public static Map<String, Object> of(final JsonNode plan) {
        final Map<String, Object> map = new LinkedHashMap<>();
        for (final String field : List.of(
                "id", "stamp", "domain", "version", "scope", "state", "summary", MESSAGE, "call", "share", "reason",
                "hash")) {
            map.put(field, Rows.text(plan, field));
        }
        map.put("css", css(Rows.text(plan, "state")));
        map.put("made", Rows.minute(plan, "madeAt"));
        map.put("expires", Rows.minute(plan, "expiresAt"));
        map.put("accepted", String.join(", ", Rows.texts(plan.path("accepted"))));
        map.put("warnings", Rows.texts(plan.path("warnings")));
        Rows.put(map, "gates", Rows.list(plan.path("gates")), PlanView::gate);
        Rows.put(map, "certificates", Rows.list(plan.path("certificates")), PlanView::certificate);
        Rows.put(map, "nodes", Rows.list(plan.path("nodes")), PlanView::node);
        final JsonNode readiness = plan.path("readiness");
        map.put("readiness", Rows.text(readiness, "summary"));
        map.put("readinessCss", readiness.path("ready").asBoolean() ? "ok" : "critical");
        Rows.put(map, "files", Rows.list(readiness.path("files")), PlanView::file);
        Rows.put(map, "set", Rows.list(readiness.path("set")), PlanView::check);
        Rows.put(map, "problems", problems(readiness.path("files")), PlanView::check);
        return map;
    }

    private static String css(final String state) {
        return switch (state) {
            case "READY" -> "ok";
            case "EMPTY" -> "notice";
            default -> "warning";
        };
    }

    private static Map<String, Object> gate(final JsonNode gate) {
        final Map<String, Object> row = new LinkedHashMap<>();
        final String verdict = Rows.text(gate, "verdict");
        row.put("name", Rows.text(gate, "name"));
        row.put("verdict", verdict);
        row.put(
                "css",
                switch (verdict) {
                    case "passed" -> "ok";
                    case "accepted" -> "warning";
                    default -> "critical";
                });
        row.put(MESSAGE, Rows.text(gate, MESSAGE));
        row.put("advice", Rows.text(gate, "advice"));
        return row;
    }

    private static Map<String, Object> certificate(final JsonNode certificate) {
        final List<String> served = Rows.texts(certificate.path("served"));
        final String next = Rows.text(certificate, "toBeServed");
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("folder", Rows.text(certificate, "folder"));
        row.put(
                "served",
                served.isEmpty()
                        ? Phrases.UNKNOWN
                        : String.join(" ", served.stream().map(Rows::shortened).toList()));
        row.put("toBeServed", Rows.shortened(next));
        row.put("change", served.equals(List.of(next)) ? "none" : "new");
        return row;
    }

    private static Map<String, Object> node(final JsonNode node) {
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("node", Rows.text(node, "node"));
        row.put("address", Rows.text(node, "address"));
        return row;
    }

    private static Map<String, Object> file(final JsonNode file) {
        final Map<String, Object> row = status(file);
        row.put("folder", Rows.text(file, "folder"));
        row.put("subject", Rows.text(file, "subject"));
        row.put("ends", Rows.date(file, "notAfter"));
        row.put("fingerprint", Rows.shortened(Rows.text(file, "fingerprint")));
        final Map<String, Long> counts = new LinkedHashMap<>();
        file.path("checks").forEach(check -> counts.merge(Rows.text(check, STATUS), 1L, Long::sum));
        final List<String> words = new ArrayList<>();
        counts.forEach((status, number) -> words.add(number + " " + status));
        row.put("checks", String.join(", ", words));
        return row;
    }

    private static List<JsonNode> problems(final JsonNode files) {
        final List<JsonNode> problems = new ArrayList<>();
        for (final JsonNode file : files) {
            for (final JsonNode check : file.path("checks")) {
                if (List.of("Fail", "Warning").contains(Rows.text(check, STATUS))) {
                    problems.add(check.<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy()
                            .put("folder", Rows.text(file, "folder")));
                }
            }
        }
        return problems;
    }

    private static Map<String, Object> check(final JsonNode check) {
        final Map<String, Object> row = status(check);
        row.put("folder", Rows.text(check, "folder"));
        row.put("name", Rows.text(check, "name"));
        row.put(MESSAGE, Rows.text(check, MESSAGE));
        row.put("remedy", Rows.text(check, "remedy"));
        return row;
    }

    private static Map<String, Object> status(final JsonNode node) {
        final Map<String, Object> row = new LinkedHashMap<>();
        final String status = Rows.text(node, STATUS);
        row.put(STATUS, status);
        row.put(
                "css",
                switch (status) {
                    case "OK" -> "ok";
                    case "Fail" -> "critical";
                    case "Warning" -> "warning";
                    default -> "none";
                });
        return row;
    }
}
