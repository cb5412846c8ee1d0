package io.jenkins.plugins.azurestack.simulator.redfish;

import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.NEW;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.OLD;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.USER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.Rule;
import org.junit.Test;

/** What a BMC of no vendor in particular does with requests, right and wrong ones. */
public class RedfishServiceTest {
    private static final String SESSIONS = "/redfish/v1/SessionService/Sessions";
    private static final String ACCOUNTS = "/redfish/v1/AccountService/Accounts";
    private static final String ACCOUNT = BmcRule.account(Flavour.GENERIC);

    @Rule
    public final BmcRule rule = new BmcRule();

    private BmcRule.Requests anybody() {
        return rule.to(Flavour.GENERIC);
    }

    private BmcRule.Requests root() {
        return anybody().as(USER, OLD);
    }

    @Test
    public void theRootIsOpenToAll() throws Exception {
        assertThat(anybody().get("/redfish").json().path("v1").asText()).isEqualTo("/redfish/v1/");
        for (final String path : new String[] {"/redfish/v1/", "/redfish/v1"}) {
            final BmcRule.Answer root = anybody().get(path);
            assertThat(root.status()).isEqualTo(200);
            assertThat(root.header("OData-Version")).contains("4.0");
            assertThat(root.json().at("/AccountService/@odata.id").asText()).isEqualTo("/redfish/v1/AccountService");
            assertThat(root.json().at("/Links/Sessions/@odata.id").asText()).isEqualTo(SESSIONS);
        }
        assertThat(anybody().get("/redfish/v1/$metadata").header("Content-Type"))
                .contains("application/xml");
        assertThat(anybody().get("/redfish/v1/odata").json().path("value")).isNotEmpty();
    }

