package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.RemotingException;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.wsman.CancelledException;
import io.jenkins.plugins.azurestack.powershell.wsman.ConnectionLostException;
import io.jenkins.plugins.azurestack.powershell.wsman.Delivery;
import io.jenkins.plugins.azurestack.powershell.wsman.LogonRefusedException;
import io.jenkins.plugins.azurestack.powershell.wsman.OutcomeUnknownException;
import io.jenkins.plugins.azurestack.powershell.wsman.ReceiveResult;
import io.jenkins.plugins.azurestack.powershell.wsman.StreamChunk;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManException;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManFaultException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;

/**
 * Follows one pipeline to its end: receives, survives lost connections, and turns messages into records and states. Runs
 * on the pool's receiving lane.
 */
final class PipelineFollower implements Callable<Void> {
    /** A server that is shutting a shell down says so a few times before it says that the shell is gone. */
    private static final int MAX_ABORTS = 3;

    private final PoolConnection connection;
    private final PoolSettings settings;
    private final Pipeline pipeline;
    private final PipelineRecords records;
    private final Runnable release;
    private final Backoff outage;
    private final Deque<HostCall> unanswered = new ArrayDeque<>();
    private int aborts;
    private int reattachments;

    /** @param release lets the server forget the pipeline; called once it has ended there */
    PipelineFollower(PoolConnection connection, PoolSettings settings, Pipeline pipeline, Runnable release) {
        this.connection = connection;
        this.settings = settings;
        this.pipeline = pipeline;
        this.records = pipeline.records();
        this.release = release;
        this.outage = new Backoff(settings.outageLimit());
    }

    @Override
    public Void call() {
        pipeline.followed();
        try {
            while (!pipeline.isOver()) {
                step();
                pipeline.stirred();
            }
        } catch (InterruptedException e) {
            endClosed(e);
        } catch (RuntimeException e) {
            endUnreachable("this client failed (" + e.getClass().getSimpleName() + ")", e);
        } finally {
            // an Error must not leave those waiting who wait for the end
            endUnreachable("this client failed", null);
        }
        return null;
    }

    private void step() throws InterruptedException {
        try {
            ReceiveResult result = connection.receive(pipeline.command());
            restored();
            deliver(result);
            refuseHostCalls();
            if (!pipeline.isOver() && result.chunks().isEmpty()) {
                connection.listenToPool();
            }
        } catch (WsManFaultException e) {
            onFault(e);
        } catch (WsManException e) {
            onFailure(e);
        } catch (MalformedMessageException e) {
            records.gap(new OutputGap(OutputGap.Cause.MESSAGE_UNREADABLE, e.getMessage()));
        } catch (RemotingException e) {
            endUnreachable(e.getMessage(), e);
        }
    }

    /** Takes all of an answer, whatever is in it: it does not come again. */
    private void deliver(ReceiveResult result) throws MalformedMessageException {
        for (StreamChunk chunk : result.chunks()) {
            for (Message message : connection.incoming().acceptForPipeline(chunk.bytes())) {
                onMessage(message);
            }
            connection.incoming().takeGaps().forEach(records::gap);
        }
        if (result.done() && !pipeline.isOver()) {
            endWithoutState();
        }
    }

    private void endWithoutState() {
        connection.incoming().openSuspicion().ifPresent(records::gap);
        endGone("it ended without saying its state", null);
        release.run();
    }

    private void onMessage(Message message) {
        if (message.isToServer() || message.type().isEmpty() || pipeline.isOver()) {
            return;
        }
        if (!pipeline.isNamedBy(message.pipeline())) {
            records.gap(new OutputGap(
                    OutputGap.Cause.MESSAGE_UNREADABLE, message + " names another pipeline and was not taken"));
            return;
        }
        try {
            onMessage(message.type().get(), message);
        } catch (MalformedMessageException e) {
            records.gap(new OutputGap(OutputGap.Cause.MESSAGE_UNREADABLE, e.getMessage()));
        }
    }

    private void onMessage(MessageType type, Message message) throws MalformedMessageException {
        int size = message.payload().length;
        switch (type) {
            case PIPELINE_OUTPUT -> records.output(connection.read(message), size);
            case ERROR_RECORD -> records.record(ErrorRecord.of(connection.read(message)), size);
            case WARNING_RECORD -> records.record(new WarningRecord(Readings.message(connection.read(message))), size);
            case VERBOSE_RECORD -> records.record(new VerboseRecord(Readings.message(connection.read(message))), size);
            case DEBUG_RECORD -> records.record(new DebugRecord(Readings.message(connection.read(message))), size);
            case PROGRESS_RECORD -> records.record(ProgressRecord.of(connection.read(message)), size);
            case INFORMATION_RECORD -> records.record(InformationRecord.of(connection.read(message)), size);
            case PIPELINE_HOST_CALL -> onHostCall(HostCall.of(connection.read(message)));
            case PIPELINE_STATE -> onState(connection.read(message));
            default -> {
                // the protocol has no other message of a pipeline to its client
            }
        }
    }

