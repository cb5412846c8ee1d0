package io.jenkins.plugins.azurestack.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.bmc.BmcCondition;
import io.jenkins.plugins.azurestack.bmc.BmcIntent;
import io.jenkins.plugins.azurestack.bmc.BmcNode;
import io.jenkins.plugins.azurestack.bmc.BmcPlan;
import io.jenkins.plugins.azurestack.bmc.BmcWay;
import io.jenkins.plugins.azurestack.bmc.PasswordSource;
import io.jenkins.plugins.azurestack.journal.Disk;
import io.jenkins.plugins.azurestack.journal.RotationId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The plans for the BMC password of a stamp, in the folder {@code bmc-plans} of the stamp's folder. Safe for use by
 * several threads.
 */
final class BmcPlanFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PlanFolder folder;

    /** @param stampFolder an existing folder */
    BmcPlanFiles(final Disk disk, final Path stampFolder) {
        this.folder = new PlanFolder(disk, stampFolder, "bmc-plans");
    }

    /** Keeps a plan; it is on disk when this returns. */
    void save(final SavedBmcPlan saved) throws IOException {
        folder.save(saved.plan().id(), write(saved));
    }

    /**
     * Finds a plan.
     *
     * @return empty if there is none of that id
     * @throws IOException if it can't be read, or is not what was written
     */
    Optional<SavedBmcPlan> find(final RotationId id) throws IOException {
        return folder.find(id, BmcPlanFiles::read, saved -> saved.plan().id(), saved -> saved.plan()
                .intent()
                .hash());
    }

    private static ObjectNode write(final SavedBmcPlan saved) {
        final BmcPlan plan = saved.plan();
        final ObjectNode root = PlanFolder.head(plan, saved.job(), saved.build())
                .put("hash", plan.intent().hash());
        root.set("intent", write(plan.intent()));
        PlanFolder.conditions(root, plan);
        return root;
    }

    private static ObjectNode write(final BmcIntent intent) {
        final ObjectNode root = JSON.createObjectNode()
                .put("stamp", intent.stamp())
                .put("domain", intent.domain())
                .put("version", intent.version())
                .put("reached", intent.reached())
                .put("user", intent.user())
                .put("store", intent.store())
                .put("source", intent.source().name())
                .put("given", intent.given().orElse(null))
                .put("fingerprint", intent.fingerprint().orElse(null))
                .put("way", intent.way().name());
        intent.nodes().forEach(node -> root.withArray("nodes")
                .addObject()
                .put("name", node.name())
                .put("address", node.address())
                .put("fingerprint", node.fingerprint().orElse(null)));
        intent.privilegedEndpoints().forEach(root.withArray("privilegedEndpoints")::add);
        intent.accepted().forEach(name -> root.withArray("accepted").add(name.word()));
        return root;
    }

    private static SavedBmcPlan read(final JsonNode root) {
        return new SavedBmcPlan(
                new BmcPlan(
                        root.path("id").asText(),
                        intent(root.path("intent")),
                        Instant.parse(root.path("made").asText()),
                        PlanFolder.gates(root, BmcCondition.class),
                        PlanFolder.list(root.path("remarks"), JsonNode::asText)),
                root.path("job").asText(),
                root.path("build").asText());
    }

    private static BmcIntent intent(final JsonNode root) {
        return new BmcIntent(
                root.path("stamp").asText(),
                root.path("domain").asText(),
                root.path("version").asText(),
                root.path("reached").asBoolean(),
                PlanFolder.list(
                        root.path("nodes"),
                        node -> new BmcNode(
                                node.path("name").asText(),
                                node.path("address").asText(),
                                PlanFolder.optional(node, "fingerprint"))),
                root.path("user").asText(),
                root.path("store").asText(),
                PasswordSource.valueOf(root.path("source").asText()),
                PlanFolder.optional(root, "given"),
                PlanFolder.optional(root, "fingerprint"),
                BmcWay.valueOf(root.path("way").asText()),
                PlanFolder.list(root.path("privilegedEndpoints"), JsonNode::asText),
                PlanFolder.accepted(root, BmcCondition.class));
    }
}
