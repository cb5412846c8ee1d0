package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.simulator.remoting.Streams;
import io.jenkins.plugins.azurestack.simulator.remoting.TerminatingError;
import io.jenkins.plugins.azurestack.simulator.world.ActionPlan;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.time.Instant;

/** Tells a caller how an action plan goes, poll by poll, until it is over. Holds nothing of the plan. Thread-safe. */
final class ActionPlanFollower {
    private final World world;
    private final Pace pace;

    ActionPlanFollower(final World world, final Pace pace) {
        this.world = world;
        this.pace = pace;
    }

    /**
     * Follows a plan to its end.
     *
     * @param cmdlet whose plan it is
     * @throws TerminatingError if it failed
     * @throws InterruptedException if the caller is gone; the plan goes on
     */
    void follow(final ActionPlan plan, final String cmdlet, final Streams streams)
            throws TerminatingError, InterruptedException {
        // The engine takes a moment to begin.
        ActionPlanReport report = new ActionPlanReport(world, plan, plan.started());
        while (report.plan().status(report.now()) == ActionPlan.Status.RUNNING) {
            for (final String line : report.poll()) {
                streams.verbose(line);
            }
            final Instant next = report.now().plus(pace.poll());
            final Instant end = report.plan().ends();
            world.time().awaitUntil(next.isBefore(end) ? next : end);
            report = look(plan);
        }
        for (final String line : report.closing()) {
            streams.verbose(line);
        }
        streams.output(PsPrimitive.of(plan.id()));
        streams.output(report.object());
        if (report.plan().failure().isPresent()) {
            throw Errors.failed(cmdlet, report.plan().failure().get().reason());
        }
    }

    private ActionPlanReport look(final ActionPlan plan) {
        // The time first: whatever ends until then is settled by looking.
        final Instant now = world.time().now();
        return new ActionPlanReport(world, world.actionPlans().find(plan.id()).orElseThrow(), now);
    }
}
