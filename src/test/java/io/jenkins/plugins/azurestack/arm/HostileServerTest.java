package io.jenkins.plugins.azurestack.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.azurestack.simulator.arm.ServedStamp;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.http.HttpListener;
import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A server that TLS trusts and that means no good, or answers in another's place: nothing leaks, nothing hangs. */
public class HostileServerTest {
    private static final String ADMIN = "adminmanagement.east.azurestack.contoso.com";
    private static final String LOGIN = "login.contoso.example";
    private static final String ELSEWHERE = "elsewhere.example";
    private static final String JSON = "application/json";
    private static final String TOKEN = "canary-of-a-token";
    private static final String SECRET = "canary-of-a-secret";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, Function<HttpRequest, HttpAnswer>> pages = new ConcurrentHashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<Duration> pauses = new ArrayList<>();
    private final Map<String, HttpListener> hosts = new ConcurrentHashMap<>();
    private ResourceManager client;

    @Before
    public void serve() throws Exception {
        final SecureRandom random = new SecureRandom();
        for (final String host : List.of(ADMIN, LOGIN, ELSEWHERE)) {
            final IssuedCertificate certificate =
                    ServedStamp.issue(host, InstantSource.system().instant().plus(Duration.ofDays(9)));
            hosts.put(
                    host,
                    HttpListener.tls(
                            host,
                            (request, connection) -> answer(host, request),
                            () -> certificate,
                            random,
                            () -> false));
        }
        page(
                "/metadata/endpoints",
                "{\"authentication\":{\"loginEndpoint\":\"https://" + LOGIN + "/\",\"audiences\":[\"https://a/b\"]}}");
        page("/t/oauth2/token", "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3600}");
        page(
                "/subscriptions",
                "{\"value\":[{\"displayName\":\"default provider subscription\",\"subscriptionId\":\"s-1\"}]}");
        client = client(PATIENCE);
    }

    private ResourceManager client(final Duration exchange) {
        return new ResourceManager(
                new Stamp(
                        "east",
                        "east",
                        "azurestack.contoso.com",
                        IdentityProvider.AAD,
                        Set.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of()),
                new ClientSecret("client", Optional.of("t"), SECRET.toCharArray()),
                TrustedRoots.of(List.of(ServedStamp.authority().root())),
                this::connect,
                Clock.systemUTC(),
                new SecureRandom(),
                new Limits(PATIENCE, PATIENCE, exchange, 200_000, 20, 2, Duration.ofMillis(1), Duration.ofSeconds(5)),
                pauses::add);
    }

    @After
    public void stop() throws IOException {
        for (final HttpListener host : hosts.values()) {
            host.close();
        }
    }

    private Socket connect(final String host, final int port, final Duration timeout) throws IOException {
        final Socket socket = SocketChannel.open().socket();
        socket.connect(hosts.get(host).address(), (int) timeout.toMillis());
        return socket;
    }

    private HttpAnswer answer(final String host, final HttpRequest request) {
        final String path = request.path();
        asked.add(host + path.substring(path.lastIndexOf('/')) + " "
                + request.header("Authorization").orElse("-")
                + (request.text().contains(SECRET) ? " with the secret" : ""));
        return pages.getOrDefault(
                        path, pages.getOrDefault(path.substring(path.lastIndexOf('/')), none -> HttpAnswer.of(404)))
                .apply(request);
    }

    private void page(final String path, final String body) {
        page(path, request -> HttpAnswer.of(200, JSON, body));
    }

    private void page(final String path, final Function<HttpRequest, HttpAnswer> answer) {
        pages.put(path, answer);
    }

    private void requireAstray(final String... words) {
        assertThatThrownBy(client::alerts)
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("Nothing was changed")
                .hasMessageContainingAll(words);
    }

    @Test
    public void theListGoesOnAtAnotherHostWhichGetsNoToken() {
        for (final String link : List.of(
                "https://" + ELSEWHERE + "/alerts",
                "http://" + ADMIN + "/alerts",
                "https://" + ADMIN + ":8443/alerts",
                "//" + ELSEWHERE + "/alerts",
                "https://" + ADMIN + "@" + ELSEWHERE + "/alerts",
                "https://user@" + ADMIN + "/alerts")) {
            page("/alerts", "{\"value\":[],\"nextLink\":\"" + link + "\"}");
            requireAstray("did not get the token");
        }
        assertThat(asked).noneMatch(line -> line.startsWith(ELSEWHERE));
    }

