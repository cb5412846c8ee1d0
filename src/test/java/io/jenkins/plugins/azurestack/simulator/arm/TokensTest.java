package io.jenkins.plugins.azurestack.simulator.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Who gets a token for the simulated Resource Manager, what it says, and in which words others are refused. */
public class TokensTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static Map<String, String> bySecret(final ServedStamp stamp) throws Exception {
        return new HashMap<>(Map.of(
                "grant_type", "client_credentials",
                "client_id", stamp.world().identity().clientId(),
                "client_secret", stamp.world().identity().clientSecret(),
                "resource", stamp.audience()));
    }

    private static JsonNode json(final HttpResponse<String> answer) throws Exception {
        return ServedStamp.JSON.readTree(answer.body());
    }

    @Test
    public void entraIdWritesSecondsAsStrings() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final HttpResponse<String> answer = stamp.askToken(bySecret(stamp));
            final JsonNode token = json(answer);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(token.path("token_type").asText()).isEqualTo("Bearer");
            assertThat(token.path("expires_in").isTextual()).isTrue();
            assertThat(token.path("expires_in").asText()).isEqualTo("3599");
            assertThat(token.path("expires_on").isTextual()).isTrue();
            assertThat(token.path("not_before").isTextual()).isTrue();
            assertThat(token.path("resource").asText()).isEqualTo(stamp.audience());
            assertThat(token.path("access_token").asText().split("[.]")).hasSize(3);
        }
    }

    @Test
    public void adfsHasNoTenantInItsPathAndNamesItInItsConfiguration() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().adfs().serve()) {
            final HttpResponse<String> answer = stamp.askToken(bySecret(stamp));
            final JsonNode configuration = json(stamp.getAdfs("/adfs/.well-known/openid-configuration"));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(json(answer).path("access_token").asText()).isNotEmpty();
            final String issuer = configuration.path("issuer").asText();
            assertThat(issuer.substring(issuer.lastIndexOf('/') + 1))
                    .isEqualTo(stamp.world().identity().tenant());
            assertThat(configuration.path("token_endpoint").asText())
                    .isEqualTo("https://adfs.east.azurestack.contoso.com/adfs/oauth2/token");
            assertThat(stamp.get("/subscriptions?api-version=2016-05-01").path("value"))
                    .hasSize(3);
        }
    }

    @Test
    public void aWrongSecretIsRefusedWithANumberThatOperatorsKnow() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final Map<String, String> form = bySecret(stamp);
            form.put("client_secret", "guessed");
            final HttpResponse<String> answer = stamp.askToken(form);

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(json(answer).path("error").asText()).isEqualTo("invalid_client");
            assertThat(json(answer).path("error_description").asText())
                    .startsWith("AADSTS7000215: ")
                    .contains("\r\nTrace ID: ", "\r\nCorrelation ID: ", "\r\nTimestamp: ");
            assertThat(json(answer).path("error_codes").get(0).asInt()).isEqualTo(7000215);
            assertThat(answer.body()).doesNotContain("guessed");
        }
    }

    @Test
    public void entraIdSaysWhatElseIsWrong() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            assertThat(refusal(stamp, "client_id", "5f1ed000-0000-4000-8000-00000000dead"))
                    .startsWith("AADSTS700016: ");
            assertThat(refusal(stamp, "resource", "https://elsewhere.example/")).startsWith("AADSTS500011: ");
            assertThat(refusal(stamp, "grant_type", "")).startsWith("AADSTS900144: ");
            assertThat(refusal(stamp, "grant_type", "password")).startsWith("AADSTS70003: ");
            final Map<String, String> naked = bySecret(stamp);
            naked.remove("client_secret");
            assertThat(json(stamp.askToken(naked)).path("error_description").asText())
                    .startsWith("AADSTS7000218: ");
            assertThat(json(stamp.askLogin("/fabrikam.example/oauth2/token", bySecret(stamp)))
                            .path("error_description")
                            .asText())
                    .startsWith("AADSTS90002: ");
        }
    }

    private static String refusal(final ServedStamp stamp, final String field, final String value) throws Exception {
        final Map<String, String> form = bySecret(stamp);
        form.put(field, value);
        final HttpResponse<String> answer = stamp.askToken(form);
        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        return json(answer).path("error_description").asText();
    }

    @Test
    public void adfsSaysWhatIsWrongInItsOwnNumbers() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().adfs().serve()) {
            assertThat(refusal(stamp, "client_secret", "guessed"))
                    .isEqualTo(
                            "MSIS9622: Client authentication failed. Please verify the credential provided for client"
                                    + " authentication is valid.");
            assertThat(refusal(stamp, "resource", "")).startsWith("MSIS9601: ");
            assertThat(refusal(stamp, "resource", "https://elsewhere.example/")).startsWith("MSIS9602: ");
        }
    }

    @Test
    public void aCertificateProvesAClientToBothAuthorities() throws Exception {
        for (final ServedStamp.Kind kind :
                List.of(ServedStamp.kind(), ServedStamp.kind().adfs())) {
            try (ServedStamp stamp = kind.serve()) {
                final IssuedCertificate own = registered(stamp, Duration.ofDays(30));
                final HttpResponse<String> answer = stamp.askToken(byCertificate(stamp, own, claims(stamp)));

                assertThat(answer.statusCode()).isEqualTo(200);
                final String token = json(answer).path("access_token").asText();
                assertThat(stamp.send(stamp.as(token, "/subscriptions?api-version=2016-05-01"))
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    public void anAssertionIsReallyLookedAt() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final IssuedCertificate own = registered(stamp, Duration.ofDays(30));
            final Instant now = InstantSource.system().instant();

            assertThat(assertion(stamp, own, Map.of("aud", "https://elsewhere.example/token")))
                    .startsWith("AADSTS700023: ");
            assertThat(assertion(stamp, own, Map.of("iss", "somebody"))).startsWith("AADSTS700021: ");
            assertThat(assertion(stamp, own, Map.of("sub", "somebody"))).startsWith("AADSTS700021: ");
            assertThat(assertion(
                            stamp,
                            own,
                            Map.of("exp", now.minus(Duration.ofMinutes(10)).getEpochSecond())))
                    .startsWith("AADSTS700024: ");
            assertThat(assertion(
                            stamp,
                            own,
                            Map.of("nbf", now.plus(Duration.ofMinutes(10)).getEpochSecond())))
                    .startsWith("AADSTS700024: ");

            final IssuedCertificate other = ServedStamp.issue("other.contoso.com", now.plus(Duration.ofDays(20)));
            assertThat(assertion(stamp, other, Map.of()))
                    .startsWith("AADSTS700027: ")
                    .contains("The key was not found");

            final Map<String, String> forged = byCertificate(stamp, own, claims(stamp));
            final String assertion = forged.get("client_assertion");
            final String[] parts = assertion.split("[.]");
            final byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
            signature[7] ^= 1;
            forged.put("client_assertion", parts[0] + "." + parts[1] + "." + encode(signature));
            assertThat(json(stamp.askToken(forged)).path("error_description").asText())
                    .startsWith("AADSTS700027: ")
                    .contains("use of the key to verify the signature failed");

            forged.put("client_assertion", "no.jwt");
            assertThat(json(stamp.askToken(forged)).path("error_description").asText())
                    .startsWith("AADSTS50027: ");
            forged.put("client_assertion_type", "urn:other");
            assertThat(json(stamp.askToken(forged)).path("error_description").asText())
                    .startsWith("AADSTS50160: ");
        }
    }

    @Test
    public void aCertificateThatHasExpiredProvesNothing() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final IssuedCertificate own = registered(stamp, Duration.ofDays(-1));

            assertThat(assertion(stamp, own, Map.of()))
                    .startsWith("AADSTS700027: ")
                    .contains("expired");
        }
    }

    @Test
    public void aClockAnHourAheadFindsAssertionsTooOld() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final IssuedCertificate own = registered(stamp, Duration.ofDays(30));
            stamp.world().faults().arm(Fault.CLOCK_SKEW, Moment.at("token"));

            assertThat(assertion(stamp, own, Map.of())).startsWith("AADSTS700024: ");
            assertThat(stamp.askToken(byCertificate(stamp, own, claims(stamp))).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    public void aTokenStaysGoodAcrossARestartAndDiesOfAge() throws Exception {
        final Path state = folder.getRoot().toPath();
        final String token;
        try (ServedStamp before = ServedStamp.kind().store(StateStore.in(state)).serve()) {
            token = before.token();
        }
        try (ServedStamp after = ServedStamp.kind().store(StateStore.in(state)).serve()) {
            final String path = "/subscriptions?api-version=2016-05-01";
            assertThat(after.send(after.as(token, path)).statusCode()).isEqualTo(200);

            after.world().time().advance(Duration.ofSeconds(3600));
            assertThat(after.send(after.as(token, path)).statusCode()).isEqualTo(401);
        }
    }

    @Test
    public void theLedgerNamesWhoProvedWhoHeIsAndNoSecret() throws Exception {
        final Path file = folder.newFolder().toPath().resolve("ledger.jsonl");
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            final String token = stamp.token();
            final Map<String, String> wrong = bySecret(stamp);
            wrong.put("client_secret", "guessed");
            stamp.askToken(wrong);
            stamp.get("/subscriptions?api-version=2016-05-01");

            final String client = stamp.world().identity().clientId();
            final List<Ledger.Call> calls = stamp.world()
                    .ledger()
                    .calls(
                            Ledger.Service.RESOURCE_MANAGER,
                            "POST /" + stamp.world().identity().tenant() + "/oauth2/token");
            assertThat(calls).extracting(Ledger.Call::identity).containsExactly(client, "", client);
            assertThat(calls).extracting(Ledger.Call::outcome).containsExactly("done", "WRONG_SECRET", "done");
            final Ledger written = new Ledger(file);
            stamp.world().ledger().entries().forEach(written::record);
            assertThat(Files.readString(file))
                    .contains(client)
                    .doesNotContain(token, "guessed", stamp.world().identity().clientSecret());
        }
    }

    private static IssuedCertificate registered(final ServedStamp stamp, final Duration left) {
        final IssuedCertificate own = ServedStamp.issue(
                "operator.contoso.com", InstantSource.system().instant().plus(left));
        stamp.manager()
                .principals()
                .register(new ServicePrincipal(
                        stamp.world().identity().clientId(),
                        "object",
                        Optional.empty(),
                        List.of(own.leaf()),
                        ServicePrincipal.Role.READER));
        return own;
    }

    private static Map<String, Object> claims(final ServedStamp stamp) throws Exception {
        final String client = stamp.world().identity().clientId();
        final Instant now = InstantSource.system().instant();
        final String login = json(stamp.send(stamp.bare("/metadata/endpoints?api-version=2015-01-01")))
                .at("/authentication/loginEndpoint")
                .asText();
        final String audience = login.endsWith("/adfs")
                ? login + "/oauth2/token"
                : login + stamp.world().identity().tenant() + "/oauth2/token";
        return new HashMap<>(Map.of(
                "aud",
                audience,
                "iss",
                client,
                "sub",
                client,
                "jti",
                "1",
                "nbf",
                now.getEpochSecond(),
                "exp",
                now.plus(Duration.ofMinutes(10)).getEpochSecond()));
    }

    private static String assertion(
            final ServedStamp stamp, final IssuedCertificate certificate, final Map<String, Object> other)
            throws Exception {
        final Map<String, Object> claims = claims(stamp);
        claims.putAll(other);
        final HttpResponse<String> answer = stamp.askToken(byCertificate(stamp, certificate, claims));
        assertThat(answer.statusCode()).isEqualTo(401);
        return json(answer).path("error_description").asText();
    }

    private static Map<String, String> byCertificate(
            final ServedStamp stamp, final IssuedCertificate certificate, final Map<String, Object> claims)
            throws Exception {
        final String hash = encode(
                MessageDigest.getInstance("SHA-1").digest(certificate.leaf().getEncoded()));
        final String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"x5t\":\"" + hash + "\"}";
        final String signed = encode(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encode(ServedStamp.JSON.writeValueAsBytes(claims));
        final Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(certificate.key());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        final Map<String, String> form = bySecret(stamp);
        form.remove("client_secret");
        form.put("client_assertion_type", ASSERTION);
        form.put("client_assertion", signed + "." + encode(signature.sign()));
        return form;
    }

    private static String encode(final byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
