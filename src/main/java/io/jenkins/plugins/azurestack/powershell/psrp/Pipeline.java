package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.RemotingException;
import io.jenkins.plugins.azurestack.powershell.wsman.CommandId;
import io.jenkins.plugins.azurestack.powershell.wsman.Delivery;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManException;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManFaultException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A pipeline that runs on the server, or has ended. Waiting for it, stopping it and leaving it are three different
 * things, and none happens by accident: a wait that ends early leaves the pipeline as it is. Thread-safe.
 */
public final class Pipeline {
    /** A clock that a test moves does not wake anybody; so a wait looks at it now and then. */
    private static final long LOOK_MILLIS = 200;

    private final RunspacePool pool;
    private final UUID id;
    private final CommandId command;
    private final Clock clock;
    private final PipelineRecords records;
    private final Object lock = new Object();
    private PipelineState state = PipelineState.RUNNING;
    private boolean over;
    private Ending ending;
    private boolean leaving;
    private boolean left;
    private boolean stopSent;
    private long news;
    private volatile Thread follower;

    Pipeline(RunspacePool pool, UUID id, CommandId command, Clock clock, PipelineRecords records) {
        this.pool = pool;
        this.id = id;
        this.command = command;
        this.clock = clock;
        this.records = records;
    }

    /** How the wait for a pipeline ends: with a result or an exception made of it. */
    @FunctionalInterface
    interface Ending {
        PipelineResult conclude(PipelineResult result) throws PipelineException;
    }

    UUID id() {
        return id;
    }

    /** Whether the header of a message that came for this command means this pipeline, or at least no other one. */
    boolean isNamedBy(UUID named) {
        return named.equals(id)
                || named.equals(DotNetGuid.NONE)
                || id.equals(DotNetGuid.NONE)
                || command.value().equalsIgnoreCase(named.toString());
    }

    CommandId command() {
        return command;
    }

    PipelineRecords records() {
        return records;
    }

    /** The pool that it runs in. */
    public RunspacePool pool() {
        return pool;
    }

    /** What is known of its state; {@link PipelineState#DISCONNECTED} when it is not followed any more. */
    public PipelineState state() {
        synchronized (lock) {
            return state;
        }
    }

    /** Whether waiting would return at once. */
    public boolean isOver() {
        synchronized (lock) {
            return over;
        }
    }

    /** How another process finds it, as of now. */
    public DetachedPipeline ids() {
        return pool.ids(command);
    }

    /** What it has said so far. */
    public PipelineResult soFar() {
        return records.result(state());
    }

    /**
     * Waits for its end, however long that takes.
     *
     * @return all that it said; errors that did not end it are in there, see {@link PipelineResult#succeeded()}
     * @throws PipelineFailedException if a terminating error ended it
     * @throws PipelineStoppedException if it was stopped
     * @throws PipelineGoneException if the server no longer knows it and how it ended is not known
     * @throws PipelineLeftRunningException if it was detached or can't be followed any more
     * @throws InterruptedException if this wait was interrupted; the pipeline runs on and can be waited for again
     */
    public PipelineResult await() throws PipelineException, InterruptedException {
        refuseFollower();
        synchronized (lock) {
            while (!over) {
                lock.wait();
            }
        }
        return conclude();
    }

    /**
     * Waits for its end for so long and no longer; the pipeline is never stopped for that.
     *
     * @throws PipelineStillRunningException if it runs on; otherwise as {@link #await()}
     */
    public PipelineResult await(Duration limit) throws PipelineException, InterruptedException {
        if (!awaitOver(limit)) {
            throw new PipelineStillRunningException(limit, ids(), soFar());
        }
        return conclude();
    }

    private boolean awaitOver(Duration limit) throws InterruptedException {
        refuseFollower();
        Instant deadline = clock.instant().plus(limit);
        synchronized (lock) {
            while (!over) {
                if (!clock.instant().isBefore(deadline)) {
                    return false;
                }
                lock.wait(LOOK_MILLIS);
            }
            return true;
        }
    }

    /** Waits so long, by no clock that a test may have stopped, until nobody follows the pipeline any more. */
    void awaitFollower(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (lock) {
            long left = limit.toMillis();
            while (!over && left > 0) {
                lock.wait(left);
                left = (deadline - System.nanoTime()) / 1_000_000;
            }
        }
    }

