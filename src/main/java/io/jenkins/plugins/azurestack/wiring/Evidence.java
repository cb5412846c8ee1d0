package io.jenkins.plugins.azurestack.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What one file of evidence says in short: of a check, a plan, or a rotation.
 *
 * @param file the file's name
 * @param kind {@code check}, {@code plan}, {@code rotation}, or another engine's own word
 * @param id of the plan or rotation; empty for a check
 * @param stamp the stamp's name
 * @param state a check's severity, or where a plan or rotation stands
 * @param summary one sentence for people
 * @param next what ends first, by name; empty for what is no check, or if nothing is known
 * @param daysLeft whole days until then; -1 if that is not known
 * @param at when it was checked or made; empty if it does not say
 * @param expires when a plan can't be carried out any more
 * @param open whether a plan can be carried out
 * @param hash of what a plan is approved for; may be empty
 */
public record Evidence(
        String file,
        String kind,
        String id,
        String stamp,
        String state,
        String summary,
        String next,
        long daysLeft,
        Optional<Instant> at,
        Optional<Instant> expires,
        boolean open,
        String hash) {
    /** The kind of an expiry check. */
    public static final String CHECK = "check";
    /** The kind of a plan of any engine. */
    public static final String PLAN = "plan";

    private static final String UNKNOWN = "unknown";
    private static final ObjectMapper JSON = new ObjectMapper();

    public Evidence {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(expires, "expires");
    }

    /**
     * Reads what a step has just saved.
     *
     * @return empty if it is no evidence that can be shown, such as the same in another format
     */
    public static Optional<Evidence> of(final String file, final byte[] content) {
        if (!file.endsWith(".json")) {
            return Optional.empty();
        }
        try {
            final JsonNode root = JSON.readTree(content);
            return root.path("schema").isNumber() && root.path("stamp").isTextual()
                    ? Optional.of(of(file, root))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Evidence of(final String file, final JsonNode root) {
        final boolean check = root.path("findings").isArray();
        final JsonNode next = root.path("next");
        final boolean known = check && !next.path("name").asText(UNKNOWN).equals(UNKNOWN);
        return new Evidence(
                file,
                check ? CHECK : root.path("kind").asText(UNKNOWN),
                root.path("id").asText(""),
                root.path("stamp").asText(""),
                root.path(check ? "severity" : "state").asText(""),
                summary(root, check),
                known ? next.path("name").asText("") : "",
                known ? next.path("daysLeft").asLong(-1) : -1,
                moment(root, check ? "checkedAt" : "madeAt"),
                moment(root, "expiresAt"),
                root.path("open").asBoolean(),
                root.path("hash").asText(""));
    }

    private static String summary(final JsonNode root, final boolean check) {
        final String message = root.path("message").asText("");
        return check || message.isEmpty() ? root.path("summary").asText("") : message;
    }

    private static Optional<Instant> moment(final JsonNode node, final String field) {
        try {
            return Optional.of(Instant.parse(node.path(field).asText("")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
