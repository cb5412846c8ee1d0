package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.net.http.Fingerprint;
import io.jenkins.plugins.azurestack.simulator.redfish.Bmc;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.redfish.LockoutPolicy;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** {@code azsUpdateBmc} at a simulated stamp with BMCs of every flavour, over real sessions and TLS. */
public class UpdateBmcTest {
    private static final String TODAY = "1.2501.1.47";
    private static final String BEFORE_1910 = "1.1908.4.33";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private MaintenanceBuild build;

    @Before
    public void begin() throws Exception {
        build = new MaintenanceBuild(folder.newFolder().toPath().resolve("azs"));
    }

    private Map<String, Object> plan(final BmcStamp stamp, final String... accepted) throws Exception {
        final Map<String, Object> plan = stamp.run(build, BmcStamp.plan(accepted));
        assertThat(plan).as(String.join("\n", build.log)).containsEntry("open", true);
        build.approved.add(String.valueOf(plan.get("id")));
        return plan;
    }

    @Test
    public void everyBmcOfSevenFlavoursHasAGeneratedPasswordAfterwards() throws Exception {
        for (final String version : List.of(TODAY, BEFORE_1910)) {
            begin();
            try (BmcStamp stamp = new BmcStamp(version, Flavour.values())) {
                stamp.equip(build);
                final String old = build.passwords.get(BmcStamp.STORE);
                final Map<String, Object> plan = plan(stamp, "way-back");
                final Map<String, Object> end = stamp.run(build, BmcStamp.apply(plan.get("id")));
                assertThat(end).containsEntry("state", "COMPLETED").containsEntry("logonsTested", true);
                final String fresh = build.passwords.get(BmcStamp.STORE);
                assertThat(fresh).hasSize(16).isNotEqualTo(old);
                assertThat(stamp.having(fresh)).isEqualTo(Flavour.values().length);
                assertThat(build.passwords)
                        .containsEntry("east-bmc-previous", old)
                        .doesNotContainKey("east-bmc-pending");
                assertThat(stamp.sets()).hasSize(1);
                assertThat(stamp.changes()).hasSize(version.equals(TODAY) ? 0 : Flavour.values().length);
                assertThat(refused(stamp)).isEmpty();
                assertThat(String.join("\n", build.log)).doesNotContain(fresh).doesNotContain(old);
                build.files.forEach((name, content) -> assertThat(new String(content))
                        .as(name)
                        .doesNotContain(fresh)
                        .doesNotContain(old));
            }
        }
    }

    private static List<Ledger.Call> refused(final BmcStamp stamp) {
        return stamp.toBmcs().stream()
                .filter(call -> call.action().startsWith("POST") && "401".equals(call.outcome())
                        || call.action().startsWith("POST") && call.outcome().contains("wrong"))
                .toList();
    }

    @Test
    public void aPlanLogsOnToEveryBmcOnceAndChangesNothing() throws Exception {
        try (BmcStamp stamp = new BmcStamp(TODAY, Flavour.IDRAC_9, Flavour.ILO_5)) {
            stamp.equip(build);
            plan(stamp);
            assertThat(stamp.toBmcs())
                    .filteredOn(call -> call.action().startsWith("POST"))
                    .hasSize(2);
            assertThat(stamp.changes()).isEmpty();
            assertThat(stamp.sets()).isEmpty();
            assertThat(build.written).isEmpty();
        }
    }

    @Test
    public void theMinimumChangeIntervalOfOneBmcIsAWayBackThatIsMissing() throws Exception {
        try (BmcStamp stamp = new BmcStamp(TODAY, Flavour.IDRAC_9, Flavour.XCC)) {
            stamp.equip(build);
            final Map<String, Object> plan = stamp.run(build, BmcStamp.plan());
            assertThat(plan).containsEntry("state", "BLOCKED");
            assertThat(String.valueOf(plan.get("gates"))).contains("way-back").contains("24 hours");
            assertThat(build.marks).singleElement().asString().contains("way-back");
        }
    }

