package io.jenkins.plugins.azurestack.rehearsal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a script on a thread of its own, for no longer than a limit of real time. */
final class Watchdog {
    /** The name of the thread that runs the script. */
    static final String THREAD = "rehearsed script";

    /** How long a script that was interrupted has to come to an end before it is left alone. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Duration limit;

    Watchdog(final Duration limit) {
        this.limit = limit;
    }

    /**
     * Runs it and waits for it. Where the limit is over, the thread is interrupted; where it does not care, it is left
     * behind as a daemon, which ends with the process.
     *
     * @throws OverdueException if the limit was over first
     */
    <T> T run(final Callable<T> script) throws OverdueException, IOException {
        final FutureTask<T> task = new FutureTask<>(script);
        final Thread thread = new Thread(task, THREAD);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            final int line = Steps.lineOf(thread.getStackTrace());
            end(thread);
            throw new OverdueException(line);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IOException("the rehearsal was interrupted", e);
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    private static void end(final Thread thread) {
        thread.interrupt();
        try {
            thread.join(GRACE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException unchecked(final Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }
}