    private void onState(PsValue payload) {
        PipelineState state =
                PipelineState.of(payload.property("PipelineState").asInt(-1)).orElse(PipelineState.RUNNING);
        PsValue reason = payload.property("ExceptionAsErrorRecord");
        switch (state) {
            case COMPLETED -> end(state, result -> result);
            case FAILED -> {
                ErrorRecord error = ErrorRecord.of(reason);
                end(state, result -> {
                    throw PipelineFailedException.of(error, result);
                });
            }
            case STOPPED ->
                end(state, result -> {
                    throw new PipelineStoppedException(result);
                });
            case DISCONNECTED, NOT_STARTED, RUNNING, STOPPING ->
                pipeline.stateChanged(state == PipelineState.STOPPING ? state : PipelineState.RUNNING);
        }
    }

    private void end(PipelineState state, Pipeline.Ending how) {
        connection.incoming().pipelineEnded();
        connection.incoming().takeGaps().forEach(records::gap);
        release.run();
        pipeline.end(state, how);
    }

    private void onHostCall(HostCall call) {
        if (call.wantsAnswer()) {
            records.refused(call);
            unanswered.add(call);
        }
    }

    /** A refusal that never left is sent with the next attempt; one that may have arrived is not sent twice. */
    private void refuseHostCalls() throws RemotingException {
        while (!unanswered.isEmpty()) {
            try {
                connection.refuse(pipeline.command(), pipeline.id(), unanswered.peek());
            } catch (OutcomeUnknownException e) {
                records.tell(l -> l.connectionLost("whether the server has the answer to a host call is not known"));
            } catch (WsManFaultException e) {
                // the server does not want the answer any more; what became of the pipeline, the next Receive tells
                unanswered.clear();
                return;
            }
            unanswered.poll();
        }
    }

    private void onFault(WsManFaultException fault) throws InterruptedException {
        switch (fault.kind()) {
            case SHELL_GONE -> {
                connection.incoming().openSuspicion().ifPresent(records::gap);
                endGone(fault.getMessage(), fault);
            }
            case DISCONNECTED -> onDisconnected(fault);
            case ABORTED -> onAborted(fault);
            case QUOTA, TIMED_OUT -> onFailure(fault);
            case ACCESS_DENIED, UNKNOWN_CONFIGURATION, ENVELOPE_SIZE, OTHER ->
                endUnreachable(fault.getMessage(), fault);
        }
    }

    private void onDisconnected(WsManFaultException fault) throws InterruptedException {
        if (pipeline.isLeaving()) {
            endDetached();
            return;
        }
        try {
            connection.reattach(pipeline.command());
            if (++reattachments > 1) {
                tryAgainLater(fault);
            }
        } catch (WsManFaultException e) {
            if (e.kind() == WsManFaultException.Kind.SHELL_GONE) {
                endGone(e.getMessage(), e);
            } else {
                endUnreachable(e.getMessage(), e);
            }
        } catch (WsManException e) {
            onFailure(e);
        } catch (RemotingException e) {
            endUnreachable(e.getMessage(), e);
        }
    }

    private void onAborted(WsManFaultException fault) throws InterruptedException {
        if (pipeline.isLeaving()) {
            endDetached();
        } else if (++aborts > MAX_ABORTS) {
            endUnreachable(fault.getMessage(), fault);
        } else {
            onFailure(fault);
        }
    }

    private void onFailure(WsManException failure) throws InterruptedException {
        if (mayHaveLostAnswer(failure)) {
            connection.incoming().answerLost();
        }
        if (pipeline.isLeaving() || failure instanceof CancelledException) {
            endClosed(failure);
        } else if (failure instanceof LogonRefusedException) {
            endUnreachable(failure.getMessage(), failure);
        } else {
            tryAgainLater(failure);
        }
    }

    private static boolean mayHaveLostAnswer(WsManException failure) {
        return failure instanceof ConnectionLostException lost
                ? lost.mayHaveCarriedData()
                : failure.delivery() == Delivery.UNKNOWN;
    }

    private void tryAgainLater(WsManException failure) throws InterruptedException {
        Instant now = settings.clock().instant();
        if (outage.isOver(now)) {
            endUnreachable("the server did not answer for " + settings.outageLimit(), failure);
            return;
        }
        if (!outage.isUnderWay()) {
            records.tell(l -> l.connectionLost(failure.getMessage()));
        }
        outage.failed(now);
        connection.pause(outage.next());
    }

    private void restored() {
        aborts = 0;
        reattachments = 0;
        if (outage.isUnderWay()) {
            outage.end();
            records.tell(PipelineListener::connectionRestored);
        }
    }

    private void endGone(String reason, Throwable cause) {
        pipeline.end(PipelineState.DISCONNECTED, result -> {
            throw new PipelineGoneException(reason, result, cause);
        });
    }

    private void endUnreachable(String reason, Throwable cause) {
        DetachedPipeline ids = connection.ids(pipeline.command(), false);
        pipeline.end(PipelineState.DISCONNECTED, result -> {
            throw new PipelineUnreachableException(reason, ids, result, cause);
        });
    }

    private void endClosed(Exception cause) {
        if (pipeline.isLeaving()) {
            endDetached();
        } else {
            endUnreachable("this client was closed", cause);
        }
    }

    private void endDetached() {
        DetachedPipeline ids = connection.ids(pipeline.command(), pipeline.isDisconnected());
        pipeline.end(PipelineState.DISCONNECTED, result -> {
            throw new PipelineDetachedException(ids, result);
        });
    }
}
