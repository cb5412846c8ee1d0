package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.change.ChangeListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Does the same at every BMC: at one first, and only if that went well at the others, so many at a time. Who interrupts
 * it keeps it from beginning at more of them; what has begun at one is brought to its end. Used by one thread at a time.
 */
final class Fleet {
    /** Something that is done at one BMC; it ends in bounded time by itself. */
    interface Work<T> {
        T at(BmcNode node) throws IOException, InterruptedException;
    }

    private final int most;
    private final ChangeListener listener;

    /** @param most how many at a time */
    Fleet(final int most, final ChangeListener listener) {
        this.most = most;
        this.listener = listener;
    }

    /**
     * Does it.
     *
     * @param what for people, such as {@code BMCs logged on to}
     * @param goesOn whether, by what came of the first one, the others have their turn
     * @return what came of it, for those at which it was done, in the order of the nodes
     * @throws IOException if it failed so at one of them; nothing is under way then
     * @throws InterruptedException if the calling thread was interrupted; nothing is under way then
     */
    <T> Map<BmcNode, T> each(
            final List<BmcNode> nodes, final String what, final Work<T> work, final Predicate<T> goesOn)
            throws IOException, InterruptedException {
        if (nodes.isEmpty()) {
            return new LinkedHashMap<>();
        }
        final ExecutorService threads = Executors.newFixedThreadPool(Math.min(most, nodes.size()), task -> {
            final Thread thread = new Thread(task, "bmc");
            thread.setDaemon(true);
            return thread;
        });
        try {
            final Round<T> round = new Round<>(threads, what, nodes.size(), work);
            round.over(nodes.subList(0, 1));
            if (goesOn.test(round.done.get(nodes.get(0)))) {
                round.over(nodes.subList(1, nodes.size()));
            }
            return round.done;
        } finally {
            threads.shutdown();
        }
    }

    /** One use of all threads. */
    private final class Round<T> {
        private final Map<BmcNode, T> done = new LinkedHashMap<>();
        private final AtomicBoolean stopping = new AtomicBoolean();
        private final ExecutorService threads;
        private final String what;
        private final int of;
        private final Work<T> work;
        private Throwable failure;
        private final AtomicBoolean interrupted = new AtomicBoolean();

        Round(final ExecutorService threads, final String what, final int of, final Work<T> work) {
            this.threads = threads;
            this.what = what;
            this.of = of;
            this.work = work;
        }

        void over(final List<BmcNode> nodes) throws IOException, InterruptedException {
            final List<Future<Optional<T>>> futures = new ArrayList<>();
            for (final BmcNode node : nodes) {
                futures.add(threads.submit(() -> at(node)));
            }
            for (int i = 0; i < nodes.size(); i++) {
                final BmcNode node = nodes.get(i);
                await(futures.get(i)).ifPresent(result -> {
                    done.put(node, result);
                    listener.progress(what, done.size(), of);
                });
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            if (failure instanceof IOException notWritten) {
                throw notWritten;
            }
            if (interrupted.get()) {
                throw new InterruptedException("the waiting was ended; what had begun at a BMC has ended too");
            }
        }

        /** What fails at one keeps it from beginning at more. */
        private Optional<T> at(final BmcNode node) throws IOException, InterruptedException {
            if (stopping.get()) {
                return Optional.empty();
            }
            boolean complete = false;
            try {
                final T result = work.at(node);
                complete = true;
                return Optional.of(result);
            } finally {
                if (!complete) {
                    stopping.set(true);
                }
            }
        }

        /** Waits for one, whatever happens to the waiting. */
        private Optional<T> await(final Future<Optional<T>> future) {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                    stopping.set(true);
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof InterruptedException) {
                        interrupted.set(true);
                    } else if (failure == null) {
                        failure = e.getCause();
                    }
                    return Optional.empty();
                }
            }
        }
    }
}
