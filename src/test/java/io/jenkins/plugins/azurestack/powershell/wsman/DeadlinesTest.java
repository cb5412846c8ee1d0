package io.jenkins.plugins.azurestack.powershell.wsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Looks become due by themselves and are taken here when the test says so. */
public class DeadlinesTest {

    private static final Duration AT_ONCE = Duration.ofNanos(1);
    private static final Duration LATER = Duration.ofHours(1);

    @Rule
    public final Timeout hang = Timeout.seconds(60);

    private final BlockingQueue<Runnable> due = new LinkedBlockingQueue<>();
    private final Deadlines deadlines = new Deadlines(due::add);
    private final List<String> ended = new ArrayList<>();

    @Test
    public void whatTakesTooLongIsEndedOnce() throws Exception {
        deadlines.watch(AT_ONCE, () -> ended.add("first"));
        final Runnable look = due.take();
        look.run();
        look.run();
        assertThat(ended).containsExactly("first");
    }

    @Test
    public void whatIsDoneIsLeftAlone() throws Exception {
        deadlines.watch(AT_ONCE, () -> ended.add("first"));
        deadlines.done();
        due.take().run();
        assertThat(ended).isEmpty();
    }

    @Test
    public void theNextGetsItsOwnTime() throws Exception {
        deadlines.watch(AT_ONCE, () -> ended.add("first"));
        deadlines.done();
        deadlines.watch(LATER, () -> ended.add("second"));
        due.take().run();
        assertThat(ended).isEmpty();
    }

    @Test
    public void aShorterTimeAfterALongOneIsNotForgotten() throws Exception {
        deadlines.watch(LATER, () -> ended.add("first"));
        deadlines.done();
        deadlines.watch(AT_ONCE, () -> ended.add("second"));
        due.take().run();
        assertThat(ended).containsExactly("second");
    }

    @Test
    public void watchingGoesOnAfterALookThatFoundNothing() throws Exception {
        deadlines.watch(AT_ONCE, () -> ended.add("first"));
        deadlines.done();
        due.take().run();
        deadlines.watch(AT_ONCE, () -> ended.add("second"));
        due.take().run();
        assertThat(ended).containsExactly("second");
    }
}
