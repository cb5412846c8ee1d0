package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet;
import io.jenkins.plugins.azurestack.simulator.remoting.Invocation;
import io.jenkins.plugins.azurestack.simulator.remoting.Streams;
import io.jenkins.plugins.azurestack.simulator.world.ActionPlan;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code Get-ActionStatus}: the latest action of a function, whoever started it. How it says so is not documented; here
 * as the action plan object, and as the lines that its starter sees. Of what never ran it says nothing.
 */
final class GetActionStatus implements Cmdlet {
    private static final String FUNCTION = "FunctionName";
    private static final String TYPE = "ActionType";

    private final World world;
    private final SecretRotations rotations;

    GetActionStatus(final World world, final SecretRotations rotations) {
        this.world = world;
        this.rotations = rotations;
    }

    @Override
    public String name() {
        return "Get-ActionStatus";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.value(FUNCTION, "System.String").at(0),
                Parameter.value(TYPE, "System.String").at(1));
    }

    @Override
    public void run(final Invocation invocation, final Streams streams) throws InterruptedException {
        rotations.letForeignOnesAppear(name());
        final Instant now = world.time().now();
        final Optional<String> function = invocation.text(FUNCTION);
        final Optional<String> type = invocation.text(TYPE);
        final Optional<ActionPlan> latest = world.actionPlans().all().stream()
                .filter(plan -> function.isEmpty() || plan.function().equalsIgnoreCase(function.get()))
                .filter(plan -> type.isEmpty() || plan.type().equalsIgnoreCase(type.get()))
                .reduce((earlier, later) -> later);
        if (latest.isPresent()) {
            final ActionPlanReport report = new ActionPlanReport(world, latest.get(), now);
            final boolean running = latest.get().status(now) == ActionPlan.Status.RUNNING;
            for (final String line : running ? report.poll() : report.closing()) {
                streams.verbose(line);
            }
            streams.output(report.object());
        }
    }
}
