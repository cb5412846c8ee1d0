package io.jenkins.plugins.azurestack.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class PhrasesTest {
    @Test
    public void daysReadAsAPersonWouldSayThem() {
        assertThat(Phrases.ends(12)).isEqualTo("ends in 12 days");
        assertThat(Phrases.ends(1)).isEqualTo("ends in 1 day");
        assertThat(Phrases.ends(0)).isEqualTo("ends in less than a day");
        assertThat(Phrases.ends(-1)).isEqualTo("ended less than a day ago");
        assertThat(Phrases.ends(-2)).isEqualTo("ended 1 day ago");
    }
}
