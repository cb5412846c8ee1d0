package io.jenkins.plugins.azurestack.simulator.pep;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.InternalSecret;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class TestAzureStackTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Premises premises(final String version) throws IOException {
        return new Premises(temporary.newFolder().toPath(), version, IdentityProvider.AAD);
    }

    private Premises usual() throws IOException {
        return premises("1.2311.1.22");
    }

    private static Call test(final Premises premises) {
        return premises.call("Test-AzureStack");
    }

    private static boolean answer(final Seen seen) throws CliXmlException {
        assertThat(seen.ended()).isNull();
        return seen.last().asBoolean();
    }

    @Test
    public void aHealthyStampIsReadyForEverything() throws IOException, CliXmlException {
        for (final String version : List.of("1.1910.0.58", "1.2108.2.81", "1.2501.1.47")) {
            final Premises premises = premises(version);
            for (final String group : List.of("Default", "UpdateReadiness", "SecretRotationReadiness")) {
                assertThat(answer(test(premises).with("Group", group).run()))
                        .as(group)
                        .isTrue();
            }
        }
    }

    @Test
    public void theAnswerIsOneBooleanAndTheConsoleSaysHowEachTestEnded() throws IOException, CliXmlException {
        final Seen seen = test(usual()).with("Group", "SecretRotationReadiness").run();
        assertThat(seen.output).hasSize(1);
        assertThat(answer(seen)).isTrue();
        assertThat(seen.information).hasSize(9).allSatisfy(line -> assertThat(line)
                .endsWith("PASS"));
    }

    @Test
    public void theConsoleCanBeSilenced() throws IOException {
        assertThat(test(usual()).with("DisableConsoleOutput").run().information).isEmpty();
    }

    @Test
    public void rotationReadinessIsTheDocumentedNineTests() throws IOException {
        assertThat(names(test(usual())
                        .with("Group", "secretrotationreadiness")
                        .with("DetailedResults")
                        .run()))
                .containsExactly(
                        "AzsAcsSummary",
                        "AzsDefenderSummary",
                        "AzsHostingInfraSummary",
                        "AzsInfraCapacity",
                        "AzsInfraRoleSummary",
                        "AzsPortalAPISummary",
                        "AzsSFRoleSummary",
                        "AzsStorageSvcsSummary",
                        "AzsStoreSummary",
                        "Overall");
    }

    @Test
    public void updateReadinessIsThreeTestsFrom1910On() throws IOException {
        assertThat(names(test(usual())
                        .with("Group", "UpdateReadiness")
                        .with("DetailedResults")
                        .run()))
                .containsExactly("AzsInfraFileValidation", "AzsActionPlanStatus", "AzsStampBMCSummary", "Overall");
        assertThat(test(premises("1.1908.4.33"))
                        .with("Group", "UpdateReadiness")
                        .run()
                        .ended())
                .hasMessageContaining("UpdateReadiness");
    }

    private static List<String> names(final Seen seen) {
        return seen.output.stream()
                .filter(value -> !value.property("Name").isNull())
                .map(value -> value.property("Name").asString())
                .toList();
    }

    @Test
    public void theListNamesEveryTestOfTheRelease() throws IOException {
        assertThat(names(test(usual()).with("List").run()))
                .hasSize(29)
                .contains("AzsExternalCertificates", "AzsScenarios", "AzsVmPlacement");
        assertThat(names(test(premises("1.1811.0.101")).with("List").run()))
                .hasSize(26)
                .doesNotContain("AzsExternalCertificates", "AzsActionPlanStatus");
    }

    @Test
    public void includedTestsRunAloneAndIgnoredOnesDoNot() throws IOException {
        final Premises premises = usual();
        assertThat(names(test(premises)
                        .with("Include", "AzsStampBMCSummary", "azsvmplacement")
                        .with("DetailedResults")
                        .run()))
                .containsExactly("AzsStampBMCSummary", "AzsVmPlacement", "Overall");
        assertThat(names(test(premises)
                        .with("Ignore", "AzsStampBMCSummary")
                        .with("DetailedResults")
                        .run()))
                .hasSize(28)
                .doesNotContain("AzsStampBMCSummary", "AzsScenarios");
        assertThat(test(premises).with("Include", "AzsNoSuchTest").run().ended())
                .hasMessageContaining("AzsNoSuchTest");
    }

    @Test
    public void theTestOfExternalCertificatesCameIn2206AndSeesWhatIsServed() throws IOException, CliXmlException {
        assertThat(test(premises("1.2108.2.81"))
                        .with("Include", "AzsExternalCertificates")
                        .run()
                        .ended())
                .hasMessageContaining("AzsExternalCertificates");
        final Premises premises = usual();
        assertThat(marks(premises, "AzsExternalCertificates")).containsExactly("PASS");
        serve(premises, Duration.ofDays(60));
        assertThat(marks(premises, "AzsExternalCertificates")).containsExactly("WARN");
        serve(premises, Duration.ofDays(-1));
        assertThat(marks(premises, "AzsExternalCertificates")).containsExactly("FAIL");
        assertThat(answer(test(premises)
                        .with("Include", "AzsExternalCertificates")
                        .run()))
                .isFalse();
        // Expired certificates are what a rotation is for.
        assertThat(answer(
                        test(premises).with("Group", "SecretRotationReadiness").run()))
                .isTrue();
    }

    private static void serve(final Premises premises, final Duration left) {
        final Specimen specimen = premises.specimen(CertificateFolder.ADMIN_PORTAL)
                .withDates(Premises.NOW.minus(Duration.ofDays(600)), Premises.NOW.plus(left));
        premises.served.certificates.put(CertificateFolder.ADMIN_PORTAL, Premises.CONTOSO.issue(specimen));
    }

    private static List<String> marks(final Premises premises, final String test) {
        return test(premises).with("Include", test).with("DetailedResults").run().output.stream()
                .filter(value -> value.property("Name").asString().equals(test))
                .map(value -> value.property("Result").asString())
                .toList();
    }

    @Test
    public void internalSecretsNearTheirEndAreWarnedOfFrom1906On() throws IOException, CliXmlException {
        for (final String version : List.of("1.1904.0.36", "1.1906.0.30")) {
            final Premises premises = premises(version);
            premises.world
                    .internalSecrets()
                    .expire(InternalSecret.Kind.CERTIFICATE, Premises.NOW.plus(Duration.ofDays(20)));
            assertThat(marks(premises, "AzsAlertSummary"))
                    .containsExactly(version.startsWith("1.1904") ? "PASS" : "WARN");
            assertThat(answer(test(premises).run())).isTrue();
        }
    }

    @Test
    public void aBmcThatDoesNotTakeTheStoredCredentialFails() throws IOException, CliXmlException {
        final Premises premises = usual();
        premises.bmcs.unreachable.add("node03");
        final Seen seen = test(premises).with("Include", "AzsStampBMCSummary").run();
        assertThat(answer(seen)).isFalse();
        assertThat(seen.information).anySatisfy(line -> assertThat(line).contains("node03"));
        assertThat(seen.information).noneSatisfy(line -> assertThat(line).contains("node02"));
        assertThat(answer(test(premises).with("Group", "UpdateReadiness").run()))
                .isFalse();
    }

    @Test
    public void aRunningPlanIsAWarningThatUpdateReadinessTakesForAnError() throws IOException, CliXmlException {
        final Premises premises = usual();
        premises.stage();
        premises.external(premises.seen().goneAtPoll(2)).run();
        assertThat(marks(premises, "AzsActionPlanStatus")).containsExactly("WARN");
        assertThat(answer(test(premises).run())).isTrue();
        assertThat(answer(test(premises).with("Group", "UpdateReadiness").run()))
                .isFalse();
    }

    @Test
    public void aFailedPlanFailsUntilItWasRunAgain() throws IOException, CliXmlException {
        final Premises premises = usual();
        premises.world.faults().arm(Fault.ACTION_PLAN_FAILS, Moment.NEXT);
        premises.call("Start-SecretRotation").with("Internal").run();
        assertThat(marks(premises, "AzsActionPlanStatus")).containsExactly("FAIL");
        premises.rerun().with("Internal").run();
        assertThat(marks(premises, "AzsActionPlanStatus")).containsExactly("PASS");
    }

    @Test
    public void warningsCountAsErrorsInBothGroupsAndNowhereElse() throws IOException, CliXmlException {
        final Premises premises = usual();
        premises.world.faults().arm(Fault.READINESS_WARNING, Moment.always("AzsInfraCapacity"));
        assertThat(answer(test(premises).run())).isTrue();
        assertThat(marks(premises, "AzsInfraCapacity")).containsExactly("WARN");
        final Seen strict =
                test(premises).with("Group", "SecretRotationReadiness").run();
        assertThat(answer(strict)).isFalse();
        assertThat(strict.information).noneSatisfy(line -> assertThat(line).endsWith("WARN"));
    }

    @Test
    public void aFaultFailsAGroupOrATestOnceOrAlways() throws IOException, CliXmlException {
        final Premises premises = usual();
        premises.world.faults().arm(Fault.READINESS_FALSE, Moment.at("SecretRotationReadiness"));
        assertThat(answer(test(premises).run())).isTrue();
        assertThat(answer(
                        test(premises).with("Group", "SecretRotationReadiness").run()))
                .isFalse();
        assertThat(answer(
                        test(premises).with("Group", "SecretRotationReadiness").run()))
                .isTrue();
        premises.world.faults().arm(Fault.READINESS_FALSE, Moment.always("AzsStoreSummary"));
        final Seen seen =
                test(premises).with("Group", "SecretRotationReadiness").run();
        assertThat(answer(seen)).isFalse();
        assertThat(seen.information.stream().filter(line -> line.endsWith("FAIL")))
                .singleElement()
                .asString()
                .contains("Store");
        assertThat(answer(test(premises).with("Group", "UpdateReadiness").run()))
                .isTrue();
    }

    @Test
    public void outsideTheEnglishCultureItMisbehaves() throws IOException, CliXmlException {
        final Seen seen = test(usual())
                .with("Group", "SecretRotationReadiness")
                .inCulture("de-DE")
                .run();
        assertThat(answer(seen)).isFalse();
        assertThat(seen.errors).hasSize(9);
        assertThat(answer(test(usual()).inCulture("EN-us").run())).isTrue();
    }

    @Test
    public void whenEverythingHasExpiredBothRotationsAreStillPossible() throws IOException, CliXmlException {
        final Premises premises = usual();
        premises.world.faults().arm(Fault.EVERYTHING_EXPIRED, Moment.ALWAYS);
        premises.endpoints.start();
        premises.endpoints.close();
        serve(premises, Duration.ofDays(-2));
        assertThat(premises.world.internalSecrets().all())
                .allSatisfy(secret -> assertThat(secret.ends()).isBefore(Premises.NOW));
        assertThat(answer(
                        test(premises).with("Group", "SecretRotationReadiness").run()))
                .isTrue();
        premises.stage();
        assertThat(premises.external().run().ended()).isNull();
        assertThat(premises.call("Start-SecretRotation").with("Internal").run().ended())
                .isNull();
        assertThat(marks(premises, "AzsExternalCertificates")).containsExactly("PASS");
        assertThat(marks(premises, "AzsAlertSummary")).containsExactly("PASS");
    }

    @Test
    public void everyDocumentedParameterIsThere() throws IOException {
        assertThat(usual().cmdlet("Test-AzureStack").parameters())
                .extracting("name")
                .containsExactlyInAnyOrder(
                        "BackupShareCredential",
                        "Include",
                        "DetailedResults",
                        "ServiceAdminCredentials",
                        "List",
                        "Group",
                        "DoNotDeployTenantVm",
                        "Repair",
                        "Ignore",
                        "Confirm",
                        "TimeoutSeconds",
                        "AdminCredential",
                        "BackupSharePath",
                        "WhatIf",
                        "UseRunners",
                        "DisableConsoleOutput");
    }

    @Test
    public void detailedResultsEndWithTheOverallOne() throws IOException {
        final Seen seen = test(usual()).with("DetailedResults").run();
        final PsValue overall = seen.output.get(seen.output.size() - 2);
        assertThat(overall.property("Name").asString()).isEqualTo("Overall");
        assertThat(overall.property("Result").asString()).isEqualTo("PASS");
    }
}
