package io.jenkins.plugins.azurestack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.Test;

public class KeptTimeTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final StateStore store = StateStore.inMemory();
    private Instant outside = NOON;

    private StampTime begin(final double factor) throws IOException {
        final InstantSource source = () -> outside;
        return new KeptTime(store, source.withZone(ZoneOffset.UTC)).begin(Optional.empty(), factor);
    }

    private void pass(final Duration time) {
        outside = outside.plus(time);
    }

    @Test
    public void aNewStampBeginsWithTheTimeOutside() throws IOException {
        assertThat(begin(60).now()).isEqualTo(NOON);
    }

    @Test
    public void afterARestartItIsNotEarlierThanBefore() throws IOException {
        final StampTime first = begin(60);
        pass(Duration.ofMinutes(10));
        final Instant stopped = first.now();

        assertThat(stopped).isEqualTo(NOON.plus(Duration.ofHours(10)));
        assertThat(begin(60).now()).isEqualTo(stopped);
    }

    @Test
    public void timeGoesOnAtItsFactorWhileNothingListensAndAtTheNewOneAfterwards() throws IOException {
        begin(60);
        pass(Duration.ofMinutes(10));
        final StampTime second = begin(1);
        pass(Duration.ofMinutes(10));

        assertThat(second.now()).isEqualTo(NOON.plus(Duration.ofHours(10)).plus(Duration.ofMinutes(10)));
    }

    @Test
    public void whatWasPutForwardStaysSo() throws IOException {
        begin(60).advance(Duration.ofDays(3));

        assertThat(begin(60).now()).isEqualTo(NOON.plus(Duration.ofDays(3)));
    }

    @Test
    public void whatIsSaidCountsMoreThanWhatWasKept() throws IOException {
        begin(60).advance(Duration.ofDays(3));

        final Instant said = Instant.parse("2030-01-01T00:00:00Z");
        assertThat(new KeptTime(store, Clock.fixed(outside, ZoneOffset.UTC))
                        .begin(Optional.of(said), 60)
                        .now())
                .isEqualTo(said);
    }
}
