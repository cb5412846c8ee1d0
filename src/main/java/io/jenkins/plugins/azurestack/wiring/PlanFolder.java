package io.jenkins.plugins.azurestack.wiring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.change.Condition;
import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.change.Plan;
import io.jenkins.plugins.azurestack.journal.Disk;
import io.jenkins.plugins.azurestack.journal.RotationId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A folder of plans of one kind, each in a file of its own: JSON with a version, an id and the hash of what is approved. A
 * file is written once. Safe for use by several threads.
 */
final class PlanFolder {
    static final int SCHEMA = 1;

    private static final String ENDING = ".json";
    private static final int MOST_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Disk disk;
    private final Path stampFolder;
    private final Path folder;

    /** @param stampFolder an existing folder */
    PlanFolder(final Disk disk, final Path stampFolder, final String name) {
        this.disk = Objects.requireNonNull(disk, "disk");
        this.stampFolder = stampFolder;
        this.folder = stampFolder.resolve(name);
    }

    /** Keeps a plan; it is on disk when this returns. */
    void save(final String id, final ObjectNode plan) throws IOException {
        disk.makeFolders(stampFolder, folder);
        disk.createWhole(file(id), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(plan));
    }

    /**
     * Finds a plan.
     *
     * @param reading makes a plan of its JSON; whatever of these exceptions it throws, the file is not what was written
     * @return empty if there is none of that id
     * @throws IOException if it can't be read, or is not what was written
     */
    <T> Optional<T> find(
            final RotationId id,
            final Function<JsonNode, T> reading,
            final Function<T, String> idOf,
            final Function<T, String> hashOf)
            throws IOException {
        final Path file = file(id.value());
        if (!disk.exists(file)) {
            return Optional.empty();
        }
        try {
            final JsonNode root = JSON.readTree(disk.readWhole(file, MOST_BYTES));
            if (root.path("schema").asInt() != SCHEMA) {
                throw new IOException(
                        file + " has schema '" + root.path("schema").asText()
                                + "', which this version of the plugin does not read. Nothing was changed. Make a new plan.");
            }
            final T plan = reading.apply(root);
            if (!idOf.apply(plan).equals(id.value())
                    || !hashOf.apply(plan).equals(root.path("hash").asText())) {
                throw damaged(file, null);
            }
            return Optional.of(plan);
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException | NoSuchElementException e) {
            throw damaged(file, e);
        }
    }

    /** Removes plans by their id. */
    void removeIf(final Predicate<String> unwanted) throws IOException {
        for (final Path file : disk.list(folder)) {
            final String name = String.valueOf(file.getFileName());
            final String id = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : "";
            if (!id.isEmpty() && unwanted.test(id)) {
                disk.erase(file);
            }
        }
    }

    private static IOException damaged(final Path file, final Exception cause) {
        return new IOException(
                file + " is not the plan that was written there. Nothing was changed. Make a new plan.", cause);
    }

    private Path file(final String id) {
        return folder.resolve(id + ENDING);
    }

    /** What every plan's file begins with. */
    static ObjectNode head(final Plan plan, final String job, final String build) {
        return JSON.createObjectNode()
                .put("schema", SCHEMA)
                .put("id", plan.id())
                .put("job", job)
                .put("build", build)
                .put("made", plan.made().toString());
    }

    /** What every plan's file ends with. */
    static void conditions(final ObjectNode root, final Plan plan) {
        plan.gates().forEach(gate -> root.withArray("gates")
                .addObject()
                .put("name", gate.condition().word())
                .put("verdict", gate.verdict().name())
                .put("message", gate.message())
                .put("advice", gate.advice()));
        plan.remarks().forEach(root.withArray("remarks")::add);
    }

    static <C extends Enum<C> & Condition> List<Gate> gates(final JsonNode root, final Class<C> conditions) {
        return list(
                root.path("gates"),
                gate -> new Gate(
                        Condition.named(conditions, gate.path("name").asText()).orElseThrow(),
                        Gate.Verdict.valueOf(gate.path("verdict").asText()),
                        gate.path("message").asText(),
                        gate.path("advice").asText()));
    }

    static <C extends Enum<C> & Condition> Set<C> accepted(final JsonNode intent, final Class<C> conditions) {
        return new TreeSet<>(list(intent.path("accepted"), word -> Condition.named(conditions, word.asText())
                .orElseThrow()));
    }

    static Optional<String> optional(final JsonNode node, final String field) {
        return node.hasNonNull(field) ? Optional.of(node.get(field).asText()) : Optional.empty();
    }

    static <T> List<T> list(final JsonNode array, final Function<JsonNode, T> reading) {
        final List<T> all = new ArrayList<>();
        array.forEach(element -> all.add(reading.apply(element)));
        return all;
    }
}
