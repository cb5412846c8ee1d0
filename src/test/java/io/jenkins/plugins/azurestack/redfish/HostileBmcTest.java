package io.jenkins.plugins.azurestack.redfish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.net.http.Fingerprint;
import io.jenkins.plugins.azurestack.net.http.HttpLimits;
import io.jenkins.plugins.azurestack.net.http.TlsTrust;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.http.HttpListener;
import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A BMC that TLS trusts and that means no good, or has habits that nobody knows: nothing leaks, hangs or is sent twice. */
public class HostileBmcTest {
    private static final String USER = "root";
    private static final String OLD = "canary-of-0ld";
    private static final String NEW = "canary-of-n3w\"\\";
    private static final String TOKEN = "canary-of-a-token";
    private static final String JSON = "application/json";
    private static final String ROOT = "/redfish/v1/";
    private static final String SESSIONS = ROOT + "SessionService/Sessions";
    private static final String SERVICE = ROOT + "AccountService";
    private static final String ACCOUNTS = SERVICE + "/Accounts";
    private static final String ACCOUNT = ACCOUNTS + "/1";
    private static final Instant NOW = InstantSource.system().instant();
    private static final CertificateAuthority AUTHORITY =
            new CertificateAuthority("Contoso", "contoso.example", NOW, Visitor.RANDOM);

    private final Map<String, Function<HttpRequest, HttpAnswer>> pages = new ConcurrentHashMap<>();
    private final List<HttpRequest> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpListener listener;
    private HttpListener elsewhere;
    private final List<HttpRequest> astray = Collections.synchronizedList(new ArrayList<>());

    @Before
    public void serve() throws Exception {
        listener = listening(asked);
        elsewhere = listening(astray);
        page("GET " + ROOT, root("Links", "{\"Sessions\":{\"@odata.id\":\"" + SESSIONS + "\"}}"));
        pages.put("POST " + SESSIONS, request -> HttpAnswer.of(201, JSON, "{}")
                .with("X-Auth-Token", TOKEN)
                .with("Location", SESSIONS + "/7"));
        page("GET " + SERVICE, "{\"Accounts\":{\"@odata.id\":\"" + ACCOUNTS + "\"}}");
        page("GET " + ACCOUNTS, "{\"Members\":[{\"@odata.id\":\"" + ACCOUNT + "\"}]}");
        page("GET " + ACCOUNT, "{\"UserName\":\"root\",\"@odata.etag\":\"\\\"1\\\"\"}");
        pages.put("DELETE " + SESSIONS + "/7", request -> HttpAnswer.of(204));
    }

