package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.rotation.RotationCall;
import io.jenkins.plugins.azurestack.rotation.RotationCondition;
import io.jenkins.plugins.azurestack.rotation.RotationIntent;
import io.jenkins.plugins.azurestack.rotation.RotationPlan;
import io.jenkins.plugins.azurestack.rotation.RotationScope;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class PlanFilesTest {
    private static final String EXTERNAL = "east-external-1";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void everythingOfAPlanIsKept() throws IOException {
        final SavedPlan external = saved(
                EXTERNAL,
                RotationCall.first(RotationScope.EXTERNAL, Optional.of("\\\\10.30.0.50\\rotation\\Certificates")),
                Optional.empty(),
                Optional.empty());
        final SavedPlan internal = saved(
                "east-internal-1",
                RotationCall.first(RotationScope.INTERNAL, Optional.empty()),
                Optional.of("compromise"),
                Optional.of("nothing to do"));
        files().save(external);
        files().save(internal);

        assertThat(files().find(new RotationId(EXTERNAL))).contains(external);
        assertThat(files().find(new RotationId("east-internal-1"))).contains(internal);
        assertThat(files().find(new RotationId("east-external-2"))).isEmpty();
    }

    @Test
    public void aPlanIsWrittenOnce() throws IOException {
        final SavedPlan plan = external();
        files().save(plan);
        assertThatThrownBy(() -> files().save(plan)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    public void aPlanThatExpiredLongAgoIsRemovedUnlessItWasBegun() throws IOException {
        files().save(external());
        final Instant expired = external().plan().expires();
        files().removeLongExpired(expired.plus(PlanFiles.KEPT), Set.of());
        files().removeLongExpired(expired.plus(Duration.ofDays(99)), Set.of(EXTERNAL));
        assertThat(files().find(new RotationId(EXTERNAL))).isPresent();
        Files.writeString(file().resolveSibling("east-external-2.json"), "damaged");
        Files.writeString(file().resolveSibling("Notes of somebody.json"), "{}");
        files().removeLongExpired(expired.plus(PlanFiles.KEPT).plusSeconds(1), Set.of("east-external-7"));
        assertThat(file()).doesNotExist();
        assertThat(file().getParent().toFile().list())
                .as("what is no plan is left alone")
                .containsExactlyInAnyOrder("east-external-2.json", "Notes of somebody.json");
    }

    @Test
    public void aPlanThatSomebodyChangedIsNoneAnyMore() throws IOException {
        files().save(external());
        final String text = Files.readString(file());
        for (final String changed : List.of(
                text.replace("1.2501.1.47", "1.1811.1.1"),
                text.replace("\"toBeServed\" : \"bb\"", "\"toBeServed\" : \"cc\""),
                text.replace("\"" + EXTERNAL + "\"", "\"east-external-9\""),
                text.replace("\"external\"", "\"everything\""),
                text.replace("ARM Public", "ARM Publik"),
                text.substring(0, text.length() / 2),
                "[]")) {
            assertThat(changed).isNotEqualTo(text);
            Files.writeString(file(), changed);
            assertThatThrownBy(() -> files().find(new RotationId(EXTERNAL)))
                    .as(changed)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Nothing was changed. Make a new plan.");
        }
    }

    private static SavedPlan external() {
        return saved(
                EXTERNAL,
                RotationCall.first(RotationScope.EXTERNAL, Optional.of("\\\\10.30.0.50\\rotation\\Certificates")),
                Optional.empty(),
                Optional.empty());
    }

    private static SavedPlan saved(
            final String id,
            final RotationCall call,
            final Optional<String> reason,
            final Optional<String> emptyBecause) {
        return new SavedPlan(
                new RotationPlan(
                        id,
                        new RotationIntent(
                                "east",
                                "east.azurestack.contoso.com",
                                "1.2501.1.47",
                                call,
                                List.of("10.30.0.226", "10.30.0.225"),
                                call.scope() == RotationScope.EXTERNAL
                                        ? Map.of(
                                                CertificateFolder.ARM_PUBLIC,
                                                new RotationIntent.Change(new TreeSet<>(Set.of("aa", "ab")), "bb"))
                                        : Map.of(),
                                Set.of(RotationCondition.ALERTS),
                                reason),
                        Instant.parse("2026-11-26T12:00:00.123456Z"),
                        emptyBecause,
                        List.of(new Gate(RotationCondition.ALERTS, Gate.Verdict.ACCEPTED, "not seen", "look")),
                        List.of("a remark")),
                "maintenance/east",
                "maintenance/east #7",
                List.of(
                        new StoredCertificate(CertificateFolder.ARM_PUBLIC, "given", Optional.empty()),
                        new StoredCertificate(CertificateFolder.ARM_ADMIN, "too", Optional.of("own"))));
    }

    private PlanFiles files() {
        return new PlanFiles(new FileDisk(), folder.getRoot().toPath());
    }

    private Path file() {
        return folder.getRoot().toPath().resolve("plans/" + EXTERNAL + ".json");
    }
}
