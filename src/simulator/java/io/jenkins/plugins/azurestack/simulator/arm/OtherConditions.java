package io.jenkins.plugins.azurestack.simulator.arm;

import io.jenkins.plugins.azurestack.simulator.world.ActionPlan;
import io.jenkins.plugins.azurestack.simulator.world.Node;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What alerts say about anything else: BMCs that do not answer, and machines and roles that are away for a while during a
 * rotation, which documentation says to expect.
 */
final class OtherConditions {
    private static final String ROTATION = "Start-SecretRotation";

    private OtherConditions() {}

    /** @param answers whether a node's BMC answers to the stamp */
    static List<Condition> of(final World world, final List<Node> nodes, final Predicate<Node> answers) {
        final Instant now = world.time().now();
        final List<Condition> conditions = new ArrayList<>();
        nodes.stream().filter(answers.negate()).forEach(node -> conditions.add(bmc(node, now)));
        world.actionPlans().all().stream()
                .filter(plan -> plan.function().equalsIgnoreCase(ROTATION))
                .forEach(plan -> {
                    conditions.add(episode(
                            plan,
                            "machine",
                            20,
                            50,
                            "Infrastructure role instance unavailable",
                            "FRP.Heartbeat.InfraVM",
                            "infraRoleInstances/AZS-XRP01"));
                    conditions.add(episode(
                            plan,
                            "role",
                            40,
                            90,
                            "Infrastructure role unhealthy",
                            "Microsoft.Health.FaultType.GenericExceptionFault",
                            "infraRoles/Compute controller"));
                });
        return conditions.stream()
                .filter(condition -> !condition.since().isAfter(now))
                .toList();
    }

    private static Condition bmc(final Node node, final Instant now) {
        return new Condition(
                "bmc/" + node.name(),
                "BMC connection timeout",
                Condition.WARNING,
                "BMCAlive.BMCConnectionTimeout",
                now,
                Optional.empty(),
                Map.of("nodeName", node.name()),
                List.of("The baseboard management controller of " + node.name() + " does not answer."),
                "Check the controller's network and the credential that the stamp has for it.",
                "",
                "scaleUnitNodes/" + node.name());
    }

    /** Something that is out of order during a part of an action plan, given in hundredths of its time. */
    private static Condition episode(
            final ActionPlan plan,
            final String what,
            final int from,
            final int until,
            final String title,
            final String faultTypeId,
            final String impacted) {
        final Duration whole = Duration.between(plan.started(), plan.ends());
        return new Condition(
                "plan/" + plan.id() + "/" + what,
                title,
                Condition.WARNING,
                faultTypeId,
                plan.started().plus(whole.multipliedBy(from).dividedBy(100)),
                Optional.of(plan.started().plus(whole.multipliedBy(until).dividedBy(100))),
                Map.of(),
                List.of(title + ": " + impacted.substring(impacted.lastIndexOf('/') + 1)),
                "Wait until the running operation has ended.",
                "",
                impacted);
    }
}
