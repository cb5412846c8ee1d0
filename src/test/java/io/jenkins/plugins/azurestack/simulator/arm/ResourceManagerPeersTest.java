package io.jenkins.plugins.azurestack.simulator.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.InternalSecret;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What curl, which knows nothing of this project, gets from the simulated Resource Manager by its real names. */
public class ResourceManagerPeersTest {
    private static final String ADMIN = "https://adminmanagement.east.azurestack.contoso.com";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path here;

    @Before
    public void trust() throws Exception {
        here = folder.getRoot().toPath();
        Files.writeString(
                here.resolve("root.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(ServedStamp.authority().root().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    private JsonNode curl(final ServedStamp stamp, final String... arguments) throws Exception {
        final List<String> all = new ArrayList<>(List.of(
                "--silent",
                "--show-error",
                "--fail",
                "--max-time",
                "30",
                "--cacert",
                "root.pem",
                "--noproxy",
                "*",
                "--resolve",
                "login.contoso.example:443:" + ServedStamp.loopback(),
                "--connect-to",
                "login.contoso.example:443:" + ServedStamp.loopback() + ":"
                        + stamp.login().getPort()));
        for (final String host : List.of("adminmanagement", "adfs")) {
            all.addAll(List.of(
                    "--connect-to",
                    host + ".east.azurestack.contoso.com:443:" + ServedStamp.loopback() + ":"
                            + stamp.frontEnds().getPort()));
        }
        all.addAll(List.of(arguments));
        return ServedStamp.JSON.readTree(DebianProgram.required("curl", "curl").run(here, all.toArray(String[]::new)));
    }

    private String token(final ServedStamp stamp) throws Exception {
        final JsonNode authentication = curl(stamp, ADMIN + "/metadata/endpoints?api-version=2015-01-01")
                .path("authentication");
        final String login = authentication.path("loginEndpoint").asText();
        final String url = login.endsWith("/adfs")
                ? login + "/oauth2/token"
                : login + stamp.world().identity().tenant() + "/oauth2/token";
        return curl(
                        stamp,
                        "--data-urlencode",
                        "grant_type=client_credentials",
                        "--data-urlencode",
                        "client_id=" + stamp.world().identity().clientId(),
                        "--data-urlencode",
                        "client_secret=" + stamp.world().identity().clientSecret(),
                        "--data-urlencode",
                        "resource=" + authentication.at("/audiences/0").asText(),
                        url)
                .path("access_token")
                .asText();
    }

    @Test
    public void curlGetsATokenAndPagesThroughTheAlerts() throws Exception {
        for (final ServedStamp.Kind kind :
                List.of(ServedStamp.kind(), ServedStamp.kind().adfs())) {
            try (ServedStamp stamp = kind.serve()) {
                stamp.world()
                        .internalSecrets()
                        .expire(
                                InternalSecret.Kind.CERTIFICATE,
                                stamp.world().time().now().plus(Duration.ofDays(40)));
                final String bearer = "Authorization: Bearer " + token(stamp);
                String next = ADMIN
                        + stamp.alerts("?api-version=2016-05-01&$filter="
                                + ServedStamp.encode("Properties/State eq 'Active'"));
                int found = 0;
                int pages = 0;
                while (!next.isEmpty() && pages < 10) {
                    final JsonNode page = curl(stamp, "--header", bearer, next);
                    found += page.path("value").size();
                    next = page.path("nextLink").asText();
                    pages++;
                }
                assertThat(found).isEqualTo(26);
                assertThat(pages).isEqualTo(2);
            }
        }
    }

    @Test
    public void curlFindsNobodyWhereAnEndpointIsDown() throws Exception {
        try (ServedStamp stamp = ServedStamp.kind().serve()) {
            stamp.world().faults().arm(Fault.ENDPOINT_DOWN, Moment.always("adminmanagement"));

            assertThatThrownBy(() -> curl(stamp, ADMIN + "/metadata/endpoints?api-version=2015-01-01"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("reset");
        }
    }
}
