package io.jenkins.plugins.azurestack.jenkins.step;

import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.wiring.MaintenanceEnvironment;
import io.jenkins.plugins.azurestack.wiring.RotationStoppedException;
import io.jenkins.plugins.azurestack.wiring.UpdateBmc;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One run of {@code azsUpdateBmc}. */
final class AzsUpdateBmcExecution extends MaintenanceExecution {
    private final AzsUpdateBmcStep step;

    AzsUpdateBmcExecution(final AzsUpdateBmcStep step, final StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    String stampName() {
        return step.stampName();
    }

    @Override
    void requireSense() {
        step.toArguments();
    }

    @Override
    Map<String, Object> work(final String name, final MaintenanceEnvironment environment, final boolean goingOn)
            throws IOException, InterruptedException, RotationStoppedException {
        final Stamp stamp = AzureStackHubConfiguration.get().stamp(name);
        final Maintenance maintenance = AzureStackHubConfiguration.get().maintenance(name);
        final BmcSettings settings = AzureStackHubConfiguration.get().bmcSettings(name);
        final UpdateBmc update = new UpdateBmc(new DirectNetwork(), Clock.systemUTC(), new SecureRandom());
        return goingOn
                ? update.goOn(stamp, maintenance, settings, step.toArguments(), environment)
                : update.run(stamp, maintenance, settings, step.toArguments(), environment);
    }

    private static final long serialVersionUID = 1L;
}