    @Test
    public void whereOnlyTheStampReachesItsBmcsItsWordIsAllThereIs() throws Exception {
        try (BmcStamp stamp = new BmcStamp(TODAY, Flavour.IDRAC_9, Flavour.XCC)) {
            stamp.settings = new BmcSettings(Optional.of(BmcStamp.STORE), false, List.of());
            stamp.equip(build);
            final Map<String, Object> plan = plan(stamp);
            final Map<String, Object> end = stamp.run(build, BmcStamp.apply(plan.get("id")));
            assertThat(end).containsEntry("state", "COMPLETED").containsEntry("logonsTested", false);
            assertThat(String.valueOf(end.get("warnings"))).contains("no logon was tested");
            assertThat(stamp.toBmcs()).isEmpty();
            assertThat(stamp.having(build.passwords.get(BmcStamp.STORE))).isEqualTo(2);
        }
    }

    @Test
    public void aStampFromBefore1910ThatAloneReachesItsBmcsIsRefused() throws Exception {
        try (BmcStamp stamp = new BmcStamp(BEFORE_1910, Flavour.IDRAC_9)) {
            stamp.settings = new BmcSettings(Optional.of(BmcStamp.STORE), false, List.of());
            stamp.equip(build);
            assertThat(stamp.run(build, BmcStamp.plan())).containsEntry("state", "BLOCKED");
            assertThat(String.join("\n", build.log)).contains("does not write to its BMCs");
        }
    }

    @Test
    public void bmcsThatWereChangedByHandAreBypassed() throws Exception {
        try (BmcStamp stamp = new BmcStamp(TODAY, Flavour.IDRAC_9, Flavour.ILO_6)) {
            stamp.equip(build);
            BmcStamp.account(build, "new", build.users.get(BmcStamp.STORE), "By-Hand-Now.77");
            stamp.simulated
                    .bmcs()
                    .all()
                    .forEach(bmc ->
                            bmc.changeElsewhere(build.users.get(BmcStamp.STORE), "By-Hand-Now.77".toCharArray()));
            final Map<String, Object> plan = stamp.run(build, BmcStamp.plan("new", List.of()));
            assertThat(plan).as(String.join("\n", build.log)).containsEntry("open", true);
            assertThat(plan).containsEntry("way", "bypass");
            build.approved.add(String.valueOf(plan.get("id")));
            assertThat(stamp.run(build, BmcStamp.apply(plan.get("id")))).containsEntry("state", "COMPLETED");
            assertThat(stamp.sets())
                    .singleElement()
                    .satisfies(call -> assertThat(call.details().toString()).contains("BypassBMCUpdate"));
            assertThat(stamp.changes()).isEmpty();
            assertThat(build.passwords).containsEntry(BmcStamp.STORE, "By-Hand-Now.77");
        }
    }

    @Test
    public void aPartialFailureIsNamedAndGoesOnOrBack() throws Exception {
        for (final boolean back : new boolean[] {false, true}) {
            begin();
            try (BmcStamp stamp = new BmcStamp(TODAY, Flavour.IDRAC_9, Flavour.ILO_5, Flavour.GENERIC)) {
                stamp.equip(build);
                final String old = build.passwords.get(BmcStamp.STORE);
                final Map<String, Object> plan = plan(stamp);
                final Object id = plan.get("id");
                stamp.simulated.world().faults().arm(Fault.BMC_REFUSES, Moment.always("node02"));
                assertThatThrownBy(() -> stamp.run(build, BmcStamp.apply(id)))
                        .isInstanceOf(RotationStoppedException.class)
                        .hasMessageContaining("PARTIAL")
                        .hasMessageContaining("resume: '" + id + "'")
                        .hasMessageContaining("back: true");
                final String fresh = build.passwords.get("east-bmc-pending");
                assertThat(stamp.having(fresh) + stamp.having(old)).isEqualTo(3);
                stamp.simulated.world().faults().clear(Fault.BMC_REFUSES);
                final Map<String, Object> end = stamp.run(build, BmcStamp.resume(id, back));
                assertThat(end).containsEntry("state", back ? "RESTORED" : "COMPLETED");
                assertThat(stamp.having(back ? old : fresh)).isEqualTo(3);
                assertThat(build.passwords).containsEntry(BmcStamp.STORE, back ? old : fresh);
                assertThat(build.passwords).doesNotContainKey("east-bmc-pending");
                assertThat(failures(stamp)).isLessThanOrEqualTo(3);
            }
        }
    }

    /** The most wrong passwords that one BMC was sent over the network. */
    private static long failures(final BmcStamp stamp) {
        return stamp.simulated.bmcs().all().stream()
                .mapToLong(bmc -> refused(stamp).stream()
                        .filter(call -> call.host().equals(bmc.node().name()))
                        .count())
                .max()
                .orElse(0);
    }

