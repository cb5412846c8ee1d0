package io.jenkins.plugins.azurestack.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

/** What is made of alerts that look somewhat different from those that were recorded. */
public class AlertReaderTest {
    private static final String THUMBPRINT = "A1B2C3D4E5F60718293A4B5C6D7E8F9011223344";
    private static final Instant END = Instant.parse("2020-08-26T21:48:00Z");

    private static Alert read(final String properties) throws Exception {
        return AlertReader.read(new ObjectMapper().readTree("{\"name\":\"east/7\",\"properties\":" + properties + "}"));
    }

    private static Alert withProperties(final String alertProperties) throws Exception {
        return read("{\"faultTypeId\":\"CertificateExpiration.InternalCert.Warning\",\"alertProperties\":{"
                + alertProperties + "}}");
    }

    @Test
    public void oneCertificateUnderTwoSpellingsIsOne() throws Exception {
        final Alert alert = withProperties("\"a" + THUMBPRINT.substring(1)
                + "\":\"{\\\"subjectname\\\":\\\"CN=MA\\\",\\\"ThumbPrint\\\":\\\"" + THUMBPRINT + "\\\"}\","
                + "\"thumbPrintsOfCertificates\":\"" + THUMBPRINT + "\","
                + "\"expirationTimesOfCertificatesInUtc\":\"8/26/2020 9:48 PM\"");

        assertThat(alert.certificates()).singleElement().satisfies(certificate -> {
            assertThat(certificate.thumbprint()).isEqualTo(THUMBPRINT);
            assertThat(certificate.subject()).isEqualTo("CN=MA");
            assertThat(certificate.ends()).contains(END);
        });
        assertThat(alert.properties()).isEmpty();
    }

    @Test
    public void theSumsAloneAreEnough() throws Exception {
        final String other = "B".repeat(40);
        final Alert alert = withProperties("\"thumbPrintsOfCertificates\":\"" + THUMBPRINT + "; " + other + "\","
                + "\"subjectNamesOfCertificates\":\"CN=One; CN=Two\","
                + "\"subjectAltNamesOfCertificates\":\"DNS Name=MA, DNS Name=*.x; DNS Name=y\","
                + "\"issuerNamesOfCertificates\":\"CN=CA\","
                + "\"expirationTimesOfCertificatesInUtc\":\"8/26/2020 9:48 PM; 12/1/2020 12:00 AM\"");

        assertThat(alert.certificates()).hasSize(2);
        assertThat(alert.certificates().get(1).subject()).isEqualTo("CN=Two");
        assertThat(alert.certificates().get(0).names()).isEqualTo("DNS Name=MA, DNS Name=*.x");
        assertThat(alert.certificates().get(1).ends()).contains(Instant.parse("2020-12-01T00:00:00Z"));
        // One issuer for two certificates: whose it is can't be told.
        assertThat(alert.certificates().get(0).issuer()).isEmpty();
    }

    @Test
    public void aCertificateWhoseDetailsAreBrokenIsStillNamed() throws Exception {
        for (final String broken : List.of("{\\\"SubjectName", "nonsense", "[]", "7", "")) {
            assertThat(withProperties("\"" + THUMBPRINT + "\":\"" + broken + "\"")
                            .certificates())
                    .as(broken)
                    .singleElement()
                    .satisfies(certificate -> {
                        assertThat(certificate.thumbprint()).isEqualTo(THUMBPRINT);
                        assertThat(certificate.ends()).isEmpty();
                    });
        }
    }

    @Test
    public void datesAreReadAsTheyCome() {
        for (final String date : List.of(
                "2020-08-26T21:48:00Z",
                "2020-08-26T21:48:00.0000000Z",
                "2020-08-26T21:48:00",
                "2020-08-26T23:48:00+02:00",
                "8/26/2020 9:48 PM",
                "8/26/2020 9:48:00 pm",
                " 08/26/2020 9:48 PM ")) {
            assertThat(Json.time(date)).as(date).contains(END);
        }
        assertThat(Json.time("26.8.2020")).isEmpty();
        assertThat(Json.time("")).isEmpty();
    }