    @Test
    public void aListThatLeadsBackToItselfEnds() {
        page(
                "/alerts",
                request -> HttpAnswer.of(
                        200, JSON, "{\"value\":[],\"nextLink\":\"https://" + ADMIN + request.target() + "\"}"));
        requireAstray("does not end");
    }

    @Test
    public void aListWithoutAnEndIsLeftAfterSoManyPages() {
        page(
                "/alerts",
                request -> HttpAnswer.of(
                        200,
                        JSON,
                        "{\"value\":[],\"nextLink\":\"https://" + ADMIN + "/alerts?p=" + asked.size() + "\"}"));
        requireAstray("does not end");
        assertThat(asked).hasSizeLessThan(30);
    }

    @Test
    public void moreJsonThanIsHonestIsNotRead() {
        final String item = "{\"name\":\"" + "x".repeat(1000) + "\"}";
        page(
                "/alerts",
                "{\"value\":[" + IntStream.range(0, 1000).mapToObj(i -> item).collect(Collectors.joining(",")) + "]}");
        assertThatThrownBy(client::alerts)
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("more than 200000 bytes");
    }

    @Test
    public void jsonThatIsNestedWithoutEndIsRefused() {
        page("/alerts", "{\"value\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}");
        requireAstray("can't be read as JSON");
    }

    @Test
    public void aPageOfHtmlIsNoAnswer() {
        page("/alerts", request -> HttpAnswer.of(200, "text/html", "<html>Sign in to our proxy</html>"));
        requireAstray("text/html", "proxy");
        page("/alerts", request -> HttpAnswer.of(502, "text/html", "<html>Bad gateway</html>"));
        assertThatThrownBy(client::alerts)
                .isInstanceOfSatisfying(CallRefusedException.class, refused -> assertThat(refused.status())
                        .isEqualTo(502));
    }

    @Test
    public void aRedirectIsNotFollowed() {
        page("/alerts", request -> HttpAnswer.of(302).with("Location", "https://" + ELSEWHERE + "/alerts"));
        assertThatThrownBy(client::alerts).isInstanceOf(UnexpectedAnswerException.class);
        page("/t/oauth2/token", request -> HttpAnswer.of(307).with("Location", "https://" + ELSEWHERE + "/token"));
        assertThat(asked).noneMatch(line -> line.startsWith(ELSEWHERE));
    }

    @Test
    public void otherThanAListIsAstray() {
        for (final String body : List.of("{}", "{\"value\":7}", "{\"value\":{}}")) {
            page("/alerts", body);
            requireAstray("a list without its items");
        }
        for (final String body : List.of("7", "", "null", "\"text\"", "{", "[1,")) {
            page("/alerts", body);
            requireAstray("something else than the JSON");
        }
    }

    @Test
    public void nothingSecretGoesToAnAuthorityWithoutTls() {
        for (final String login : List.of(
                "http://" + LOGIN + "/",
                "ftp://" + LOGIN + "/",
                "nonsense",
                "https:///",
                "https://" + LOGIN + "/?a=")) {
            page(
                    "/metadata/endpoints",
                    "{\"authentication\":{\"loginEndpoint\":\"" + login + "\",\"audiences\":[\"a\"]}}");
            assertThatThrownBy(client::alerts)
                    .isInstanceOf(UnexpectedAnswerException.class)
                    .hasMessageContaining("No secret was sent");
        }
        assertThat(asked).noneMatch(line -> line.contains("with the secret"));
    }