    @Test
    public void aLockedAccountThatRefusesTheRightPasswordIsWaitedFor() throws Exception {
        try (BmcStamp stamp = new BmcStamp(TODAY, Flavour.IDRAC_9, Flavour.ILO_5)) {
            stamp.equip(build);
            stamp.simulated
                    .bmcs()
                    .of("node02")
                    .setLockoutPolicy(new LockoutPolicy(5, Duration.ofHours(1), Duration.ofHours(1)));
            final Map<String, Object> plan = plan(stamp);
            build.heard = line -> {
                if (line.startsWith("[test]")) {
                    build.heard = later -> {};
                    final Bmc bmc = stamp.simulated.bmcs().of("node02");
                    bmc.lock(build.users.get(BmcStamp.STORE));
                }
            };
            assertThat(stamp.run(build, BmcStamp.apply(plan.get("id")))).containsEntry("state", "COMPLETED");
            assertThat(String.join("\n", build.log)).contains("may be locked");
            assertThat(failures(stamp)).isLessThanOrEqualTo(3);
        }
    }

    @Test
    public void aRefusedPasswordIsNotSentToThatBmcAgainByALaterBuild() throws Exception {
        try (BmcStamp stamp = new BmcStamp(TODAY, Flavour.IDRAC_9, Flavour.ILO_5)) {
            stamp.equip(build);
            build.passwords.put(BmcStamp.STORE, "Quite-Wrong.123");
            for (int i = 0; i < 3; i++) {
                assertThat(stamp.run(build, BmcStamp.plan())).containsEntry("state", "BLOCKED");
                build.next();
            }
            assertThat(refused(stamp)).as("one BMC, one logon").hasSize(1);
            assertThat(String.join("\n", build.log)).contains("it was not sent again");
        }
    }

    @Test
    public void aStoreThatFailsTouchesNoBmcAndOneThatFailsAtTheEndHoldsBoth() throws Exception {
        for (final MemoryStore.Fault fault :
                List.of(MemoryStore.Fault.REFUSED, MemoryStore.Fault.SILENT, MemoryStore.Fault.ANSWER_LOST)) {
            begin();
            try (BmcStamp stamp = new BmcStamp(TODAY, Flavour.IDRAC_9)) {
                stamp.equip(build);
                final String old = build.passwords.get(BmcStamp.STORE);
                final Map<String, Object> first = plan(stamp);
                build.faults = call -> call.endsWith("-pending") ? fault : MemoryStore.Fault.NONE;
                assertThatThrownBy(() -> stamp.run(build, BmcStamp.apply(first.get("id"))))
                        .hasMessageContaining("NOT_STARTED")
                        .hasMessageContaining("No BMC was changed");
                assertThat(stamp.sets()).isEmpty();
                build.faults = call -> MemoryStore.Fault.NONE;
                final Map<String, Object> second = plan(stamp);
                build.faults = call -> call.equals("login " + BmcStamp.STORE) ? fault : MemoryStore.Fault.NONE;
                assertThatThrownBy(() -> stamp.run(build, BmcStamp.apply(second.get("id"))))
                        .hasMessageContaining("NOT_SAVED")
                        .hasMessageContaining("Every BMC takes the new password, which 'east-bmc-pending' holds");
                assertThat(build.passwords).containsValue(old);
                assertThat(stamp.having(build.passwords.get("east-bmc-pending")))
                        .isEqualTo(1);
                build.faults = call -> MemoryStore.Fault.NONE;
                assertThat(stamp.run(build, BmcStamp.resume(second.get("id"), false)))
                        .containsEntry("state", "COMPLETED");
            }
        }
    }

    @Test
    public void aReadOnlyStoreAndAForeignJobAndAMissingApprovalAreRefused() throws Exception {
        try (BmcStamp stamp = new BmcStamp(TODAY, Flavour.IDRAC_9)) {
            stamp.equip(build);
            build.readOnly = true;
            assertThat(stamp.run(build, BmcStamp.plan())).containsEntry("state", "BLOCKED");
            build.readOnly = false;
            final Map<String, Object> plan = stamp.run(build, BmcStamp.plan());
            assertThatThrownBy(() -> stamp.run(build, BmcStamp.apply(plan.get("id"))))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("has not been approved");
            build.job = "elsewhere/job";
            assertThatThrownBy(() -> stamp.run(build, BmcStamp.plan()))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("allowedJobs");
            assertThat(stamp.sets()).isEmpty();
        }
    }

