package io.jenkins.plugins.azurestack.redfish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.Test;

/** What a password is written as is read as the same password by any JSON reader. */
public class JsonBodyTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode read(final JsonBody body) throws Exception {
        return JSON.readTree(body.bytes());
    }

    @Test
    public void anyPasswordIsReadBackAsItWas() throws Exception {
        final Random random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            final StringBuilder password = new StringBuilder("\"\\/\u0001\n\u007f\u2028<\ud83d\ude00");
            for (int i = random.nextInt(20); i > 0; i--) {
                password.appendCodePoint(random.nextInt(0xd800));
            }
            final char[] plain = password.toString().toCharArray();
            try (JsonBody body = JsonBody.session("r\"oot", plain);
                    JsonBody change = JsonBody.password(plain);
                    JsonBody attribute = JsonBody.attribute("Users.2.Password", plain)) {
                assertThat(read(body).path("UserName").asText()).isEqualTo("r\"oot");
                assertThat(read(body).path("Password").asText()).isEqualTo(password.toString());
                assertThat(read(change)).hasSize(1);
                assertThat(read(change).path("Password").asText()).isEqualTo(password.toString());
                assertThat(read(attribute).at("/Attributes/Users.2.Password").asText())
                        .isEqualTo(password.toString());
            }
        }
    }

    @Test
    public void itIsZerosOnceClosedAndShowsNothingBefore() {
        final JsonBody body = JsonBody.password("Passw0rd".toCharArray());
        assertThat(new String(body.bytes(), StandardCharsets.UTF_8)).contains("Passw0rd");
        assertThat(body.toString()).isEqualTo("JSON");
        body.close();
        assertThat(body.bytes()).containsOnly(0);
    }

    @Test
    public void halfACharacterIsNotTurnedIntoAnother() {
        assertThatThrownBy(() -> JsonBody.password(new char[] {'a', '\ud83d'}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing was sent")
                .hasNoCause();
    }
}
