package io.jenkins.plugins.azurestack.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.readiness.SetReadiness;
import io.jenkins.plugins.azurestack.certificate.readiness.Sets;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.BeforeClass;
import org.junit.Test;

/** The readiness of a set as log lines, as plain maps and as JSON. */
public class ReadinessReportTest {
    private static final Stamp STAMP = Sets.stamp(IdentityProvider.AAD);

    private static SetReadiness good;
    private static SetReadiness bad;

    /** The bad one has a file that is none, the file of another folder, and no file for the portal. */
    @BeforeClass
    public static void check() throws Exception {
        final Map<CertificateFolder, byte[]> files = Sets.files(STAMP);
        good = SetReadiness.of(files, Sets.PASSWORD.toCharArray(), Sets.circumstances(STAMP));
        final Map<CertificateFolder, byte[]> worse = new EnumMap<>(files);
        worse.put(CertificateFolder.ACS_BLOB, new byte[0]);
        worse.put(CertificateFolder.ACS_QUEUE, files.get(CertificateFolder.KEY_VAULT));
        worse.remove(CertificateFolder.PUBLIC_PORTAL);
        bad = SetReadiness.of(worse, Sets.PASSWORD.toCharArray(), Sets.circumstances(STAMP));
    }

    @Test
    public void aReadySetIsSaidInOneLineAndTwoTables() {
        final List<String> lines = ReadinessLog.lines(good);

        assertThat(lines.get(0)).isEqualTo("Certificate set of stamp east: READY (140 OK).");
        assertThat(lines).noneMatch(line -> line.contains("WHAT TO DO"));
        assertThat(lines)
                .contains("Checked 2026-03-01 00:00 UTC for east.azurestack.contoso.com, version 1.2408.1.50.")
                .anyMatch(line -> line.matches("  ACSBlob {16}[0-9A-F]{6}\\*{28}[0-9A-F]{6}  2028-01-30  12 OK"))
                .anyMatch(line -> line.matches("  OK      Folders           11 of 11 folders\\."));
    }

    @Test
    public void saysOnceFromWhereTheRevocationListWasFetched() {
        assertThat(ReadinessLog.lines(good))
                .containsOnlyOnce("http://pki.contoso.com/issuing.crl (asked from the tests) answers.");
    }

    @Test
    public void whatFailedComesFirstWithWhatToDo() {
        final List<String> lines = ReadinessLog.lines(bad);

        assertThat(lines.get(0))
                .startsWith("Certificate set of stamp east: NOT READY (")
                .contains("Fail", "Skipped");
        assertThat(lines.get(3)).startsWith("  Fail     ACSBlob   Parse PFX      The file is empty.");
        assertThat(lines.get(4)).isEqualTo(" ".repeat(36) + "-> Upload the PFX again.");
        assertThat(String.join("\n", lines))
                .contains("DNS Names")
                .contains("the set   Folders        The expected certificate 'Public Portal' was not found.")
                .contains("unknown");
    }

    @Test
    public void failuresStandBeforeWarnings() {
        final List<String> statuses = ReadinessLog.lines(bad).stream()
                .takeWhile(line -> !line.contains("THUMBPRINT"))
                .filter(line -> line.matches("  (Fail|Warning) .*"))
                .map(line -> line.strip().split(" ")[0])
                .toList();

        assertThat(statuses).contains("Fail", "Warning").isSorted();
    }

    @Test
    public void noLineIsTooLongAndNoThumbprintWhole() {
        for (final SetReadiness readiness : List.of(good, bad)) {
            final List<String> lines = ReadinessLog.lines(readiness);
            assertThat(lines).allMatch(line -> line.length() <= ReadinessLog.WIDTH);
            readiness.files().values().stream()
                    .flatMap(file -> file.path().stream())
                    .map(path -> path.chain().thumbprint())
                    .forEach(thumbprint -> assertThat(lines)
                            .noneMatch(line -> line.contains(thumbprint))
                            .anyMatch(line -> line.contains(CertificateChain.masked(thumbprint))));
        }
    }

    @Test
    public void theMapHasEveryCheckOfEveryFile() {
        final Map<String, Object> map = ReadinessMap.of(bad);

        assertThat(map)
                .containsEntry("schema", 1L)
                .containsEntry("stamp", "east")
                .containsEntry("version", "1.2408.1.50")
                .containsEntry("status", "Fail")
                .containsEntry("ready", false);
        assertThat(list(map, "files")).hasSize(10);
        assertThat(list(map, "files").get(0))
                .containsEntry("folder", "ACSBlob")
                .containsEntry("thumbprint", "")
                .containsEntry("status", "Fail");
        assertThat(list(list(map, "files").get(0), "checks"))
                .hasSize(12)
                .element(6)
                .isEqualTo(Map.of(
                        "name", "Parse PFX",
                        "status", "Fail",
                        "reason", "NOT_READABLE",
                        "message", "The file is empty.",
                        "remedy", "Upload the PFX again."));
        assertThat(list(map, "set")).hasSize(8).first().satisfies(first -> assertThat(first)
                .containsEntry("name", "Folders")
                .containsEntry("folders", List.of("Public Portal")));
        assertThat(list(map, "replacements"))
                .hasSize(11)
                .extracting(replacement -> replacement.get("change"))
                .contains("new", "unknown");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(final Map<String, Object> map, final String key) {
        return (List<Map<String, Object>>) map.get(key);
    }

    @Test
    public void theMapCanBeSavedWithABuild() throws Exception {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(ReadinessMap.of(bad));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(ReadinessMap.of(bad));
        }
    }

    @Test
    public void jsonSaysTheSameAsTheMap() throws Exception {
        final JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.USE_LONG_FOR_INTS)
                .build();
        for (final SetReadiness readiness : List.of(good, bad)) {
            assertThat(mapper.readValue(ReadinessJson.bytes(readiness), new TypeReference<Map<String, Object>>() {}))
                    .isEqualTo(ReadinessMap.of(readiness));
            assertThat(ReadinessJson.bytes(readiness)).isEqualTo(ReadinessJson.bytes(readiness));
        }
    }
}
