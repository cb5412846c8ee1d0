package io.jenkins.plugins.azurestack.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.time.Duration;
import java.time.Instant;
import org.junit.Test;

public class ThresholdsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    public void theStampsOwnAlertsAreTheDefault() {
        assertThat(Thresholds.STAMP_ALERTS).isEqualTo(new Thresholds(90, 30));
    }

    @Test
    public void nearnessIsJudgedByTheWholeDaysThatAReportShows() {
        final Thresholds thresholds = new Thresholds(90, 30);
        assertThat(thresholds.of(NOW.plus(Duration.ofDays(91)), NOW)).isEqualTo(Severity.OK);
        assertThat(thresholds.of(NOW.plus(Duration.ofDays(91)).minusSeconds(1), NOW))
                .isEqualTo(Severity.WARNING);
        assertThat(thresholds.of(NOW.plus(Duration.ofDays(31)), NOW)).isEqualTo(Severity.WARNING);
        assertThat(thresholds.of(NOW.plus(Duration.ofDays(31)).minusSeconds(1), NOW))
                .isEqualTo(Severity.CRITICAL);
        assertThat(thresholds.of(NOW, NOW)).isEqualTo(Severity.CRITICAL);
        assertThat(thresholds.of(NOW.minusSeconds(1), NOW)).isEqualTo(Severity.CRITICAL);
    }

    @Test
    public void zeroDaysMeanWhatHasEndedOrEndsWithinADay() {
        assertThat(new Thresholds(0, 0).of(NOW.minusSeconds(1), NOW)).isEqualTo(Severity.CRITICAL);
        assertThat(new Thresholds(0, 0).of(NOW.plusSeconds(1), NOW)).isEqualTo(Severity.CRITICAL);
        assertThat(new Thresholds(0, 0).of(NOW.plus(Duration.ofDays(1)), NOW)).isEqualTo(Severity.OK);
    }

    @Test
    public void daysLeftAreWholeAndGoBelowZero() {
        assertThat(Thresholds.daysLeft(NOW.plus(Duration.ofHours(47)), NOW)).isEqualTo(1);
        assertThat(Thresholds.daysLeft(NOW.plusSeconds(1), NOW)).isZero();
        assertThat(Thresholds.daysLeft(NOW.minusSeconds(1), NOW)).isEqualTo(-1);
    }

    @Test
    public void negativeAbsurdAndCrossedThresholdsAreRefusedByName() {
        assertThatThrownBy(() -> new Thresholds(-1, 0))
                .isInstanceOf(Rejected.class)
                .hasMessageStartingWith("warnDays: ");
        assertThatThrownBy(() -> new Thresholds(90, -1))
                .isInstanceOf(Rejected.class)
                .hasMessageStartingWith("criticalDays: ");
        assertThatThrownBy(() -> new Thresholds(100_000, 30))
                .isInstanceOf(Rejected.class)
                .hasMessageStartingWith("warnDays: ");
        assertThatThrownBy(() -> new Thresholds(30, 90))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("give criticalDays <= warnDays");
    }
}
