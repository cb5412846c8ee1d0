package io.jenkins.plugins.azurestack.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.journal.LockedException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;

/** Somebody releases the lock by hand under a rotation that goes on: it notices before its next change. */
public class LostLockTest {
    @Test
    public void nothingMoreIsChangedOnceTheLockIsGoneWheneverThatIs() throws Exception {
        final Desk whole = Desk.external();
        final RotationPlan planned = whole.plan();
        whole.stamp.calls = 0;
        whole.apply(planned);
        final int calls = whole.stamp.calls;
        assertThat(whole.stamp.changes).isEqualTo(4);
        for (int call = 0; call < calls; call++) {
            final Desk desk = Desk.external();
            final RotationPlan plan = desk.plan();
            final AtomicInteger before = new AtomicInteger(-1);
            desk.stamp.at(call, () -> {
                release(desk);
                before.set(desk.stamp.changes);
            });
            assertThatThrownBy(() -> desk.apply(plan))
                    .as("released at call " + call)
                    .isInstanceOf(LockedException.class)
                    .hasMessageContaining("is not this run's any more");
            assertThat(desk.stamp.changes).as("released at call " + call).isEqualTo(before.get());
        }
    }

    private static void release(final Desk desk) {
        try {
            desk.locks().release(desk.locks().look("east").orElseThrow(), "alice", "I am sure");
        } catch (IOException | LockedException e) {
            throw new IllegalStateException(e);
        }
    }
}
