package io.jenkins.plugins.azurestack.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.Test;

public class ExpiryMapTest {
    private static final Set<Class<?>> ALLOWED =
            Set.of(LinkedHashMap.class, ArrayList.class, String.class, Long.class, Boolean.class);

    private static final List<ExpiryReport> ALL =
            List.of(Samples.rich(), Samples.allFine(), Samples.empty(), Samples.onlyUnknown(), Samples.hostile());

    @Test
    public void aThumbprintThatWasOnlyToldIsThereAndADateThatWasNotIsEmpty() {
        final Map<String, Object> map = ExpiryMap.of(Samples.told(), List.of());
        assertThat((List<?>) map.get("findings"))
                .extracting(finding -> ((Map<?, ?>) finding).get("name") + "|" + ((Map<?, ?>) finding).get("thumbprint")
                        + "|" + ((Map<?, ?>) finding).get("notAfter"))
                .contains(
                        "CN=MA (internal)|0123456789ABCDEF0123456789ABCDEF01234567|2027-01-22T02:14:05Z",
                        "alert 4711||");
        assertThat(((Map<?, ?>) map.get("next")).get("name")).isEqualTo("CN=MA (internal)");
    }

    @Test
    public void holdsOnlyWhatThePipelineSandboxTakes() {
        ALL.forEach(report -> walk(
                map(report),
                value -> assertThat(ALLOWED).as("type of %s", value).contains(value.getClass())));
    }

    @Test
    public void survivesJavaSerialisation() throws IOException, ClassNotFoundException {
        final Map<String, Object> map = map(Samples.rich());
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(map);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(map);
        }
    }

    @Test
    public void canBeChangedByAPipelineWithoutOnePlaceChangingAnother() {
        final IdentityHashMap<Object, Boolean> seen = new IdentityHashMap<>();
        walk(map(Samples.rich()), value -> {
            if (value instanceof Map || value instanceof List) {
                assertThat(seen.put(value, true))
                        .as("second place of %s", value)
                        .isNull();
            }
        });
        seen.keySet().forEach(ExpiryMapTest::add);
    }

    @SuppressWarnings("unchecked")
    private static void add(final Object container) {
        if (container instanceof Map) {
            ((Map<String, Object>) container).put("own", "value");
        } else {
            ((List<Object>) container).add("own");
        }
    }

    @Test
    public void saysWhatEndsFirst() {
        final Map<String, Object> next = child(map(Samples.rich()), "next");
        assertThat(next)
                .containsEntry("name", "Admin Portal")
                .containsEntry("folder", "Admin Portal")
                .containsEntry("daysLeft", -3L)
                .containsEntry("severity", "CRITICAL")
                .containsEntry("notAfter", "2026-11-20T08:14:05Z");
        assertThat(next.get("fingerprint").toString()).matches("[0-9a-f]{64}");
        assertThat(next.get("thumbprint").toString()).matches("[0-9A-F]{40}");
    }

    @Test
    public void hasANextEvenIfNothingIsKnown() {
        for (final ExpiryReport report : List.of(Samples.empty(), Samples.onlyUnknown())) {
            final Map<String, Object> next = child(map(report), "next");
            assertThat(next)
                    .containsEntry("name", "unknown")
                    .containsEntry("daysLeft", -1L)
                    .containsEntry("notAfter", "")
                    .containsEntry("severity", "WARNING");
            assertThat(next.keySet())
                    .isEqualTo(child(map(Samples.rich()), "next").keySet());
        }
    }

    @Test
    public void namesTheIntermediateThatEndsBeforeItsLeaf() {
        final Map<String, Object> map = map(Samples.report(
                List.of(Samples.limited(CertificateFolder.KEY_VAULT, 58, "*.vault"), expiryIn(300)), List.of()));
        assertThat(children(map, "findings"))
                .extracting(finding -> finding.get("limitedBy"))
                .containsExactly("O=Contoso,CN=Contoso Issuing CA 4", "");
    }

    @Test
    public void countsAndThresholdsAreLongs() {
        final Map<String, Object> map = map(Samples.rich());
        assertThat(child(map, "counts"))
                .isEqualTo(
                        Map.of("critical", 4L, "warning", 3L, "notice", 2L, "ok", 9L, "unknown", 2L, "excluded", 1L));
        assertThat(map)
                .containsEntry("schema", 1L)
                .containsEntry("warnDays", 90L)
                .containsEntry("criticalDays", 30L)
                .containsEntry("tookMillis", 12_345L)
                .containsEntry("checkedAt", "2026-11-23T02:14:05Z");
    }

    @Test
    public void unknownRepeatsTheFindingsThatCouldNotBeSeen() {
        final Map<String, Object> map = map(Samples.rich());
        assertThat(children(map, "unknown"))
                .hasSize(2)
                .isSubsetOf(children(map, "findings"))
                .allSatisfy(unknown -> assertThat(unknown).containsEntry("kind", "UNKNOWN"));
    }

    @Test
    public void everyFieldIsDocumented() throws IOException {
        final String docs = Files.readString(Path.of("docs", "steps.md"));
        walk(map(Samples.rich()), value -> {
            if (value instanceof Map<?, ?> map) {
                map.keySet().forEach(key -> assertThat(docs).contains("| `" + key + "` |"));
            }
        });
    }

    private static io.jenkins.plugins.azurestack.expiry.Finding expiryIn(final long days) {
        return Samples.expiry(CertificateFolder.ARM_PUBLIC, days, "management");
    }

    private static Map<String, Object> map(final ExpiryReport report) {
        return ExpiryMap.of(report, List.of("expiry-east.json"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(final Map<String, Object> map, final String key) {
        return (Map<String, Object>) map.get(key);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> children(final Map<String, Object> map, final String key) {
        return (List<Map<String, Object>>) map.get(key);
    }

    private static void walk(final Object value, final Consumer<Object> visitor) {
        assertThat(value).isNotNull();
        visitor.accept(value);
        if (value instanceof Map<?, ?> map) {
            map.keySet().forEach(key -> walk(key, visitor));
            map.values().forEach(child -> walk(child, visitor));
        } else if (value instanceof List<?> list) {
            list.forEach(child -> walk(child, visitor));
        }
    }
}
