package io.jenkins.plugins.azurestack.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.Test;

public class ActionTest {
    private static final Instant NINE = Instant.parse("2026-11-26T09:00:00Z");
    private static final Instant TEN = Instant.parse("2026-11-26T10:00:00Z");

    private static Action action(final String instance, final Instant started) {
        return new Action(
                Optional.ofNullable(instance), Optional.ofNullable(started), Action.State.COMPLETED, "is Completed");
    }

    @Test
    public void anotherIdThatBeganLaterIsNewer() {
        assertThat(action("b", TEN).isNewerThan(Optional.of(action("a", NINE)))).isTrue();
        assertThat(action("b", NINE).isNewerThan(Optional.of(action("a", NINE))))
                .isTrue();
    }

    @Test
    public void theFirstThereEverWasIsNewer() {
        assertThat(action("a", NINE).isNewerThan(Optional.empty())).isTrue();
        assertThat(action("a", null).isNewerThan(Optional.empty())).isTrue();
    }

    @Test
    public void theSameOneOrAnEarlierOneIsNot() {
        assertThat(action("a", TEN).isNewerThan(Optional.of(action("a", NINE)))).isFalse();
        assertThat(action("b", NINE).isNewerThan(Optional.of(action("a", TEN)))).isFalse();
    }

    @Test
    public void withoutAnIdOnEitherSideNothingIsNewer() {
        assertThat(action(null, TEN).isNewerThan(Optional.empty())).isFalse();
        assertThat(action(null, TEN).isNewerThan(Optional.of(action("a", NINE))))
                .isFalse();
        assertThat(action("b", TEN).isNewerThan(Optional.of(action(null, NINE))))
                .isFalse();
    }

    @Test
    public void withoutATimeTheIdDecides() {
        assertThat(action("b", null).isNewerThan(Optional.of(action("a", NINE))))
                .isTrue();
        assertThat(action("b", NINE).isNewerThan(Optional.of(action("a", null))))
                .isTrue();
    }

    @Test
    public void onlyAnswersWithIdsAreSurelyOfTheSameRun() {
        assertThat(Action.isSame(Optional.empty(), Optional.empty())).isTrue();
        assertThat(Action.isSame(Optional.of(action("a", NINE)), Optional.of(action("a", null))))
                .isTrue();
        assertThat(Action.isSame(Optional.of(action("a", NINE)), Optional.of(action("b", NINE))))
                .isFalse();
        assertThat(Action.isSame(Optional.of(action(null, NINE)), Optional.of(action(null, NINE))))
                .isFalse();
        assertThat(Action.isSame(Optional.of(action(null, NINE)), Optional.empty()))
                .isFalse();
        assertThat(Action.isSame(Optional.empty(), Optional.of(action("a", NINE))))
                .isFalse();
    }

    @Test
    public void whatIsNotUnderstoodIsNeverOver() {
        assertThat(Action.State.NOT_UNDERSTOOD.isOver()).isFalse();
        assertThat(Action.State.RUNNING.isOver()).isFalse();
        assertThat(Action.State.CANCELED.isOver()).isTrue();
    }
}
