package io.jenkins.plugins.azurestack.simulator.redfish;

import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.OLD;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.USER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.Rule;
import org.junit.Test;

/** Wrong passwords lock an account, which then refuses the right one too, until the time has passed on the stamp. */
public class LockoutTest {
    private static final String EVE =
            "{\"UserName\":\"eve\",\"Password\":\"Eve-Passw0rd\",\"RoleId\":\"Administrator\"}";

    @Rule
    public final BmcRule rule = new BmcRule();

    private int tried(final String password) throws Exception {
        return rule.to(Flavour.GENERIC).logOn(USER, password).status();
    }

    private void lockOut() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(tried("wrong")).isEqualTo(401);
        }
    }

    private BmcRule.Requests eve() throws Exception {
        rule.to(Flavour.GENERIC).as(USER, OLD).post("/redfish/v1/AccountService/Accounts", EVE);
        return rule.to(Flavour.GENERIC).as("eve", "Eve-Passw0rd");
    }

    @Test
    public void theRightPasswordIsRefusedUntilTheTimeHasPassed() throws Exception {
        lockOut();
        assertThat(tried(OLD)).as("locked").isEqualTo(401);
        assertThat(rule.to(Flavour.GENERIC)
                        .as(USER, OLD)
                        .get("/redfish/v1/Managers")
                        .status())
                .as("locked, the other way in")
                .isEqualTo(401);
        rule.time().advance(Duration.ofSeconds(29));
        assertThat(tried(OLD)).as("still locked").isEqualTo(401);
        rule.time().advance(Duration.ofSeconds(1));
        assertThat(tried(OLD)).as("unlocked").isEqualTo(201);
    }

    @Test
    public void everyFlavourLocks() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            for (int i = 0; i < rule.of(flavour).lockoutPolicy().threshold(); i++) {
                assertThat(rule.of(flavour).isLocked(USER)).as("%s", flavour).isFalse();
                rule.to(flavour).as(USER, "wrong").get("/redfish/v1/Managers");
            }
            assertThat(rule.of(flavour).isLocked(USER)).as("%s", flavour).isTrue();
            assertThat(rule.to(flavour).logOn(USER, OLD).status()).isEqualTo(401);
            rule.time().advance(rule.of(flavour).lockoutPolicy().duration());
            assertThat(rule.to(flavour).logOn(USER, OLD).status())
                    .as("%s", flavour)
                    .isEqualTo(201);
        }
    }

    @Test
    public void fourWrongPasswordsAreForgottenAtTheRightOne() throws Exception {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                assertThat(tried("wrong")).isEqualTo(401);
            }
            assertThat(tried(OLD)).isEqualTo(201);
        }
    }

    @Test
    public void wrongPasswordsAreForgottenAfterAWhile() throws Exception {
        rule.of(Flavour.GENERIC).setLockoutPolicy(new LockoutPolicy(5, Duration.ofHours(1), Duration.ofSeconds(30)));
        for (int i = 0; i < 12; i++) {
            assertThat(tried("wrong")).isEqualTo(401);
            rule.time().advance(Duration.ofSeconds(30));
        }
        assertThat(tried(OLD)).isEqualTo(201);
    }

    @Test
    public void aTryAtALockedAccountDoesNotLockItLonger() throws Exception {
        lockOut();
        rule.time().advance(Duration.ofSeconds(20));
        assertThat(tried("wrong")).isEqualTo(401);
        rule.time().advance(Duration.ofSeconds(10));
        assertThat(tried(OLD)).isEqualTo(201);
    }

    @Test
    public void anotherAdministratorSeesTheLockAndLiftsIt() throws Exception {
        final BmcRule.Requests eve = eve();
        lockOut();
        final String account = BmcRule.account(Flavour.GENERIC);
        assertThat(eve.get(account).json().path("Locked").asBoolean()).isTrue();
        assertThat(eve.patch(account, "{\"Locked\":true}").status())
                .as("nobody locks by hand")
                .isEqualTo(400);
        assertThat(eve.patch(account, "{\"Locked\":false}").status()).isEqualTo(200);
        assertThat(eve.get(account).json().path("Locked").asBoolean()).isFalse();
        assertThat(tried(OLD)).isEqualTo(201);
    }

    @Test
    public void aSessionThatWasOpenOutlivesTheLock() throws Exception {
        final String token =
                rule.to(Flavour.GENERIC).logOn(USER, OLD).header("X-Auth-Token").orElseThrow();
        lockOut();
        assertThat(rule.to(Flavour.GENERIC)
                        .withToken(token)
                        .get(BmcRule.account(Flavour.GENERIC))
                        .json()
                        .path("Locked")
                        .asBoolean())
                .isTrue();
    }

    @Test
    public void anUnknownUserLocksNobody() throws Exception {
        for (int i = 0; i < 9; i++) {
            assertThat(rule.to(Flavour.GENERIC).logOn("nobody", "wrong").status())
                    .isEqualTo(401);
        }
        assertThat(tried(OLD)).isEqualTo(201);
    }

    @Test
    public void thePolicyIsChangedByAnAdministrator() throws Exception {
        final BmcRule.Requests root = rule.to(Flavour.GENERIC).as(USER, OLD);
        final String service = "/redfish/v1/AccountService";
        assertThat(root.patch(service, "{\"AccountLockoutThreshold\":2,\"AccountLockoutDuration\":600}")
                        .status())
                .isEqualTo(200);
        assertThat(root.patch(service, "{\"AccountLockoutThreshold\":-1}").status())
                .isEqualTo(400);
        assertThat(root.patch(service, "{\"MinPasswordLength\":1}").messageId())
                .isEqualTo("Base.1.8.PropertyNotWritable");
        assertThat(tried("wrong")).isEqualTo(401);
        assertThat(tried("wrong")).isEqualTo(401);
        rule.time().advance(Duration.ofSeconds(599));
        assertThat(tried(OLD)).isEqualTo(401);
        rule.time().advance(Duration.ofSeconds(1));
        assertThat(tried(OLD)).isEqualTo(201);
    }

    @Test
    public void aThresholdOfZeroNeverLocksAndADurationOfZeroNeverEnds() throws Exception {
        final Bmc bmc = rule.of(Flavour.GENERIC);
        bmc.setLockoutPolicy(new LockoutPolicy(0, Duration.ofSeconds(30), Duration.ofSeconds(30)));
        lockOut();
        assertThat(tried(OLD)).isEqualTo(201);
        bmc.setLockoutPolicy(new LockoutPolicy(5, Duration.ZERO, Duration.ZERO.plusSeconds(30)));
        lockOut();
        rule.time().advance(Duration.ofDays(3650));
        assertThat(tried(OLD)).isEqualTo(401);
    }
}
