package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Thresholds;
import io.jenkins.plugins.azurestack.simulator.redfish.Bmc;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a check of expiry sees of a stamp's BMCs, to which it never logs on. */
public class BmcSourceTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private MaintenanceBuild build;

    @Before
    public void begin() throws Exception {
        build = new MaintenanceBuild(folder.newFolder().toPath().resolve("azs"));
    }

    private List<Map<String, Object>> check(final BmcStamp stamp) throws Exception {
        stamp.settings = new BmcSettings(
                Optional.of(BmcStamp.STORE),
                true,
                stamp.simulated.bmcs().all().stream()
                        .map(bmc -> new BmcSettings.Bmc(
                                bmc.node().name(), bmc.node().bmcAddress(), Optional.empty()))
                        .toList());
        return checkAsConfigured(stamp);
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> checkAsConfigured(final BmcStamp stamp) throws Exception {
        final CheckExpiryArguments arguments = new CheckExpiryArguments(
                Thresholds.STAMP_ALERTS, List.of("bmc"), Policy.NEVER, Policy.NEVER, Duration.ofMinutes(5));
        return (List<Map<String, Object>>) new CheckExpiry(stamp.simulated.network(), stamp.clock(), new SecureRandom())
                .run(stamp.stamp, stamp.maintenance, stamp.settings, arguments, build)
                .get("findings");
    }

    private static Map<String, Object> named(final List<Map<String, Object>> findings, final String name) {
        return findings.stream()
                .filter(finding -> String.valueOf(finding.get("name")).contains(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + findings));
    }

    @Test
    public void theCertificateOfEachBmcIsSeenWithoutALogon() throws Exception {
        try (BmcStamp stamp = new BmcStamp("1.2501.1.47", Flavour.IDRAC_9, Flavour.ILO_5)) {
            stamp.equip(build);
            final Bmc second = stamp.simulated.bmcs().of("node02");
            final Instant now = stamp.clock().instant();
            second.serve(stamp.simulated.issue(
                    second.node().specimen(now.minus(Duration.ofDays(600)), now.plus(Duration.ofDays(20)))));
            final List<Map<String, Object>> findings = check(stamp);
            assertThat(findings)
                    .filteredOn(finding -> finding.get("severity").equals(Severity.CRITICAL.name()))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.toString())
                            .contains(second.node().bmcAddress()));
            assertThat(stamp.toBmcs()).isEmpty();
        }
    }

    @Test
    public void bmcsThatOnlyResourceManagerNamesAreLookedAtToo() throws Exception {
        try (BmcStamp stamp = new BmcStamp("1.2501.1.47", Flavour.IDRAC_9, Flavour.ILO_5)) {
            stamp.equip(build);
            stamp.simulated.world().faults().arm(Fault.ENDPOINT_DOWN, Moment.always("node02"));
            final String findings = checkAsConfigured(stamp).toString();
            assertThat(findings)
                    .contains(stamp.simulated.bmcs().of("node01").node().bmcAddress() + ":443")
                    .contains("the BMC of node02");
            assertThat(stamp.toBmcs()).isEmpty();
        }
    }

    @Test
    public void theAgeOfThePasswordIsKnownFromTheFirstUpdateOnAndAnOldOneThatComesBackIsNoticed() throws Exception {
        try (BmcStamp stamp = new BmcStamp("1.2501.1.47", Flavour.IDRAC_9)) {
            stamp.equip(build);
            final String old = build.passwords.get(BmcStamp.STORE);
            assertThat(named(check(stamp), "BMC password"))
                    .containsEntry("severity", "NOTICE")
                    .hasEntrySatisfying(
                            "message", said -> assertThat(said.toString()).contains("never changed it"));
            final Object plan = stamp.run(build, BmcStamp.plan()).get("id");
            build.approved.add(String.valueOf(plan));
            stamp.run(build, BmcStamp.apply(plan));
            assertThat(named(check(stamp), "BMC password")).containsEntry("severity", "OK");
            stamp.pass(Duration.ofDays(400));
            assertThat(named(check(stamp), "BMC password")).containsEntry("severity", "NOTICE");
            build.passwords.put(BmcStamp.STORE, old);
            assertThat(named(check(stamp), "BMC password"))
                    .containsEntry("severity", "WARNING")
                    .hasEntrySatisfying(
                            "message", said -> assertThat(said.toString()).contains("does not hold the password"));
            assertThat(build.files.toString()).doesNotContain(old);
        }
    }

    @Test
    public void anAlertThatTheStampDoesNotReachABmcNamesItsNode() throws Exception {
        try (BmcStamp stamp = new BmcStamp("1.2501.1.47", Flavour.IDRAC_9, Flavour.ILO_5)) {
            stamp.equip(build);
            assertThat(named(check(stamp), "BMC alerts")).containsEntry("severity", "OK");
            stamp.simulated.world().faults().arm(Fault.ENDPOINT_DOWN, Moment.always("node02"));
            final List<Map<String, Object>> findings = check(stamp);
            assertThat(named(findings, "alert "))
                    .containsEntry("severity", "WARNING")
                    .hasEntrySatisfying("message", said -> assertThat(said.toString())
                            .contains("BMC connection timeout")
                            .contains("node02"));
            assertThat(findings).anyMatch(finding -> finding.get("kind").equals("UNKNOWN"));
        }
    }
}
