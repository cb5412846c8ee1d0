package io.jenkins.plugins.azurestack.redfish;

import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.NEW;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.OLD;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.simulator.redfish.BmcRule;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;

/** Each vendor's BMC is looked at, changed and verified, with no request more than it takes. */
public class FlavoursTest {
    private static final String SESSIONS = "/redfish/v1/SessionService/Sessions";
    private static final String SERVICE = "/redfish/v1/AccountService";
    private static final String MANAGER = "/redfish/v1/Managers/iDRAC.Embedded.1";

    @Rule
    public final BmcRule rule = new BmcRule();

    private final Visitor visitor = new Visitor(rule);

    /** What is read between logging on and the change. */
    private static List<String> look(final Flavour flavour) {
        return switch (flavour) {
            case IDRAC_8, IDRAC_9 ->
                List.of("GET " + MANAGER + " done", "GET " + SERVICE + " done", "GET " + MANAGER + "/Accounts/2 done");
            case IDRAC_10 ->
                List.of("GET " + MANAGER + " done", "GET " + SERVICE + " done", "GET " + SERVICE + "/Accounts/2 done");
            case ILO_5, ILO_6, XCC ->
                List.of(
                        "GET " + SERVICE + " done",
                        "GET " + SERVICE + "/Accounts done",
                        "GET " + SERVICE + "/Accounts/1 done");
            case GENERIC ->
                List.of(
                        "GET " + SERVICE + " done",
                        "GET " + SERVICE + "/Accounts done",
                        "GET " + SERVICE + "/Accounts/1 done",
                        "GET " + SERVICE + "/Accounts/2 done");
        };
    }

    @Test
    public void lookChangeAndVerifyTakeSoManyRequestsAndNoMore() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            final Bmc bmc = visitor.open(flavour);
            try (BmcSession session = Visitor.accepted(bmc.logOn(USER, OLD.toCharArray()))) {
                session.model();
                session.policy();
                final Account account = session.account(USER).orElseThrow();
                assertThat(session.changePassword(account, NEW.toCharArray()))
                        .as("%s", flavour)
                        .isInstanceOf(PasswordChange.Changed.class);
                assertThat(session.logOff()).isEqualTo(BmcSession.LogOff.ENDED_BEFORE);
            }
            try (BmcSession verified = Visitor.accepted(bmc.logOn(USER, NEW.toCharArray()))) {
                assertThat(verified.logOff()).isEqualTo(BmcSession.LogOff.DONE);
            }

