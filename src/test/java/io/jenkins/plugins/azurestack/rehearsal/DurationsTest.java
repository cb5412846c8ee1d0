package io.jenkins.plugins.azurestack.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.Test;

public class DurationsTest {
    @Test
    public void durationsReadAsJenkinsWritesThem() {
        assertThat(Durations.text(Duration.ofDays(4))).isEqualTo("4 days 0 hr");
        assertThat(Durations.text(Duration.ofHours(25))).isEqualTo("1 day 1 hr");
        assertThat(Durations.text(Duration.ofDays(14))).isEqualTo("14 days");
        assertThat(Durations.text(Duration.ofMinutes(15))).isEqualTo("15 min");
        assertThat(Durations.text(Duration.ofSeconds(61))).isEqualTo("1 min 1 sec");
        assertThat(Durations.text(Duration.ofSeconds(7))).isEqualTo("7 sec");
    }
}
