package io.jenkins.plugins.azurestack.wiring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.journal.Disk;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.rotation.Gate;
import io.jenkins.plugins.azurestack.rotation.RotationCall;
import io.jenkins.plugins.azurestack.rotation.RotationIntent;
import io.jenkins.plugins.azurestack.rotation.RotationPlan;
import io.jenkins.plugins.azurestack.rotation.RotationScope;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The plans of a stamp, each in a file of its own in the folder {@code plans} of the stamp's folder: JSON with a version.
 * A file is written once. Safe for use by several threads.
 */
final class PlanFiles {
    /** How long a plan that expired without being carried out is kept. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final String ENDING = ".json";
    private static final int SCHEMA = 1;
    private static final int MOST_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Disk disk;
    private final Path stampFolder;
    private final Path folder;

    /** @param stampFolder an existing folder */
    PlanFiles(final Disk disk, final Path stampFolder) {
        this.disk = Objects.requireNonNull(disk, "disk");
        this.stampFolder = stampFolder;
        this.folder = stampFolder.resolve("plans");
    }

    /** Keeps a plan; it is on disk when this returns. */
    void save(final SavedPlan saved) throws IOException {
        disk.makeFolders(stampFolder, folder);
        disk.createWhole(
                file(saved.plan().id()), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(write(saved)));
    }

    /**
     * Finds a plan.
     *
     * @return empty if there is none of that id
     * @throws IOException if it can't be read, or is not what was written
     */
    Optional<SavedPlan> find(final RotationId id) throws IOException {
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
            final SavedPlan saved = read(root);
            if (!saved.plan().id().equals(id.value())
                    || !saved.plan().intent().hash().equals(root.path("hash").asText())) {
                throw damaged(file, null);
            }
            return Optional.of(saved);
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException | NoSuchElementException e) {
            throw damaged(file, e);
        }
    }

    /**
     * Removes plans that expired more than {@link #KEPT} ago. What can't be read stays, and so does the plan of whatever was
     * begun.
     *
     * @param rotations ids of rotations that have a journal
     */
    void removeLongExpired(final Instant now, final Set<String> rotations) throws IOException {
        for (final Path file : disk.list(folder)) {
            final String name = String.valueOf(file.getFileName());
            final String id = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : "";
            if (!id.isEmpty() && !rotations.contains(id) && isLongExpired(id, now)) {
                disk.erase(file);
            }
        }
    }

    private boolean isLongExpired(final String id, final Instant now) {
        try {
            return find(new RotationId(id))
                    .filter(saved -> saved.plan().expires().plus(KEPT).isBefore(now))
                    .isPresent();
        } catch (IOException | IllegalArgumentException e) {
            // Whoever put it there may want to look at it.
            return false;
        }
    }

    private static IOException damaged(final Path file, final Exception cause) {
        return new IOException(
                file + " is not the plan that was written there. Nothing was changed. Make a new plan.", cause);
    }

    private Path file(final String id) {
        return folder.resolve(id + ENDING);
    }

    private static ObjectNode write(final SavedPlan saved) {
        final RotationPlan plan = saved.plan();
        final ObjectNode root = JSON.createObjectNode()
                .put("schema", SCHEMA)
                .put("id", plan.id())
                .put("job", saved.job())
                .put("build", saved.build())
                .put("made", plan.made().toString())
                .put("emptyBecause", plan.emptyBecause().orElse(null))
                .put("hash", plan.intent().hash());
        saved.given().forEach(certificate -> root.withArray("given")
                .addObject()
                .put("folder", certificate.folder().folderName())
                .put("credentialsId", certificate.credentialsId())
                .put("passwordCredentialsId", certificate.password().orElse(null)));
        root.set("intent", write(plan.intent()));
        plan.gates().forEach(gate -> root.withArray("gates")
                .addObject()
                .put("name", gate.name().word())
                .put("verdict", gate.verdict().name())
                .put("message", gate.message())
                .put("advice", gate.advice()));
        plan.remarks().forEach(root.withArray("remarks")::add);
        return root;
    }

    private static ObjectNode write(final RotationIntent intent) {
        final ObjectNode root = JSON.createObjectNode()
                .put("stamp", intent.stamp())
                .put("domain", intent.domain())
                .put("version", intent.version())
                .put("scope", intent.call().scope().word())
                .put("share", intent.call().share().orElse(null))
                .put("reason", intent.reason().orElse(null));
        intent.privilegedEndpoints().forEach(root.withArray("privilegedEndpoints")::add);
        intent.accepted().forEach(name -> root.withArray("accepted").add(name.word()));
        final ObjectNode certificates = root.putObject("certificates");
        intent.certificates().forEach((folder, change) -> {
            final ObjectNode one = certificates.putObject(folder.folderName()).put("toBeServed", change.toBeServed());
            change.served().forEach(one.withArray("served")::add);
        });
        return root;
    }

    private static SavedPlan read(final JsonNode root) {
        return new SavedPlan(
                new RotationPlan(
                        root.path("id").asText(),
                        intent(root.path("intent")),
                        Instant.parse(root.path("made").asText()),
                        optional(root, "emptyBecause"),
                        list(
                                root.path("gates"),
                                gate -> new Gate(
                                        gate(gate.path("name").asText()),
                                        Gate.Verdict.valueOf(
                                                gate.path("verdict").asText()),
                                        gate.path("message").asText(),
                                        gate.path("advice").asText())),
                        list(root.path("remarks"), JsonNode::asText)),
                root.path("job").asText(),
                root.path("build").asText(),
                list(
                        root.path("given"),
                        certificate -> new StoredCertificate(
                                folder(certificate.path("folder").asText()),
                                certificate.path("credentialsId").asText(),
                                optional(certificate, "passwordCredentialsId"))));
    }

    private static RotationIntent intent(final JsonNode root) {
        final Map<CertificateFolder, RotationIntent.Change> certificates = new EnumMap<>(CertificateFolder.class);
        root.path("certificates")
                .properties()
                .forEach(entry -> certificates.put(
                        folder(entry.getKey()),
                        new RotationIntent.Change(
                                new TreeSet<>(list(entry.getValue().path("served"), JsonNode::asText)),
                                entry.getValue().path("toBeServed").asText())));
        return new RotationIntent(
                root.path("stamp").asText(),
                root.path("domain").asText(),
                root.path("version").asText(),
                RotationCall.first(
                        RotationScope.named(root.path("scope").asText()).orElseThrow(), optional(root, "share")),
                list(root.path("privilegedEndpoints"), JsonNode::asText),
                certificates,
                new TreeSet<>(list(root.path("accepted"), word -> gate(word.asText()))),
                optional(root, "reason"));
    }

    private static CertificateFolder folder(final String name) {
        return CertificateFolder.named(name).orElseThrow();
    }

    private static Gate.Name gate(final String word) {
        return Gate.Name.named(word).orElseThrow();
    }

    private static Optional<String> optional(final JsonNode node, final String field) {
        return node.hasNonNull(field) ? Optional.of(node.get(field).asText()) : Optional.empty();
    }

    private static <T> List<T> list(final JsonNode array, final Function<JsonNode, T> reading) {
        final List<T> all = new ArrayList<>();
        array.forEach(element -> all.add(reading.apply(element)));
        return all;
    }
}
