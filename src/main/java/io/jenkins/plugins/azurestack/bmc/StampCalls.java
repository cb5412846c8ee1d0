package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.bmc.BmcState.StampCall;
import io.jenkins.plugins.azurestack.bmc.StampCredential.Action;
import io.jenkins.plugins.azurestack.bmc.StampCredential.Outcome;
import io.jenkins.plugins.azurestack.change.CallListener;
import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.change.Patience;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Sends the stamp's call, once, and finds out what became of it, by listening and by asking, never by sending again. */
final class StampCalls {
    private final StampCredential cmdlets;
    private final BmcMemory memory;
    private final BmcLimits limits;
    private final Patience patience;
    private final ChangeListener listener;

    StampCalls(
            final StampCredential cmdlets,
            final BmcMemory memory,
            final BmcLimits limits,
            final Clock clock,
            final ChangeListener listener) {
        this.cmdlets = cmdlets;
        this.memory = memory;
        this.limits = limits;
        this.patience = new Patience(clock, limits.follow());
        this.listener = listener;
    }

    /** What is known of the latest call. */
    enum Kind {
        /** None was sent for what is wanted now. */
        NONE,
        RAN,
        FAILED,
        RUNNING,
        /** The stamp can be asked, and knows of none but those from before. */
        NOT_SEEN,
        /** Nobody can tell. */
        CANNOT_TELL
    }

    /**
     * What is known, and in whose words.
     *
     * @param words for people; one line, may be empty
     */
    record Known(Kind kind, String words) {
        static Known of(final Kind kind) {
            return new Known(kind, "");
        }
    }

    /**
     * Sends it.
     *
     * @return why it was not sent, with what to do about it; empty if it was, or may have been
     * @throws IOException if it could not be written down; it was not sent
     * @throws InterruptedException if the waiting was ended; what runs on the stamp runs on
     */
    Optional<Outcome.NotSent> send(final BmcLogin login, final Target to, final boolean bypass)
            throws IOException, InterruptedException {
        final Optional<Action> before;
        try {
            before = cmdlets.latest();
        } catch (NotKnownException e) {
            return Optional.of(new Outcome.NotSent(
                    "by nothing could it be recognised afterwards, since the stamp can't be asked for its latest change: "
                            + e.getMessage(),
                    e.advice()));
        }
        if (before.filter(action -> action.state() == Action.State.RUNNING).isPresent()) {
            return Optional.of(new Outcome.NotSent(
                    "another change runs: " + before.get().words(), "Wait for its end, then resume it."));
        }
        final String call = BmcMemory.STAMP_SET + "-" + (memory.state().calls() + 1);
        memory.calling(call, to, bypass, before.map(Action::instance));
        final Outcome outcome = cmdlets.set(login, bypass, patience.left(), new Hearing());
        if (outcome instanceof Outcome.NotSent notSent) {
            memory.done(call, BmcMemory.NOT_SENT, notSent.words());
            return Optional.of(notSent);
        }
        ended(call, outcome);
        return Optional.empty();
    }

    private void ended(final String call, final Outcome outcome) {
        if (outcome instanceof Outcome.Ran) {
            memory.done(call, BmcMemory.DONE, "");
        } else if (outcome instanceof Outcome.Failed failed) {
            memory.done(call, BmcMemory.FAILED, Text.printable(failed.words()));
            listener.line("Hint: " + failed.advice());
        } else if (outcome instanceof Outcome.Lost lost) {
            listener.line("Its end was not heard: " + Text.printable(lost.words())
                    + ". Nothing is sent again; it is found out what became of the call.");
        }
    }

    /** Stays with the latest call to its end, as far as that can be done, and says what is known of it then. */
    Known follow() throws InterruptedException {
        Optional<StampCall> call = memory.state().stampCall();
        if (call.filter(one -> one.to() == memory.state().target()).isEmpty()) {
            return Known.of(Kind.NONE);
        }
        if (call.get().outcome().isEmpty() && !patience.isOver()) {
            final String id = call.get().id();
            cmdlets.listenAgain(call.get().session(), patience.left(), new Hearing())
                    .ifPresent(outcome -> ended(id, outcome));
            call = memory.state().stampCall();
        }
        final Optional<String> outcome = call.orElseThrow().outcome();
        if (outcome.isEmpty()) {
            return ask(call.get());
        }
        return outcome.get().equals(BmcMemory.DONE)
                ? Known.of(Kind.RAN)
                : new Known(Kind.FAILED, call.get().words());
    }

    private Known ask(final StampCall call) throws InterruptedException {
        while (true) {
            final Known known = askOnce(call);
            if (known.kind() != Kind.RUNNING || patience.isOver()) {
                return known;
            }
            listener.line("The stamp is still at it.");
            cmdlets.pause(limits.ask());
        }
    }

    private Known askOnce(final StampCall call) throws InterruptedException {
        final Optional<Action> latest;
        try {
            latest = cmdlets.latest();
        } catch (NotKnownException e) {
            return new Known(Kind.CANNOT_TELL, "the stamp can't be asked: " + e.getMessage());
        }
        final Optional<String> instance = latest.map(Action::instance);
        if (instance.filter(String::isEmpty).isPresent()) {
            return new Known(
                    Kind.CANNOT_TELL,
                    "the stamp does not say which change it speaks of: "
                            + latest.get().words());
        }
        final boolean isOurs = call.instance().isPresent()
                ? instance.equals(call.instance())
                : instance.isPresent() && !instance.equals(call.before());
        if (!isOurs) {
            return new Known(
                    call.instance().isPresent() ? Kind.CANNOT_TELL : Kind.NOT_SEEN,
                    "the stamp knows of no change of its BMC credential since");
        }
        return switch (latest.get().state()) {
            case RUNNING -> new Known(Kind.RUNNING, latest.get().words());
            case COMPLETED -> {
                memory.done(call.id(), BmcMemory.DONE, latest.get().words());
                yield new Known(Kind.RAN, latest.get().words());
            }
            case FAILED -> {
                memory.done(call.id(), BmcMemory.FAILED, latest.get().words());
                yield new Known(Kind.FAILED, latest.get().words());
            }
            case NOT_UNDERSTOOD -> new Known(Kind.CANNOT_TELL, latest.get().words());
        };
    }

    /** By logons it is settled that the latest call has had no effect, or not all of it: nobody waits for it any more. */
    void close(final String words) {
        memory.state()
                .stampCall()
                .filter(call -> call.outcome().isEmpty())
                .ifPresent(call -> memory.done(call.id(), BmcMemory.FAILED, words));
    }

    /** Writes down what matters of what the running call says, and passes the rest on. */
    private final class Hearing implements CallListener {
        @Override
        public void starting(final Map<String, String> session) throws IOException {
            memory.session(session);
        }

        @Override
        public void began(final String instance) {
            if (memory.state().stampCall().flatMap(StampCall::instance).isEmpty()) {
                memory.began(instance);
                listener.line("The stamp runs it as action plan " + instance + ".");
            }
        }

        @Override
        public void said(final String line) {
            listener.line(line);
        }
    }
}
