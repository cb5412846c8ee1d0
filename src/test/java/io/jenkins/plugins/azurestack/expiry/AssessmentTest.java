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

public class AssessmentTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String DOMAIN = "east.azurestack.contoso.com";
    private static final CertificateAuthority CONTOSO =
            new CertificateAuthority("Contoso", DOMAIN, NOW, new SecureRandom());

    private Memory memory = Memory.EMPTY;
    private boolean rootsNamed = true;

    @Test
    public void aGoodCertificateIsOneFindingAndNothingElse() {
        final Finding only =
                assertOnly(assess(served(CertificateFolder.ARM_PUBLIC, good(CertificateFolder.ARM_PUBLIC, 400))));
        assertThat(only.kind()).isEqualTo(Kind.EXPIRY);
        assertThat(only.severity()).isEqualTo(Severity.OK);
        assertThat(only.name()).isEqualTo("ARM Public");
        assertThat(only.message()).isEqualTo("ends 2027-12-28 12:00 UTC, in 400 days");
        assertThat(only.advice()).isEmpty();
    }

    @Test
    public void nearnessDecidesTheSeverityAndWhatHasEndedIsShouted() {
        assertThat(expiryOf(60).severity()).isEqualTo(Severity.WARNING);
        assertThat(expiryOf(20).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(expiryOf(20).advice()).contains("rotation");
        assertThat(expiryOf(-3).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(expiryOf(-3).message()).isEqualTo("ENDED 2026-11-20 12:00 UTC, 3 days ago");
        assertThat(expiryOf(1).message()).endsWith("in 1 day");
        assertThat(expiryOf(0).message()).endsWith("less than a day ago");
    }

    @Test
    public void theEarliestDateInTheChainCounts() {
        final CertificateAuthority ending =
                new CertificateAuthority("Fabrikam", DOMAIN, NOW, NOW.plus(Duration.ofDays(10)), new SecureRandom());
        final CertificateChain chain = CertificateChain.of(
                ending.issue(specimen(CertificateFolder.ARM_PUBLIC, 400)).chain());
        final Finding only = find(Kind.EXPIRY, assess(served(CertificateFolder.ARM_PUBLIC, chain)));
        assertThat(only.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(only.message())
                .contains("in 10 days")
                .contains("Fabrikam Issuing CA")
                .contains("ends before");
        assertThat(only.notAfter()).contains(NOW.plus(Duration.ofDays(10)));
    }

    @Test
    public void oneCertificateSeenTwiceIsOneFindingWithTwoSightings() {
        final CertificateChain chain = good(CertificateFolder.ARM_PUBLIC, 400);
        final Finding only = assertOnly(assess(
                served(CertificateFolder.ARM_PUBLIC, chain), stored(CertificateFolder.ARM_PUBLIC, "arm", chain)));
        assertThat(only.seenAt()).extracting(Target::source).containsExactly("endpoints", "credentials");
    }

    @Test
    public void aMissingIntermediateIsAFinding() {
        final CertificateChain alone =
                chain(specimen(CertificateFolder.ARM_PUBLIC, 400).withChain(Specimen.Chain.LEAF_ONLY));
        final Finding gap = find(Kind.CHAIN_INCOMPLETE, assess(served(CertificateFolder.ARM_PUBLIC, alone)));
        assertThat(gap.severity()).isEqualTo(Severity.WARNING);
        assertThat(gap.message()).contains("comes alone").contains("Contoso Issuing CA");
    }

    @Test
    public void aChainOutOfOrderIsAFinding() {
        final CertificateChain chain =
                chain(specimen(CertificateFolder.ARM_PUBLIC, 400).withChain(Specimen.Chain.UNORDERED));
        assertThat(find(Kind.CHAIN_INCOMPLETE, assess(served(CertificateFolder.ARM_PUBLIC, chain)))
                        .message())
                .contains("which did not issue it");
    }

    @Test
    public void whatAStrangerIssuedIsUntrustedWhereTheStampNamesItsRoots() {
        final CertificateAuthority mallory = new CertificateAuthority("Mallory", DOMAIN, NOW, new SecureRandom());
        for (final Specimen.Chain sent : List.of(Specimen.Chain.COMPLETE, Specimen.Chain.WITH_ROOT)) {
            final CertificateChain forged = CertificateChain.of(
                    mallory.issue(specimen(CertificateFolder.ARM_PUBLIC, 400).withChain(sent))
                            .chain());
            final Finding untrusted = find(Kind.UNTRUSTED, assess(served(CertificateFolder.ARM_PUBLIC, forged)));
            assertThat(untrusted.severity()).isEqualTo(Severity.WARNING);
            assertThat(untrusted.message()).contains("Mallory Root CA");
        }
    }

    @Test
    public void whereNoRootsAreNamedOneNoteSaysSoForAll() {
        rootsNamed = false;
        final CertificateAuthority other = new CertificateAuthority("Fabrikam", DOMAIN, NOW, new SecureRandom());
        final List<Finding> findings = assess(
                served(
                        CertificateFolder.ARM_PUBLIC,
                        CertificateChain.of(other.issue(specimen(CertificateFolder.ARM_PUBLIC, 400))
                                .chain())),
                served(
                        CertificateFolder.ARM_ADMIN,
                        CertificateChain.of(other.issue(specimen(CertificateFolder.ARM_ADMIN, 400))
                                .chain())));
        assertThat(findings)
                .filteredOn(finding -> finding.kind() == Kind.UNTRUSTED)
                .singleElement()
                .satisfies(note -> {
                    assertThat(note.severity()).isEqualTo(Severity.NOTICE);
                    assertThat(note.seenAt()).hasSize(2);
                });
    }

    @Test
    public void aRuleThatOnlyOneOfTwoChainsBreaksIsFoundInEitherOrder() {
        final CertificateAuthority early = new CertificateAuthority("Contoso", DOMAIN, NOW, new SecureRandom());
        final CertificateChain plain = CertificateChain.of(
                early.issue(specimen(CertificateFolder.ARM_PUBLIC, 400)).chain());
        final CertificateChain withWeak = CertificateChain.of(List.of(
                plain.leaf(),
                chain(specimen(CertificateFolder.ARM_PUBLIC, 400).withSignature(Specimen.Signature.SHA1_RSA))
                        .leaf()));
        final Sighting.Certificate one = served(CertificateFolder.ARM_PUBLIC, plain);
        final Sighting.Certificate other = new Sighting.Certificate(
                target(CertificateFolder.ARM_PUBLIC, "management." + DOMAIN + ":44300"),
                "management." + DOMAIN,
                withWeak);
        for (final List<Sighting> order : List.of(List.<Sighting>of(one, other), List.<Sighting>of(other, one))) {
            final Finding weak = find(Kind.PKI_RULE, assess(order.toArray(Sighting[]::new)));
            assertThat(weak.message()).contains("SHA1");
            assertThat(weak.seenAt()).extracting(Target::name).containsExactly("management." + DOMAIN + ":44300");
        }
    }

    @Test
    public void aServedNameThatDoesNotCoverItsEndpointIsCritical() {
        final CertificateChain chain =
                chain(specimen(CertificateFolder.ARM_PUBLIC, 400).withNames("portal." + DOMAIN));
        final Finding mismatch = find(Kind.NAME_MISMATCH, assess(served(CertificateFolder.ARM_PUBLIC, chain)));
        assertThat(mismatch.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(mismatch.message())
                .isEqualTo("does not cover management." + DOMAIN + "; its names are portal." + DOMAIN);
    }

    @Test
    public void aStoredNameIsHeldAgainstItsFolder() {
        final CertificateChain chain =
                chain(specimen(CertificateFolder.ACS_BLOB, 400).withNames("a.blob." + DOMAIN));
        final Finding mismatch = find(Kind.NAME_MISMATCH, assess(stored(CertificateFolder.ACS_BLOB, "blob", chain)));
        assertThat(mismatch.severity()).isEqualTo(Severity.WARNING);
        assertThat(mismatch.message()).contains("does not cover *.blob." + DOMAIN);
        assertThat(assess(stored(CertificateFolder.ACS_BLOB, "blob", good(CertificateFolder.ACS_BLOB, 400))))
                .extracting(Finding::kind)
                .containsExactly(Kind.EXPIRY);
    }

    @Test
    public void aBrokenPkiRuleIsAFinding() {
        final CertificateChain weak = chain(specimen(CertificateFolder.ARM_PUBLIC, 400)
                .withKey(Specimen.Key.RSA_1024)
                .withSignature(Specimen.Signature.SHA1_RSA));
        assertThat(assess(served(CertificateFolder.ARM_PUBLIC, weak)))
                .filteredOn(finding -> finding.kind() == Kind.PKI_RULE)
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING))
                .anySatisfy(finding -> assertThat(finding.message()).contains("1024"))
                .anySatisfy(finding -> assertThat(finding.message()).contains("SHA1"));
    }

    @Test
    public void servingWhatIsNotValidYetIsCritical() {
        final CertificateChain early = chain(specimen(CertificateFolder.ARM_PUBLIC, 400)
                .withDates(NOW.plusSeconds(60), NOW.plus(Duration.ofDays(400))));
        assertThat(find(Kind.PKI_RULE, assess(served(CertificateFolder.ARM_PUBLIC, early)))
                        .severity())
                .isEqualTo(Severity.CRITICAL);
        assertThat(find(Kind.PKI_RULE, assess(stored(CertificateFolder.ARM_PUBLIC, "arm", early)))
                        .severity())
                .isEqualTo(Severity.WARNING);
    }

    @Test
    public void subjectsCannotForgeLinesInAReport() {
        final CertificateChain forged = chain(specimen(CertificateFolder.ARM_PUBLIC, 400)
                .withCommonName("x\nFinished: SUCCESS")
                .withSignature(Specimen.Signature.SHA1_RSA));
        assertThat(find(Kind.PKI_RULE, assess(served(CertificateFolder.ARM_PUBLIC, forged)))
                        .message())
                .doesNotContain("\n");
    }

    @Test
    public void oneCertificateForSeveralFoldersIsNoted() {
        final CertificateChain both = chain(specimen(CertificateFolder.ARM_PUBLIC, 400)
                .withNames("management." + DOMAIN, "adminmanagement." + DOMAIN));
        final Finding shared = find(
                Kind.SHARED,
                assess(served(CertificateFolder.ARM_PUBLIC, both), served(CertificateFolder.ARM_ADMIN, both)));
        assertThat(shared.severity()).isEqualTo(Severity.NOTICE);
        assertThat(shared.message()).contains("serves 2 folders: ARM Public, ARM Admin");
    }

    @Test
    public void aNewerStoredCertificateWaitsToBeRotated() {
        final List<Finding> findings = assess(
                served(CertificateFolder.ARM_PUBLIC, good(CertificateFolder.ARM_PUBLIC, 20)),
                stored(CertificateFolder.ARM_PUBLIC, "arm-new", good(CertificateFolder.ARM_PUBLIC, 700)));
        final Finding differs = find(Kind.STORED_DIFFERS, findings);
        assertThat(differs.severity()).isEqualTo(Severity.NOTICE);
        assertThat(differs.message()).contains("newer").contains("'arm-new'");
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.CRITICAL)
                .singleElement()
                .satisfies(
                        ending -> assertThat(ending.advice()).startsWith("A newer one waits in credential 'arm-new'"));
        assertThat(findings).extracting(Finding::name).contains("ARM Public", "ARM Public (stored)");
    }

    @Test
    public void anOlderStoredCertificateWouldTakeTheStampBack() {
        final List<Finding> findings = assess(
                served(CertificateFolder.ARM_PUBLIC, good(CertificateFolder.ARM_PUBLIC, 400)),
                stored(CertificateFolder.ARM_PUBLIC, "arm-old", good(CertificateFolder.ARM_PUBLIC, 5)));
        assertThat(find(Kind.STORED_DIFFERS, findings).severity()).isEqualTo(Severity.WARNING);
        assertThat(findings)
                .filteredOn(finding -> finding.kind() == Kind.EXPIRY && finding.severity() != Severity.OK)
                .as("what is not served takes nobody's service down")
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING);
    }

    @Test
    public void aStoredCertificateIsCriticalWhereNothingServedWasSeen() {
        assertThat(find(
                                Kind.EXPIRY,
                                assess(stored(
                                        CertificateFolder.ARM_PUBLIC, "arm", good(CertificateFolder.ARM_PUBLIC, 5))))
                        .severity())
                .isEqualTo(Severity.CRITICAL);
    }

    @Test
    public void endpointsOfOneFolderThatDisagreeAreAFinding() {
        final Finding differ = find(
                Kind.SERVED_DIFFERENTLY,
                assess(
                        served(CertificateFolder.ARM_PUBLIC, good(CertificateFolder.ARM_PUBLIC, 400)),
                        new Sighting.Certificate(
                                target(CertificateFolder.ARM_PUBLIC, "management." + DOMAIN + ":44300"),
                                "management." + DOMAIN,
                                good(CertificateFolder.ARM_PUBLIC, 500))));
        assertThat(differ.message()).isEqualTo("its endpoints serve 2 different certificates");
        assertThat(differ.seenAt()).hasSize(2);
    }

    @Test
    public void whatWasNeverSeenIsAWarning() {
        final Finding unknown = assertOnly(assess(unknown()));
        assertThat(unknown.severity()).isEqualTo(Severity.WARNING);
        assertThat(unknown.message()).isEqualTo("refused (never seen yet)");
        assertThat(unknown.notAfter()).isEmpty();
    }

    @Test
    public void whatWasSeenLatelyIsAWarningWithItsLastKnownDate() {
        remember(Duration.ofDays(6), 200);
        final Finding unknown = assertOnly(assess(unknown()));
        assertThat(unknown.severity()).isEqualTo(Severity.WARNING);
        assertThat(unknown.message()).contains("last seen 2026-11-17 12:00 UTC").contains("was to end");
        assertThat(unknown.notAfter()).isPresent();
    }

    @Test
    public void beingBlindForOverAWeekIsCritical() {
        remember(Duration.ofDays(7).plusSeconds(1), 200);
        assertThat(assertOnly(assess(unknown())).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    public void notSeeingWhatWasAlreadyCriticalIsCritical() {
        remember(Duration.ofHours(1), 20);
        assertThat(assertOnly(assess(unknown())).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    public void neverHavingSeenItForOverAWeekIsCriticalToo() {
        memory = memory.with(List.of(unknown()), NOW.minus(Duration.ofDays(8)))
                .with(List.of(unknown()), NOW.minus(Duration.ofDays(1)));
        assertThat(assertOnly(assess(unknown())).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    public void aSightingFromAFutureThatNeverCameProvesNothing() {
        remember(Duration.ofDays(-30), 800);
        assertThat(assertOnly(assess(unknown())).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    public void whatAnotherJobSawUnderTheSameIdIsNotRemembered() {
        final Target mine =
                new Target("credentials", "arm", Optional.of(CertificateFolder.ARM_PUBLIC), "team-a/expiry");
        final Target other =
                new Target("credentials", "arm", Optional.of(CertificateFolder.ARM_PUBLIC), "team-b/expiry");
        memory = memory.with(
                        List.of(new Sighting.Certificate(mine, "", good(CertificateFolder.ARM_PUBLIC, 35))),
                        NOW.minus(Duration.ofDays(10)))
                .with(
                        List.of(new Sighting.Certificate(other, "", good(CertificateFolder.ARM_PUBLIC, 3000))),
                        NOW.minus(Duration.ofDays(1)));
        assertThat(assertOnly(assess(new Sighting.Unknown(mine, "not there", "")))
                        .severity())
                .isEqualTo(Severity.CRITICAL);
    }

    @Test
    public void exclusionsGoByFolderTargetOrSourceAndTarget() {
        final Target target = target(CertificateFolder.ARM_PUBLIC, "management." + DOMAIN + ":443");
        assertThat(Assessment.isExcluded(target, Set.of("arm public"))).isTrue();
        assertThat(Assessment.isExcluded(target, Set.of("management." + DOMAIN + ":443")))
                .isTrue();
        assertThat(Assessment.isExcluded(target, Set.of("endpoints management." + DOMAIN + ":443")))
                .isTrue();
        assertThat(Assessment.isExcluded(target, Set.of("ARM", "management"))).isFalse();
        assertThat(Assessment.unusedExclusions(Set.of("ARM Pubic"), List.of(target)))
                .extracting(Finding::kind, Finding::severity, Finding::name)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Kind.EXCLUSION_UNUSED, Severity.NOTICE, "ARM Pubic"));
    }

    private Finding expiryOf(final int days) {
        return find(
                Kind.EXPIRY, assess(served(CertificateFolder.ARM_PUBLIC, good(CertificateFolder.ARM_PUBLIC, days))));
    }

    private void remember(final Duration ago, final int days) {
        memory = memory.with(
                List.of(served(CertificateFolder.ARM_PUBLIC, good(CertificateFolder.ARM_PUBLIC, days))),
                NOW.minus(ago));
    }

    @Test
    public void ofTheCertificateThatABmcHasMadeItselfOnlyTheDateCounts() {
        final Finding only = assertOnly(assess(bmc(400)));
        assertThat(only.name()).isEqualTo("10.30.4.11:443");
        assertThat(only.severity()).isEqualTo(Severity.OK);
        assertThat(assertOnly(assess(bmc(20))).advice())
                .contains("vendor's tools")
                .doesNotContain("credential");
        rootsNamed = false;
        assertOnly(assess(bmc(400)));
    }

    @Test
    public void theCertificateOfABmcIsNoneThatWaitsForAnEndpoint() {
        assertThat(assess(bmc(4000), served(CertificateFolder.ARM_PUBLIC, good(CertificateFolder.ARM_PUBLIC, 20))))
                .filteredOn(finding -> finding.severity() == Severity.CRITICAL)
                .singleElement()
                .satisfies(ending -> assertThat(ending.advice()).startsWith("Prepare a new set"));
    }

    private static Sighting.Certificate bmc(final int days) {
        return new Sighting.Certificate(
                new Target("bmc", "10.30.4.11:443", Optional.empty()),
                "",
                chain(Specimen.of(List.of("idrac-1"), NOW.minus(Duration.ofDays(300)), NOW.plus(Duration.ofDays(days)))
                        .withChain(Specimen.Chain.SELF_SIGNED)));
    }

    private List<Finding> assess(final Sighting... sightings) {
        return new Assessment(
                        stamp(), Thresholds.STAMP_ALERTS, NOW, memory, List.of(CONTOSO.root()), rootsNamed, "endpoints")
                .of(List.of(sightings));
    }

    private static Sighting.Certificate served(final CertificateFolder folder, final CertificateChain chain) {
        final String host = folder.endpoints(stamp()).get(0).host("azs1");
        return new Sighting.Certificate(
                target(folder, folder.endpoints(stamp()).get(0).toString()), host, chain);
    }

    private static Sighting.Certificate stored(
            final CertificateFolder folder, final String id, final CertificateChain chain) {
        return new Sighting.Certificate(new Target("credentials", id, Optional.of(folder)), "", chain);
    }

    private static Sighting.Unknown unknown() {
        return new Sighting.Unknown(
                target(CertificateFolder.ARM_PUBLIC, "management." + DOMAIN + ":443"), "refused", "Start it.");
    }

    private static Target target(final CertificateFolder folder, final String name) {
        return new Target("endpoints", name, Optional.of(folder));
    }

    private static CertificateChain good(final CertificateFolder folder, final int days) {
        return chain(specimen(folder, days));
    }

    private static Specimen specimen(final CertificateFolder folder, final int days) {
        return Specimen.of(
                folder.requiredNames(stamp()), NOW.minus(Duration.ofDays(300)), NOW.plus(Duration.ofDays(days)));
    }

    private static CertificateChain chain(final Specimen specimen) {
        return CertificateChain.of(CONTOSO.issue(specimen).chain());
    }

    private static Finding assertOnly(final List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static Finding find(final Kind kind, final List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " in " + findings));
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
