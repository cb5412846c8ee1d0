package io.jenkins.plugins.azurestack.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public class CronSpecTest {
    @Test
    public void whatJenkinsDocumentsIsAccepted() {
        for (final String good : List.of(
                "H 5 * * *",
                "H/15 * * * *",
                "H(0-29)/10 * * * *",
                "45 9-16/2 * * 1-5",
                "H H 1,15 1-11 *",
                "@daily",
                "@midnight",
                "TZ=Europe/London\nH 5 * * *",
                "# every morning\n\n0 5 * * 7")) {
            assertThat(CronSpec.complaint(good)).as(good).isEmpty();
        }
    }

    @Test
    public void whatCannotBeIsExplained() {
        assertThat(CronSpec.complaint("H 5 * *"))
                .hasValueSatisfying(c -> assertThat(c).contains("4 fields"));
        assertThat(CronSpec.complaint("60 5 * * *"))
                .hasValueSatisfying(c -> assertThat(c).contains("'60' is no minute"));
        assertThat(CronSpec.complaint("0 5 * 13 *"))
                .hasValueSatisfying(c -> assertThat(c).contains("'13' is no month"));
        assertThat(CronSpec.complaint("0 9-5 * * *"))
                .hasValueSatisfying(c -> assertThat(c).contains("'9-5' is no hour"));
        assertThat(CronSpec.complaint("*/0 5 * * *"))
                .hasValueSatisfying(c -> assertThat(c).contains("'*/0'"));
        assertThat(CronSpec.complaint("0 5 0 * *"))
                .hasValueSatisfying(c -> assertThat(c).contains("day of month"));
        assertThat(CronSpec.complaint("@fortnightly"))
                .hasValueSatisfying(c -> assertThat(c).contains("@weekly"));
    }
}
