package io.jenkins.plugins.azurestack.expiry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks many inquiries side by side, bounded in threads and in time, and has an answer for each of them: what was seen,
 * or why nothing was. Stateless between calls; may be used by several threads.
 */
public final class ExpiryScan {
    private final Limits limits;

    /**
     * How far a scan may go.
     *
     * @param threads how many inquiries run at a time; at least one
     * @param each how long one inquiry may take from its own start, unless it asks for another time
     * @param whole how long all of them may take together
     */
    public record Limits(int threads, Duration each, Duration whole) {
        public Limits {
            if (threads < 1 || each.isNegative() || each.isZero() || whole.isNegative() || whole.isZero()) {
                throw new IllegalArgumentException("A scan needs a thread and some time: " + threads + " threads, "
                        + each + " each, " + whole + " for all");
            }
        }
    }

    /** Hears of each inquiry as it is answered; called on the thread that scans. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param done how many are answered, this one included
         * @param total how many there are
         * @param target where this inquiry looked
         * @param seen what it saw
         */
        void answered(int done, int total, Target target, List<Sighting> seen);
    }

    public ExpiryScan(final Limits limits) {
        this.limits = limits;
    }

    /**
     * Asks all of them.
     *
     * @return at least one sighting for every inquiry that rightly saw something or could not see, in the order of
     *     the inquiries
     * @throws InterruptedException as soon as the calling thread is interrupted; every inquiry has been told to stop
     */
    public List<Sighting> ask(final List<Inquiry> inquiries, final Progress progress) throws InterruptedException {
        final BlockingQueue<Question> answered = new LinkedBlockingQueue<>();
        final List<Question> questions = new ArrayList<>();
        final ExecutorService workers =
                Executors.newFixedThreadPool(Math.max(1, Math.min(limits.threads(), inquiries.size())), daemons("ask"));
        final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(daemons("timer"));
        try {
            for (final Inquiry inquiry : inquiries) {
                final Question question = new Question(inquiry, answered, timer);
                questions.add(question);
                workers.execute(question);
            }
            awaitAnswers(questions, answered, progress);
        } finally {
            workers.shutdownNow();
            timer.shutdownNow();
        }
        return questions.stream().flatMap(question -> question.seen().stream()).toList();
    }

    private void awaitAnswers(
            final List<Question> questions, final BlockingQueue<Question> answered, final Progress progress)
            throws InterruptedException {
        final long deadline = System.nanoTime() + limits.whole().toNanos();
        int done = 0;
        while (done < questions.size()) {
            final Question next = answered.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                giveUp(questions);
                continue;
            }
            done++;
            progress.answered(done, questions.size(), next.inquiry.target(), next.seen());
        }
    }

    /** From the last to the first, so that a thread freed by giving up one question does not begin another. */
    private void giveUp(final List<Question> questions) {
        for (int i = questions.size() - 1; i >= 0; i--) {
            questions
                    .get(i)
                    .giveUp(
                            "not reached within the " + limits.whole().toSeconds() + " s of the whole check",
                            "Give the step a longer timeout, or ask for fewer sources.");
        }
    }

    private static ThreadFactory daemons(final String purpose) {
        final AtomicInteger count = new AtomicInteger();
        return task -> {
            final Thread thread = new Thread(task, "azure-stack-expiry-" + purpose + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** An inquiry on its way: settled exactly once, by its answer, by its own time limit or by that of the scan. */
    private final class Question implements Runnable {
        private final Inquiry inquiry;
        private final BlockingQueue<Question> answered;
        private final ScheduledExecutorService timer;
        private Thread runner;
        private List<Sighting> seen;

        Question(final Inquiry inquiry, final BlockingQueue<Question> answered, final ScheduledExecutorService timer) {
            this.inquiry = inquiry;
            this.answered = answered;
            this.timer = timer;
        }

        @Override
        public void run() {
            if (!begin()) {
                return;
            }
            final Duration patience = inquiry.patience().orElse(limits.each());
            final ScheduledFuture<?> limit = timer.schedule(
                    () -> giveUp("no answer within " + patience.toSeconds() + " s", inquiry.adviceIfLate()),
                    patience.toMillis(),
                    TimeUnit.MILLISECONDS);
            try {
                settle(List.copyOf(inquiry.look()));
            } catch (NotSeenException e) {
                settle(unknown(e.getMessage(), e.advice()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                settle(unknown("the look failed: " + e, "This is a defect of the plugin: please report it."));
            } finally {
                limit.cancel(false);
                end();
            }
        }

        private synchronized boolean begin() {
            if (seen != null) {
                return false;
            }
            runner = Thread.currentThread();
            return true;
        }

        private synchronized void end() {
            runner = null;
            settle(unknown("the look was cancelled", "Run the check again."));
        }

        private synchronized void giveUp(final String reason, final String advice) {
            settle(unknown(reason, advice));
            if (runner != null) {
                runner.interrupt();
            }
        }

        private synchronized void settle(final List<Sighting> sightings) {
            if (seen == null) {
                seen = sightings;
                answered.add(this);
            }
        }

        private List<Sighting> unknown(final String reason, final String advice) {
            return List.of(new Sighting.Unknown(inquiry.target(), reason, advice));
        }

        synchronized List<Sighting> seen() {
            return seen;
        }
    }
}