    private HttpListener listening(final List<HttpRequest> heard) throws IOException {
        final IssuedCertificate certificate = AUTHORITY.issue(
                Specimen.of(List.of("127.0.0.1"), NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(9))));
        return HttpListener.tls(
                "hostile",
                (request, connection) -> {
                    heard.add(request);
                    return pages.getOrDefault(request.method() + " " + request.target(), none -> HttpAnswer.of(404))
                            .apply(request);
                },
                () -> certificate,
                Visitor.RANDOM,
                () -> false);
    }

    @After
    public void stop() throws IOException {
        listener.close();
        elsewhere.close();
        assertThat(astray).as("what another host received").isEmpty();
    }

    private static String root(final String name, final String value) {
        return "{\"RedfishVersion\":\"1.6.0\",\"AccountService\":{\"@odata.id\":\"" + SERVICE + "\"},\"" + name + "\":"
                + value + "}";
    }

    private void page(final String what, final String body) {
        page(what, 200, body);
    }

    private void page(final String what, final int status, final String body) {
        pages.put(what, request -> HttpAnswer.of(status, JSON, body));
    }

    private Bmc open(final HttpLimits limits) throws Exception {
        return new Redfish(new DirectNetwork(), Visitor.RANDOM, limits)
                .open(
                        new BmcAddress("127.0.0.1", listener.address().getPort()),
                        TlsTrust.roots(List.of(AUTHORITY.root()), Visitor.RANDOM));
    }

    private Bmc open() throws Exception {
        return open(Visitor.PATIENT);
    }

    private LogOn logOn() throws Exception {
        return open().logOn(USER, OLD.toCharArray());
    }

    private BmcSession session() throws Exception {
        return Visitor.accepted(logOn());
    }

    private PasswordChange change() throws Exception {
        try (BmcSession session = session()) {
            return session.changePassword(session.account(USER).orElseThrow(), NEW.toCharArray());
        }
    }

    private long sent(final String method) {
        return asked.stream().filter(request -> request.method().equals(method)).count();
    }

    private void requireUnexpected(final BmcSession session) {
        assertThatThrownBy(() -> session.account(USER))
                .isInstanceOfSatisfying(BmcException.class, unexpected -> assertThat(unexpected.kind())
                        .isEqualTo(BmcException.Kind.UNEXPECTED))
                .hasMessageContaining("nothing was changed")
                .hasMessageNotContaining("canary");
    }

    @Test
    public void aRedirectIsNotFollowedByAnyRequest() throws Exception {
        final String other = "https://127.0.0.1:" + elsewhere.address().getPort();
        for (final int status : new int[] {301, 302, 303, 307, 308}) {
            final Function<HttpRequest, HttpAnswer> redirect =
                    request -> HttpAnswer.of(status).with("Location", other + request.target());
            pages.put("PATCH " + ACCOUNT, redirect);
            assertThat(change()).isInstanceOf(PasswordChange.Unknown.class);
            pages.put("POST " + SESSIONS, redirect);
            assertThat(logOn()).isInstanceOf(LogOn.Unexpected.class);
            pages.put("GET " + ROOT, redirect);
            assertThatThrownBy(this::open).isInstanceOf(BmcException.class);
            serveAnew();
        }
    }

    private void serveAnew() throws Exception {
        stop();
        pages.clear();
        serve();
    }

    @Test
    public void linksLeadNowhereElse() throws Exception {
        final String host = "127.0.0.1:" + elsewhere.address().getPort();
        for (final String link : List.of(
                "https://" + host + "/redfish/v1/x",
                "//" + host + "/redfish/v1/x",
                "@" + host + "/redfish/v1/x",
                "/redfish/v1/../../x",
                "/redfish/v1/./x",
                "/other",
                "/redfish/v1/a b",
                "/redfish/v1/a\\r\\nHost: x",
                "/redfish/v1//x",
                "",
                "/redfish/v1/" + "x".repeat(3000))) {
            page("GET " + SERVICE, "{\"Accounts\":{\"@odata.id\":\"" + link + "\"}}");
            try (BmcSession session = session()) {
                requireUnexpected(session);
            }
        }
        page("GET " + ROOT, root("SessionService", "{\"@odata.id\":\"https://" + host + "/redfish/v1/Sessions\"}"));
        page("GET " + SERVICE, 401, "{}");
        assertThat(logOn()).as("by what it can serve itself").isInstanceOf(LogOn.Refused.class);
    }

    @Test
    public void aSessionIsEndedAtTheBmcThatOpenedItWhateverItCallsItself() throws Exception {
        pages.put("POST " + SESSIONS, request -> HttpAnswer.of(201, JSON, "{}")
                .with("X-Auth-Token", TOKEN)
                .with("Location", "https://ilo.factory.example" + SESSIONS + "/7"));
        assertThat(session().logOff()).isEqualTo(BmcSession.LogOff.DONE);
        assertThat(sent("DELETE")).isEqualTo(1);
    }

    @Test
    public void everyRequestNamesTheBmcAsAUrlWritesIt() throws Exception {
        final IssuedCertificate served = AUTHORITY.issue(
                Specimen.of(List.of("127.0.0.1"), NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(9))));
        final List<HttpRequest> heard = Collections.synchronizedList(new ArrayList<>());
        try (HttpListener other = HttpListener.tls(
                "other",
                (request, connection) -> {
                    heard.add(request);
                    return HttpAnswer.of(200, JSON, "{}");
                },
                () -> served,
                Visitor.RANDOM,
                () -> false)) {
            for (final BmcAddress address : List.of(
                    BmcAddress.of("2001:db8::5"), new BmcAddress("2001:db8::5", 8443), BmcAddress.of("10.0.0.5"))) {
                Visitor.over((host, port, timeout) -> new DirectNetwork()
                                .connect("127.0.0.1", other.address().getPort(), timeout))
                        .open(address, TlsTrust.pinned(Fingerprint.of(served.leaf()), Visitor.RANDOM));
            }
        }
        assertThat(heard)
                .extracting(request -> request.header("Host").orElse(""))
                .containsExactly("[2001:db8::5]", "[2001:db8::5]:8443", "10.0.0.5");
        assertThat(heard).allSatisfy(request -> assertThat(
                        request.header("Authorization").or(() -> request.header("X-Auth-Token")))
                .isEmpty());
    }

    @Test
    public void listsThatDoNotEndAreEnded() throws Exception {
        page("GET " + ACCOUNTS, "{\"Members\":[],\"Members@odata.nextLink\":\"" + ACCOUNTS + "?$skip=1\"}");
        page("GET " + ACCOUNTS + "?$skip=1", "{\"Members\":[],\"Members@odata.nextLink\":\"" + ACCOUNTS + "\"}");
        try (BmcSession session = session()) {
            requireUnexpected(session);
        }
        page("GET " + ACCOUNTS, "{\"Members\":[" + ("{\"@odata.id\":\"" + ACCOUNT + "\"},").repeat(1000) + "{}]}");
        try (BmcSession session = session()) {
            requireUnexpected(session);
        }
        assertThat(asked).hasSizeLessThan(20);
    }

    @Test
    public void anAccountOnALaterPageIsFoundAndThoseThatTheListSpellsOutAreNotReadAgain() throws Exception {
        page(
                "GET " + ACCOUNTS,
                "{\"Members\":[{\"@odata.id\":\"" + ACCOUNTS + "/8\",\"UserName\":\"eve\"},5,null,{\"x\":1}],"
                        + "\"Members@odata.nextLink\":\"" + ACCOUNTS + "?$skip=1\"}");
        page("GET " + ACCOUNTS + "?$skip=1", "{\"Members\":[{\"@odata.id\":\"" + ACCOUNT + "\"}]}");
        try (BmcSession session = session()) {
            assertThat(session.account(USER).orElseThrow().path()).isEqualTo(ACCOUNT);
        }
        assertThat(asked).extracting(HttpRequest::target).doesNotContain(ACCOUNTS + "/8");
    }

    @Test
    public void namesThatDifferInCaseOnlyAreNotChosenFrom() throws Exception {
        page(
                "GET " + ACCOUNTS,
                "{\"Members\":[{\"@odata.id\":\"" + ACCOUNT + "\"},{\"@odata.id\":\"" + ACCOUNTS + "/2\"}]}");
        page("GET " + ACCOUNT, "{\"UserName\":\"Root\"}");
        page("GET " + ACCOUNTS + "/2", "{\"UserName\":\"ROOT\"}");
        try (BmcSession session = session()) {
            assertThatThrownBy(() -> session.account(USER))
                    .isInstanceOfSatisfying(BmcException.class, several -> assertThat(several.kind())
                            .isEqualTo(BmcException.Kind.AMBIGUOUS));
            page("GET " + ACCOUNTS + "/2", "{\"UserName\":\"root\"}");
            assertThat(session.account(USER).orElseThrow().path()).isEqualTo(ACCOUNTS + "/2");
        }
    }

    @Test
    public void answersBeyondAllMeasureAreNotReadToTheirEnd() throws Exception {
        for (final String body : List.of(
                "{\"x\":\"" + "y".repeat(400_000) + "\"}",
                "[".repeat(5000),
                "{\"a\":".repeat(5000),
                "{\"" + "n".repeat(20_000) + "\":1}",
                "{\"MinPasswordLength\":" + "9".repeat(2000) + "}",
                "{\"a\":1",
                "<html>canary</html>",
                "\"canary\"",
                "")) {
            page("GET " + SERVICE, body);
            try (BmcSession session = session()) {
                requireUnexpected(session);
            }
        }
    }

    @Test
    public void anAnswerThatDoesNotComeIsGivenUpAndTheChangeIsUnknown() throws Exception {
        final CountDownLatch over = new CountDownLatch(1);
        pages.put("PATCH " + ACCOUNT, request -> {
            await(over);
            return HttpAnswer.of(204);
        });
        final HttpLimits hasty =
                new HttpLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(4), 300_000);
        final Bmc bmc = open(hasty);
        try (BmcSession session = Visitor.accepted(bmc.logOn(USER, OLD.toCharArray()))) {
            assertThat(session.changePassword(session.account(USER).orElseThrow(), NEW.toCharArray()))
                    .isInstanceOfSatisfying(PasswordChange.Unknown.class, unknown -> assertThat(unknown.reason())
                            .contains("no whole answer within 4 s"));
        }
        over.countDown();
        assertThat(sent("PATCH")).isEqualTo(1);
    }

    private static void await(final CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    public void onlyAClearYesIsAChangeAndOnlyAClearNoIsNone() throws Exception {
        final Map<Integer, Class<? extends PasswordChange>> meanings = Map.ofEntries(
                Map.entry(200, PasswordChange.Changed.class),
                Map.entry(204, PasswordChange.Changed.class),
                Map.entry(202, PasswordChange.Unknown.class),
                Map.entry(400, PasswordChange.Refused.class),
                Map.entry(401, PasswordChange.SessionEnded.class),
                Map.entry(403, PasswordChange.Refused.class),
                Map.entry(404, PasswordChange.Refused.class),
                Map.entry(405, PasswordChange.Refused.class),
                Map.entry(408, PasswordChange.Unknown.class),
                Map.entry(412, PasswordChange.PreconditionFailed.class),
                Map.entry(428, PasswordChange.PreconditionFailed.class),
                Map.entry(500, PasswordChange.Unknown.class),
                Map.entry(503, PasswordChange.Unknown.class));
        for (final Map.Entry<Integer, Class<? extends PasswordChange>> meaning : meanings.entrySet()) {
            final int before = (int) sent("PATCH");
            pages.put("PATCH " + ACCOUNT, request -> HttpAnswer.of(meaning.getKey()));
            assertThat(change()).as("HTTP %s", meaning.getKey()).isInstanceOf(meaning.getValue());
            assertThat(sent("PATCH")).isEqualTo(before + 1);
        }
        page(
                "PATCH " + ACCOUNT,
                "{\"Password@Message.ExtendedInfo\":[{\"MessageId\":\"Base.1.8.PropertyValueError\"}]}");
        assertThat(change()).as("done, and objected to").isInstanceOf(PasswordChange.Unknown.class);
        page(
                "PATCH " + ACCOUNT,
                "{\"error\":{\"@Message.ExtendedInfo\":[{\"Severity\":\"Critical\",\"Message\":\"no\"}]}}");
        assertThat(change()).isInstanceOf(PasswordChange.Unknown.class);
    }

    @Test
    public void whatWasSentIsMaskedInWhatComesBack() throws Exception {
        final String echo = "{\"error\":{\"@Message.ExtendedInfo\":[{\"MessageId\":\"X.1.0.Echo\",\"Message\":%s,"
                + "\"MessageArgs\":[%s],\"Resolution\":%s}]}}";
        pages.put("PATCH " + ACCOUNT, request -> {
            final String text = '"' + "The value canary-of-n3w\\\"\\\\ / canary-of-n3w%22%5C / "
                    + Base64.getEncoder().encodeToString(NEW.getBytes(StandardCharsets.UTF_8)) + " with "
                    + request.header("X-Auth-Token").orElse("") + '"';
            return HttpAnswer.of(400, JSON, String.format(echo, text, text, text));
        });
        final PasswordChange refused = change();
        assertThat(refused).isInstanceOf(PasswordChange.Refused.class);
        assertThat(refused.toString() + refused.words())
                .contains("********")
                .doesNotContain("canary")
                .doesNotContain("Y2FuYXJ5");
        pages.put(
                "POST " + SESSIONS,
                request -> HttpAnswer.of(401, JSON, "{\"error\":{\"message\":\"No: " + OLD + "\"}}"));
        final LogOn no = logOn();
        assertThat(no.toString() + no.words()).contains("No: ********").doesNotContain("canary");
    }

    @Test
    public void aMessageThatSplitsASecretAtItsBoundShowsNoHalf() throws Exception {
        pages.put(
                "POST " + SESSIONS,
                request -> HttpAnswer.of(401, JSON, "{\"error\":{\"message\":\"" + "x".repeat(995) + OLD + "\"}}"));
        assertThat(logOn().words()).doesNotContain("canary").doesNotContain("cana");
    }

    @Test
    public void messagesAreFoundWhereverABmcPutsThem() throws Exception {
        final String message = "{\"MessageId\":\"Base.1.2.AccountLocked\",\"Message\":\"a\\u001b[31m\\nb\"}";
        for (final String body : List.of(
                "{\"error\":{\"@Message.ExtendedInfo\":[" + message + "]}}",
                "{\"error\":{\"@Message.ExtendedInfo\":" + message + "}}",
                "{\"@Message.ExtendedInfo\":[" + message + "]}",
                "{\"Error\":{\"@message.extendedinfo\":[null,3,[]," + message + "]}}")) {
            page("POST " + SESSIONS, 401, body);
            assertThat(logOn()).isInstanceOfSatisfying(LogOn.Locked.class, locked -> assertThat(
                            locked.said().messages().get(0).text())
                    .isEqualTo("a?[31m?b"));
        }
        page("POST " + SESSIONS, 403, "{\"error\":{\"@Message.ExtendedInfo\":[" + message + "]}}");
        assertThat(logOn()).isInstanceOf(LogOn.Locked.class);
    }

    @Test
    public void aRefusalIsOneWhateverTheStatusAndADoubtfulWordAboutLocksIsNoMoreThanThat() throws Exception {
        for (final String key : List.of("iLO.2.25.UnauthorizedLoginAttempt", "Base.1.8.AccessDenied")) {
            page("POST " + SESSIONS, 400, "{\"error\":{\"@Message.ExtendedInfo\":[{\"MessageId\":\"" + key + "\"}]}}");
            assertThat(logOn()).as(key).isInstanceOf(LogOn.Refused.class);
        }
        page("POST " + SESSIONS, 401, "{\"error\":{\"message\":\"Wrong password, or the account may be locked.\"}}");
        assertThat(logOn()).isInstanceOf(LogOn.Refused.class);
        page("POST " + SESSIONS, 401, "{\"error\":{\"message\":\"The account is locked.\"}}");
        assertThat(logOn()).isInstanceOf(LogOn.Locked.class);
        page(
                "POST " + SESSIONS,
                400,
                "{\"error\":{\"@Message.ExtendedInfo\":[{\"MessageId\":\"Base.1.8.MalformedJSON\"}]}}");
        assertThat(logOn())
                .isInstanceOfSatisfying(LogOn.Unexpected.class, unexpected -> assertThat(unexpected.mayHaveCounted())
                        .isTrue());
        assertThat(sent("POST")).isEqualTo(5);
    }

    @Test
    public void accountsThatMayNotBeReadArePassedByUnlessNoOtherIsFound() throws Exception {
        page(
                "GET " + ACCOUNTS,
                "{\"Members\":[{\"@odata.id\":\"" + ACCOUNTS + "/9\"},{\"@odata.id\":\"" + ACCOUNT + "\"}]}");
        page("GET " + ACCOUNTS + "/9", 403, "{}");
        try (BmcSession session = session()) {
            assertThat(session.account(USER).orElseThrow().path()).isEqualTo(ACCOUNT);
            assertThatThrownBy(() -> session.account("eve"))
                    .isInstanceOfSatisfying(BmcException.class, refused -> assertThat(refused.kind())
                            .isEqualTo(BmcException.Kind.REFUSED));
        }
    }

    @Test
    public void aBmcWithoutSessionsIsAskedByPasswordOnceWhichIsNeverTriedAgainOnceItMayBeWrong() throws Exception {
        for (final String without : List.of("no link", "404", "405", "501")) {
            if (without.equals("no link")) {
                page("GET " + ROOT, root("Name", "\"x\""));
            } else {
                page("GET " + ROOT, root("Links", "{\"Sessions\":{\"@odata.id\":\"" + SESSIONS + "\"}}"));
                pages.put("POST " + SESSIONS, request -> HttpAnswer.of(Integer.parseInt(without)));
            }
            final String basic =
                    "Basic " + Base64.getEncoder().encodeToString((USER + ":" + OLD).getBytes(StandardCharsets.UTF_8));
            page("PATCH " + ACCOUNT, "{}");
            asked.clear();
            try (BmcSession session = session()) {
                session.policy();
                final Account account = session.account(USER).orElseThrow();
                assertThat(session.changePassword(account, NEW.toCharArray()))
                        .isInstanceOf(PasswordChange.Changed.class);
                assertThatThrownBy(() -> session.account(USER)).hasMessageContaining("Nothing was sent");
                assertThat(session.logOff()).isEqualTo(BmcSession.LogOff.DONE);
            }
            assertThat(asked.stream()
                            .filter(request -> request.header("Authorization")
                                    .filter(basic::equals)
                                    .isPresent())
                            .map(request -> request.method() + " " + request.target()))
                    .as(without)
                    .containsExactly("GET " + SERVICE, "GET " + ACCOUNTS, "GET " + ACCOUNT, "PATCH " + ACCOUNT);
            page("GET " + SERVICE, 401, "{}");
            assertThat(logOn()).isInstanceOf(LogOn.Refused.class);
            page("GET " + SERVICE, "{\"Accounts\":{\"@odata.id\":\"" + ACCOUNTS + "\"}}");
        }
    }

    @Test
    public void aPasswordThatHasToBeChangedIsChangedWithoutASessionWhereNoneIsGiven() throws Exception {
        page(
                "POST " + SESSIONS,
                403,
                "{\"error\":{\"@Message.ExtendedInfo\":[{\"MessageId\":\"Base.1.5.PasswordChangeRequired\","
                        + "\"MessageArgs\":[\"" + ACCOUNT + "\"]}]}}");
        page("PATCH " + ACCOUNT, 204, "");
        final LogOn required = logOn();
        assertThat(required).isInstanceOf(LogOn.ChangeRequired.class);
        try (BmcSession session = ((LogOn.ChangeRequired) required).session()) {
            assertThat(session.changeRequiredPassword(NEW.toCharArray())).isInstanceOf(PasswordChange.Changed.class);
        }
        assertThat(sent("PATCH")).isEqualTo(1);
    }

    @Test
    public void aRequiredChangeIsNotMadeToAnotherAccount() throws Exception {
        page(
                "POST " + SESSIONS,
                403,
                "{\"error\":{\"@Message.ExtendedInfo\":[{\"MessageId\":\"Base.1.5.PasswordChangeRequired\","
                        + "\"MessageArgs\":[\"" + ACCOUNT + "\"]}]}}");
        page("GET " + ACCOUNT, "{\"UserName\":\"somebody\"}");
        try (BmcSession session = ((LogOn.ChangeRequired) logOn()).session()) {
            assertThat(session.changeRequiredPassword(NEW.toCharArray())).isInstanceOf(PasswordChange.NotSent.class);
        }
        assertThat(sent("PATCH")).isZero();
    }

    @Test
    public void dellsFactoryAttributeIsNotChangedForAnybodyElse() throws Exception {
        page("GET " + ROOT, root("Vendor", "\"Dell\""));
        page("GET " + SERVICE, 403, "{\"error\":{\"@Message.ExtendedInfo\":[{\"MessageId\":\"IDRAC.2.9.SWC1908\"}]}}");
        final LogOn other = open().logOn("eve", OLD.toCharArray());
        try (BmcSession session = ((LogOn.ChangeRequired) other).session()) {
            assertThat(session.changeRequiredPassword(NEW.toCharArray())).isInstanceOf(PasswordChange.NotSent.class);
        }
        page("GET " + ROOT + "Managers/iDRAC.Embedded.1/Accounts/2", "{\"UserName\":\"eve\"}");
        try (BmcSession session = ((LogOn.ChangeRequired) logOn()).session()) {
            assertThat(session.changeRequiredPassword(NEW.toCharArray())).isInstanceOf(PasswordChange.NotSent.class);
        }
        assertThat(sent("PATCH")).isZero();
    }

    @Test
    public void whoIsInterruptedAfterTheChangeLeftDoesNotKnow() throws Exception {
        final CountDownLatch arrived = new CountDownLatch(1);
        final CountDownLatch over = new CountDownLatch(1);
        pages.put("PATCH " + ACCOUNT, request -> {
            arrived.countDown();
            await(over);
            return HttpAnswer.of(204);
        });
        final Thread changing = Thread.currentThread();
        final Thread impatient = new Thread(() -> {
            try {
                arrived.await(60, TimeUnit.SECONDS);
                changing.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        impatient.start();
        final PasswordChange change = change();
        assertThat(Thread.interrupted()).isTrue();
        over.countDown();
        impatient.join();
        assertThat(change).isInstanceOf(PasswordChange.Unknown.class);
        assertThat(sent("PATCH")).isEqualTo(1);
        assertThat(sent("DELETE")).as("the session is ended all the same").isEqualTo(1);
    }

    /** Bodies cut, spliced and bent at random: whatever comes has a typed outcome. */
    @Test
    public void whateverABmcWritesHasAnOutcome() throws Exception {
        final Random random = new Random(20_240_607);
        final List<String> good = new ArrayList<>(List.of(
                root("Links", "{\"Sessions\":{\"@odata.id\":\"" + SESSIONS + "\"}}"),
                "{\"Accounts\":{\"@odata.id\":\"" + ACCOUNTS + "\"},\"MinPasswordLength\":8,\"Oem\":{\"Lenovo\":{}}}",
                "{\"Members\":[{\"@odata.id\":\"" + ACCOUNT + "\"}],\"Members@odata.nextLink\":\"" + ACCOUNTS + "\"}",
                "{\"UserName\":\"root\",\"Enabled\":true,\"Locked\":[],\"RoleId\":{},\"@odata.etag\":1e9}",
                "{\"error\":{\"@Message.ExtendedInfo\":[{\"MessageId\":\"Base.1.8.X\",\"MessageArgs\":[[],{},1]}]}}"));
        for (int round = 0; round < 400; round++) {
            final byte[] bent =
                    bent(good.get(random.nextInt(good.size())), good.get(random.nextInt(good.size())), random);
            final String victim = List.of("GET " + ROOT, "GET " + SERVICE, "GET " + ACCOUNTS, "GET " + ACCOUNT)
                    .get(random.nextInt(4));
            final Function<HttpRequest, HttpAnswer> before = pages.get(victim);
            pages.put(victim, request -> HttpAnswer.of(200, JSON, bent));
            pages.put("PATCH " + ACCOUNT, request -> HttpAnswer.of(400, JSON, bent));
            try {
                final LogOn logOn = logOn();
                if (logOn instanceof LogOn.Accepted accepted) {
                    try (BmcSession session = accepted.session()) {
                        session.policy();
                        session.account(USER)
                                .ifPresent(account -> assertThat(session.changePassword(account, NEW.toCharArray()))
                                        .isNotInstanceOf(PasswordChange.Changed.class));
                    }
                }
            } catch (BmcException e) {
                assertThat(e).hasMessageNotContaining("canary");
            }
            pages.put(victim, before);
        }
    }

    private static byte[] bent(final String one, final String other, final Random random) {
        final byte[] bytes = (one.substring(0, random.nextInt(one.length() + 1))
                        + other.substring(random.nextInt(other.length())))
                .getBytes(StandardCharsets.UTF_8);
        final byte[] bent = random.nextBoolean() ? one.getBytes(StandardCharsets.UTF_8) : bytes;
        for (int flips = random.nextInt(4); flips > 0 && bent.length > 0; flips--) {
            bent[random.nextInt(bent.length)] = (byte) random.nextInt(256);
        }
        return bent;
    }
}
