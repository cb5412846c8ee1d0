package io.jenkins.plugins.azurestack.simulator.redfish;

import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.NEW;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.OLD;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.USER;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** An account whose password must be changed can do that, and nothing else. */
public class PasswordChangeRequiredTest {
    private static final String ACCOUNT = BmcRule.account(Flavour.GENERIC);

    @Rule
    public final BmcRule rule = new BmcRule();

    @Before
    public void require() {
        rule.of(Flavour.GENERIC).requirePasswordChange(USER);
    }

    private BmcRule.Requests root() {
        return rule.to(Flavour.GENERIC).as(USER, OLD);
    }

    @Test
    public void everyOtherRequestNamesTheAccountToChange() throws Exception {
        for (final String path :
                new String[] {"/redfish/v1/Managers", "/redfish/v1/AccountService", "/redfish/v1/no"}) {
            final BmcRule.Answer answer = root().get(path);
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.messageId()).isEqualTo("Base.1.8.PasswordChangeRequired");
            assertThat(answer.message().path("MessageArgs").path(0).asText()).isEqualTo(ACCOUNT);
        }
        assertThat(root().patch(ACCOUNT, "{\"RoleId\":\"ReadOnly\"}").status()).isEqualTo(403);
        assertThat(root().patch(ACCOUNT, "{\"Password\":\"" + NEW + "\",\"Enabled\":true}")
                        .status())
                .isEqualTo(403);
        assertThat(root().send("DELETE", ACCOUNT, null).status()).isEqualTo(403);
    }

    @Test
    public void theAccountItselfIsReadAndItsPasswordChanged() throws Exception {
        assertThat(root().get(ACCOUNT).json().path("PasswordChangeRequired").asBoolean())
                .isTrue();
        assertThat(root().change(ACCOUNT, NEW).status()).isEqualTo(200);
        final BmcRule.Requests after = rule.to(Flavour.GENERIC).as(USER, NEW);
        assertThat(after.get("/redfish/v1/Managers").status()).isEqualTo(200);
        assertThat(after.get(ACCOUNT).json().path("PasswordChangeRequired").asBoolean())
                .isFalse();
    }

    @Test
    public void aSessionIsOpenedWithTheMessageAtTheTop() throws Exception {
        final BmcRule.Answer opened = rule.to(Flavour.GENERIC).logOn(USER, OLD);
        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.json().at("/@Message.ExtendedInfo/0/MessageId").asText())
                .isEqualTo("Base.1.8.PasswordChangeRequired");
        assertThat(opened.json().at("/@Message.ExtendedInfo/0/MessageArgs/0").asText())
                .isEqualTo(ACCOUNT);
        final BmcRule.Requests session =
                rule.to(Flavour.GENERIC).withToken(opened.header("X-Auth-Token").orElseThrow());
        assertThat(session.get("/redfish/v1/Managers").status()).isEqualTo(403);
        assertThat(session.send("DELETE", opened.header("Location").orElseThrow(), null)
                        .status())
                .isEqualTo(204);
    }

    @Test
    public void othersSayItInTheirOwnWay() throws Exception {
        rule.of(Flavour.ILO_6).requirePasswordChange(USER);
        final BmcRule.Answer hpe = rule.to(Flavour.ILO_6).as(USER, OLD).get("/redfish/v1/Managers");
        assertThat(hpe.messageId()).isEqualTo("Base.1.18.PasswordChangeRequired");
        assertThat(hpe.message().path("MessageArgs").path(0).asText()).isEqualTo(BmcRule.account(Flavour.ILO_6) + "/");
        rule.of(Flavour.XCC).requirePasswordChange(USER);
        assertThat(rule.to(Flavour.XCC)
                        .as(USER, OLD)
                        .get("/redfish/v1/Managers")
                        .messageId())
                .isEqualTo("Base.1.8.PasswordChangeRequired");
    }
}
