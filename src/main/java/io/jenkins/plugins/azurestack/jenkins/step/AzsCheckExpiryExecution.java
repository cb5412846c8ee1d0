package io.jenkins.plugins.azurestack.jenkins.step;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.azurestack.jenkins.AzureStackHubPermissions;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.jenkins.RunAs;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.CheckExpiry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/**
 * One run of {@code azsCheckExpiry}, on a thread of the step's own that an abort interrupts. It changes nothing on the
 * stamp, so a restart of Jenkins may end it: the next build asks again.
 */
final class AzsCheckExpiryExecution extends SynchronousNonBlockingStepExecution<Map<String, Object>> {
    private static final Network DIRECT = new DirectNetwork();

    private final AzsCheckExpiryStep step;
    /** Gone after a restart, as the run itself is. */
    private transient volatile boolean running;

    AzsCheckExpiryExecution(final AzsCheckExpiryStep step, final StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    protected Map<String, Object> run() throws IOException, InterruptedException {
        running = true;
        try {
            RunAs.require(getContext().get(Run.class), RunAs.of(getContext()), AzureStackHubPermissions.CHECK, "Check");
            return new CheckExpiry(DIRECT, Clock.systemUTC(), new SecureRandom())
                    .run(
                            AzureStackHubConfiguration.get().stamp(step.getStamp()),
                            AzureStackHubConfiguration.get().maintenance(step.getStamp()),
                            step.toArguments(),
                            RunEnvironment.of(getContext()));
        } catch (Rejected e) {
            throw abort(e);
        } finally {
            running = false;
        }
    }

    /** What a user typed is wrong: the message says it all, a stack trace would hide it. */
    private static AbortException abort(final Rejected rejected) {
        final AbortException abort = new AbortException(rejected.getMessage());
        abort.initCause(rejected);
        return abort;
    }

    @Override
    public String getStatus() {
        return running
                ? Messages.AzsCheckExpiryStep_Running(step.getStamp())
                : Messages.AzsCheckExpiryStep_NotRunning(step.getStamp());
    }

    private static final long serialVersionUID = 1L;
}
