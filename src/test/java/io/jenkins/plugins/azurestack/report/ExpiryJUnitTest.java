package io.jenkins.plugins.azurestack.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import io.jenkins.plugins.azurestack.expiry.Finding;
import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.Test;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

public class ExpiryJUnitTest {
    private static final List<ExpiryReport> ALL = List.of(
            Samples.rich(),
            Samples.told(),
            Samples.allFine(),
            Samples.empty(),
            Samples.onlyUnknown(),
            Samples.hostile(),
            Samples.huge(1_000));

    @Test
    public void isWhatTheJunitStepReads() throws SAXException, IOException {
        final var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(getClass().getResource("junit.xsd"));
        for (final ExpiryReport report : ALL) {
            schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(ExpiryJUnit.bytes(report))));
        }
    }

    @Test
    public void theCountsOfTheSuiteAreThoseOfItsCases() {
        for (final ExpiryReport report : ALL) {
            final Element suite = suite(report);
            assertThat(count(suite, "tests"))
                    .isEqualTo(Xml.elements(suite, "testcase").size());
            assertThat(count(suite, "failures"))
                    .isEqualTo(Xml.elements(suite, "failure").size());
            assertThat(count(suite, "errors"))
                    .isEqualTo(Xml.elements(suite, "error").size());
            assertThat(count(suite, "skipped"))
                    .isEqualTo(Xml.elements(suite, "skipped").size());
        }
    }

    @Test
    public void eachFindingHasTheOutcomeOfItsSeverity() {
        assertThat(outcomes(Samples.rich()))
                .containsEntry("certificates/Admin Portal", "failure CRITICAL")
                .containsEntry("certificates/KeyVault", "failure WARNING")
                .containsEntry("certificates/ACSBlob", "system-out")
                .containsEntry("name-mismatch/Public Portal", "failure CRITICAL")
                .containsEntry("stored-differs/ARM Public", "failure WARNING")
                .containsEntry("shared/ACSBlob", "system-out")
                .containsEntry("exclusion-unused/Old Portal", "system-out")
                .hasSize(19);
    }

    @Test
    public void whatIsOnlyToldOfIsASecretAndNothingIsSkipped() {
        assertThat(outcomes(Samples.told()))
                .containsOnly(
                        Map.entry("secrets/CN=MA (internal)", "failure WARNING"),
                        Map.entry("secrets/alert 4711", "failure CRITICAL"),
                        Map.entry("secrets/internal secrets", "system-out"),
                        Map.entry("disagreement/CN=old (external)", "failure WARNING"),
                        Map.entry("not-asked/root", "system-out"));
    }

    @Test
    public void whatCouldNotBeSeenIsAnErrorAndNeverSkipped() {
        assertThat(outcomes(Samples.onlyUnknown()))
                .containsOnly(
                        Map.entry("unknown/ARM Public", "error UNKNOWN"), Map.entry("unknown/Graph", "error UNKNOWN"));
        final Finding harmless = new Finding(
                Finding.Kind.UNKNOWN, Severity.OK, "x", "y", "", Optional.empty(), Optional.empty(), List.of());
        assertThat(outcomes(Samples.report(List.of(harmless), List.of()))).containsValue("error UNKNOWN");
    }

    @Test
    public void aReportOfNothingIsAnErrorToo() {
        assertThat(outcomes(Samples.empty()))
                .containsExactly(Map.entry("certificates/any certificate", "error UNKNOWN"));
    }

    @Test
    public void exclusionsAreSkippedWithTheReason() {
        final Element skipped = Xml.elements(suite(Samples.rich()), "skipped").get(0);
        assertThat(skipped.getAttribute("message")).contains("'excluded' of the stamp's configuration");
        assertThat(((Element) skipped.getParentNode()).getAttribute("name"))
                .isEqualTo("endpoints *.table.east.azurestack.contoso.com:443");
    }

    @Test
    public void aFailureSaysWhatToDo() {
        final Element failure = Xml.elements(suite(Samples.rich()), "failure").get(0);
        assertThat(failure.getAttribute("message")).isEqualTo("CRITICAL: ended 2 days ago (2026-11-20)");
        assertThat(failure.getTextContent().lines())
                .contains(
                        "Ask the CA for a new certificate and rotate the external certificates.",
                        "seen at endpoints adminportal.east.azurestack.contoso.com:443");
    }

    @Test
    public void aCertificateKeepsItsNameWhenItIsReplacedAndWhenAnotherOneIsStored() {
        final Finding before = expiry(20, "endpoints", "management.east.azurestack.contoso.com:443");
        final Finding after = expiry(400, "endpoints", "management.east.azurestack.contoso.com:443");
        final Finding stored = expiry(10, "credentials", "east-arm-public");
        assertThat(outcomes(Samples.report(List.of(before), List.of()))).containsOnlyKeys("certificates/ARM Public");
        assertThat(outcomes(Samples.report(List.of(after, stored), List.of())))
                .containsEntry("certificates/ARM Public", "system-out")
                .containsEntry("certificates/ARM Public (credentials east-arm-public)", "failure WARNING");
        assertThat(outcomes(Samples.report(List.of(before, stored), List.of())))
                .containsEntry("certificates/ARM Public", "failure WARNING")
                .containsKey("certificates/ARM Public (credentials east-arm-public)");
    }

    @Test
    public void hostileTextsCannotBreakOut() {
        final String xml = new String(ExpiryJUnit.bytes(Samples.hostile()), UTF_8);
        assertThat(xml).doesNotContain("<script").doesNotContain("]]>").doesNotContainPattern("[\\p{Cc}&&[^\\n]]");
        assertThat(Xml.elements(suite(Samples.hostile()), "*"))
                .extracting(Element::getTagName)
                .containsOnly("properties", "property", "testcase", "failure", "error", "skipped");
    }

    @Test
    public void growsInStepWithTheNumberOfFindings() {
        final long small = ExpiryJUnit.bytes(Samples.huge(1_000)).length;
        assertThat(ExpiryJUnit.bytes(Samples.huge(10_000)).length).isLessThan((int) (11 * small));
    }

    private static Finding expiry(final long days, final String source, final String place) {
        final CertificateChain chain = Samples.chain("CN=management", days);
        return new Finding(
                Finding.Kind.EXPIRY,
                days > 90 ? Severity.OK : Severity.WARNING,
                "ARM Public",
                "ends",
                "",
                Optional.of(chain),
                Optional.of(chain.notAfter()),
                List.of(new Target(source, place, Optional.of(CertificateFolder.ARM_PUBLIC))));
    }

    private static Element suite(final ExpiryReport report) {
        return Xml.parse(ExpiryJUnit.bytes(report)).getDocumentElement();
    }

    private static int count(final Element suite, final String attribute) {
        return Integer.parseInt(suite.getAttribute(attribute));
    }

    /** Case by case: the last part of the class name and the name, and the outcome with its type. */
    private static Map<String, String> outcomes(final ExpiryReport report) {
        return Xml.elements(suite(report), "testcase").stream()
                .collect(toMap(
                        test -> test.getAttribute("classname").replaceFirst("^azure-stack-hub\\.east\\.", "") + "/"
                                + test.getAttribute("name"),
                        test -> {
                            final Element outcome = (Element) test.getFirstChild();
                            return (outcome.getTagName() + " " + outcome.getAttribute("type")).strip();
                        }));
    }
}
