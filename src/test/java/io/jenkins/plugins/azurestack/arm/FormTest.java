package io.jenkins.plugins.azurestack.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.Test;

/** How a secret gets into a form, and that nothing of it stays. */
public class FormTest {
    @Test
    public void everyCharacterArrivesAsItWas() {
        final String odd = "a+b &=%~'\"\u00e4\u20ac\ud83d\ude00".repeat(60);
        try (Form form = new Form().add("one", "1").add("secret", odd.toCharArray())) {
            final String text = new String(form.bytes(), StandardCharsets.US_ASCII);

            assertThat(text).startsWith("one=1&secret=");
            assertThat(URLDecoder.decode(text.substring("one=1&secret=".length()), StandardCharsets.UTF_8))
                    .isEqualTo(odd);
            assertThat(form.toString()).isEqualTo("form");
        }
    }

    @Test
    public void theSecretIsWipedOnceItIsIn() {
        final char[] secret = "secret".toCharArray();
        final Form form = new Form().add("secret", secret);
        assertThat(secret).containsOnly('\0');
        form.close();
        assertThat(form.bytes()).isEmpty();
    }

    @Test
    public void aClosedSecretIsGone() {
        final ClientSecret secret = new ClientSecret("client", Optional.empty(), "canary".toCharArray());
        assertThat(secret.toString()).doesNotContain("canary");
        secret.close();
        assertThatThrownBy(secret::secret)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("client");
    }
}
