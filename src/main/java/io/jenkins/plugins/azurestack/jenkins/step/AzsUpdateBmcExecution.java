package io.jenkins.plugins.azurestack.jenkins.step;

import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.wiring.MaintenanceEnvironment;
import io.jenkins.plugins.azurestack.wiring.PlanArguments;
import io.jenkins.plugins.azurestack.wiring.RotationStoppedException;
import io.jenkins.plugins.azurestack.wiring.Route;
import io.jenkins.plugins.azurestack.wiring.UpdateBmc;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
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
    String via() {
        return step.getVia();
    }

    @Override
    PlanArguments asked() {
        return step.toArguments().asked();
    }

    @Override
    Duration longestWait() {
        return step.toArguments().longestWait();
    }

    @Override
    Map<String, Object> work(
            final String name, final Route way, final MaintenanceEnvironment environment, final boolean goingOn)
            throws IOException, InterruptedException, RotationStoppedException {
        final Stamp stamp = AzureStackHubConfiguration.get().stamp(name);
        final Maintenance maintenance = AzureStackHubConfiguration.get().maintenance(name);
        final BmcSettings settings = AzureStackHubConfiguration.get().bmcSettings(name);
        final UpdateBmc update = new UpdateBmc(way.network(), Clock.systemUTC(), new SecureRandom());
        return goingOn
                ? update.goOn(stamp, maintenance, settings, step.toArguments(), environment)
                : update.run(stamp, maintenance, settings, step.toArguments(), environment);
    }

    private static final long serialVersionUID = 1L;
}
