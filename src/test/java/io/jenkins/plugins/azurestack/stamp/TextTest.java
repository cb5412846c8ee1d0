package io.jenkins.plugins.azurestack.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class TextTest {
    @Test
    public void takesAwayWhatCouldForgeALogLineOrReverseIt() {
        assertThat(Text.printable("CN=a\r\nFinished: SUCCESS")).isEqualTo("CN=a??Finished: SUCCESS");
        assertThat(Text.printable("CN=a\u001b[31m\u202eevil\u2028x")).isEqualTo("CN=a?[31m?evil?x");
        assertThat(Text.printable("lone \ud800 surrogate")).isEqualTo("lone ? surrogate");
    }

    @Test
    public void leavesOtherWritingsAlone() {
        assertThat(Text.printable("CN=Zertifikat für 東京 𝒳")).isEqualTo("CN=Zertifikat für 東京 𝒳");
        assertThat(Text.printable(null)).isEmpty();
    }

    @Test
    public void cutsWhatIsTooLongAndSaysSo() {
        assertThat(Text.printable("x".repeat(100_000))).hasSize(301).endsWith("…");
        assertThat(Text.printable("x".repeat(300))).hasSize(300);
    }
}
