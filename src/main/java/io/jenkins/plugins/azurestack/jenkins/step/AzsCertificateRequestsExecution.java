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
import io.jenkins.plugins.azurestack.wiring.CertificateRequests;
import io.jenkins.plugins.azurestack.wiring.NotWrittenException;
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
 * One run of {@code azsCertificateRequests}, on a thread of the step's own that an abort interrupts. It changes nothing on
 * the stamp, and what it has written to the credentials store is found by the next run; so a restart of Jenkins may end
 * it anywhere.
 */
final class AzsCertificateRequestsExecution extends SynchronousNonBlockingStepExecution<Map<String, Object>> {
    /** How long an agent may be away: nothing is lost when the step ends, and it can be started again at any time. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final AzsCertificateRequestsStep step;
    /** What it is at. Gone after a restart, as the run itself is. */
    private transient volatile String status;
    /** Gone with it. */
    private transient volatile StepRoute route;

    AzsCertificateRequestsExecution(final AzsCertificateRequestsStep step, final StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    protected Map<String, Object> run() throws IOException, InterruptedException {
        try {
            RunAs.require(getContext().get(Run.class), RunAs.of(getContext()), AzureStackHubPermissions.PLAN, "Plan");
            final Stamp stamp = AzureStackHubConfiguration.get().stamp(step.getStamp());
            final Maintenance maintenance = AzureStackHubConfiguration.get().maintenance(step.getStamp());
            route = StepRoute.of(step.getVia(), getContext());
            final Route way = route.openOrReject(
                    StepRoute.places(step.getStamp()), PATIENCE, getContext().get(TaskListener.class));
            return new CertificateRequests(way, Clock.systemUTC(), new SecureRandom())
                    .run(
                            stamp,
                            maintenance,
                            step.toArguments(),
                            RunEnvironment.of(getContext(), sentence -> status = sentence));
        } catch (Rejected | NotWrittenException e) {
            throw abort(e);
        } finally {
            status = null;
        }
    }

    /** The message says it all: a stack trace would hide it. */
    private static AbortException abort(final Exception reason) {
        final AbortException abort = new AbortException(reason.getMessage());
        abort.initCause(reason);
        return abort;
    }

    @Override
    public String getStatus() {
        final String known = status;
        return Optional.ofNullable(route)
                .flatMap(StepRoute::waiting)
                .orElseGet(
                        () -> known == null ? Messages.AzsCertificateRequestsStep_NotRunning(step.getStamp()) : known);
    }

    private static final long serialVersionUID = 1L;
}
