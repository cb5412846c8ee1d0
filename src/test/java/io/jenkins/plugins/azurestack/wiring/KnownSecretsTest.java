package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class KnownSecretsTest {
    private final KnownSecrets secrets = new KnownSecrets();

    @Test
    public void aSecretIsRecognisedWholeAndInsideALongerText() {
        secrets.add("Canary-1".toCharArray());

        assertThat(secrets.recognises("Canary-1")).isTrue();
        assertThat(secrets.recognises("the password 'Canary-1' was refused")).isTrue();
        assertThat(secrets.recognises("Canary-")).isFalse();
        assertThat(secrets.recognises("")).isFalse();
    }

    @Test
    public void whatIsTooShortIsNotLookedForInEveryWord() {
        secrets.add("start".toCharArray());

        assertThat(secrets.recognises("Start-SecretRotation was restarted")).isFalse();
    }

    @Test
    public void nothingIsKnownAfterwards() {
        secrets.add("Canary-1".toCharArray());
        secrets.close();

        assertThat(secrets.recognises("Canary-1")).isFalse();
        assertThat(secrets.toString()).doesNotContain("Canary");
    }
}
