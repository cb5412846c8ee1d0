package io.jenkins.plugins.azurestack.simulator.pep;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlWriter;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.InternalSecret;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Rotate, look, rotate again, fail, re-run: in each generation of stamps, with both identity providers. */
public class SecretRotationTest {
    private static final String BEFORE_SEPARATION = "1.1809.0.90";
    private static final List<String> SEPARATED =
            List.of("1.1811.0.101", "1.1910.0.58", "1.2108.2.81", "1.2301.2.58", "1.2501.1.47");

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Premises premises(final String version, final IdentityProvider provider) throws IOException {
        return new Premises(temporary.newFolder().toPath(), version, provider);
    }

    private Premises usual() throws IOException {
        return premises("1.2311.1.22", IdentityProvider.AAD);
    }

    private static void assertServes(final Premises premises, final Map<CertificateFolder, IssuedCertificate> set) {
        assertThat(set).hasSameSizeAs(premises.folders());
        set.forEach((folder, certificate) -> assertThat(
                        premises.served.certificates.get(folder).leaf())
                .as(folder.folderName())
                .isEqualTo(certificate.leaf()));
    }

    private static PsValue status(final Premises premises) {
        return premises.call("Get-ActionStatus")
                .with("FunctionName", "Start-SecretRotation")
                .run()
                .last();
    }

    private static long started(final Premises premises) {
        return premises.ledger.calls(Ledger.Service.ENGINE, "Start-SecretRotation").stream()
                .filter(call -> call.outcome().equals("started"))
                .count();
    }

    @Test
    public void everyGenerationRotatesLooksRotatesAgainFailsAndRunsAgain() throws Exception {
        for (int generation = 0; generation < SEPARATED.size(); generation++) {
            final String version = SEPARATED.get(generation);
            // One provider and the other in turn: what differs is the layout, and that in no generation.
            final Premises premises =
                    premises(version, IdentityProvider.values()[generation % IdentityProvider.values().length]);
            assertThat(premises.call("Get-ActionStatus")
                            .with("FunctionName", "Start-SecretRotation")
                            .run()
                            .output)
                    .isEmpty();

            final Map<CertificateFolder, IssuedCertificate> first = premises.stage();
            assertThat(premises.external().run().ended()).as(version).isNull();
            assertServes(premises, first);
            assertThat(status(premises).property("Status").asString()).isEqualTo("Completed");

            // What is on the share now is the stamp's own.
            assertThat(premises.external().run().ended()).hasMessage(CertificateTests.INVALID_PASSWORD);
            premises.unstage();
            final Map<CertificateFolder, IssuedCertificate> second = premises.stage();
            assertThat(premises.external().run().ended()).isNull();
            assertServes(premises, second);

            premises.unstage();
            final Map<CertificateFolder, IssuedCertificate> third = premises.stage();
            premises.world.faults().arm(Fault.ACTION_PLAN_FAILS, Moment.at("1.5"));
            assertThat(premises.external().run().ended())
                    .hasMessageContaining("1.5 Update Resource Manager certificates");
            assertServes(premises, second);
            assertThat(status(premises).property("Status").asString()).isEqualTo("Failed");

            assertThat(premises.external().run().ended()).hasMessageContaining("ReRun");
            // The stamp has written its own files there.
            assertThat(premises.rerun().run().ended()).hasMessage(CertificateTests.INVALID_PASSWORD);
            premises.unstage();
            final Map<CertificateFolder, IssuedCertificate> again = premises.stage();
            assertThat(again).isNotEqualTo(third);
            assertThat(premises.rerun().run().ended()).isNull();
            assertServes(premises, again);
            assertThat(status(premises).property("Status").asString()).isEqualTo("Completed");
            assertThat(premises.rerun().run().ended()).hasMessageContaining("no failed external");
            assertThat(started(premises)).isEqualTo(4);
        }
    }

