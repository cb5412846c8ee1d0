package io.jenkins.plugins.azurestack.jenkins.step;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.azurestack.jenkins.AzureStackHubPermissions;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.jenkins.RunAs;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.wiring.CheckExpiry;
import io.jenkins.plugins.azurestack.wiring.CheckExpiryArguments;
import io.jenkins.plugins.azurestack.wiring.Route;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/**
 * One run of {@code azsCheckExpiry}, on a thread of the step's own that an abort interrupts. It changes nothing on the
 * stamp, so a restart of Jenkins may end it: the next build asks again.
 */
final class AzsCheckExpiryExecution extends SynchronousNonBlockingStepExecution<Map<String, Object>> {
    private final AzsCheckExpiryStep step;
    /** Gone after a restart, as the run itself is. */
    private transient volatile boolean running;
    /** Gone with it. */
    private transient volatile StepRoute route;

    AzsCheckExpiryExecution(final AzsCheckExpiryStep step, final StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    protected Map<String, Object> run() throws IOException, InterruptedException {
        running = true;
        try {
            RunAs.require(getContext().get(Run.class), RunAs.of(getContext()), AzureStackHubPermissions.CHECK, "Check");
            return check(step.toArguments());
        } catch (Rejected e) {
            throw abort(e);
        } finally {
            running = false;
        }
    }

    /** Waiting for an agent is part of the time that the step has; when it does not come, everything is unknown. */
    private Map<String, Object> check(final CheckExpiryArguments arguments) throws IOException, InterruptedException {
        final long began = System.nanoTime();
        final Stamp stamp = AzureStackHubConfiguration.get().stamp(step.getStamp());
        final Maintenance maintenance = AzureStackHubConfiguration.get().maintenance(step.getStamp());
        final StepRoute chosen = StepRoute.of(step.getVia(), getContext());
        route = chosen;
        final Route way = chosen.open(
                StepRoute.places(step.getStamp()),
                arguments.timeout(),
                getContext().get(TaskListener.class));
        return new CheckExpiry(way.network(), Clock.systemUTC(), new SecureRandom())
                .run(
                        stamp,
                        maintenance,
                        AzureStackHubConfiguration.get().bmcSettings(step.getStamp()),
                        arguments.after(Duration.ofNanos(System.nanoTime() - began)),
                        RunEnvironment.of(getContext()));
    }

    /** What a user typed is wrong: the message says it all, a stack trace would hide it. */
    private static AbortException abort(final Rejected rejected) {
        final AbortException abort = new AbortException(rejected.getMessage());
        abort.initCause(rejected);
        return abort;
    }

    @Override
    public String getStatus() {
        final StepRoute chosen = route;
        if (!running) {
            return Messages.AzsCheckExpiryStep_NotRunning(step.getStamp());
        }
        return Optional.ofNullable(chosen)
                .flatMap(StepRoute::waiting)
                .orElseGet(() -> Messages.AzsCheckExpiryStep_Running(step.getStamp()));
    }

    private static final long serialVersionUID = 1L;
}