            final List<String> looked = look(flavour);
            final List<String> seen = visitor.seen(flavour);
            final int first = 2 + looked.size();
            assertThat(seen.subList(0, 2))
                    .as("%s", flavour)
                    .containsExactly("GET /redfish/v1 done", "POST " + SESSIONS + " done");
            assertThat(seen.subList(2, first)).containsExactlyElementsOf(looked);
            assertThat(seen.subList(first, seen.size()))
                    .containsExactly(
                            "PATCH " + BmcRule.account(flavour) + " done",
                            "DELETE " + SESSIONS + "/1 401",
                            "POST " + SESSIONS + " done",
                            "DELETE " + SESSIONS + "/2 done");
            assertThat(rule.of(flavour).password(USER)).contains(NEW.toCharArray());
        }
    }

    @Test
    public void theOldPasswordIsRefusedOnceAndNotTriedAgain() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            rule.of(flavour).changeElsewhere(USER, NEW.toCharArray());
            final LogOn refused = visitor.open(flavour).logOn(USER, OLD.toCharArray());
            assertThat(refused).as("%s", flavour).isInstanceOf(LogOn.Refused.class);
            assertThat(refused.mayHaveCounted()).isTrue();
            assertThat(((LogOn.Refused) refused).said().messages())
                    .as("%s", flavour)
                    .isNotEmpty();
            assertThat(visitor.seen(flavour))
                    .containsExactly("GET /redfish/v1 done", "POST " + SESSIONS + " wrong password");
        }
    }

    @Test
    public void aBmcSaysWhatItIsBeforeAnybodyLogsOn() throws Exception {
        final Map<Flavour, String> habits = Map.of(
                Flavour.IDRAC_8, "Dell iDRAC",
                Flavour.IDRAC_9, "Dell iDRAC",
                Flavour.IDRAC_10, "Dell iDRAC",
                Flavour.ILO_5, "HPE iLO",
                Flavour.ILO_6, "HPE iLO",
                Flavour.XCC, "Lenovo XCC",
                Flavour.GENERIC, "standard Redfish");
        for (final Flavour flavour : Flavour.values()) {
            final Identity identity = visitor.open(flavour).identity();
            assertThat(identity.habits()).isEqualTo(habits.get(flavour));
            assertThat(identity.redfishVersion()).matches("1[.].*");
            assertThat(visitor.seen(flavour)).containsExactly("GET /redfish/v1 done");
        }
        assertThat(visitor.open(Flavour.ILO_5).identity().product()).endsWith(", iLO 5");
    }

    @Test
    public void onlyDellsAreAskedForTheirModel() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            try (BmcSession session = visitor.logOn(flavour, OLD)) {
                assertThat(session.model())
                        .as("%s", flavour)
                        .isEqualTo(
                                switch (flavour) {
                                    case IDRAC_8 -> java.util.Optional.of("13G Monolithic");
                                    case IDRAC_9 -> java.util.Optional.of("14G Monolithic");
                                    case IDRAC_10 -> java.util.Optional.of("17G Monolithic");
                                    default -> java.util.Optional.empty();
                                });
            }
        }
    }

    @Test
    public void theStateOfAnAccountIsRead() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            try (BmcSession session = visitor.logOn(flavour, OLD)) {
                final Account account = session.account(USER).orElseThrow();
                assertThat(Paths.plain(account.path())).isEqualTo(BmcRule.account(flavour));
                assertThat(account.userName()).isEqualTo(USER);
                assertThat(account.roleId()).contains("Administrator");
                assertThat(account.enabled()).contains(true);
                assertThat(account.locked()).contains(false);
                assertThat(account.changeRequired()).contains(false);
                assertThat(account.etag()).isPresent();
                assertThat(session.account("nobody")).isEmpty();
                rule.of(flavour).lock(USER);
                assertThat(session.read(account).locked()).contains(true);
            }
        }
    }

    @Test
    public void aNameInAnotherCaseIsFoundIfThereIsButOne() throws Exception {
        for (final Flavour flavour : Arrays.asList(Flavour.IDRAC_9, Flavour.GENERIC, Flavour.XCC)) {
            try (BmcSession session = visitor.logOn(flavour, OLD)) {
                assertThat(session.account("ROOT").orElseThrow().userName()).isEqualTo(USER);
            }
        }
    }

    @Test
    public void everyPolicyIsRead() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            try (BmcSession session = visitor.logOn(flavour, OLD)) {
                final AccountPolicy policy = session.policy();
                assertThat(policy.minPasswordLength())
                        .hasValue(rule.of(flavour).passwordPolicy().minLength());
                assertThat(policy.maxPasswordLength())
                        .hasValue(rule.of(flavour).passwordPolicy().maxLength());
                assertThat(policy.lockoutThreshold())
                        .hasValue(rule.of(flavour).lockoutPolicy().threshold());
                assertThat(policy.lockoutDuration())
                        .contains(rule.of(flavour).lockoutPolicy().duration());
                assertThat(policy.lockoutCounterReset())
                        .contains(rule.of(flavour).lockoutPolicy().resetAfter());
            }
        }
    }

    @Test
    public void vendorsOwnPoliciesAreRead() throws Exception {
        try (BmcSession session = visitor.logOn(Flavour.XCC, OLD)) {
            final AccountPolicy lenovo = session.policy();
            assertThat(lenovo.complexPassword()).contains(true);
            assertThat(lenovo.reuseCycle()).hasValue(5);
            assertThat(lenovo.minimumChangeInterval()).contains(Duration.ofHours(24));
        }
        try (BmcSession session = visitor.logOn(Flavour.ILO_6, OLD)) {
            assertThat(session.policy().complexPassword()).contains(true);
            assertThat(session.policy().minimumChangeInterval()).isEmpty();
        }
    }
}
