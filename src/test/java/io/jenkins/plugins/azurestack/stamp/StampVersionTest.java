package io.jenkins.plugins.azurestack.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.Test;

public class StampVersionTest {
    @Test
    public void theSecondNumberIsTheRelease() {
        assertThat(StampVersion.parse("1.2108.2.65").release()).isEqualTo(2108);
        assertThat(StampVersion.parse(" 1.1811.0.101 ").release()).isEqualTo(1811);
        assertThat(StampVersion.parse("1.2501").release()).isEqualTo(2501);
    }

    @Test
    public void whatIsNoVersionOfAReleaseIsUnknown() {
        assertThat(Stream.of(
                        null,
                        "",
                        "2108",
                        "1.0.180329.1",
                        "2.2108.0.1",
                        "1.2113.0.1",
                        "1.2100.0.1",
                        "1.21081.0.1",
                        "1.2108.x",
                        "1.2108.2.65.7",
                        "1.2108.2.9999999"))
                .extracting(StampVersion::parse)
                .containsOnly(StampVersion.UNKNOWN);
    }

    @Test
    public void releasesAreComparedByYearAndMonth() {
        final StampVersion version = StampVersion.parse("1.1903.0.35");

        assertThat(version.isAtLeast(1903)).isTrue();
        assertThat(version.isAtLeast(1904)).isFalse();
        assertThat(version.isBefore(1903)).isFalse();
        assertThat(version.isBefore(1904)).isTrue();
    }

    @Test
    public void ofTheUnknownNoComparisonIsTrue() {
        assertThat(StampVersion.UNKNOWN.isAtLeast(1811)).isFalse();
        assertThat(StampVersion.UNKNOWN.isBefore(1811)).isFalse();
        assertThat(StampVersion.UNKNOWN.isKnown()).isFalse();
    }

    @Test
    public void hotfixesSortByNumberNotByText() {
        assertThat(Stream.of("1.2108.2.130", "1.2301.0.1", "1.2108.2.65", "none", "1.2108.10.1")
                        .map(StampVersion::parse)
                        .sorted())
                .extracting(StampVersion::toString)
                .containsExactly("unknown", "1.2108.2.65", "1.2108.2.130", "1.2108.10.1", "1.2301.0.1");
    }
}
