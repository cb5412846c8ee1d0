package io.jenkins.plugins.azurestack.wiring;

import static io.jenkins.plugins.azurestack.wiring.RotatingStamp.apply;
import static io.jenkins.plugins.azurestack.wiring.RotatingStamp.compromised;
import static io.jenkins.plugins.azurestack.wiring.RotatingStamp.plan;
import static io.jenkins.plugins.azurestack.wiring.RotatingStamp.resume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.rotation.DirectoryStaging;
import io.jenkins.plugins.azurestack.rotation.RotationEnding;
import io.jenkins.plugins.azurestack.rotation.StagingShare;
import io.jenkins.plugins.azurestack.simulator.arm.ServicePrincipal;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.tls.Manner;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The step without Jenkins, against a whole simulated stamp. */
public class RotateSecretsTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private MaintenanceBuild build;

    @Before
    public void begin() {
        build = new MaintenanceBuild(folder.getRoot().toPath().resolve("azure-stack-hub"));
    }

    @Test
    public void anExternalRotationIsPlannedApprovedCarriedOutAndItsPlanIsUsedUp() throws Exception {
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.AAD)) {
            east.equip(build);
            final Map<String, Object> plan = east.run(build, plan("external"));
            assertThat(plan)
                    .containsEntry("schema", 1L)
                    .containsEntry("kind", "plan")
                    .containsEntry("state", "READY")
                    .containsEntry("open", true);
            assertThat(String.valueOf(plan.get("summary")))
                    .contains("11 new certificates", String.valueOf(plan.get("id")));
            assertThat(east.starts()).isEmpty();
            assertThat(east.onTheShare()).isEmpty();
            assertThat(build.marks).isEmpty();

            assertThatThrownBy(() -> east.run(build, apply(plan.get("id"))))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("has not been approved");
            build.job = "maintenance/other";
            assertThatThrownBy(() -> east.run(build, apply(plan.get("id"))))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("belongs to the job 'maintenance/east'");
            build.job = "elsewhere/east";
            assertThatThrownBy(() -> east.run(build, apply(plan.get("id"))))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("may not change stamp 'east'");
            assertThat(east.starts()).isEmpty();

            build.job = "maintenance/east";
            build.approved.add(String.valueOf(plan.get("id")));
            final List<Throwable> others = new ArrayList<>();
            build.heard = line -> {
                if (line.contains("The stamp runs it as action plan")) {
                    others.add(catchThrowable(() -> east.run(build, resume(plan.get("id"), false))));
                }
            };
            final Map<String, Object> result = east.run(build, apply(plan.get("id")));
            build.heard = line -> {};
            assertThat(others)
                    .as("nobody takes up what somebody is at")
                    .singleElement()
                    .satisfies(other -> assertThat(other)
                            .isInstanceOf(RotationStoppedException.class)
                            .hasMessageContaining("is in the hands of maintenance/east #1"));
            assertThat(result)
                    .containsEntry("kind", "rotation")
                    .containsEntry("state", "COMPLETED")
                    .containsEntry("hash", plan.get("hash"))
                    .containsEntry("approvedBy", "board");
            assertThat(result.keySet()).isEqualTo(plan.keySet());
            assertThat(String.valueOf(result.get("auditAnchor"))).matches("\\d+:[0-9a-f]{64}");
            assertThat(east.starts()).hasSize(1);
            assertThat(east.onTheShare()).isEmpty();
            assertThat(build.log).anyMatch(line -> line.startsWith("[start] "));
            assertThat(build.statuses).anyMatch(line -> line.startsWith("the action plan is at step '"));

            build.next();
            assertThat(east.run(build, apply(plan.get("id"))).get("state")).isEqualTo("COMPLETED");
            assertThat(east.starts()).as("a used plan does nothing").hasSize(1);
            assertThat(build.log).anyMatch(line -> line.contains("has ended before; nothing is done again"));

            final Map<String, Object> again = east.run(build, plan("external"));
            assertThat(again).containsEntry("state", "EMPTY").containsEntry("open", false);
            assertThat(east.run(build, apply(again.get("id")))).containsEntry("state", "EMPTY");
            assertThat(east.starts()).hasSize(1);
            requireNoSecrets(east);
            requireEvidence(result);
        }
    }

    private void requireEvidence(final Map<String, Object> result) throws Exception {
        final JsonNode evidence = new ObjectMapper().readTree(build.files.get(result.get("id") + "-evidence.json"));
        assertThat(evidence.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(build.files).containsKey(result.get("id") + "-plan.json");
        assertThat(result).containsEntry("files", List.of(result.get("id") + "-evidence.json"));
    }

    /** Nothing that was logged or saved, with the build or outside, holds a password or a private key. */
    private void requireNoSecrets(final RotatingStamp east) throws Exception {
        final List<String> texts = new ArrayList<>(build.log);
        texts.addAll(build.marks);
        texts.addAll(build.statuses);
        build.files.values().forEach(file -> texts.add(new String(file, StandardCharsets.ISO_8859_1)));
        try (Stream<Path> kept = Files.walk(folder.getRoot().toPath())) {
            for (final Path file : kept.filter(Files::isRegularFile).toList()) {
                texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(texts).hasSizeGreaterThan(30);
        for (final String secret : build.passwords.values()) {
            assertThat(texts).noneMatch(text -> text.contains(secret));
        }
        assertThat(texts).noneMatch(text -> text.contains("PRIVATE KEY"));
    }

    @Test
    public void anInternalRotationNeedsAReasonAndAPlanEndsAfterADay() throws Exception {
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.ADFS)) {
            east.equip(build);
            final Map<String, Object> without = east.run(build, plan("internal"));
            assertThat(without).containsEntry("state", "EMPTY");
            assertThat(String.valueOf(without.get("summary"))).contains("nothing internal is about to expire");

            final Map<String, Object> old = east.run(build, compromised());
            build.approved.add(String.valueOf(old.get("id")));
            east.simulated.world().time().advance(Duration.ofHours(25));
            assertThatThrownBy(() -> east.run(build, apply(old.get("id"))))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("expired at");
            assertThat(east.starts()).isEmpty();

            east.maintenance = withoutApproval(east.maintenance);
            final Map<String, Object> plan = east.run(build, compromised());
            assertThat(plan).containsEntry("state", "READY").containsEntry("reason", "compromise");
            final Map<String, Object> result = east.run(build, apply(plan.get("id")));
            assertThat(result).containsEntry("state", "COMPLETED").containsEntry("approvedBy", "SYSTEM");
            assertThat(east.starts()).hasSize(1);
            assertThat(east.starts().get(0).toString()).contains("Internal");
        }
    }

    private static Maintenance withoutApproval(final Maintenance maintenance) {
        return new Maintenance(
                maintenance.privilegedEndpoints(),
                maintenance.overTls(),
                maintenance.cloudAdmin(),
                maintenance.certificateShare(),
                maintenance.shareAccount(),
                maintenance.operator(),
                false,
                maintenance.allowedJobs());
    }

    @Test
    public void theOperatorMayBeACertificateAndTranscriptsAreMovedAfterwards() throws Exception {
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.AAD)) {
            east.equip(build);
            operatorByCertificate(east);
            Files.createDirectory(east.simulated.share().resolve("transcripts"));
            east.maintenance = with(east.maintenance, "\\\\10.30.0.50\\rotation\\transcripts");
            final Map<String, Object> plan = east.run(build, plan("external"));
            assertThat(plan).containsEntry("state", "READY");
            assertThat(plan.get("warnings").toString()).contains("those of other people's sessions too");
            assertThat(east.simulated.ledger().calls(Ledger.Service.CMDLET, "Close-PrivilegedEndpoint"))
                    .as("a plan changes nothing")
                    .isEmpty();
            build.approved.add(String.valueOf(plan.get("id")));
            final Map<String, Object> result = east.run(build, apply(plan.get("id")));
            assertThat(result).containsEntry("state", "COMPLETED");
            assertThat(east.simulated.ledger().calls(Ledger.Service.CMDLET, "Close-PrivilegedEndpoint"))
                    .hasSize(1);
            try (Stream<Path> moved = Files.list(east.simulated.share().resolve("transcripts"))) {
                assertThat(moved).isNotEmpty();
            }
            assertThat(evidence(result)).contains("All transcripts of 10.30.0.225 were moved to");

            build.approved.clear();
            east.renew(build);
            east.maintenance = with(east.maintenance, "\\\\10.30.0.50\\rotation\\not-there");
            final Object next = east.run(build, plan("external")).get("id");
            build.approved.add(String.valueOf(next));
            final Map<String, Object> second = east.run(build, apply(next));
            assertThat(second).as("no rotation fails by that").containsEntry("state", "COMPLETED");
            assertThat(evidence(second)).contains("could not be moved to");
        }
    }

    @Test
    public void aRunThatJenkinsCanNotResumeGetsNoPlanUnlessTheStampAllowsIt() throws Exception {
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.AAD)) {
            east.equip(build);
            build.notDurable = Optional.of("resuming is disabled for this run");
            requireRejected(east, "plan: this run could not be taken up after a crash", plan("internal"));
            assertThat(east.toPrivilegedEndpoints).hasValue(0);
            east.maintenance = notDurable(east.maintenance);
            assertThat(east.run(build, plan("internal"))).containsEntry("state", "EMPTY");
            assertThat(build.kept).as("a plan needs no keeping").isEmpty();
        }
    }

    private static Maintenance notDurable(final Maintenance maintenance) {
        return new Maintenance(
                maintenance.privilegedEndpoints(),
                maintenance.overTls(),
                maintenance.cloudAdmin(),
                maintenance.certificateShare(),
                maintenance.shareAccount(),
                maintenance.operator(),
                maintenance.approvalRequired(),
                maintenance.allowedJobs(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private String evidence(final Map<String, Object> result) {
        return new String(build.files.get(result.get("id") + "-evidence.json"), StandardCharsets.UTF_8);
    }

    private void operatorByCertificate(final RotatingStamp east) {
        final IssuedCertificate own = east.simulated.issue(east.simulated.specimen(CertificateFolder.ARM_PUBLIC, 30));
        east.simulated
                .resourceManager()
                .principals()
                .register(new ServicePrincipal(
                        "5f1ed000-0000-4000-8000-0000000000c9",
                        "object",
                        Optional.empty(),
                        List.of(own.leaf()),
                        ServicePrincipal.Role.READER));
        build.users.remove("operator");
        build.passwords.remove("operator");
        build.stored.put(
                "operator",
                () -> new CredentialLookup.Held.File(own.pfx("operators".toCharArray()), "operators".toCharArray()));
    }

    private static Maintenance with(final Maintenance maintenance, final String transcripts) {
        return new Maintenance(
                maintenance.privilegedEndpoints(),
                maintenance.overTls(),
                maintenance.cloudAdmin(),
                maintenance.certificateShare(),
                maintenance.shareAccount(),
                maintenance.operator(),
                maintenance.approvalRequired(),
                maintenance.allowedJobs(),
                Optional.of("5f1ed000-0000-4000-8000-0000000000c9"),
                Optional.of(transcripts),
                maintenance.durable());
    }

    @Test
    public void aFailedRotationIsRunAgainOnlyUnderAnApprovalOfItsOwn() throws Exception {
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.AAD)) {
            east.equip(build);
            east.simulated.world().faults().arm(Fault.ACTION_PLAN_FAILS, Moment.NEXT);
            final Object id = east.run(build, plan("external")).get("id");
            build.approved.add(String.valueOf(id));
            assertThatThrownBy(() -> east.run(build, apply(id)))
                    .isInstanceOf(RotationStoppedException.class)
                    .hasMessageStartingWith("NEEDS_RERUN: ")
                    .hasMessageContaining("rerun: true")
                    .satisfies(e -> assertThat(((RotationStoppedException) e).end())
                            .map(End::state)
                            .contains(RotationEnding.NEEDS_RERUN));
            assertThatThrownBy(() -> east.run(build, apply(id)))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("was left unfinished")
                    .hasMessageContaining("resume: '" + id + "'");

            build.next();
            final Map<String, Object> other = east.run(build, plan("external"));
            assertThat(other).containsEntry("state", "BLOCKED");
            build.approved.add(String.valueOf(other.get("id")));
            assertThatThrownBy(() -> east.run(build, apply(other.get("id"))))
                    .as("the stamp is locked for the first one")
                    .isInstanceOf(RotationStoppedException.class);
            assertThatThrownBy(() -> east.run(build, resume(id, false)))
                    .isInstanceOf(RotationStoppedException.class)
                    .hasMessageStartingWith("NEEDS_RERUN: ");
            assertThat(east.starts()).hasSize(1);

            build.approved.clear();
            build.askedSince.clear();
            assertThatThrownBy(() -> east.run(build, resume(id, true)))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("has not been approved");
            build.approved.add(String.valueOf(id));
            final Map<String, Object> result = east.run(build, resume(id, true));
            assertThat(result).containsEntry("state", "COMPLETED");
            assertThat(east.starts()).hasSize(2);
            assertThat(east.starts().get(1).toString()).contains("ReRun");
            assertThat(build.kept)
                    .as("each build that is at it is kept, and let go once nothing is left to be done")
                    .startsWith("maintenance/east #1", "maintenance/east #2")
                    .endsWith("not maintenance/east #2");
            assertThat(build.askedSince).allSatisfy(since -> assertThat(since)
                    .as("what was approved before the failure counts for nothing")
                    .isAfter(java.time.Instant.parse(String.valueOf(other.get("madeAt")))
                            .minus(Duration.ofDays(2))));
            assertThat(east.onTheShare()).isEmpty();
        }
    }

    @Test
    public void aBuildThatIsAbortedLeavesTheRotationRunningAndIsTakenUpAgain() throws Exception {
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.AAD)) {
            east.equip(build);
            east.simulated.world().faults().arm(Fault.ACTION_PLAN_FAILS, Moment.NEXT);
            final Object id = east.run(build, plan("external")).get("id");
            build.approved.add(String.valueOf(id));
            final RotateSecretsArguments apply = apply(id);
            abortOnceItRuns(east, apply);
            assertThat(build.log).anyMatch(line -> line.startsWith("Waiting has been ended."));

            assertThatThrownBy(() -> east.rotateSecrets().goOn(east.stamp, east.maintenance, apply, build))
                    .isInstanceOf(RotationStoppedException.class)
                    .hasMessageStartingWith("NEEDS_RERUN: ");
            assertThat(east.starts()).hasSize(1);

            final RotateSecretsArguments rerun = resume(id, true);
            abortOnceItRuns(east, rerun);
            assertThatThrownBy(() -> east.run(build, rerun))
                    .as("a re-run that was sent is not sent again")
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("does not wait to be run again");
            assertThat(east.rotateSecrets().goOn(east.stamp, east.maintenance, rerun, build))
                    .containsEntry("state", "COMPLETED");
            assertThat(east.starts()).hasSize(2);
            assertThat(east.rotateSecrets().goOn(east.stamp, east.maintenance, rerun, build))
                    .as("taken up once more, it only tells how it ended")
                    .containsEntry("state", "COMPLETED");
            assertThat(east.starts()).hasSize(2);
        }
    }

    @Test
    public void aBuildThatIsTakenUpAfterItsRerunFailedDoesNotRunItOnceMore() throws Exception {
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.AAD)) {
            east.equip(build);
            east.maintenance = withoutApproval(east.maintenance);
            east.simulated.world().faults().arm(Fault.ACTION_PLAN_FAILS, Moment.ALWAYS);
            final Object id = east.run(build, plan("external")).get("id");
            assertThatThrownBy(() -> east.run(build, apply(id))).hasMessageStartingWith("NEEDS_RERUN: ");
            build.next();
            final RotateSecretsArguments rerun = resume(id, true);
            assertThatThrownBy(() -> east.run(build, rerun)).hasMessageStartingWith("NEEDS_RERUN: ");
            assertThat(east.starts()).hasSize(2);
            assertThatThrownBy(() -> east.rotateSecrets().goOn(east.stamp, east.maintenance, rerun, build))
                    .as("Jenkins was killed before it knew how the step had ended")
                    .hasMessageStartingWith("NEEDS_RERUN: ");
            assertThat(east.starts()).hasSize(2);
        }
    }

    private void abortOnceItRuns(final RotatingStamp east, final RotateSecretsArguments arguments) {
        final Thread waiting = Thread.currentThread();
        build.heard = line -> {
            if (line.contains("The stamp runs it as action plan")) {
                waiting.interrupt();
            }
        };
        assertThatThrownBy(() -> east.run(build, arguments)).isInstanceOf(InterruptedException.class);
        build.heard = line -> {};
    }

    @Test
    public void whatWasGivenUpIsOnlyTakenBackFromTheShareWhenItIsResumed() throws Exception {
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.AAD)) {
            east.equip(build);
            final BreakingShare share = new BreakingShare(new DirectoryStaging(east.simulated));
            final RotateSecrets rotation = east.rotateSecrets((path, account, provider, id, logons) -> share);
            final Object id = rotation.run(east.stamp, east.maintenance, plan("external"), build)
                    .get("id");
            build.approved.add(String.valueOf(id));
            share.breaksAfter(3);
            assertThatThrownBy(() -> rotation.run(east.stamp, east.maintenance, apply(id), build))
                    .isInstanceOf(RotationStoppedException.class)
                    .hasMessageStartingWith("NOT_CLEANED: ");
            assertThat(east.onTheShare()).hasSize(3);

            share.breaksAfter(Integer.MAX_VALUE);
            assertThatThrownBy(() -> rotation.run(east.stamp, east.maintenance, resume(id, false), build))
                    .isInstanceOf(RotationStoppedException.class)
                    .hasMessageStartingWith("NOT_STARTED: ");
            assertThat(east.onTheShare()).isEmpty();
            assertThat(east.starts()).isEmpty();
        }
    }

    /** A share that is gone after some files. */
    private static final class BreakingShare implements StagingShare {
        private final StagingShare share;
        private int left = Integer.MAX_VALUE;

        BreakingShare(final StagingShare share) {
            this.share = share;
        }

        void breaksAfter(final int files) {
            left = files;
        }

        private void require() throws NotKnownException {
            if (left <= 0) {
                throw new NotKnownException("the file server is gone", "Look for it.");
            }
        }

        @Override
        public String path() {
            return share.path();
        }

        @Override
        public Map<String, String> look() throws NotKnownException, InterruptedException {
            require();
            return share.look();
        }

        @Override
        public List<String> obstacles(final long bytes) throws NotKnownException, InterruptedException {
            return share.obstacles(bytes);
        }

        @Override
        public String pathOf(final CertificateFolder place) {
            return share.pathOf(place);
        }

        @Override
        public String stage(final CertificateFolder place, final byte[] pfx)
                throws NotKnownException, InterruptedException {
            require();
            left--;
            return share.stage(place, pfx);
        }

        @Override
        public Map<String, String> remove(final List<String> paths, final List<String> folders)
                throws NotKnownException, InterruptedException {
            require();
            return share.remove(paths, folders);
        }
    }

    @Test
    public void withResourceManagerDarkARotationIsPossibleOnceThatIsAccepted() throws Exception {
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.ADFS)) {
            east.equip(build);
            east.simulated.meet(CertificateFolder.ARM_ADMIN, Manner.REFUSES);
            final Map<String, Object> blocked = east.run(build, plan("external"));
            assertThat(blocked).containsEntry("state", "BLOCKED").containsEntry("open", false);
            assertThat(String.valueOf(blocked.get("summary"))).contains("exclusive-operation, alerts, endpoints");
            assertThat(build.marks).singleElement().satisfies(mark -> assertThat(mark)
                    .startsWith("UNSTABLE Not possible"));
            build.approved.add(String.valueOf(blocked.get("id")));
            assertThatThrownBy(() -> east.run(build, apply(blocked.get("id"))))
                    .isInstanceOf(RotationStoppedException.class)
                    .hasMessageStartingWith("NOT_STARTED: ");
            assertThat(east.starts()).isEmpty();

            final Map<String, Object> plan =
                    east.run(build, plan("external", "exclusive-operation", "alerts", "endpoints"));
            assertThat(plan).containsEntry("state", "READY");
            assertThat(plan.get("accepted")).isEqualTo(List.of("exclusive-operation", "alerts", "endpoints"));
            assertThat(build.log).anyMatch(line -> line.startsWith("ACCEPTED AS UNKNOWN: exclusive-operation"));
            build.approved.add(String.valueOf(plan.get("id")));
            final Map<String, Object> result = east.run(build, apply(plan.get("id")));
            assertThat(result).containsEntry("state", "COMPLETED");
            assertThat(result.get("warnings").toString()).contains("could not be seen before, which was accepted");
            assertThat(east.starts()).hasSize(1);
        }
    }

    @Test
    public void whatIsWrongIsSaidAndAWrongPasswordIsSentOnce() throws Exception {
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.AAD)) {
            east.equip(build);
            final String right = build.passwords.put("cloud-admin", "Not-The-Passw0rd");
            final Map<String, Object> first = east.run(build, plan("external"));
            assertThat(first).containsEntry("state", "BLOCKED");
            final int connections = east.toPrivilegedEndpoints.get();
            assertThat(connections).isPositive();
            build.next();
            east.run(build, plan("external"));
            assertThat(east.toPrivilegedEndpoints)
                    .as("no later build sends the refused password again")
                    .hasValue(connections);
            build.passwords.put("cloud-admin", right);

            build.stored.remove(CertificateFolder.ARM_PUBLIC.folderName());
            final Map<String, Object> incomplete = east.run(build, plan("external"));
            assertThat(incomplete).containsEntry("state", "BLOCKED");
            assertThat(incomplete.get("gates").toString())
                    .contains("ARM Public: there is no credential 'ARM Public' that this job may use");
            assertThat(east.toPrivilegedEndpoints.get()).isGreaterThan(connections);

            build.diskFull = true;
            assertThat(east.run(build, plan("internal"))).containsEntry("state", "EMPTY");
            assertThat(build.marks).anyMatch(mark -> mark.contains("could not be saved: No space left on device"));
            build.diskFull = false;

            requireRejected(east, "approvedPlan: there is no plan 'east-external-1'", apply("east-external-1"));
            requireRejected(
                    east,
                    "resume: there is no rotation 'east-external-1' of stamp 'east'. Nothing was changed.",
                    resume("east-external-1", false));
            build.passwords.remove("set-password");
            requireRejected(east, "certificatePasswordCredentialsId: there is no credential", plan("external"));
            east.maintenance = new Maintenance(
                    List.of(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    Set.of("maintenance"));
            requireRejected(east, "privilegedEndpoints: is not configured for stamp 'east'", plan("external"));
        }
    }

    private void requireRejected(
            final RotatingStamp east, final String message, final RotateSecretsArguments arguments) {
        assertThatThrownBy(() -> east.run(build, arguments))
                .isInstanceOf(Rejected.class)
                .hasMessageStartingWith(message);
    }
}
