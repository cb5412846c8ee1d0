package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.arm.CallRefusedException;
import io.jenkins.plugins.azurestack.arm.OperatorCredentials;
import io.jenkins.plugins.azurestack.arm.ResourceManager;
import io.jenkins.plugins.azurestack.arm.ResourceManagerException;
import io.jenkins.plugins.azurestack.arm.UnexpectedAnswerException;
import io.jenkins.plugins.azurestack.expiry.Inquiry;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A stamp's Resource Manager as the sources of one check ask it: opened when it is first asked, one question at a time,
 * and left alone after a failure that the next question would only meet again, such as a refused sign-in. Thread-safe.
 */
final class ResourceManagerAccess implements AutoCloseable {
    /** Some retries of a busy Resource Manager, and waiting for the turn, are within this. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String ADVICE =
            "Mend the way to Resource Manager: what only it knows, such as the end of internal secrets, is not watched until"
                    + " then.";

    private final Opening opening;
    private final ReentrantLock turn = new ReentrantLock();
    private Optional<Opened> opened = Optional.empty();
    /** Why nothing more is asked; once it is there it stays. */
    private volatile Optional<Exception> failure = Optional.empty();

    private boolean closed;

    /** Makes the client; nothing is sent by that. */
    interface Opening {
        Opened open() throws NotSeenException;
    }

    /** A client and what it signs in with, which both belong to whoever opened them. */
    record Opened(ResourceManager manager, OperatorCredentials credentials) {}

    /** A question to Resource Manager. */
    interface Question<T> {
        T ask(ResourceManager manager) throws ResourceManagerException, InterruptedException;
    }

    ResourceManagerAccess(final Opening opening) {
        this.opening = Objects.requireNonNull(opening, "opening");
    }

    /** The name it is reached by. */
    static String host(final Stamp stamp) {
        return "adminmanagement." + stamp.domain();
    }

    /**
     * A look at what Resource Manager says.
     *
     * @param what is asked for, such as {@code the stamp's alerts}
     * @param seen what to make of the answer
     */
    <T> Inquiry inquiry(
            final Target target,
            final String what,
            final Question<T> question,
            final Function<T, List<Sighting>> seen) {
        return new Inquiry() {
            @Override
            public Target target() {
                return target;
            }

            @Override
            public Optional<Duration> patience() {
                return Optional.of(PATIENCE);
            }

            @Override
            public List<Sighting> look() throws NotSeenException, InterruptedException {
                return seen.apply(ask(what, question));
            }
        };
    }

    /**
     * Asks.
     *
     * @param what is asked for, such as {@code the stamp's alerts}
     * @throws NotSeenException if there is no answer; says why
     */
    private <T> T ask(final String what, final Question<T> question) throws NotSeenException, InterruptedException {
        turn.lockInterruptibly();
        try {
            if (failure.isEmpty()) {
                return question.ask(manager());
            }
        } catch (NotSeenException e) {
            failure = Optional.of(e);
        } catch (CallRefusedException | UnexpectedAnswerException e) {
            throw notSeen(what, e);
        } catch (ResourceManagerException e) {
            failure = Optional.of(e);
        } finally {
            turn.unlock();
        }
        throw notSeen(what, failure.get());
    }

    private ResourceManager manager() throws NotSeenException {
        if (closed) {
            throw new NotSeenException("the check is over", "Run it again.");
        }
        if (opened.isEmpty()) {
            opened = Optional.of(opening.open());
        }
        return opened.get().manager();
    }

    private static NotSeenException notSeen(final String what, final Exception cause) {
        final NotSeenException unknown = new NotSeenException(
                what + " can't be read: " + cause.getMessage(),
                cause instanceof NotSeenException known ? known.advice() : ADVICE);
        unknown.initCause(cause);
        return unknown;
    }

    /** Wipes what the client holds, as soon as a question that was given up has ended. */
    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
            opened.ifPresent(both -> {
                both.manager().close();
                both.credentials().close();
            });
        } finally {
            turn.unlock();
        }
    }
}
