package io.jenkins.plugins.azurestack.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.journal.Disk;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.rotation.RotationCall;
import io.jenkins.plugins.azurestack.rotation.RotationCondition;
import io.jenkins.plugins.azurestack.rotation.RotationIntent;
import io.jenkins.plugins.azurestack.rotation.RotationPlan;
import io.jenkins.plugins.azurestack.rotation.RotationScope;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The plans of a stamp, each in a file of its own in the folder {@code plans} of the stamp's folder: JSON with a version.
 * A file is written once. Safe for use by several threads.
 */
final class PlanFiles {
    /** How long a plan that expired without being carried out is kept. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PlanFolder folder;

    /** @param stampFolder an existing folder */
    PlanFiles(final Disk disk, final Path stampFolder) {
        this.folder = new PlanFolder(disk, stampFolder, "plans");
    }

    /** Keeps a plan; it is on disk when this returns. */
    void save(final SavedPlan saved) throws IOException {
        folder.save(saved.plan().id(), write(saved));
    }

    /**
     * Finds a plan.
     *
     * @return empty if there is none of that id
     * @throws IOException if it can't be read, or is not what was written
     */
    Optional<SavedPlan> find(final RotationId id) throws IOException {
        return folder.find(id, PlanFiles::read, saved -> saved.plan().id(), saved -> saved.plan()
                .intent()
                .hash());
    }

    /**
     * Removes plans that expired more than {@link #KEPT} ago. What can't be read stays, and so does the plan of whatever was
     * begun.
     *
     * @param rotations ids of rotations that have a journal
     */
    void removeLongExpired(final Instant now, final Set<String> rotations) throws IOException {
        folder.removeIf(id -> !rotations.contains(id) && isLongExpired(id, now));
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

    private static ObjectNode write(final SavedPlan saved) {
        final RotationPlan plan = saved.plan();
        final ObjectNode root = PlanFolder.head(plan, saved.job(), saved.build())
                .put("emptyBecause", plan.emptyBecause().orElse(null))
                .put("hash", plan.intent().hash());
        saved.given().forEach(certificate -> root.withArray("given")
                .addObject()
                .put("folder", certificate.folder().folderName())
                .put("credentialsId", certificate.credentialsId())
                .put("passwordCredentialsId", certificate.password().orElse(null)));
        root.set("intent", write(plan.intent()));
        PlanFolder.conditions(root, plan);
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
                        PlanFolder.optional(root, "emptyBecause"),
                        PlanFolder.gates(root, RotationCondition.class),
                        PlanFolder.list(root.path("remarks"), JsonNode::asText)),
                root.path("job").asText(),
                root.path("build").asText(),
                PlanFolder.list(
                        root.path("given"),
                        certificate -> new StoredCertificate(
                                folder(certificate.path("folder").asText()),
                                certificate.path("credentialsId").asText(),
                                PlanFolder.optional(certificate, "passwordCredentialsId"))));
    }

    private static RotationIntent intent(final JsonNode root) {
        final Map<CertificateFolder, RotationIntent.Change> certificates = new EnumMap<>(CertificateFolder.class);
        root.path("certificates")
                .properties()
                .forEach(entry -> certificates.put(
                        folder(entry.getKey()),
                        new RotationIntent.Change(
                                new TreeSet<>(PlanFolder.list(entry.getValue().path("served"), JsonNode::asText)),
                                entry.getValue().path("toBeServed").asText())));
        return new RotationIntent(
                root.path("stamp").asText(),
                root.path("domain").asText(),
                root.path("version").asText(),
                RotationCall.first(
                        RotationScope.named(root.path("scope").asText()).orElseThrow(),
                        PlanFolder.optional(root, "share")),
                PlanFolder.list(root.path("privilegedEndpoints"), JsonNode::asText),
                certificates,
                PlanFolder.accepted(root, RotationCondition.class),
                PlanFolder.optional(root, "reason"));
    }

    private static CertificateFolder folder(final String name) {
        return CertificateFolder.named(name).orElseThrow();
    }
}
