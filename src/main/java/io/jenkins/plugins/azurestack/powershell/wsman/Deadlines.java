package io.jenkins.plugins.azurestack.powershell.wsman;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Ends what takes too long, one thing at a time; that it begins and ends in time costs nearly nothing. A look is taken
 * when the time of what is watched would be over; if something later is watched by then, the next look is for that.
 * Thread-safe.
 */
final class Deadlines {

    private final Executor executor;
    /** What to do when it takes too long; null while nothing is watched. */
    private Runnable overdue;
    /** Of what is watched; in {@link System#nanoTime()}. */
    private long deadline;
    /** When the next look is due; those due at other times are superseded. */
    private long next;

    private boolean looking;

    /** @param executor runs the look and what is to be done when something takes too long */
    Deadlines(final Executor executor) {
        this.executor = executor;
    }

    /** @param action ends it; must not block, and never runs after {@link #done()} */
    synchronized void watch(final Duration limit, final Runnable action) {
        overdue = action;
        deadline = System.nanoTime() + limit.toNanos();
        if (!looking || deadline - next < 0) {
            lookAt(deadline);
        }
    }

    synchronized void done() {
        overdue = null;
    }

    private void lookAt(final long time) {
        looking = true;
        next = time;
        CompletableFuture.delayedExecutor(time - System.nanoTime(), TimeUnit.NANOSECONDS, executor)
                .execute(() -> look(time));
    }

    private synchronized void look(final long due) {
        if (due != next) {
            return;
        }
        looking = false;
        if (overdue == null) {
            return;
        }
        if (deadline - System.nanoTime() > 0) {
            lookAt(deadline);
        } else {
            overdue.run();
            overdue = null;
        }
    }
}
