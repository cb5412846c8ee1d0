package io.jenkins.plugins.azurestack.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

public class ExpiryLogTest {
    @Test
    public void readsWellWhenAllIsFine() {
        assertThat(ExpiryLog.lines(Samples.allFine()))
                .containsExactly(
                        "Stamp east: OK. 2 ok.",
                        "First to end: ARM Public ends in 300 days, on 2027-09-19 08:14 UTC.",
                        "",
                        "  SEVERITY  DAYS  ENDS        IN ORDER",
                        "  OK        300   2027-09-19  ARM Public",
                        "  OK        4000  2037-11-05  ARM Admin",
                        "",
                        "Checked 2026-11-23 02:14 UTC in 12.3 s; sources: endpoints, credentials; warning from 90 days,"
                                + " critical from 30 days.");
    }

    @Test
    public void saysWhatToDoAboutEachProblem() {
        final ExpiryReport report = Samples.report(
                List.of(Samples.expiry(CertificateFolder.ARM_PUBLIC, 12, "management")),
                List.of(Samples.endpoint(CertificateFolder.GRAPH, "graph")));
        assertThat(ExpiryLog.lines(report))
                .containsExactly(
                        "Stamp east: CRITICAL. 1 critical, 0 ok, 1 left out.",
                        "First to end: ARM Public ends in 12 days, on 2026-12-05 08:14 UTC.",
                        "",
                        "  SEVERITY  DAYS  ENDS        NAME        WHAT, AND WHAT TO DO",
                        "  CRITICAL  12    2026-12-05  ARM Public  ends in 12 days (2026-12-05)",
                        "                                          at endpoints"
                                + " management.east.azurestack.contoso.com:443, credentials east-arm_public",
                        "                                          -> Ask the CA for a new certificate and rotate the"
                                + " external certificates.",
                        "",
                        "  NOT LOOKED AT, because the stamp's configuration says so",
                        "  endpoints graph.east.azurestack.contoso.com:443",
                        "",
                        "Checked 2026-11-23 02:14 UTC in 12.3 s; sources: endpoints, credentials; warning from 90 days,"
                                + " critical from 30 days.");
    }

    @Test
    public void saysWhatIsOnlyToldOfWithAndWithoutADate() {
        assertThat(ExpiryLog.lines(Samples.told()))
                .contains(
                        "First to end: CN=MA (internal) ends in 60 days, on 2027-01-22 02:14 UTC.",
                        "  CRITICAL                    alert 4711         a service account",
                        "  NOTICE                      root               not asked: no privileged endpoint is configured",
                        "  OK                    internal secrets: no other alert is open");
    }

    @Test
    public void putsTheMostSevereFirst() {
        final List<String> lines = ExpiryLog.lines(Samples.rich());
        assertThat(lines.indexOf(first(lines, "  CRITICAL")))
                .isLessThan(lines.indexOf(first(lines, "  WARNING")))
                .isGreaterThan(0);
        assertThat(lines.indexOf(first(lines, "  WARNING"))).isLessThan(lines.indexOf(first(lines, "  NOTICE")));
        assertThat(lines.indexOf(first(lines, "  NOTICE"))).isLessThan(lines.indexOf(first(lines, "  OK")));
    }

    @Test
    public void marksADateThatIsOnlyRemembered() {
        assertThat(first(ExpiryLog.lines(Samples.rich()), "  CRITICAL  140?"))
                .contains("2027-04-12?  Graph")
                .contains("not seen: connection refused");
    }

    @Test
    public void saysThatNothingIsKnown() {
        assertThat(ExpiryLog.lines(Samples.empty()))
                .startsWith("Stamp east: WARNING. 0 ok.", "First to end: unknown, since no certificate could be seen.");
        assertThat(ExpiryLog.lines(Samples.onlyUnknown()))
                .startsWith(
                        "Stamp east: WARNING. 2 warnings, 0 ok, 2 not seen.",
                        "First to end: unknown, since no certificate could be seen.");
    }

    @Test
    public void neverWritesAControlCharacterOrALongLine() {
        for (final ExpiryReport report :
                List.of(Samples.rich(), Samples.hostile(), Samples.onlyUnknown(), Samples.huge(10_000))) {
            assertThat(ExpiryLog.lines(report)).allSatisfy(line -> {
                assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(140);
                assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029\\u2026]");
                assertThat(line).isEqualTo(line.stripTrailing());
            });
        }
    }

    @Test
    public void doesNotLetATargetForgeALineOfItsOwn() {
        assertThat(ExpiryLog.lines(Samples.hostile()))
                .noneMatch(line -> line.strip().startsWith("Finished: SUCCESS"))
                .anyMatch(line -> line.contains("Finished: SUCCESS"));
    }

    @Test
    public void staysReadableWithThousandsOfFindings() {
        assertThat(ExpiryLog.lines(Samples.huge(10_000)))
                .hasSizeLessThan(2_000)
                .contains("  ... and 6467 more: see the report files.", "  ... and 3133 more: see the report files.");
    }

    @Test
    public void progressLinesAreAligned() {
        final Target target = Samples.endpoint(CertificateFolder.ARM_PUBLIC, "management");
        assertThat(ExpiryLog.progress(9, 14, target, "ends in 12 days"))
                .isEqualTo(
                        " 9 of 14 looked at: endpoints management.east.azurestack.contoso.com:443 - ends in 12 days");
        assertThat(ExpiryLog.progress(12, 14, target, "ok")).startsWith("12 of 14 looked at: ");
    }

    @Test
    public void aProgressLineIsOneShortLineWhateverTheTargetSays() {
        final Target target = new Target("endpoints", "x\r\n\u001b[8mha:" + "y".repeat(500), Optional.empty());
        assertThat(ExpiryLog.progress(1, 2, target, "z\nFinished: SUCCESS"))
                .hasSizeLessThanOrEqualTo(140)
                .doesNotContainPattern("\\p{Cc}");
    }

    @Test
    public void theSummaryIsOneLine() {
        assertThat(ExpiryLog.summary(Samples.rich()))
                .isEqualTo("CRITICAL: Admin Portal ended 2 days ago"
                        + " (4 critical, 3 warnings, 2 notices, 9 ok, 2 not seen, 1 left out)");
    }

    private static String first(final List<String> lines, final String start) {
        return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
    }
}
