package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.RemotingException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread of a pool, on which its network calls run one after another. A caller waits for its call and can be
 * interrupted at once, while the call itself goes on undisturbed: an interrupted Receive would lose what it carries.
 * Thread-safe.
 */
final class Lane implements AutoCloseable {
    private final ThreadPoolExecutor thread;

    /** @param threads makes the thread when the first call comes */
    Lane(ThreadFactory threads) {
        this.thread = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), threads);
        this.thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs the call on this lane, after those that were there before, and waits for its end.
     *
     * @throws InterruptedException if this wait was interrupted; the call is made, or goes on, nevertheless
     * @throws RemotingException what the call threw, or that the pool was closed meanwhile
     */
    <T> T call(Callable<T> call) throws RemotingException, InterruptedException {
        try {
            return submit(call).get();
        } catch (ExecutionException e) {
            throw asThrown(e.getCause());
        } catch (CancellationException e) {
            throw new PoolClosedException("the pool was closed while a call waited for its turn");
        }
    }

    /** Runs the call on this lane without waiting for it; what it throws is dropped. */
    void run(Callable<Void> call) throws PoolClosedException {
        submit(call);
    }

    private <T> Future<T> submit(Callable<T> call) throws PoolClosedException {
        try {
            return thread.submit(call);
        } catch (RejectedExecutionException e) {
            throw new PoolClosedException("the pool is closed");
        }
    }

    private static RemotingException asThrown(Throwable cause) throws InterruptedException {
        if (cause instanceof RemotingException remoting) {
            return remoting;
        }
        if (cause instanceof InterruptedException) {
            return new PoolClosedException("the pool was closed during a call");
        }
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new RemotingException(
                "a call of the pool failed: " + cause.getClass().getSimpleName(), cause);
    }

    /** Lets the calls that are there finish and takes no more. */
    void finish() {
        thread.shutdown();
    }

    /**
     * Drops what waits and takes no more. What runs is not interrupted, since it may be a listener's own work; closing the
     * connections ends its network calls.
     */
    @Override
    public void close() {
        List<Runnable> waiting = new ArrayList<>();
        thread.getQueue().drainTo(waiting);
        thread.shutdown();
        for (Runnable call : waiting) {
            if (call instanceof Future<?> future) {
                future.cancel(false);
            }
        }
    }
}
