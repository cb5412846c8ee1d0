package io.jenkins.plugins.azurestack.simulator.redfish;

import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.NEW;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.OLD;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

/** Where vendors differ: paths, wording, ETags, policies, as the facts about each have them. */
public class FlavourTest {
    @Rule
    public final BmcRule rule = new BmcRule();

    private BmcRule.Requests root(final Flavour flavour) {
        return rule.to(flavour).as(USER, OLD);
    }

    /** Every account, found as a client finds them: from the root, by links. */
    private List<JsonNode> walked(final Flavour flavour) throws Exception {
        final String service = root(flavour)
                .get("/redfish/v1/")
                .json()
                .at("/AccountService/@odata.id")
                .asText();
        final String accounts =
                root(flavour).get(service).json().at("/Accounts/@odata.id").asText();
        final List<JsonNode> found = new ArrayList<>();
        for (final String link :
                root(flavour).get(accounts).json().path("Members").findValuesAsText("@odata.id")) {
            found.add(root(flavour).get(link).json());
        }
        return found;
    }

    @Test
    public void theAccountIsFoundByWalkingAndWhereItsVendorHasIt() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            assertThat(walked(flavour))
                    .as("%s", flavour)
                    .filteredOn(account -> account.path("UserName").asText().equals(USER))
                    .singleElement()
                    .satisfies(account -> assertThat(account.path("@odata.id").asText())
                            .isIn(BmcRule.account(flavour), BmcRule.account(flavour) + "/"));
        }
    }

    @Test
    public void everyLinkLeadsSomewhere() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            final List<String> links = new ArrayList<>(List.of("/redfish/v1/"));
            for (int i = 0; i < links.size(); i++) {
                final BmcRule.Answer answer = root(flavour).get(links.get(i));
                assertThat(answer.status()).as("%s %s", flavour, links.get(i)).isEqualTo(200);
                answer.json().findValuesAsText("@odata.id").stream()
                        .filter(link -> !links.contains(link))
                        .distinct()
                        .forEach(links::add);
            }
            assertThat(links).as("%s", flavour).hasSizeGreaterThan(12);
        }
    }

    @Test
    public void aPasswordIsChangedAndTheOldOneIsRefused() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            assertThat(root(flavour).change(BmcRule.account(flavour), NEW).status())
                    .as("%s", flavour)
                    .isEqualTo(flavour == Flavour.XCC ? 204 : 200);
            assertThat(root(flavour).get(BmcRule.account(flavour)).status()).isEqualTo(401);
            assertThat(rule.to(flavour).logOn(USER, OLD).status()).isEqualTo(401);
            assertThat(rule.to(flavour).logOn(USER, NEW).status()).isEqualTo(201);
            assertThat(rule.of(flavour).password(USER)).contains(NEW.toCharArray());
        }
    }

    @Test
    public void anEtagThatIsOldIsRefusedEverywhere() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            final BmcRule.Answer stale = root(flavour)
                    .with("If-Match", "\"stale\"")
                    .patch(BmcRule.account(flavour), "{\"Password\":\"" + NEW + "\"}");
            assertThat(stale.status()).as("%s", flavour).isEqualTo(412);
            assertThat(stale.messageId()).startsWith("Base.1.").endsWith(".PreconditionFailed");
            assertThat(rule.of(flavour).password(USER)).contains(OLD.toCharArray());
        }
    }

    @Test
    public void theEtagIsInTheHeaderToo() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            final BmcRule.Answer account = root(flavour).get(BmcRule.account(flavour));
            final String inside = account.json().path("@odata.etag").asText();
            assertThat(inside).as("%s", flavour).isNotEmpty();
            if (flavour == Flavour.GENERIC) {
                assertThat(account.header("ETag")).isEmpty();
            } else {
                assertThat(account.header("ETag")).as("%s", flavour).contains(inside);
            }
        }
        assertThat(root(Flavour.IDRAC_9).get(BmcRule.account(Flavour.IDRAC_9)).header("ETag"))
                .contains("W/\"gen-1\"");
        assertThat(root(Flavour.XCC)
                        .get(BmcRule.account(Flavour.XCC))
                        .header("ETag")
                        .orElseThrow())
                .matches("\"[0-9A-F]+\"");
    }

    @Test
    public void dellsModelTellsItsGeneration() throws Exception {
        final String model = "/redfish/v1/Managers/iDRAC.Embedded.1?$select=Model";
        assertThat(root(Flavour.IDRAC_8).get(model).json().path("Model").asText())
                .containsAnyOf("12", "13");
        assertThat(root(Flavour.IDRAC_9).get(model).json().path("Model").asText())
                .containsAnyOf("14", "15", "16");
        assertThat(root(Flavour.IDRAC_10).get(model).json().path("Model").asText())
                .doesNotContain("12", "13", "14", "15", "16");
    }

    @Test
    public void dellsUsersAreSlotsOfWhichOneIsReservedAndMostAreEmpty() throws Exception {
        assertThat(walked(Flavour.IDRAC_8)).hasSize(16);
        assertThat(walked(Flavour.IDRAC_10)).hasSize(32);
        final List<JsonNode> slots = walked(Flavour.IDRAC_9);
        assertThat(slots)
                .hasSize(16)
                .filteredOn(slot -> slot.path("UserName").asText().isEmpty())
                .hasSize(15);
        assertThat(slots.get(1).path("Id").asText()).isEqualTo("2");
        assertThat(slots.get(1).path("UserName").asText()).isEqualTo(USER);
        final String accounts = "/redfish/v1/Managers/iDRAC.Embedded.1/Accounts";
        final String eve =
                "{\"UserName\":\"eve\",\"Password\":\"Eve-Passw0rd\",\"RoleId\":\"Operator\",\"Enabled\":true}";
        assertThat(root(Flavour.IDRAC_9).patch(accounts + "/1", eve).status()).isEqualTo(400);
        assertThat(root(Flavour.IDRAC_9).post(accounts, eve).status()).isEqualTo(405);
        assertThat(root(Flavour.IDRAC_9).send("DELETE", accounts + "/2", null).status())
                .isEqualTo(405);
        assertThat(root(Flavour.IDRAC_9)
                        .patch(accounts + "/3", "{\"Password\":\"" + NEW + "\"}")
                        .messageId())
                .endsWith(".PropertyMissing");
        assertThat(root(Flavour.IDRAC_9).patch(accounts + "/3", eve).status()).isEqualTo(200);
        assertThat(rule.to(Flavour.IDRAC_9).logOn("eve", "Eve-Passw0rd").status())
                .isEqualTo(201);
        assertThat(root(Flavour.IDRAC_9)
                        .patch(accounts + "/3", "{\"UserName\":\"\"}")
                        .status())
                .isEqualTo(200);
        assertThat(rule.to(Flavour.IDRAC_9).logOn("eve", "Eve-Passw0rd").status())
                .isEqualTo(401);
    }

    @Test
    public void dellSaysWhatItDid() throws Exception {
        final BmcRule.Answer changed = root(Flavour.IDRAC_9).change(BmcRule.account(Flavour.IDRAC_9), NEW);
        assertThat(changed.json().path("@Message.ExtendedInfo").findValuesAsText("MessageId"))
                .containsExactly("Base.1.12.Success", "IDRAC.2.9.SYS413");
    }

    @Test
    public void dellsWordsForAWrongPassword() throws Exception {
        final BmcRule.Answer refused = rule.to(Flavour.IDRAC_9).logOn(USER, "wrong");
        assertThat(refused.json().at("/error/code").asText()).isEqualTo("Base.1.12.GeneralError");
        assertThat(refused.messageId()).isEqualTo("IDRAC.2.9.SYS415");
        assertThat(refused.message().path("Message").asText())
                .isEqualTo("Unable to complete the operation because an invalid username and/or password is entered,"
                        + " and therefore authentication failed.");
        assertThat(refused.message().path("Resolution").asText())
                .isEqualTo("Enter valid user name and password and retry the operation.");
        final BmcRule.Answer older = rule.to(Flavour.IDRAC_8).logOn(USER, "wrong");
        assertThat(older.json().at("/error/code").asText()).isEqualTo("Base.1.0.GeneralError");
        assertThat(older.messageId()).isEqualTo("Base.1.2.AccessDenied");
        assertThat(older.message().path("Message").asText())
                .isEqualTo("The authentication credentials included with this request are missing or invalid.");
    }

    @Test
    public void dellsFactoryPasswordIsChangedThroughAnAttribute() throws Exception {
        for (final Flavour flavour : List.of(Flavour.IDRAC_8, Flavour.IDRAC_9, Flavour.IDRAC_10)) {
            rule.of(flavour).requirePasswordChange(USER);
            final String attributes = "/redfish/v1/Managers/iDRAC.Embedded.1/Oem/Dell/DellAttributes/iDRAC.Embedded.1";
            final BmcRule.Answer direct = root(flavour).change(BmcRule.account(flavour), NEW);
            assertThat(direct.status()).isEqualTo(403);
            assertThat(direct.messageId()).endsWith(".SWC1908");
            assertThat(direct.message().path("Message").asText())
                    .isEqualTo("Unable to complete the operation because the default password is still in use and must"
                            + " be changed.");
            assertThat(root(flavour)
                            .patch(attributes, "{\"Attributes\":{\"Users.3.Password\":\"" + NEW + "\"}}")
                            .status())
                    .as("of another user")
                    .isEqualTo(400);
            assertThat(root(flavour)
                            .patch(attributes, "{\"Attributes\":{\"Users.2.Password\":\"" + NEW + "\"}}")
                            .status())
                    .isEqualTo(200);
            final BmcRule.Requests after = rule.to(flavour).as(USER, NEW);
            assertThat(after.get(BmcRule.account(flavour))
                            .json()
                            .path("PasswordChangeRequired")
                            .asBoolean())
                    .isFalse();
            assertThat(after.get(attributes)
                            .json()
                            .at("/Attributes/Users.2.Password")
                            .isNull())
                    .isTrue();
        }
    }

    @Test
    public void hpesAccountsCarryADisplayNameAndPrivileges() throws Exception {
        for (final Flavour flavour : List.of(Flavour.ILO_5, Flavour.ILO_6)) {
            final JsonNode account = root(flavour).get(BmcRule.account(flavour)).json();
            assertThat(account.path("UserName").asText()).isEqualTo(USER);
            assertThat(account.at("/Oem/Hpe/LoginName").asText()).isEqualTo(USER);
            assertThat(account.at("/Oem/Hpe/Privileges/UserConfigPriv").asBoolean())
                    .isTrue();
            assertThat(account.path("@odata.id").asText()).endsWith("/1/");
        }
    }

    @Test
    public void hpesMessagesAreAnIdAndArgumentsOnly() throws Exception {
        final BmcRule.Answer refused =
                root(Flavour.ILO_5).patch(BmcRule.account(Flavour.ILO_5), "{\"Password\":\"Sh0rt!\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/error/code").asText()).isEqualTo("iLO.0.10.ExtendedInfo");
        assertThat(refused.json().at("/error/message").asText())
                .isEqualTo("See @Message.ExtendedInfo for more information.");
        assertThat(refused.messageId()).isEqualTo("iLO.2.15.InvalidPasswordLength");
        assertThat(refused.message().path("MessageArgs"))
                .extracting(JsonNode::asText)
                .containsExactly("8", "39");
        assertThat(refused.message().has("Message")).isFalse();
        assertThat(root(Flavour.ILO_6)
                        .patch(BmcRule.account(Flavour.ILO_6), "{\"Password\":\"onlyletters\"}")
                        .messageId())
                .isEqualTo("iLO.2.34.InvalidPasswordComplexity");
        assertThat(rule.to(Flavour.ILO_6).logOn(USER, "wrong").messageId())
                .isEqualTo("iLO.2.34.UnauthorizedLoginAttempt");
        assertThat(rule.to(Flavour.ILO_5).get("/redfish/v1/Managers").messageId())
                .isEqualTo("Base.1.4.NoValidSession");
        assertThat(root(Flavour.ILO_6)
                        .change(BmcRule.account(Flavour.ILO_6), NEW)
                        .messageId())
                .isEqualTo("Base.1.18.AccountModified");
    }

    @Test
    public void hpesSessionsAreAtAFullAddress() throws Exception {
        assertThat(rule.to(Flavour.ILO_5).logOn(USER, OLD).header("Location"))
                .contains("https://127.0.0.1:"
                        + rule.of(Flavour.ILO_5).address().getPort() + "/redfish/v1/SessionService/Sessions/1/");
    }

    @Test
    public void lenovoChangesNothingWithoutAnEtag() throws Exception {
        final String account = BmcRule.account(Flavour.XCC);
        final String body = "{\"Password\":\"" + NEW + "\"}";
        final BmcRule.Answer without = root(Flavour.XCC).patch(account, body);
        assertThat(without.status()).isEqualTo(428);
        assertThat(without.messageId()).isEqualTo("Base.1.8.PreconditionRequired");
        assertThat(root(Flavour.XCC).send("DELETE", account, null).status()).isEqualTo(428);
        assertThat(root(Flavour.XCC).with("If-Match", "*").patch(account, body).status())
                .isEqualTo(204);
    }

    @Test
    public void lenovosWordsForAWrongPassword() throws Exception {
        final BmcRule.Answer refused = rule.to(Flavour.XCC).as(USER, "wrong").get("/redfish/v1/Systems/1");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.messageId()).isEqualTo("Base.1.8.AccessDenied");
        assertThat(refused.message().path("Message").asText())
                .isEqualTo("While attempting to establish a connection to /redfish/v1/Systems/1, the service denied"
                        + " access.");
        assertThat(refused.message().path("MessageSeverity").asText()).isEqualTo("Critical");
    }

    @Test
    public void lenovosPolicyIsReadableAndForbidsTheWayBackForADay() throws Exception {
        final JsonNode policy =
                root(Flavour.XCC).get("/redfish/v1/AccountService").json().at("/Oem/Lenovo");
        assertThat(policy.path("MinimumPasswordLength").asInt()).isEqualTo(10);
        assertThat(policy.path("ComplexPassword").asBoolean()).isTrue();
        assertThat(policy.path("MinimumPasswordReuseCycle").asInt()).isEqualTo(5);
        assertThat(policy.path("MinimumPasswordChangeInterval").asInt()).isEqualTo(24);
        assertThat(policy.path("LockThreshold").asInt()).isEqualTo(5);
        assertThat(policy.has("LockDuration")).isTrue();
        assertThat(policy.has("PasswordExpirationPeriodDays")).isTrue();
        assertThat(policy.has("PasswordChangeOnFirstAccess")).isTrue();
        final String account = BmcRule.account(Flavour.XCC);
        assertThat(root(Flavour.XCC).change(account, NEW).status()).isEqualTo(204);
        final BmcRule.Requests after = rule.to(Flavour.XCC).as(USER, NEW);
        rule.time().advance(Duration.ofHours(23));
        assertThat(after.change(account, "Third-Passw0rd3").status()).isEqualTo(400);
        rule.time().advance(Duration.ofHours(1));
        assertThat(after.change(account, OLD).status()).as("used before").isEqualTo(400);
        assertThat(after.change(account, "Third-Passw0rd3").status()).isEqualTo(204);
    }

    @Test
    public void aGenericBmcHasAForeignAccountFirst() throws Exception {
        assertThat(walked(Flavour.GENERIC))
                .extracting(account -> account.path("UserName").asText())
                .containsExactly("monitor", USER);
        assertThat(rule.to(Flavour.GENERIC).logOn("monitor", "").status()).isEqualTo(401);
    }

    @Test
    public void everyPolicyIsReadable() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            final JsonNode service =
                    root(flavour).get("/redfish/v1/AccountService").json();
            final Bmc bmc = rule.of(flavour);
            assertThat(service.path("MinPasswordLength").asInt())
                    .isEqualTo(bmc.passwordPolicy().minLength());
            assertThat(service.path("MaxPasswordLength").asInt())
                    .isEqualTo(bmc.passwordPolicy().maxLength())
                    .isGreaterThanOrEqualTo(16);
            assertThat(service.path("AccountLockoutThreshold").asInt())
                    .isEqualTo(bmc.lockoutPolicy().threshold());
            assertThat(service.path("AccountLockoutDuration").asLong())
                    .isEqualTo(bmc.lockoutPolicy().duration().toSeconds());
            assertThat(service.path("AccountLockoutCounterResetAfter").asLong())
                    .isEqualTo(bmc.lockoutPolicy().resetAfter().toSeconds());
        }
    }

    @Test
    public void aPasswordThatBreaksThePolicyIsRefusedAndNotRepeated() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            final String tooLong = "X1-" + "y".repeat(60);
            final BmcRule.Answer refused = root(flavour).change(BmcRule.account(flavour), tooLong);
            assertThat(refused.status()).as("%s", flavour).isEqualTo(400);
            assertThat(refused.whole().body()).doesNotContain(tooLong);
            assertThat(rule.of(flavour).password(USER)).contains(OLD.toCharArray());
        }
    }

    @Test
    public void flavoursAreNamedOnACommandLine() {
        for (final Flavour flavour : Flavour.values()) {
            assertThat(Flavour.of(flavour.word())).isEqualTo(flavour);
        }
        assertThat(Flavour.of("IDRAC-9")).isEqualTo(Flavour.IDRAC_9);
        assertThatThrownBy(() -> Flavour.of("drac"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("idrac-10");
    }

    @Test
    public void resourceManagerSeesTheVendorsAsTheySpellThemselves() {
        assertThat(rule.of(Flavour.IDRAC_9).node().vendor()).isEqualTo("DELL");
        assertThat(rule.of(Flavour.IDRAC_9).node().model()).isEqualTo("PowerEdge R740xd");
        assertThat(rule.of(Flavour.ILO_5).node().vendor()).isEqualTo("HPE");
    }
}
