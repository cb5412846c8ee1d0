package io.jenkins.plugins.azurestack.jenkins.step;

import hudson.AbortException;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.CertificateRequests;
import io.jenkins.plugins.azurestack.wiring.NotWrittenException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/**
 * One run of {@code azsCertificateRequests}, on a thread of the step's own that an abort interrupts. It changes nothing on
 * the stamp, and what it has written to the credentials store is found by the next run; so a restart of Jenkins may end
 * it anywhere.
 */
final class AzsCertificateRequestsExecution extends SynchronousNonBlockingStepExecution<Map<String, Object>> {
    private static final Network DIRECT = new DirectNetwork();

    private final AzsCertificateRequestsStep step;
    /** What it is at. Gone after a restart, as the run itself is. */
    private transient volatile String status;

    AzsCertificateRequestsExecution(final AzsCertificateRequestsStep step, final StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    protected Map<String, Object> run() throws IOException, InterruptedException {
        try {
            return new CertificateRequests(DIRECT, Clock.systemUTC(), new SecureRandom())
                    .run(
                            AzureStackHubConfiguration.get().stamp(step.getStamp()),
                            AzureStackHubConfiguration.get().maintenance(step.getStamp()),
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
        return known == null ? Messages.AzsCertificateRequestsStep_NotRunning(step.getStamp()) : known;
    }

    private static final long serialVersionUID = 1L;
}
