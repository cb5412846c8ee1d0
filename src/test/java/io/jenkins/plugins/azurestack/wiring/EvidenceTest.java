package io.jenkins.plugins.azurestack.wiring;

import static io.jenkins.plugins.azurestack.wiring.RotatingStamp.apply;
import static io.jenkins.plugins.azurestack.wiring.RotatingStamp.plan;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.azurestack.report.PlanView;
import io.jenkins.plugins.azurestack.report.RotationView;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the page of a build makes of the files that its steps have saved. */
public class EvidenceTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aPlanAndItsRotationAreShownFromTheirFiles() throws Exception {
        final MaintenanceBuild build =
                new MaintenanceBuild(folder.getRoot().toPath().resolve("azure-stack-hub"));
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.AAD)) {
            east.equip(build);
            final Map<String, Object> plan = east.run(build, plan("external"));
            build.approved.add(String.valueOf(plan.get("id")));
            east.run(build, apply(plan.get("id")));

            final Evidence planned = evidence(build, plan.get("id") + "-plan.json");
            assertThat(planned.kind()).isEqualTo(Evidence.PLAN);
            assertThat(planned.id()).isEqualTo(plan.get("id"));
            assertThat(planned.hash()).isEqualTo(plan.get("hash"));
            assertThat(planned.open()).isTrue();
            assertThat(planned.expires()).isPresent();
            final Evidence rotated = evidence(build, plan.get("id") + "-evidence.json");
            assertThat(rotated.kind()).isEqualTo("rotation");
            assertThat(rotated.state()).isEqualTo("COMPLETED");

            final Map<String, Object> planView = PlanView.of(json(build, plan.get("id") + "-plan.json"));
            assertThat(rows(planView, "gates")).isNotEmpty().allMatch(row -> row.get("css")
                    .equals("ok"));
            assertThat(rows(planView, "files")).hasSize(11).allMatch(row -> !row.get("ends")
                    .equals(""));
            assertThat(planView).containsEntry("readinessCss", "ok");
            final Map<String, Object> rotationView = RotationView.of(json(build, plan.get("id") + "-evidence.json"));
            assertThat(rows(rotationView, "phases"))
                    .extracting(row -> row.get("name"))
                    .containsSubsequence("gate", "stage", "start", "follow", "verify", "clean");
            assertThat(rotationView).containsEntry("approvedBy", "board").containsEntry("css", "ok");
            assertThat(String.valueOf(rotationView.get("auditAnchor"))).contains(":");
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(final Map<String, Object> view, final String name) {
        return (List<Map<String, Object>>) view.get(name);
    }

    private static Evidence evidence(final MaintenanceBuild build, final String file) {
        return Evidence.of(file, build.files.get(file)).orElseThrow();
    }

    private static JsonNode json(final MaintenanceBuild build, final String file) throws IOException {
        return JSON.readTree(build.files.get(file));
    }

    @Test
    public void whatIsNoEvidenceIsLeftOut() {
        assertThat(Evidence.of("expiry-east.html", "{}".getBytes(UTF_8))).isEmpty();
        assertThat(Evidence.of("expiry-east.json", "{".getBytes(UTF_8))).isEmpty();
        assertThat(Evidence.of("other.json", "{\"schema\":1}".getBytes(UTF_8))).isEmpty();
        assertThat(Evidence.of("a.json", "{\"schema\":1,\"stamp\":\"east\",\"kind\":\"bmc-plan\"}".getBytes(UTF_8)))
                .hasValueSatisfying(found -> assertThat(found.kind()).isEqualTo("bmc-plan"));
        assertThat(Evidence.of(
                        "a.json",
                        "{\"schema\":1,\"stamp\":\"east\",\"kind\":\"requests\",\"summary\":\"12 requests\"}"
                                .getBytes(UTF_8)))
                .hasValueSatisfying(found -> assertThat(found.summary()).isEqualTo("12 requests"));
    }

    @Test
    public void onlyPlainFilesOfTheFolderAreOffered() throws IOException {
        final Path root = folder.getRoot().toPath();
        final Path kept = Files.createDirectory(root.resolve("kept"));
        Files.writeString(kept.resolve("expiry-east.json"), "{\"a\":1}");
        Files.writeString(kept.resolve("half.json.new"), "{");
        Files.writeString(kept.resolve(".hidden.json"), "{}");
        Files.createDirectory(kept.resolve("folder.json"));
        Files.writeString(root.resolve("secret.json"), "{\"secret\":1}");
        Files.createSymbolicLink(kept.resolve("link.json"), root.resolve("secret.json"));
        final EvidenceFolder evidence = new EvidenceFolder(kept);

        assertThat(evidence.files()).containsExactly(new EvidenceFolder.Kept("expiry-east.json", 7));
        assertThat(evidence.file("expiry-east.json")).isPresent();
        assertThat(evidence.read("expiry-east.json").path("a").asInt()).isEqualTo(1);
        for (final String name : new String[] {
            "../secret.json",
            "..\\secret.json",
            "link.json",
            "folder.json",
            ".hidden.json",
            "gone.json",
            "",
            "/etc/passwd",
            "half.json.new",
            null
        }) {
            assertThat(evidence.file(name)).as(name).isEmpty();
            assertThat(evidence.read(name).isMissingNode()).as(name).isTrue();
        }
        assertThat(new EvidenceFolder(root.resolve("none")).files()).isEmpty();
    }
}