    @Test
    public void anExternalRotationTakesAboutAnHourAndAnInternalOneManyHours() throws IOException {
        final Premises premises = usual();
        premises.stage();
        premises.external().run();
        assertThat(Duration.between(Premises.NOW, premises.world.time().now()))
                .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(62));
        final Instant before = premises.world.time().now();
        premises.call("Start-SecretRotation").with("Internal").run();
        assertThat(Duration.between(before, premises.world.time().now())).isGreaterThan(Duration.ofHours(10));
    }

    @Test
    public void internalSecretsAreRenewedAndTheRootFrom2108On() throws IOException {
        for (final String version : SEPARATED) {
            final Premises premises = premises(version, IdentityProvider.AAD);
            final InternalSecret root = premises.world.internalSecrets().root();
            final List<InternalSecret> before = premises.world.internalSecrets().all();
            assertThat(premises.call("Start-SecretRotation")
                            .with("Internal")
                            .run()
                            .ended())
                    .isNull();
            assertThat(premises.world.internalSecrets().all().get(0)).isNotEqualTo(before.get(0));
            final boolean renewed = version.compareTo("1.2108") >= 0;
            assertThat(premises.world.internalSecrets().root().equals(root))
                    .as(version)
                    .isEqualTo(!renewed);
            assertThat(premises.world.internalSecrets().formerRoots()).hasSize(renewed ? 1 : 0);
        }
    }

    @Test
    public void aFailedInternalRotationNeedsAnInternalRerunAndLeavesExternalOnesAlone() throws IOException {
        final Premises premises = usual();
        premises.world.faults().arm(Fault.ACTION_PLAN_FAILS, Moment.at("Rotate storage keys"));
        assertThat(premises.call("Start-SecretRotation").with("Internal").run().ended())
                .hasMessageContaining("2.5 Rotate storage keys");
        assertThat(premises.rerun().run().ended()).hasMessageContaining("no failed external");
        assertThat(premises.call("Start-SecretRotation").with("Internal").run().ended())
                .hasMessageContaining("ReRun");
        premises.stage();
        assertThat(premises.external().run().ended()).isNull();
        final Seen rerun = premises.rerun().with("Internal").run();
        assertThat(rerun.ended()).isNull();
        // It goes on where it had failed.
        assertThat(rerun.last().property("ProgressAsXml").asString())
                .contains("FullStepIndex=\"2.5\"")
                .doesNotContain("FullStepIndex=\"2.4\"");
        assertThat(premises.world.internalSecrets().formerRoots()).hasSize(1);
    }

    @Test
    public void before1811OneCallRotatesBothAndTheParameterlessOneWhatIsInternal() throws IOException {
        final Premises premises = premises(BEFORE_SEPARATION, IdentityProvider.AAD);
        assertThat(premises.cmdlet("Start-SecretRotation").parameters())
                .extracting("name")
                .doesNotContain("Internal")
                .contains("ReRun");
        final InternalSecret deployed = premises.world.internalSecrets().all().get(0);
        assertThat(premises.call("Start-SecretRotation").run().ended()).isNull();
        final InternalSecret internal = premises.world.internalSecrets().all().get(0);
        assertThat(internal).isNotEqualTo(deployed);

        final Map<CertificateFolder, IssuedCertificate> set = premises.stage();
        premises.world.faults().arm(Fault.ACTION_PLAN_FAILS, Moment.at("2.3"));
        assertThat(premises.external().run().ended()).hasMessageContaining("2.3");
        assertServes(premises, set);
        assertThat(premises.world.internalSecrets().all().get(0)).isEqualTo(internal);
        assertThat(premises.call("Start-SecretRotation").run().ended()).hasMessageContaining("ReRun");
        // The certificates were published already, so nothing is needed on the share.
        premises.unstage();
        assertThat(premises.rerun().run().ended()).isNull();
        assertThat(premises.world.internalSecrets().all().get(0)).isNotEqualTo(internal);
    }

    @Test
    public void before1802NothingIsRotated() throws IOException {
        final Premises premises = premises("1.0.180103.2", IdentityProvider.AAD);
        premises.stage();
        assertThat(premises.external().run().ended()).hasMessageContaining("not supported");
        assertThat(started(premises)).isZero();
    }

    @Test
    public void internalTakesNoCertificates() throws IOException {
        final Premises premises = usual();
        premises.stage();
        assertThat(premises.external().with("Internal").run().ended()).hasMessageContaining("same time");
        assertThat(started(premises)).isZero();
    }

    @Test
    public void theVerboseStreamSaysTheRecordedLinesAtEveryPoll() throws IOException {
        final Premises premises = premises("1.1906.0.30", IdentityProvider.AAD);
        premises.stage();
        final Seen seen = premises.external().run();
        final UUID id = premises.world.actionPlans().all().get(0).id();
        assertThat(seen.verbose.subList(0, 5))
                .containsExactly(
                        "Action plan instance ID specified: " + id,
                        "StartTime: 03/01/2026 05:00:00",
                        "Timeout estimate: 02:00:00",
                        "Overall action status: 'Pending'",
                        "Action plan instance ID specified: " + id);
        assertThat(seen.verbose)
                .contains("Overall action status: 'Running'", "Step 'Update portal certificates' status: 'InProgress'")
                .endsWith("Overall action status: Success", "DONE");
        assertThat(seen.verbose.stream().filter(line -> line.startsWith("StartTime: ")))
                .hasSizeGreaterThan(50);
    }

    @Test
    public void eachGenerationClosesWithItsOwnText() throws IOException {
        assertThat(closing("1.2002.0.35")).containsExactly("Overall action status: Success", "DONE");
        final List<String> middle = closing("1.2102.28.83");
        assertThat(middle.get(0)).matches("ActionPlanInstanceID [0-9a-f-]{36} CurrentStatus: Completed");
        assertThat(middle.get(1)).isEqualTo("DONE");
        final List<String> newest = closing("1.2301.2.58");
        assertThat(newest.get(0)).matches("ActionPlanInstanceID [0-9a-f-]{36} CurrentStatus: Completed");
        assertThat(newest.get(1)).isEqualTo("Action plan finished with status: 'Completed'");
    }

    private List<String> closing(final String version) throws IOException {
        final Premises premises = premises(version, IdentityProvider.AAD);
        premises.stage();
        final Seen seen = premises.external().run();
        return seen.verbose.subList(seen.verbose.size() - 2, seen.verbose.size());
    }

    @Test
    public void aGuidAndThePlanComeLastWithEveryPropertyThatWasSeenOnOne() throws IOException, CliXmlException {
        final Premises premises = usual();
        premises.stage();
        final Seen seen = premises.external().run();
        assertThat(seen.output).hasSize(2);
        final UUID id = seen.output.get(0).asGuid();
        final PsValue plan = seen.output.get(1);
        assertThat(plan.property("InstanceID").asGuid()).isEqualTo(id);
        final String written = new CliXmlWriter().writeString(plan);
        for (final String property : List.of(
                "InstanceID",
                "ActionPlanName",
                "ActionTypeName",
                "RolePath",
                "ProgressAsXml",
                "Status",
                "StartDateTime",
                "EndDateTime",
                "LastModifiedDateTime",
                "StartIndex",
                "EndIndex",
                "Skip",
                "Retries",
                "ParentActionPlanInstanceID",
                "LockType",
                "RuntimeParameters",
                "RemediationInstance",
                "OnCompleteInstance",
                "InstanceType",
                "AdditionalInformation",
                "CorrelationRequestId")) {
            assertThat(written).contains("N=\"" + property + "\"");
        }
        assertThat(plan.property("Status").asString()).isEqualTo("Completed");
        assertThat(plan.property("ProgressAsXml").asString())
                .matches("<Action Type=\"ExternalSecretRotation\" Status=\"Success\" StartTimeUtc=\"[^\"]+\""
                        + " EndTimeUtc=\"[^\"]+\"><Steps>"
                        + "(<Step FullStepIndex=\"1[.]\\d\" Index=\"\\d\" Name=\"[^\"]+\" Description=\"[^\"]+\""
                        + " StartTimeUtc=\"[^\"]+\" Status=\"Success\" EndTimeUtc=\"[^\"]+\">"
                        + "<Task RolePath=\"Cloud\" InterfaceType=\"[^\"]+\" Status=\"Success\" RetryAttempts=\"0\" />"
                        + "</Step>){7}</Steps></Action>");
    }

    @Test
    public void aFailureIsToldInTheSamePlacesAndTheStepsBehindItNeverBegan() throws IOException {
        final Premises premises = usual();
        premises.stage();
        premises.world.faults().arm(Fault.ACTION_PLAN_FAILS, Moment.at("Update storage certificates"));
        final Seen seen = premises.external().run();
        assertThat(seen.text())
                .contains("CurrentStatus: Failed")
                .endsWith("Action plan finished with status: 'Failed'");
        assertThat(seen.last().property("Status").asString()).isEqualTo("Failed");
        assertThat(seen.last().property("ProgressAsXml").asString())
                .containsPattern("FullStepIndex=\"1[.]4\"[^>]+Status=\"Error\"")
                .containsPattern("FullStepIndex=\"1[.]5\"[^>]+StartTimeUtc=\"\" Status=\"\" EndTimeUtc=\"\"");
        assertThat(seen.ended().exceptionType()).isEqualTo("CloudEngine.Actions.InterfaceInvocationFailedException");
    }

    @Test
    public void aRotationGoesOnWithoutItsCallerAndAnyEndpointTellsOfIt() throws IOException {
        final Premises premises = usual();
        final Map<CertificateFolder, IssuedCertificate> set = premises.stage();
        assertThat(premises.external(premises.seen().goneAtPoll(4)).run().isLost())
                .isTrue();
        assertThat(status(premises).property("Status").asString()).isEqualTo("Running");
        premises.world.time().advance(Duration.ofHours(1));
        assertThat(status(premises).property("Status").asString()).isEqualTo("Completed");
        assertServes(premises, set);
    }

    @Test
    public void aRotationGoesOnThroughARestartOfTheStamp() throws IOException {
        final Premises premises = premises("1.2311.1.22", IdentityProvider.ADFS);
        final Map<CertificateFolder, IssuedCertificate> set = premises.stage();
        premises.external(premises.seen().goneAtPoll(20)).run();
        premises.restart();
        final PsValue running = status(premises);
        assertThat(running.property("Status").asString()).isEqualTo("Running");
        assertThat(running.property("ProgressAsXml").asString())
                .containsPattern("FullStepIndex=\"1[.]2\"[^>]+Status=\"Success\"")
                .containsPattern("FullStepIndex=\"1[.]3\"[^>]+Status=\"InProgress\"");
        assertThat(premises.external().run().ended()).hasMessageContaining("is running");
        // The certificates are the stamp's by now, whatever becomes of the share.
        premises.unstage();
        premises.world.time().advance(Duration.ofHours(1));
        assertThat(status(premises).property("Status").asString()).isEqualTo("Completed");
        assertServes(premises, set);
    }

    @Test
    public void afterARestartARerunStillKnowsPathAndPasswordsOfTheFailedAttempt() throws IOException {
        final Premises premises = usual();
        premises.stage();
        premises.world.faults().arm(Fault.ACTION_PLAN_FAILS, Moment.at("1.7"));
        premises.external().run();
        premises.restart();
        premises.unstage();
        final Map<CertificateFolder, IssuedCertificate> set = premises.stage();
        assertThat(premises.rerun().run().ended()).isNull();
        assertServes(premises, set);
    }

    @Test
    public void theCertificatesAreTakenAsTheyLieThereWhenTheirStepComes() throws IOException {
        final Premises premises = usual();
        premises.stage();
        premises.external(premises.seen().goneAtPoll(3)).run();
        premises.unstage();
        final Map<CertificateFolder, IssuedCertificate> other = premises.stage();
        premises.world.time().advance(Duration.ofHours(2));
        premises.world.actionPlans().settle();
        assertServes(premises, other);

        premises.unstage();
        premises.stage();
        premises.external(premises.seen().goneAtPoll(3)).run();
        premises.unstage();
        premises.world.time().advance(Duration.ofHours(2));
        assertThat(status(premises).property("Status").asString()).isEqualTo("Failed");
        assertServes(premises, other);
    }

    @Test
    public void aShareThatCanNotBeWrittenFailsThePlanNotTheCall() throws IOException {
        for (final Fault fault : List.of(Fault.SHARE_READ_ONLY, Fault.SHARE_FULL)) {
            final Premises premises = usual();
            premises.stage();
            premises.world.faults().arm(fault, Moment.at("Start-SecretRotation"));
            final Seen seen = premises.external().run();
            assertThat(seen.ended()).hasMessageContaining("1.2 Import external certificates");
            assertThat(seen.ended())
                    .hasMessageContaining(
                            fault == Fault.SHARE_FULL ? "There is not enough space on the disk." : "is denied.");
            // Nothing was rewritten, so a re-run finds the set.
            assertThat(premises.rerun().run().ended()).isNull();
        }
    }

    @Test
    public void somebodyElsesRotationRunsAndRefusesOurs() throws IOException {
        final Premises premises = usual();
        premises.stage();
        premises.world.faults().arm(Fault.FOREIGN_ROTATION_RUNNING, Moment.at("Start-SecretRotation"));
        assertThat(premises.call("Get-ActionStatus")
                        .with("FunctionName", "Start-SecretRotation")
                        .run()
                        .output)
                .isEmpty();
        assertThat(premises.external().run().ended()).hasMessageContaining("is running");
        assertThat(status(premises).property("Status").asString()).isEqualTo("Running");
        assertThat(premises.world.actionPlans().all()).singleElement().satisfies(plan -> assertThat(plan.starter())
                .isEqualTo("AZURESTACK\\SecondCloudAdmin"));
        premises.world.time().advance(Duration.ofHours(1));
        assertThat(premises.external().run().ended()).isNull();
    }

    @Test
    public void somebodyElsesFailureWantsARerunThatOnlyTheyCanGive() throws IOException {
        final Premises premises = usual();
        premises.stage();
        premises.world.faults().arm(Fault.FOREIGN_ROTATION_FAILED, Moment.at("Get-ActionStatus"));
        assertThat(status(premises).property("Status").asString()).isEqualTo("Failed");
        assertThat(premises.external().run().ended()).hasMessageContaining("ReRun");
        assertThat(premises.rerun().run().ended()).hasMessage("The network path was not found");
    }

    @Test
    public void updatesAndExclusiveOperationsComeFirst() throws IOException {
        for (final Fault fault : List.of(Fault.UPDATE_RUNNING, Fault.EXCLUSIVE_OPERATION)) {
            for (final Moment moment : List.of(Moment.ALWAYS, Moment.always("Start-SecretRotation"))) {
                final Premises premises = usual();
                premises.stage();
                premises.world.faults().arm(fault, moment);
                assertThat(premises.external().run().ended()).hasMessageContaining("in progress");
                assertThat(premises.call("Start-SecretRotation")
                                .with("Internal")
                                .run()
                                .ended())
                        .hasMessageContaining("in progress");
                assertThat(started(premises)).isZero();
                premises.world.faults().clear(fault);
                assertThat(premises.external().run().ended()).isNull();
            }
        }
    }

    @Test
    public void theEngineWorksWhenNobodyLooks() throws Exception {
        final Premises premises = usual();
        final Map<CertificateFolder, IssuedCertificate> set = premises.stage();
        premises.endpoints.start();
        premises.external(premises.seen().goneAtPoll(2)).run();
        premises.world.time().advance(Duration.ofHours(2));
        assertThat(premises.served.replaced.await(60, TimeUnit.SECONDS)).isTrue();
        premises.endpoints.close();
        assertServes(premises, set);
    }

    @Test
    public void theContainerRegistryIsPartOfTheSetFrom2108On() throws IOException {
        final Premises premises = new Premises(
                temporary.newFolder().toPath(),
                "1.2108.2.81",
                IdentityProvider.AAD,
                Set.of(ResourceProvider.CONTAINER_REGISTRY));
        final Map<CertificateFolder, IssuedCertificate> set = premises.stage();
        assertThat(set).containsKey(CertificateFolder.CONTAINER_REGISTRY).hasSize(12);
        assertThat(premises.external().run().ended()).isNull();
        assertServes(premises, set);
    }

    @Test
    public void whatIsServedIsTheChainWithoutItsRoot() throws IOException {
        final Premises premises = usual();
        premises.stage();
        premises.external().run();
        assertThat(premises.served
                        .certificates
                        .get(CertificateFolder.ARM_PUBLIC)
                        .chain())
                .hasSize(2)
                .doesNotContain(Premises.CONTOSO.root());
    }
}
