package io.jenkins.plugins.azurestack.jenkins.step;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.azurestack.jenkins.AzureStackHubPermissions;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.jenkins.RunAs;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.MaintenanceEnvironment;
import io.jenkins.plugins.azurestack.wiring.PlanArguments;
import io.jenkins.plugins.azurestack.wiring.RotationStoppedException;
import io.jenkins.plugins.azurestack.wiring.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/**
 * One run of a step that changes a stamp, on a thread of its own that outlives the step if it has to: an abort ends its
 * waiting, never what runs on the stamp. What it does is written down outside the build before and after, so that it may
 * be killed anywhere; after a restart of Jenkins it takes up what it was at.
 */
abstract class MaintenanceExecution extends StepExecution {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        final Thread thread = new Thread(work, "azure-stack-maintenance");
        thread.setDaemon(true);
        return thread;
    });

    /** What it is at, or was when the build was last saved. */
    private volatile String status;
    /** Where connections begin, once that is chosen. */
    private volatile StepRoute route;
    /** Why the step is to end. Gone after a restart; guarded by this. */
    private transient Throwable stopping;
    /** Who does the work, as long as somebody does. Gone after a restart; guarded by this. */
    private transient Thread worker;

    MaintenanceExecution(final StepContext context) {
        super(context);
    }

    /**
     * The name of the stamp.
     *
     * @throws Rejected if the step does not say it
     */
    abstract String stampName();

    /** A word of {@link Via}. */
    abstract String via();

    /**
     * What the step is asked for.
     *
     * @throws Rejected if its arguments contradict each other
     */
    abstract PlanArguments asked();

    /** How long the step may wait for its agent in all. */
    abstract Duration longestWait();

    /**
     * Does what the step was asked for, on the calling thread.
     *
     * @param way the way that connections take
     * @param goingOn whether an earlier process began it
     */
    abstract Map<String, Object> work(String stamp, Route way, MaintenanceEnvironment environment, boolean goingOn)
            throws IOException, InterruptedException, RotationStoppedException;

    /** Only submits: this thread is Pipeline's own. */
    @Override
    public boolean start() throws IOException, InterruptedException {
        try {
            // What contradicts itself is said before anything else is done.
            asked();
            route = StepRoute.of(via(), getContext());
            submit(false, Messages.MaintenanceExecution_Starting(stampName()));
            return false;
        } catch (Rejected e) {
            throw abort(e);
        }
    }

    /** Only submits, too: who and where the run is, is looked up by the thread that works. */
    @Override
    public void onResume() {
        submit(true, Messages.MaintenanceExecution_TakingUp(stampName()));
    }

    private void submit(final boolean goingOn, final String sentence) {
        status = sentence;
        THREADS.execute(() -> {
            if (begins()) {
                end(goingOn);
            }
        });
    }

    /** False if the step was ended before its thread came to begin. */
    private synchronized boolean begins() {
        if (stopping == null) {
            worker = Thread.currentThread();
        }
        return stopping == null;
    }

    /** From now on nobody interrupts the thread; what came too late is forgotten. */
    private synchronized Optional<Throwable> ended() {
        worker = null;
        Thread.interrupted();
        status = null;
        return Optional.ofNullable(stopping);
    }

    /** Works, and ends the step in whatever way that ended. */
    private void end(final boolean goingOn) {
        Map<String, Object> result = null;
        Throwable failure = null;
        try {
            getContext().saveState().get();
            result = work(goingOn);
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            // Whatever it is: a step that nobody ends would wait for ever.
            failure = e instanceof Rejected rejected ? abort(rejected) : e;
        } catch (RotationStoppedException e) {
            failure = abort(e);
        } catch (ExecutionException e) {
            failure = new IOException(
                    "The state of the build could not be saved, so nothing was begun: Jenkins could not take it up"
                            + " again. Mend the disk of the Jenkins home, and start anew.",
                    e);
        }
        final Optional<Throwable> stopped = ended();
        if (failure == null) {
            getContext().onSuccess(result);
        } else {
            getContext().onFailure(failure instanceof InterruptedException ? stopped.orElse(failure) : failure);
        }
    }

    private Map<String, Object> work(final boolean goingOn)
            throws IOException, InterruptedException, RotationStoppedException {
        // Whom the build runs as: a thread of our own would be nobody.
        final Authentication caller = RunAs.of(getContext());
        requirePermission(caller);
        final ACLContext context = ACL.as2(caller);
        try {
            final Route way = chosenRoute()
                    .openOrReject(
                            StepRoute.places(stampName()),
                            longestWait(),
                            getContext().get(TaskListener.class));
            return work(stampName(), way, RunEnvironment.of(getContext(), sentence -> status = sentence), goingOn);
        } finally {
            context.close();
        }
    }

    private void requirePermission(final Authentication caller) throws IOException, InterruptedException {
        final Run<?, ?> run = getContext().get(Run.class);
        if (asked().action() == PlanArguments.Action.PLAN) {
            RunAs.require(run, caller, AzureStackHubPermissions.PLAN, "Plan");
        } else {
            RunAs.require(run, caller, AzureStackHubPermissions.ROTATE, "Rotate");
        }
    }

    /** A step that was saved before it could go through an agent went from the controller. */
    private StepRoute chosenRoute() throws IOException, InterruptedException {
        if (route == null) {
            route = StepRoute.of(Via.CONTROLLER, getContext());
        }
        return route;
    }

    /** The message says it all: a stack trace would hide it. */
    private static AbortException abort(final Exception reason) {
        final AbortException abort = new AbortException(reason.getMessage());
        abort.initCause(reason);
        return abort;
    }

    /** Ends the waiting; the thread ends the step once it has written down where it is. */
    @Override
    public void stop(final Throwable cause) {
        if (!interrupts(cause)) {
            getContext().onFailure(cause);
        }
    }

    private synchronized boolean interrupts(final Throwable cause) {
        stopping = cause;
        if (worker == null) {
            return false;
        }
        status = Messages.MaintenanceExecution_Stopping(stampName());
        worker.interrupt();
        return true;
    }

    @Override
    public String getStatus() {
        final String known = status;
        final Optional<String> waiting = Optional.ofNullable(route).flatMap(StepRoute::waiting);
        if (known != null && waiting.isPresent()) {
            return waiting.get();
        }
        return known == null ? Messages.MaintenanceExecution_NotRunning(stampName()) : known;
    }

    /** It may be killed anywhere, and is taken up again. */
    @Override
    public boolean blocksRestart() {
        return false;
    }

    private static final long serialVersionUID = 1L;
}
