package io.jenkins.plugins.azurestack.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.expiry.Finding.Kind;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

public class HearsayTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final CertificateFolder FOLDER = CertificateFolder.ARM_PUBLIC;
    private static final Target ALERTS = new Target("alerts", "adminmanagement.x", Optional.empty());
    private static final Target BACKUP = new Target("backup", "adminmanagement.x", Optional.empty());
    private static final CertificateAuthority CONTOSO =
            new CertificateAuthority("Contoso", "east.azurestack.contoso.com", NOW, new SecureRandom());
    private static final String PRINT = "0123456789ABCDEF0123456789ABCDEF01234567";

    private Memory memory = Memory.EMPTY;

    @Test
    public void aDateDecidesAsItDoesForWhatIsSeen() {
        assertThat(only(dated(60)).severity()).isEqualTo(Severity.WARNING);
        assertThat(only(dated(20)).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(only(dated(20)).advice()).isEqualTo("Rotate.");
        assertThat(only(dated(20)).message()).isEqualTo("ends 2026-12-13 12:00 UTC, in 20 days; an alert says so");
        assertThat(only(dated(20)).thumbprint()).isEqualTo(PRINT);
        assertThat(only(dated(20)).certificate()).isEmpty();
    }

    @Test
    public void whatSomebodyWarnsOfIsNeverJustOk() {
        final Finding warned = only(dated(400));
        assertThat(warned.severity()).isEqualTo(Severity.NOTICE);
        assertThat(warned.advice()).isNotEmpty();
        assertThat(only(told(ALERTS, PRINT, days(400), Severity.OK, false)).severity())
                .isEqualTo(Severity.OK);
    }

    @Test
    public void withoutADateTheTellersWordDecides() {
        final Finding undated = only(told(ALERTS, "", Optional.empty(), Severity.CRITICAL, false));
        assertThat(undated.kind()).isEqualTo(Kind.EXPIRY);
        assertThat(undated.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(undated.notAfter()).isEmpty();
        assertThat(undated.message()).isEqualTo("an alert says so");
    }

    @Test
    public void whatIsToldTwiceOfOneThumbprintIsOneFinding() {
        final Finding both = only(
                told(BACKUP, PRINT.toLowerCase(java.util.Locale.ROOT), Optional.empty(), Severity.NOTICE, false),
                dated(20));
        assertThat(both.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(both.seenAt()).containsExactly(BACKUP, ALERTS);
        assertThat(both.message()).isEqualTo("ends 2026-12-13 12:00 UTC, in 20 days; an alert says so");
    }

    @Test
    public void whatHasNoThumbprintIsLikeNothingElse() {
        assertThat(assess(
                        told(ALERTS, "", days(60), Severity.WARNING, false),
                        told(ALERTS, "", days(60), Severity.WARNING, false)))
                .hasSize(2);
    }

    @Test
    public void whatIsSeenAndToldOfIsOneFindingThatSaysBoth() {
        final CertificateChain chain = chain(60);
        final Finding one = only(served(chain), told(ALERTS, chain.thumbprint(), days(60), Severity.WARNING, true));
        assertThat(one.name()).isEqualTo("ARM Public");
        assertThat(one.certificate()).isPresent();
        assertThat(one.message()).endsWith("in 60 days; an alert says so");
        assertThat(one.seenAt()).extracting(Target::source).containsExactly("endpoints", "alerts");
    }

    @Test
    public void aStoredCertificateGivesTheDateOfWhatIsOnlyNamed() {
        final CertificateChain chain = chain(20);
        final Finding one = find(
                Kind.EXPIRY,
                assess(
                        new Sighting.Certificate(new Target("credentials", "c", Optional.of(FOLDER)), "", chain),
                        told(BACKUP, chain.thumbprint(), Optional.empty(), Severity.NOTICE, false)));
        assertThat(one.notAfter()).contains(NOW.plus(Duration.ofDays(20)));
        assertThat(one.severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    public void datesThatDifferAreAFinding() {
        final CertificateChain chain = chain(400);
        final Finding differs = find(
                Kind.DISAGREEMENT,
                assess(served(chain), told(ALERTS, chain.thumbprint(), days(60), Severity.WARNING, true)));
        assertThat(differs.severity()).isEqualTo(Severity.WARNING);
        assertThat(differs.message()).contains("in 60 days").contains("in 400 days");
        assertThat(assess(
                        served(chain),
                        told(
                                ALERTS,
                                chain.thumbprint(),
                                days(400).map(end -> end.minusSeconds(59)),
                                Severity.OK,
                                true)))
                .as("alerts give some of their dates to the minute")
                .extracting(Finding::kind)
                .containsExactly(Kind.EXPIRY);
    }

    @Test
    public void anExternalCertificateThatNoEndpointServesIsAFinding() {
        final Sighting.Told external = told(ALERTS, PRINT, days(60), Severity.WARNING, true);
        assertThat(find(Kind.DISAGREEMENT, assess(served(chain(400)), external)).message())
                .contains("none of its endpoints");
        assertThat(assess(external))
                .as("nobody looked")
                .extracting(Finding::kind)
                .containsExactly(Kind.EXPIRY);
        assertThat(assess(
                        served(chain(400)),
                        new Sighting.Unknown(new Target("endpoints", "a:443", Optional.empty()), "refused", ""),
                        external))
                .as("one endpoint was not seen")
                .extracting(Finding::kind)
                .doesNotContain(Kind.DISAGREEMENT);
    }

    @Test
    public void whatWasToldIsRememberedWithItsEarliestDate() {
        memory = memory.with(List.of(dated(60), dated(25)), NOW.minus(Duration.ofDays(1)));
        final Finding dark = only(new Sighting.Unknown(ALERTS, "refused", "Start it."));
        assertThat(dark.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(dark.notAfter()).isEqualTo(days(25));
    }

    @Test
    public void aLookThatWasToldNoDateWasAGoodLook() {
        memory = memory.with(
                List.of(told(ALERTS, "", Optional.empty(), Severity.OK, false)), NOW.minus(Duration.ofDays(6)));
        assertThat(only(new Sighting.Unknown(ALERTS, "refused", "")).severity()).isEqualTo(Severity.WARNING);
        memory = Memory.EMPTY.with(
                List.of(told(ALERTS, "", Optional.empty(), Severity.OK, false)), NOW.minus(Duration.ofDays(8)));
        assertThat(only(new Sighting.Unknown(ALERTS, "refused", "")).severity()).isEqualTo(Severity.CRITICAL);
    }

    private static Sighting.Told dated(final int days) {
        return told(ALERTS, PRINT, days(days), Severity.WARNING, false);
    }

    private static Optional<Instant> days(final int days) {
        return Optional.of(NOW.plus(Duration.ofDays(days)));
    }

    private static Sighting.Told told(
            final Target target,
            final String thumbprint,
            final Optional<Instant> ends,
            final Severity severity,
            final boolean served) {
        return new Sighting.Told(
                target,
                "something",
                thumbprint,
                ends,
                severity,
                served,
                target.equals(ALERTS) ? "an alert says so" : "",
                "Rotate.");
    }

    private static Sighting.Certificate served(final CertificateChain chain) {
        final var endpoint = FOLDER.endpoints(stamp()).get(0);
        return new Sighting.Certificate(
                new Target("endpoints", endpoint.toString(), Optional.of(FOLDER)), endpoint.host("a"), chain);
    }

    private static CertificateChain chain(final int days) {
        return CertificateChain.of(CONTOSO.issue(Specimen.of(
                        FOLDER.requiredNames(stamp()),
                        NOW.minus(Duration.ofDays(300)),
                        NOW.plus(Duration.ofDays(days))))
                .chain());
    }

    private Finding only(final Sighting... sightings) {
        final List<Finding> findings = assess(sightings);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static Finding find(final Kind kind, final List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " in " + findings));
    }

    private List<Finding> assess(final Sighting... sightings) {
        return new Assessment(stamp(), Thresholds.STAMP_ALERTS, NOW, memory, List.of(CONTOSO.root()), true, "endpoints")
                .of(List.of(sightings));
    }

    private static Stamp stamp() {
        return new Stamp(
                "east",
                "east",
                "azurestack.contoso.com",
                IdentityProvider.AAD,
                Set.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }
}