    @Test
    public void nothingElseIsOpenToAll() throws Exception {
        for (final String path : new String[] {ACCOUNTS, ACCOUNT, SESSIONS, "/redfish/v1/Managers", "/redfish/v1/no"}) {
            final BmcRule.Answer answer = anybody().get(path);
            assertThat(answer.status()).as(path).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).contains("Basic realm=\"RedfishService\"");
            assertThat(answer.messageId()).isEqualTo("Base.1.8.NoValidSession");
        }
    }

    @Test
    public void whatIsNoCredentialOpensNothing() throws Exception {
        for (final String header : new String[] {"Basic", "Basic !", "Basic cm9vdA==", "Bearer x", ""}) {
            assertThat(anybody().with("Authorization", header).get(ACCOUNTS).status())
                    .as(header)
                    .isEqualTo(401);
        }
        assertThat(anybody().withToken("0").as(USER, OLD).get(ACCOUNTS).status())
                .as("a token that is no longer good, whatever else is there")
                .isEqualTo(401);
    }

    @Test
    public void aSessionIsOpenedUsedAndDeleted() throws Exception {
        final BmcRule.Answer opened = anybody().logOn(USER, OLD);
        assertThat(opened.status()).isEqualTo(201);
        final String location = opened.header("Location").orElseThrow();
        assertThat(location).isEqualTo(SESSIONS + "/1");
        assertThat(opened.json().path("UserName").asText()).isEqualTo(USER);
        assertThat(opened.json().path("Password").isNull()).isTrue();
        final BmcRule.Requests session =
                anybody().withToken(opened.header("X-Auth-Token").orElseThrow());
        assertThat(session.get(SESSIONS).json().path("Members@odata.count").asInt())
                .isEqualTo(1);
        assertThat(session.get(location).json().path("Id").asText()).isEqualTo("1");
        assertThat(session.send("DELETE", location, null).status()).isEqualTo(204);
        assertThat(session.get(SESSIONS).status()).isEqualTo(401);
    }

    @Test
    public void aSessionEndsWhenItIsIdle() throws Exception {
        final BmcRule.Requests session = anybody()
                .withToken(anybody().logOn(USER, OLD).header("X-Auth-Token").orElseThrow());
        rule.time().advance(Duration.ofMinutes(29));
        assertThat(session.get(ACCOUNT).status()).as("used in time").isEqualTo(200);
        rule.time().advance(Duration.ofMinutes(29));
        assertThat(session.get(ACCOUNT).status()).as("used in time again").isEqualTo(200);
        rule.time().advance(Duration.ofMinutes(30));
        assertThat(session.get(ACCOUNT).status()).as("idle").isEqualTo(401);
    }

    @Test
    public void thereAreOnlySoManySessionsAtOnce() throws Exception {
        for (int i = 0; i < 16; i++) {
            assertThat(anybody().logOn(USER, OLD).status()).isEqualTo(201);
        }
        final BmcRule.Answer more = anybody().logOn(USER, OLD);
        assertThat(more.status()).isEqualTo(503);
        assertThat(more.messageId()).isEqualTo("Base.1.8.SessionLimitExceeded");
        assertThat(root().send("DELETE", SESSIONS + "/3", null).status()).isEqualTo(204);
        assertThat(anybody().logOn(USER, OLD).status()).isEqualTo(201);
    }

    @Test
    public void theIdleTimeCanBeSet() throws Exception {
        assertThat(root().patch("/redfish/v1/SessionService", "{\"SessionTimeout\":60}")
                        .status())
                .isEqualTo(200);
        assertThat(root().get("/redfish/v1/SessionService")
                        .json()
                        .path("SessionTimeout")
                        .asInt())
                .isEqualTo(60);
        assertThat(root().patch("/redfish/v1/SessionService", "{\"SessionTimeout\":1}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    public void aPasswordIsNullToWhoeverReadsIt() throws Exception {
        final BmcRule.Answer account = root().get(ACCOUNT);
        assertThat(account.json().has("Password")).isTrue();
        assertThat(account.json().path("Password").isNull()).isTrue();
        assertThat(account.whole().body()).doesNotContain(OLD);
    }

    @Test
    public void sessionsDieWithThePasswordThatOpenedThem() throws Exception {
        final BmcRule.Requests session = anybody()
                .withToken(anybody().logOn(USER, OLD).header("X-Auth-Token").orElseThrow());
        assertThat(session.change(ACCOUNT, NEW).status()).isEqualTo(200);
        assertThat(session.get(ACCOUNT).status()).isEqualTo(401);
        assertThat(anybody().logOn(USER, OLD).status()).isEqualTo(401);
        assertThat(anybody().logOn(USER, NEW).status()).isEqualTo(201);
    }

    @Test
    public void headIsGetWithoutABody() throws Exception {
        final BmcRule.Answer head = root().send("HEAD", ACCOUNT, null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.whole().body()).isEmpty();
        assertThat(head.header("Content-Length"))
                .isEqualTo(root().get(ACCOUNT).header("Content-Length"))
                .isPresent();
    }

    @Test
    public void aMethodThatAResourceDoesNotHaveIsNamedWithThoseItHas() throws Exception {
        final BmcRule.Answer put = root().send("PUT", ACCOUNT, "{}");
        assertThat(put.status()).isEqualTo(405);
        assertThat(put.header("Allow")).contains("GET, HEAD, PATCH, DELETE");
        assertThat(put.messageId()).isEqualTo("Base.1.8.OperationNotAllowed");
        assertThat(root().send("DELETE", "/redfish/v1/Managers", null).header("Allow"))
                .contains("GET, HEAD");
        assertThat(anybody().send("DELETE", "/redfish/v1/", null).status()).isEqualTo(405);
    }

    @Test
    public void whatIsNotThereIsNotFound() throws Exception {
        for (final String path : new String[] {
            "/redfish/v1/Fabrics", ACCOUNTS + "/99", SESSIONS + "/99", "/redfish/v1/AccountService/Roles/King"
        }) {
            final BmcRule.Answer answer = root().get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.messageId()).isEqualTo("Base.1.8.ResourceMissingAtURI");
            assertThat(answer.message().path("MessageArgs").path(0).asText()).isEqualTo(path);
        }
        assertThat(anybody().get("/").status()).isEqualTo(404);
    }

    @Test
    public void aBodyMustBeAJsonObjectAndSaySo() throws Exception {
        assertThat(root().with("Content-Type", "text/plain")
                        .send("PATCH", ACCOUNT, "{}")
                        .status())
                .isEqualTo(415);
        assertThat(root().send("PATCH", ACCOUNT, "{\"Password\":\"x\"}").status())
                .isEqualTo(415);
        for (final String body : new String[] {"", "{", "[]", "\"x\"", "{\"a\":1} {", "{\"a\":1,\"a\":2}", "null"}) {
            final BmcRule.Answer answer = root().patch(ACCOUNT, body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.messageId()).as(body).isEqualTo("Base.1.8.MalformedJSON");
        }
        assertThat(root().patch(ACCOUNT, "{}").messageId()).isEqualTo("Base.1.8.EmptyJSON");
    }

    @Test
    public void aRequestIsDoneWholeOrNotAtAll() throws Exception {
        final BmcRule.Answer unknown = root().patch(ACCOUNT, "{\"Password\":\"" + NEW + "\",\"Shoe\":1}");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.messageId()).isEqualTo("Base.1.8.PropertyUnknown");
        assertThat(root().patch(ACCOUNT, "{\"Id\":\"3\"}").messageId()).isEqualTo("Base.1.8.PropertyNotWritable");
        final BmcRule.Answer number = root().patch(ACCOUNT, "{\"Password\":12345678}");
        assertThat(number.messageId()).isEqualTo("Base.1.8.PropertyValueTypeError");
        assertThat(number.whole().body()).doesNotContain("12345678");
        assertThat(rule.of(Flavour.GENERIC).password(USER)).contains(OLD.toCharArray());
    }

    @Test
    public void annotationsInABodyAreNoProperties() throws Exception {
        assertThat(root().patch(ACCOUNT, "{\"@odata.etag\":\"x\",\"Password\":\"" + NEW + "\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    public void anEtagMatchesUntilTheAccountChanges() throws Exception {
        final String etag = root().get(ACCOUNT).json().path("@odata.etag").asText();
        assertThat(root().with("If-Match", etag)
                        .patch(ACCOUNT, "{\"Password\":\"" + NEW + "\"}")
                        .status())
                .isEqualTo(200);
        final BmcRule.Requests later = anybody().as(USER, NEW);
        final BmcRule.Answer stale = later.with("If-Match", etag).patch(ACCOUNT, "{\"Password\":\"" + OLD + "\"}");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.messageId()).isEqualTo("Base.1.8.PreconditionFailed");
        assertThat(later.with("If-Match", "*")
                        .patch(ACCOUNT, "{\"Password\":\"" + OLD + "\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    public void someServicesMatchAnEtagOnlyWithoutItsQuotes() throws Exception {
        rule.of(Flavour.GENERIC).setEtagHabit(EtagHabit.UNQUOTED);
        final String etag = root().get(ACCOUNT).json().path("@odata.etag").asText();
        assertThat(root().with("If-Match", etag)
                        .patch(ACCOUNT, "{\"Password\":\"" + NEW + "\"}")
                        .status())
                .isEqualTo(412);
        assertThat(root().with("If-Match", etag.replace("W/", "").replace("\"", ""))
                        .patch(ACCOUNT, "{\"Password\":\"" + NEW + "\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    public void whatHasNotChangedNeedNotBeReadAgain() throws Exception {
        final String etag = root().get(ACCOUNT).json().path("@odata.etag").asText();
        assertThat(root().with("If-None-Match", etag).get(ACCOUNT).status()).isEqualTo(304);
        assertThat(root().with("If-None-Match", "W/\"0\"").get(ACCOUNT).status())
                .isEqualTo(200);
    }

    @Test
    public void accountsAreMadeChangedAndDeleted() throws Exception {
        final BmcRule.Answer made =
                root().post(ACCOUNTS, "{\"UserName\":\"eve\",\"Password\":\"Eve-Passw0rd\",\"RoleId\":\"ReadOnly\"}");
        assertThat(made.status()).isEqualTo(201);
        final String eve = made.header("Location").orElseThrow();
        assertThat(root().post(ACCOUNTS, "{\"UserName\":\"eve\",\"Password\":\"Eve-Passw0rd\",\"RoleId\":\"ReadOnly\"}")
                        .messageId())
                .isEqualTo("Base.1.8.ResourceAlreadyExists");
        assertThat(root().post(ACCOUNTS, "{\"UserName\":\"bob\",\"RoleId\":\"ReadOnly\"}")
                        .messageId())
                .isEqualTo("Base.1.8.PropertyMissing");
        assertThat(root().post(ACCOUNTS, "{\"UserName\":\"bob\",\"Password\":\"Bob-Passw0rd\",\"RoleId\":\"King\"}")
                        .messageId())
                .isEqualTo("Base.1.8.PropertyValueNotInList");
        assertThat(root().patch(eve, "{\"Enabled\":false}").status()).isEqualTo(200);
        assertThat(anybody().as("eve", "Eve-Passw0rd").get(eve).status()).isEqualTo(401);
        assertThat(root().send("DELETE", eve, null).status()).isEqualTo(204);
        assertThat(root().get(eve).status()).isEqualTo(404);
    }

    @Test
    public void whoIsNoAdministratorChangesNothingButTheirOwnPassword() throws Exception {
        final String eve = root().post(
                        ACCOUNTS, "{\"UserName\":\"eve\",\"Password\":\"Eve-Passw0rd\",\"RoleId\":\"ReadOnly\"}")
                .header("Location")
                .orElseThrow();
        final BmcRule.Requests asEve = anybody().as("eve", "Eve-Passw0rd");
        assertThat(asEve.patch(ACCOUNT, "{\"Password\":\"" + NEW + "\"}").messageId())
                .isEqualTo("Base.1.8.InsufficientPrivilege");
        assertThat(asEve.patch(eve, "{\"RoleId\":\"Administrator\"}").status()).isEqualTo(403);
        assertThat(asEve.send("DELETE", ACCOUNT, null).status()).isEqualTo(403);
        assertThat(asEve.patch(eve, "{\"Password\":\"" + NEW + "\"}").status()).isEqualTo(200);
        assertThat(rule.of(Flavour.GENERIC).password(USER)).contains(OLD.toCharArray());
    }

    @Test
    public void rolesAreThereToBeWalked() throws Exception {
        final BmcRule.Answer roles = root().get("/redfish/v1/AccountService/Roles");
        assertThat(roles.json().path("Members").findValuesAsText("@odata.id"))
                .containsExactly(
                        "/redfish/v1/AccountService/Roles/Administrator",
                        "/redfish/v1/AccountService/Roles/Operator",
                        "/redfish/v1/AccountService/Roles/ReadOnly");
        for (final String role : roles.json().path("Members").findValuesAsText("@odata.id")) {
            assertThat(root().get(role).json().path("IsPredefined").asBoolean()).isTrue();
        }
    }

    @Test
    public void aQueryThatIsNotUnderstoodIsSaidSo() throws Exception {
        final BmcRule.Answer answer = root().get(ACCOUNTS + "?$expand=.");
        assertThat(answer.status()).isEqualTo(501);
        assertThat(answer.messageId()).isEqualTo("Base.1.8.QueryNotSupported");
        assertThat(root().get(ACCOUNTS + "?tea=1").status())
                .as("not its business")
                .isEqualTo(200);
        assertThat(rule.to(Flavour.IDRAC_9)
                        .as(USER, OLD)
                        .get("/redfish/v1/Managers?$filter=x")
                        .status())
                .isEqualTo(501);
    }

    @Test
    public void whatIsExpandedSelectedOrOnlyOne() throws Exception {
        final BmcRule.Requests idrac = rule.to(Flavour.IDRAC_9).as(USER, OLD);
        assertThat(idrac.get("/redfish/v1/Managers/iDRAC.Embedded.1/Accounts?$expand=*($levels=1)")
                        .json()
                        .path("Members")
                        .path(1)
                        .path("UserName")
                        .asText())
                .isEqualTo(USER);
        assertThat(idrac.get("/redfish/v1/Managers?only").json().path("Model").asText())
                .isEqualTo("14G Monolithic");
        assertThat(idrac.get("/redfish/v1/Managers/iDRAC.Embedded.1?$select=Model,Id")
                        .json()
                        .fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("@odata.id", "@odata.type", "@odata.etag", "Model", "Id");
    }

    @Test
    public void anotherVersionOfTheProtocolIsNotSpoken() throws Exception {
        assertThat(anybody().with("OData-Version", "3.0").get("/redfish/v1/").status())
                .isEqualTo(412);
        assertThat(anybody().with("OData-Version", "4.0").get("/redfish/v1/").status())
                .isEqualTo(200);
    }

    @Test
    public void anAnswerThatHasNoBodySaysNothingOfItsLength() throws Exception {
        final String location = anybody().logOn(USER, OLD).header("Location").orElseThrow();
        final BmcRule.Answer deleted = root().send("DELETE", location, null);
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.header("Content-Length")).isEmpty();
    }

    @Test
    public void wrongPasswordsAreCountedOneByOneWhoeverSendsThem() throws Exception {
        rule.of(Flavour.GENERIC).setLockoutPolicy(new LockoutPolicy(40, Duration.ofHours(1), Duration.ofHours(1)));
        final List<Callable<Integer>> tries = new ArrayList<>();
        for (int i = 0; i < 39; i++) {
            tries.add(() -> anybody().logOn(USER, "wrong").status());
        }
        final ExecutorService clients = Executors.newFixedThreadPool(8);
        for (final Future<Integer> tried : clients.invokeAll(tries)) {
            assertThat(tried.get()).isEqualTo(401);
        }
        clients.shutdown();
        assertThat(rule.of(Flavour.GENERIC).isLocked(USER)).isFalse();
        assertThat(anybody().logOn(USER, "wrong").status()).isEqualTo(401);
        assertThat(rule.of(Flavour.GENERIC).isLocked(USER)).isTrue();
    }
}
