package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.clixml.PsNull;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.MessageType;
import io.jenkins.plugins.azurestack.simulator.remoting.PipelineText.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One pipeline on its way: waits for a runspace, runs in a thread of its own whether or not anybody listens, and ends in
 * exactly one state. Thread-safe.
 */
final class PipelineRun {
    /** Told apart from every object that a client sends by being itself. */
    private static final PsValue END = PsObject.builder().text("end of input").build();

    private static final int STOPPED = 3;
    private static final int COMPLETED = 4;
    private static final int FAILED = 5;
    private static final int ERRORS = 1;
    private static final int WARNINGS = 2;
    private static final int DEBUGGING = 4;
    private static final int VERBOSITY = 8;

    private final UUID id;
    private final PipelineText text;
    private final Pool pool;
    private final Commands commands;
    private final Outbox outbox;
    private final EndpointWorld world;
    private final BoundInvocation.Caller caller;
    private final BlockingQueue<PsValue> input = new LinkedBlockingQueue<>();
    private final Object place;
    private final Thread thread;
    private boolean closed;
    private boolean over;

    PipelineRun(
            final UUID id,
            final PipelineText text,
            final Pool pool,
            final Commands commands,
            final Outbox outbox,
            final EndpointWorld world,
            final BoundInvocation.Caller caller) {
        this.id = id;
        this.text = text;
        this.pool = pool;
        this.commands = commands;
        this.outbox = outbox;
        this.world = world;
        this.caller = caller;
        this.place = pool.runspaces().join();
        this.thread = new Thread(this::run, "pipeline " + id);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes an object for its first command. */
    void input(final PsValue value) {
        input.add(value);
    }

    /** No more objects follow. */
    void endInput() {
        input.add(END);
    }

    /**
     * Asks it to stop, and waits until it has.
     *
     * @return whether it is over
     */
    synchronized boolean stop(final long nanos) throws InterruptedException {
        if (!over) {
            thread.interrupt();
        }
        final long deadline = System.nanoTime() + nanos;
        while (!over && System.nanoTime() < deadline) {
            wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
        return over;
    }

    /** Ends it without a word. */
    synchronized void close() {
        closed = true;
        if (!over) {
            thread.interrupt();
        }
    }

    /** Whether it has come to its end. */
    synchronized boolean isOver() {
        return over;
    }

    private void run() {
        int state = COMPLETED;
        PsValue error = PsNull.NULL;
        try {
            pool.runspaces().take(place);
            for (final List<Command> statement : text.statements()) {
                run(statement);
            }
        } catch (TerminatingError e) {
            state = FAILED;
            error = Records.terminating(e);
        } catch (Ended e) {
            state = FAILED;
            error = Records.terminating(e.error);
        } catch (InterruptedException e) {
            state = STOPPED;
            error = Records.terminating(Records.stopped());
        } catch (RuntimeException e) {
            state = FAILED;
            error = Records.terminating(new TerminatingError(
                    "The simulated cmdlet broke: " + e, "System.InvalidOperationException", "Broken", 0, "", "", ""));
        } finally {
            pool.runspaces().leave(place);
            finish(state, error);
        }
    }

    private void finish(final int state, final PsValue error) {
        synchronized (this) {
            over = true;
            Thread.interrupted();
            notifyAll();
        }
        try {
            outbox.putLast(
                    pool.outgoing().ofPipeline(id, MessageType.PIPELINE_STATE, Records.pipelineState(state, error)));
        } catch (InterruptedException e) {
            // Nobody interrupts a pipeline that is over, and the last message does not wait.
            Thread.currentThread().interrupt();
        }
    }

    /** Commands are found and their parameters bound before the first one runs, as PowerShell does it. */
    private void run(final List<Command> statement) throws TerminatingError, InterruptedException {
        Stage next = new LastStage();
        final List<Bound> bound = new ArrayList<>();
        for (final Command command : statement) {
            bound.add(bind(command));
        }
        for (int i = bound.size() - 1; i >= 0; i--) {
            next = bound.get(i).stage(next);
        }
        if (text.hasInput()) {
            for (PsValue value = input.take(); value != END; value = input.take()) {
                next.accept(value);
            }
        }
        next.end();
    }

    private Bound bind(final Command command) throws TerminatingError {
        if (command.isScript()) {
            throw refused("(script)", Map.of(), Records.scriptsNotAllowed(command.text()));
        }
        final Cmdlet cmdlet = commands.find(command.text()).orElse(null);
        if (cmdlet == null) {
            throw refused(command.text(), Map.of(), Records.commandNotFound(command.text()));
        }
        try {
            return new Bound(cmdlet, command, Binding.bind(cmdlet, command.arguments()));
        } catch (TerminatingError e) {
            throw refused(cmdlet.name(), Map.of(), e);
        }
    }

    private TerminatingError refused(
            final String cmdlet, final Map<String, String> parameters, final TerminatingError error) {
        enter(cmdlet, parameters, error.fullyQualifiedErrorId());
        return error;
    }

    private void enter(final String cmdlet, final Map<String, String> parameters, final String outcome) {
        world.enterCmdlet(caller.session(), caller.name(), cmdlet, parameters, outcome);
    }

    private synchronized String interrupted() {
        return closed ? "session-gone" : "stopped";
    }

    /** A command, ready to be part of a pipeline. */
    private final class Bound {
        private final Cmdlet cmdlet;
        private final Command command;
        private final Map<String, PsValue> values;
        private final Invocation invocation;

        Bound(final Cmdlet cmdlet, final Command command, final Map<String, PsValue> values) {
            this.cmdlet = cmdlet;
            this.command = command;
            this.values = values;
            this.invocation = new BoundInvocation(caller, values);
        }

        Stage stage(final Stage next) {
            final Writing streams = new Writing(cmdlet.name(), invocation, command.errorsToOutput(), next);
            return new EnteredStage(
                    this,
                    cmdlet instanceof Filter filter
                            ? filter.open(invocation, streams)
                            : new CmdletStage(cmdlet, invocation, streams),
                    next);
        }

        void enter(final String outcome) {
            PipelineRun.this.enter(cmdlet.name(), BoundInvocation.withoutSecrets(values), outcome);
        }
    }

    /** Enters what became of a command into the ledger, once, and ends the next one after it. */
    private final class EnteredStage implements Stage {
        private final Bound bound;
        private final Stage stage;
        private final Stage next;
        private boolean entered;

        EnteredStage(final Bound bound, final Stage stage, final Stage next) {
            this.bound = bound;
            this.stage = stage;
            this.next = next;
        }

        @Override
        public void accept(final PsValue value) throws TerminatingError, InterruptedException {
            watched(() -> stage.accept(value));
        }

        @Override
        public void end() throws TerminatingError, InterruptedException {
            watched(stage::end);
            enterOnce("done");
            next.end();
        }

        private void watched(final Step step) throws TerminatingError, InterruptedException {
            try {
                step.run();
            } catch (TerminatingError e) {
                enterOnce(e.fullyQualifiedErrorId());
                throw e;
            } catch (Ended e) {
                enterOnce(e.error.fullyQualifiedErrorId());
                throw e;
            } catch (InterruptedException e) {
                enterOnce(interrupted());
                throw e;
            } catch (RuntimeException e) {
                enterOnce("broken");
                throw e;
            }
        }

        private void enterOnce(final String outcome) {
            if (!entered) {
                entered = true;
                bound.enter(outcome);
            }
        }
    }

    private interface Step {
        void run() throws TerminatingError, InterruptedException;
    }

    /** A cmdlet that takes no objects: each is an error, and it runs at the end. */
    private static final class CmdletStage implements Stage {
        private final Cmdlet cmdlet;
        private final Invocation invocation;
        private final Streams streams;

        CmdletStage(final Cmdlet cmdlet, final Invocation invocation, final Streams streams) {
            this.cmdlet = cmdlet;
            this.invocation = invocation;
            this.streams = streams;
        }

        @Override
        public void accept(final PsValue value) throws InterruptedException {
            streams.error(Records.inputNotBound(cmdlet.name()));
        }

        @Override
        public void end() throws TerminatingError, InterruptedException {
            cmdlet.run(invocation, streams);
        }
    }

    /** Behind the last command: the client. */
    private final class LastStage implements Stage {
        @Override
        public void accept(final PsValue value) throws InterruptedException {
            send(MessageType.PIPELINE_OUTPUT, value);
        }

        @Override
        public void end() {
            // The pipeline's state says so.
        }
    }

    private void send(final MessageType type, final PsValue value) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        outbox.put(pool.outgoing().ofPipeline(id, type, value), false);
    }

    /** An error that ends the pipeline, on its way through code that knows no such errors. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient TerminatingError error;

        Ended(final TerminatingError error) {
            super(error);
            this.error = error;
        }
    }

    /** The streams of one command. */
    private final class Writing implements Streams {
        private final String command;
        private final String errorAction;
        private final boolean errorsToOutput;
        private final Stage next;

        Writing(final String command, final Invocation invocation, final boolean errorsToOutput, final Stage next) {
            this.command = command;
            this.errorAction = invocation.text("ErrorAction").orElse("Continue");
            this.errorsToOutput = errorsToOutput;
            this.next = next;
        }

        @Override
        public void output(final PsValue value) throws InterruptedException {
            try {
                next.accept(value);
            } catch (TerminatingError e) {
                throw new Ended(e);
            }
        }

        @Override
        public void error(final TerminatingError error) throws InterruptedException {
            if (isAction("Stop", "1")) {
                throw new Ended(error);
            }
            if (isAction("SilentlyContinue", "0") || isAction("Ignore", "4")) {
                return;
            }
            final PsValue record = Records.nonTerminating(error, command, isDetailed(ERRORS));
            if (errorsToOutput) {
                output(record);
            } else {
                send(MessageType.ERROR_RECORD, record);
            }
        }

        private boolean isAction(final String name, final String number) {
            return errorAction.equalsIgnoreCase(name) || errorAction.equals(number);
        }

        private boolean isDetailed(final int stream) {
            return (text.detailedStreams() & stream) != 0;
        }

        @Override
        public void warning(final String message) throws InterruptedException {
            informational(MessageType.WARNING_RECORD, "WarningRecord", message, WARNINGS);
        }

        @Override
        public void verbose(final String message) throws InterruptedException {
            informational(MessageType.VERBOSE_RECORD, "VerboseRecord", message, VERBOSITY);
        }

        @Override
        public void debug(final String message) throws InterruptedException {
            informational(MessageType.DEBUG_RECORD, "DebugRecord", message, DEBUGGING);
        }

        private void informational(final MessageType type, final String record, final String message, final int stream)
                throws InterruptedException {
            send(type, Records.informational(record, message, command, isDetailed(stream)));
        }

        @Override
        public void information(final String message) throws InterruptedException {
            send(
                    MessageType.INFORMATION_RECORD,
                    Records.information(message, command, world.time().now(), caller.name(), world.computer()));
        }

        @Override
        public void progress(final String activity, final String status, final int percent)
                throws InterruptedException {
            send(MessageType.PROGRESS_RECORD, Records.progress(activity, status, percent));
        }
    }
}