    @Test
    public void theTokenGoesToResourceManagerOnlyAndTheSecretToTheAuthorityOnly() throws Exception {
        page("/alerts", "{\"value\":[]}");
        client.alerts();

        assertThat(asked).filteredOn(line -> line.contains(TOKEN)).allMatch(line -> line.startsWith(ADMIN));
        assertThat(asked)
                .filteredOn(line -> line.contains("with the secret"))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith(LOGIN));
    }

    @Test
    public void anAuthorityThatAnswersWithoutATokenIsQuotedWithoutWhatItEchoes() {
        page("/t/oauth2/token", request -> HttpAnswer.of(200, JSON, "{\"token_type\":\"Bearer\"}"));
        assertThatThrownBy(client::alerts)
                .isInstanceOf(SignInRefusedException.class)
                .hasMessageContaining("without a reason");
        page("/t/oauth2/token", request -> HttpAnswer.of(200, JSON, request.text()));
        assertThatThrownBy(client::alerts)
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageNotContaining(SECRET);
        page(
                "/t/oauth2/token",
                request -> HttpAnswer.of(
                        400, JSON, "{\"error\":\"invalid_client\",\"error_description\":\"You sent " + SECRET + "\"}"));
        assertThatThrownBy(client::alerts)
                .isInstanceOf(SignInRefusedException.class)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    public void anErrorThatEchoesTheTokenIsQuotedWithoutIt() {
        page(
                "/alerts",
                request -> HttpAnswer.of(
                        400,
                        JSON,
                        "{\"error\":{\"code\":\"Odd\",\"message\":\"Got "
                                + request.header("Authorization").orElse("") + "\"}}"));
        assertThatThrownBy(client::alerts)
                .isInstanceOf(CallRefusedException.class)
                .hasMessageContaining("Got Bearer ********")
                .hasMessageNotContaining(TOKEN);
    }

    @Test
    public void noOtherPlaceOfAnAnswerBringsTheTokenIntoAMessageEither() {
        for (final HttpAnswer echo : List.of(
                HttpAnswer.of(200, "text/" + TOKEN, "hello"),
                HttpAnswer.of(400, JSON, "{\"error\":{\"code\":\"" + TOKEN + "\"}}"),
                HttpAnswer.of(200, JSON, "{\"value\":[],\"nextLink\":\"https://" + TOKEN + ".example/\"}"))) {
            page("/alerts", request -> echo);
            assertThatThrownBy(client::alerts)
                    .isInstanceOf(ResourceManagerException.class)
                    .hasMessageContaining("********")
                    .hasMessageNotContaining(TOKEN);
        }
    }

    @Test
    public void anAnswerThatTricklesInForeverIsLeftInTheEnd() throws Exception {
        page("/alerts", "{\"value\":[]}");
        client.alerts();
        page("/metadata/endpoints", request -> HttpAnswer.of(200, JSON, "{\"a\":\"" + "x".repeat(100_000) + "\"}")
                .delivered(HttpAnswer.Delivery.DRIPPING));
        try (ResourceManager hasty = client(Duration.ofMillis(900))) {
            assertThatThrownBy(hasty::alerts)
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("asked 2 times");
        }
    }

    @Test
    public void whoIsInterruptedWaitsNoLonger() throws Exception {
        final CountDownLatch arrived = new CountDownLatch(1);
        final CountDownLatch over = new CountDownLatch(1);
        page("/metadata/endpoints", request -> {
            arrived.countDown();
            try {
                over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return HttpAnswer.of(404);
        });
        final CompletableFuture<Throwable> ended = new CompletableFuture<>();
        final Thread waiting = new Thread(() -> ended.complete(catchThrowable(client::alerts)));
        waiting.start();
        assertThat(arrived.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        waiting.interrupt();

        assertThat(ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        over.countDown();
        assertThat(asked).hasSize(1);
    }

    @Test
    public void aServiceThatWantsToBeLeftAloneForHoursIsNotWaitedFor() {
        page("/alerts", request -> HttpAnswer.of(503).with("Retry-After", "7200"));
        assertThatThrownBy(client::alerts)
                .isInstanceOfSatisfying(ThrottledException.class, throttled -> assertThat(throttled.retryAfter())
                        .contains(Duration.ofHours(2)));
        assertThat(pauses).isEmpty();
    }

    @Test
    public void whatAStampSaysDoesNotBreakALogLine() throws Exception {
        page(
                "/alerts",
                "{\"value\":[{\"properties\":{\"title\":\"a\\u001b[31m\\nb\",\"severity\":7,\"state\":null,"
                        + "\"description\":[{\"type\":\"Text\",\"text\":\"c\\u202e\"},{\"type\":\"Other\"},5]}}]}");
        final Alert alert = client.alerts().get(0);

        assertThat(alert.title()).isEqualTo("a?[31m?b");
        assertThat(alert.severity()).isEqualTo(Alert.Severity.UNKNOWN);
        assertThat(alert.active()).isTrue();
        assertThat(alert.description()).isEqualTo("c?");
    }
}