    @Test
    public void aTitleIsEnoughToKnowAnExpiry() throws Exception {
        assertThat(read("{\"title\":\"PENDING Service Account Password Expiration \"}")
                        .isExpiry())
                .isTrue();
        assertThat(read("{\"title\":\"Ablauf\",\"faultTypeId\":\"certificateexpiration.x\"}")
                        .isExpiry())
                .isTrue();
        assertThat(read("{\"title\":\"Capacity\"}").isExpiry()).isFalse();
    }

    @Test
    public void anAlertWithoutAnythingIsOpenAndUnknown() throws Exception {
        final Alert alert = read("{}");

        assertThat(alert.id()).isEqualTo("7");
        assertThat(alert.active()).isTrue();
        assertThat(alert.severity()).isEqualTo(Alert.Severity.UNKNOWN);
        assertThat(alert.created()).isEmpty();
        assertThat(alert.certificates()).isEmpty();
    }

    @Test
    public void fragmentsAndPlainTextsAreBothTexts() throws Exception {
        assertThat(read("{\"description\":\"plain\",\"remediation\":[{\"type\":\"Text\",\"text\":\"See \"},"
                                + "{\"type\":\"LinkBegin\",\"linkType\":\"Uri\",\"uri\":\"https://aka.ms/x\"},"
                                + "{\"type\":\"Text\",\"text\":\"the guide\"},{\"type\":\"LinkEnd\"},"
                                + "{\"type\":\"NewLine\"},{\"type\":\"Text\",\"text\":\"Then wait.\"}]}")
                        .remediation())
                .isEqualTo("See the guide (https://aka.ms/x)\nThen wait.");
        assertThat(read("{\"description\":\"plain\"}").description()).isEqualTo("plain");
    }

    @Test
    public void whatTheFabricDoesNotSayIsNotTakenForQuiet() throws Exception {
        final ObjectMapper json = new ObjectMapper();
        assertThat(FabricLocation.read(json.readTree("{\"properties\":{}}")).exclusiveOperation())
                .isEqualTo(Activity.UNKNOWN);
        assertThat(FabricLocation.read(json.readTree("{\"properties\":{\"exclusiveAdminOperationRunning\":\"False\"}}"))
                        .exclusiveOperation())
                .isEqualTo(Activity.NONE);
        assertThat(FabricLocation.read(json.readTree("{\"properties\":{\"exclusiveAdminOperationRunning\":false,"
                                + "\"exclusiveAdminOperationName\":\"MasUpdate\"}}"))
                        .exclusiveOperation())
                .isEqualTo(Activity.UNKNOWN);
    }

    @Test
    public void updatesAreQuietOnlyInStatesThatAreKnown() {
        assertThat(status("AppliedSuccessfully", "Installed", "Ready").activity())
                .isEqualTo(Activity.NONE);
        assertThat(status("UpdateFailed", "Failed", "PreparationFailed").activity())
                .isEqualTo(Activity.NONE);
        assertThat(status("AppliedSuccessfully", "Installed", "Installing").activity())
                .isEqualTo(Activity.RUNNING);
        assertThat(status("UpdateInProgress").activity()).isEqualTo(Activity.RUNNING);
        assertThat(status("Brewing", "NotApplicableBecauseAnotherUpdateIsInProgress", "Ready")
                        .activity())
                .isEqualTo(Activity.RUNNING);
        assertThat(status("AppliedSuccessfully", "Preparing", "Brewing").activity())
                .isEqualTo(Activity.RUNNING);
        assertThat(status("AppliedSuccessfully", "Brewing", "Ready").activity()).isEqualTo(Activity.UNKNOWN);
        assertThat(status("").activity()).isEqualTo(Activity.UNKNOWN);
    }

    private static UpdateStatus status(final String location, final String... updates) {
        return new UpdateStatus(
                "1.2311.1.22",
                location,
                java.util.Arrays.stream(updates)
                        .map(state -> new UpdateStatus.Update("u", "1.2311.1.22", state, "Infrastructure"))
                        .toList());
    }
}