    @Test
    public void aPlanIsGoodForOneUpdateAndGivesItsRecordedEndAfterwards() throws Exception {
        try (BmcStamp stamp = new BmcStamp(TODAY, Flavour.GENERIC)) {
            stamp.equip(build);
            final Map<String, Object> plan = plan(stamp);
            stamp.run(build, BmcStamp.apply(plan.get("id")));
            final String fresh = build.passwords.get(BmcStamp.STORE);
            assertThat(stamp.run(build, BmcStamp.apply(plan.get("id")))).containsEntry("state", "COMPLETED");
            assertThat(build.passwords).containsEntry(BmcStamp.STORE, fresh);
            assertThat(stamp.sets()).hasSize(1);
        }
    }

    @Test
    public void aPinnedCertificateIsBelievedAndAnotherIsNot() throws Exception {
        try (BmcStamp stamp = new BmcStamp(TODAY, Flavour.IDRAC_9)) {
            stamp.equip(build);
            final Bmc bmc = stamp.simulated.bmcs().of("node01");
            final String right = Fingerprint.of(bmc.certificate().leaf()).hex();
            for (final boolean isRight : new boolean[] {true, false}) {
                stamp.settings = new BmcSettings(
                        Optional.of(BmcStamp.STORE),
                        true,
                        List.of(new BmcSettings.Bmc(
                                "node01",
                                bmc.node().bmcAddress(),
                                Optional.of(isRight ? right : "00" + right.substring(2)))));
                assertThat(stamp.run(build, BmcStamp.plan())).containsEntry("open", isRight);
            }
            assertThat(stamp.toBmcs())
                    .filteredOn(call -> call.action().startsWith("POST"))
                    .hasSize(1);
        }
    }

    @Test
    public void anAbortEndsTheWaitingAndNeverWhatRunsOnTheStamp() throws Exception {
        try (BmcStamp stamp = new BmcStamp(TODAY, Flavour.IDRAC_9, Flavour.ILO_5)) {
            stamp.equip(build);
            final Object id = plan(stamp).get("id");
            final Thread builds = Thread.currentThread();
            build.heard = line -> {
                if (line.contains("The stamp runs it as action plan")) {
                    builds.interrupt();
                }
            };
            assertThatThrownBy(() -> stamp.run(build, BmcStamp.apply(id))).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
            build.heard = line -> {};
            assertThat(stamp.simulated.ledger().calls(Ledger.Service.WSMAN, "Signal"))
                    .as("no stop")
                    .allMatch(call -> call.details().get("code").equalsIgnoreCase("terminate"));
            assertThat(build.passwords).containsKey("east-bmc-pending");
            build.next();
            assertThat(stamp.run(build, BmcStamp.resume(id, false))).containsEntry("state", "COMPLETED");
            assertThat(stamp.sets()).hasSize(1);
        }
    }

    @Test
    public void aBuildThatWasKilledIsTakenUpByTheSameStepAndByResumeAlike() throws Exception {
        for (final MemoryStore.Fault fault : List.of(MemoryStore.Fault.KILLED_BEFORE, MemoryStore.Fault.KILLED_AFTER)) {
            for (final String call : List.of(
                    "login east-bmc-pending", "login east-bmc-previous", "login east-bmc", "delete east-bmc-pending")) {
                begin();
                try (BmcStamp stamp = new BmcStamp(TODAY, Flavour.GENERIC)) {
                    stamp.equip(build);
                    final Object id = plan(stamp).get("id");
                    build.faults = written -> written.equals(call) ? fault : MemoryStore.Fault.NONE;
                    assertThatThrownBy(() -> stamp.run(build, BmcStamp.apply(id)))
                            .isInstanceOf(MemoryStore.Killed.class);
                    build.faults = written -> MemoryStore.Fault.NONE;
                    assertThat(build.passwords)
                            .containsValue(stamp.password(stamp.simulated.bmcs().of("node01")));
                    assertThat(stamp.updateBmc()
                                    .goOn(stamp.stamp, stamp.maintenance, stamp.settings, BmcStamp.apply(id), build))
                            .containsEntry("state", "COMPLETED");
                    assertThat(stamp.sets()).hasSize(1);
                    assertThat(stamp.having(build.passwords.get(BmcStamp.STORE)))
                            .isEqualTo(1);
                }
            }
        }
    }
}
