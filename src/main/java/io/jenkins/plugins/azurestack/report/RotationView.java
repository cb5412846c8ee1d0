package io.jenkins.plugins.azurestack.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a page shows of a rotation, made of its evidence file: {@link LinkedHashMap}, {@link ArrayList}, {@link String},
 * {@link Long} and {@link Boolean} only. Stateless.
 */
public final class RotationView {
    private static final String MESSAGE = "message";

    private RotationView() {}

    /** Renders it. What a file of another version does not have is empty. */
    public static Map<String, Object> of(final JsonNode evidence) {
        final Map<String, Object> map = new LinkedHashMap<>();
        for (final String field : List.of(
                "id",
                "stamp",
                "domain",
                "scope",
                "state",
                MESSAGE,
                "advice",
                "approvedBy",
                "approvedHow",
                "auditAnchor",
                "hash")) {
            map.put(field, Rows.text(evidence, field));
        }
        map.put("bmc", Rows.text(evidence, "kind").equals("update"));
        map.put("css", css(Rows.text(evidence, "state")));
        map.put("approvedAt", Rows.minute(evidence, "approvedAt"));
        map.put("warnings", Rows.texts(evidence.path("warnings")));
        map.put("stillToDo", Rows.texts(evidence.path("stillToDo")));
        Rows.put(map, "logons", Rows.list(evidence.path("lastLogons")), RotationView::logon);
        Rows.put(map, "phases", events(evidence, "phase"), RotationView::event);
        Rows.put(map, "steps", events(evidence, "step"), RotationView::event);
        return map;
    }

    /** How a state of a rotation is coloured. */
    public static String css(final String state) {
        return switch (state) {
            case "COMPLETED", "RESTORED" -> "ok";
            case "NOT_STARTED", "STILL_RUNNING" -> "notice";
            case "NOT_VERIFIED", "NOT_CLEANED", "NOT_SAVED" -> "warning";
            default -> "critical";
        };
    }

    private static List<JsonNode> events(final JsonNode evidence, final String kind) {
        return Rows.list(evidence.path("events")).stream()
                .filter(event -> Rows.text(event, "kind").equals(kind))
                .toList();
    }

    private static Map<String, Object> logon(final JsonNode logon) {
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("node", Rows.text(logon, "node"));
        row.put("took", Rows.text(logon, "took"));
        return row;
    }

    private static Map<String, Object> event(final JsonNode event) {
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("at", Rows.minute(event, "at"));
        row.put("name", Rows.text(event, "name"));
        row.put("words", Rows.text(event, "words"));
        return row;
    }
}
