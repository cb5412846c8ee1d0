package io.jenkins.plugins.azurestack.simulator.redfish;

import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.NEW;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.OLD;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.simulator.world.Faults;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a BMC still knows after the simulator was started anew. */
public class BmcStateTest {
    @Rule
    public final BmcRule rule = new BmcRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void passwordsAndEtagsSurvive() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            rule.to(flavour).as(USER, OLD).change(BmcRule.account(flavour), NEW);
        }
        final String etag = etag(Flavour.IDRAC_9);
        assertThat(etag).isEqualTo("W/\"gen-2\"");
        rule.restart();
        for (final Flavour flavour : Flavour.values()) {
            assertThat(rule.to(flavour).logOn(USER, OLD).status())
                    .as("%s", flavour)
                    .isEqualTo(401);
            assertThat(rule.to(flavour).logOn(USER, NEW).status())
                    .as("%s", flavour)
                    .isEqualTo(201);
        }
        assertThat(etag(Flavour.IDRAC_9)).isEqualTo(etag);
    }

    private String etag(final Flavour flavour) throws Exception {
        return rule.to(flavour)
                .as(USER, NEW)
                .get(BmcRule.account(flavour))
                .header("ETag")
                .orElseThrow();
    }

    @Test
    public void locksAndWrongPasswordsSurvive() throws Exception {
        for (int i = 0; i < 4; i++) {
            rule.to(Flavour.GENERIC).logOn(USER, "wrong");
        }
        rule.restart();
        rule.to(Flavour.GENERIC).logOn(USER, "wrong");
        assertThat(rule.of(Flavour.GENERIC).isLocked(USER)).as("by the fifth").isTrue();
        rule.restart();
        assertThat(rule.to(Flavour.GENERIC).logOn(USER, OLD).status()).isEqualTo(401);
        rule.time().advance(Duration.ofSeconds(30));
        assertThat(rule.to(Flavour.GENERIC).logOn(USER, OLD).status()).isEqualTo(201);
    }

    @Test
    public void whatMustNotBeUsedAgainSurvives() throws Exception {
        final String account = BmcRule.account(Flavour.XCC);
        assertThat(rule.to(Flavour.XCC).as(USER, OLD).change(account, NEW).status())
                .isEqualTo(204);
        rule.restart();
        final BmcRule.Requests root = rule.to(Flavour.XCC).as(USER, NEW);
        assertThat(root.change(account, "Third-Passw0rd3").status())
                .as("too soon")
                .isEqualTo(400);
        rule.time().advance(Duration.ofHours(24));
        assertThat(root.change(account, OLD).status()).as("used before").isEqualTo(400);
        assertThat(root.change(account, "Third-Passw0rd3").status()).isEqualTo(204);
    }

    @Test
    public void policiesSurvive() throws Exception {
        final PasswordPolicy passwords = new PasswordPolicy(12, 16, 4, 2, Duration.ofHours(1));
        final LockoutPolicy lockout = new LockoutPolicy(3, Duration.ofMinutes(10), Duration.ofMinutes(1));
        rule.of(Flavour.ILO_6).setPasswordPolicy(passwords);
        rule.of(Flavour.ILO_6).setLockoutPolicy(lockout);
        rule.restart();
        assertThat(rule.of(Flavour.ILO_6).passwordPolicy()).isEqualTo(passwords);
        assertThat(rule.of(Flavour.ILO_6).lockoutPolicy()).isEqualTo(lockout);
    }

    @Test
    public void sessionsDoNotSurvive() throws Exception {
        final String token =
                rule.to(Flavour.XCC).logOn(USER, OLD).header("X-Auth-Token").orElseThrow();
        rule.restart();
        assertThat(rule.to(Flavour.XCC)
                        .withToken(token)
                        .get("/redfish/v1/Managers")
                        .status())
                .isEqualTo(401);
    }

    @Test
    public void aLockWithoutAnEndSurvivesInAFolder() throws Exception {
        final Path kept = folder.getRoot().toPath();
        try (Bmcs bmcs = started(kept)) {
            bmcs.of("node01").setLockoutPolicy(new LockoutPolicy(1, Duration.ZERO, Duration.ZERO));
            bmcs.of("node01").lock(USER);
        }
        try (Bmcs bmcs = started(kept)) {
            assertThat(bmcs.of("node01").isLocked(USER)).isTrue();
            assertThat(bmcs.of("node02").isLocked(USER)).isFalse();
        }
        assertThat(kept.resolve("bmc-node02.json")).as("nothing to keep").doesNotExist();
    }

    private static Bmcs started(final Path kept) throws Exception {
        final Instant now = Instant.parse("2026-03-01T12:00:00Z");
        final StampTime time = new StampTime(InstantSource.fixed(now), now, 1);
        return BmcRule.start(
                List.of(
                        new Node("node01", "10.30.4.11", Flavour.GENERIC, "SN1"),
                        new Node("node02", "10.30.4.12", Flavour.GENERIC, "SN2")),
                new BmcWorld(time, new Faults(time), new Ledger(), StateStore.in(kept), new SecureRandom()));
    }
}