    private PipelineResult conclude() throws PipelineException {
        Ending how;
        synchronized (lock) {
            how = ending;
        }
        return how.conclude(soFar());
    }

    /**
     * Asks the server to stop it and waits so long for the stop. Once the request has left it is never sent again; only one
     * that never left may be followed by another call.
     *
     * @return the state afterwards: {@link PipelineState#STOPPED}, or how it ended before the request arrived
     * @throws PipelineStillRunningException if it runs on after the limit
     * @throws RemotingException if the request failed and the pipeline did not end either
     */
    public PipelineState stop(Duration limit) throws RemotingException, InterruptedException {
        refuseFollower();
        boolean send;
        synchronized (lock) {
            send = !over && !stopSent;
            if (send) {
                stopSent = true;
                state = PipelineState.STOPPING;
            }
        }
        RemotingException failure = send ? sendStop() : null;
        if (failure != null && !mayHaveArrived(failure)) {
            throw failure;
        }
        if (!awaitOver(limit)) {
            if (failure != null) {
                throw failure;
            }
            throw new PipelineStillRunningException(limit, ids(), soFar());
        }
        return state();
    }

    private RemotingException sendStop() throws InterruptedException {
        try {
            pool.sendStop(command);
            return null;
        } catch (RemotingException e) {
            if (e instanceof WsManException failed && failed.delivery() == Delivery.NOT_SENT) {
                synchronized (lock) {
                    stopSent = false;
                    state = over ? state : PipelineState.RUNNING;
                }
            }
            return e;
        }
    }

    /** A stop that came too late is answered with a fault as well; then the end is on its way. */
    private static boolean mayHaveArrived(RemotingException failure) {
        return failure instanceof WsManException failed
                && (failed.delivery() == Delivery.UNKNOWN
                        || failed instanceof WsManFaultException fault
                                && fault.kind() == WsManFaultException.Kind.SHELL_GONE);
    }

    /**
     * Leaves it running on the server: disconnects the pool without stopping the pipeline or deleting its shell, and ends
     * the connections. Should the server not confirm that, the pipeline is left alone all the same. What was received
     * until then has been given to the listener.
     *
     * @return how to come back to it; empty if it ended before that, and there is a result instead
     * @throws InterruptedException if this wait was interrupted; leaving goes on
     */
    public Optional<DetachedPipeline> detach() throws InterruptedException {
        refuseFollower();
        return pool.detach(this);
    }

    /** The current thread follows it from now on. */
    void followed() {
        follower = Thread.currentThread();
    }

    /** The follower calls listeners; one of them that waited for the follower would wait for ever. */
    private void refuseFollower() {
        if (Thread.currentThread() == follower && !isOver()) {
            throw new IllegalStateException("a listener can't wait for the pipeline that it hears; let another thread");
        }
    }

    /** The follower asks: is the client about to leave? */
    boolean isLeaving() {
        synchronized (lock) {
            return leaving;
        }
    }

    /** @return false if it had ended before */
    boolean leave() {
        synchronized (lock) {
            if (over) {
                return false;
            }
            leaving = true;
            return true;
        }
    }

    /** The server has let this client go. */
    void disconnected() {
        synchronized (lock) {
            left = true;
        }
    }

    boolean isDisconnected() {
        synchronized (lock) {
            return left;
        }
    }

    /** Something came, or time passed: those who wait look at their clocks. */
    void stirred() {
        synchronized (lock) {
            news++;
            lock.notifyAll();
        }
    }

    void stateChanged(PipelineState newState) {
        synchronized (lock) {
            if (!over && !(state == PipelineState.STOPPING && newState == PipelineState.RUNNING)) {
                state = newState;
            }
        }
    }

    /** Ends the following; only the first call counts. */
    void end(PipelineState finalState, Ending how) {
        synchronized (lock) {
            if (!over) {
                state = finalState;
                ending = how;
                over = true;
                lock.notifyAll();
            }
        }
    }

    /** The id, the state, and how often the server was heard. */
    @Override
    public String toString() {
        synchronized (lock) {
            return "Pipeline[" + command + ", " + state + ", " + news + " answers]";
        }
    }
}
