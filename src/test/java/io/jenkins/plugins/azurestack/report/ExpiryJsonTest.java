package io.jenkins.plugins.azurestack.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class ExpiryJsonTest {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    @Test
    public void saysTheSameAsTheStepsResult() throws IOException {
        for (final ExpiryReport report :
                List.of(Samples.rich(), Samples.allFine(), Samples.empty(), Samples.onlyUnknown(), Samples.hostile())) {
            final Map<String, Object> map = ExpiryMap.of(report, List.of());
            map.remove("files");
            assertThat(MAPPER.readValue(ExpiryJson.bytes(report), new TypeReference<Map<String, Object>>() {}))
                    .isEqualTo(map);
        }
    }

    @Test
    public void theSameReportHasTheSameBytes() {
        final ExpiryReport report = Samples.rich();
        assertThat(ExpiryJson.bytes(report)).isEqualTo(ExpiryJson.bytes(report));
    }

    @Test
    public void isReadableAndInAStableOrder() {
        assertThat(new String(ExpiryJson.bytes(Samples.empty()), UTF_8))
                .isEqualTo(
                        """
                        {
                          "schema" : 1,
                          "stamp" : "east",
                          "domain" : "east.azurestack.contoso.com",
                          "checkedAt" : "2026-11-23T02:14:05Z",
                          "tookMillis" : 12345,
                          "severity" : "WARNING",
                          "summary" : "WARNING: No certificate could be seen (0 ok)",
                          "counts" : {
                            "critical" : 0,
                            "warning" : 0,
                            "notice" : 0,
                            "ok" : 0,
                            "unknown" : 0,
                            "excluded" : 0
                          },
                          "warnDays" : 90,
                          "criticalDays" : 30,
                          "sources" : [
                            "endpoints",
                            "credentials"
                          ],
                          "next" : {
                            "kind" : "UNKNOWN",
                            "severity" : "WARNING",
                            "name" : "unknown",
                            "folder" : "",
                            "folders" : [ ],
                            "message" : "no certificate could be seen",
                            "advice" : "Look at what could not be seen, and at what the configuration leaves out.",
                            "subject" : "",
                            "thumbprint" : "",
                            "fingerprint" : "",
                            "notAfter" : "",
                            "daysLeft" : -1,
                            "limitedBy" : "",
                            "seenAt" : [ ]
                          },
                          "findings" : [ ],
                          "unknown" : [ ],
                          "excluded" : [ ]
                        }
                        """);
    }
}
