package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.ActionPlan;
import io.jenkins.plugins.azurestack.simulator.world.ExternalCertificates;
import io.jenkins.plugins.azurestack.simulator.world.Node;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the stamp's tests find: a healthy stamp, apart from what can be seen of its BMCs, plans and certificates. */
final class StampHealth {
    /** When alerts begin to warn, and when they are critical (rotation page 2021 on). */
    private static final Duration WARNS = Duration.ofDays(90);

    private static final Duration CRITICAL = Duration.ofDays(30);

    private final World world;
    private final ExternalCertificates external;
    private final BmcCredential bmc;

    StampHealth(final World world, final ExternalCertificates external, final BmcCredential bmc) {
        this.world = world;
        this.external = external;
        this.bmc = bmc;
    }

    /** How a test ended, as the console says it. */
    enum Mark {
        PASS,
        WARN,
        FAIL
    }

    /**
     * What a test found.
     *
     * @param details sentences; empty if there is nothing to say
     */
    record Result(Mark mark, List<String> details) {
        static final Result GOOD = new Result(Mark.PASS, List.of());

        Result {
            details = List.copyOf(details);
        }
    }

    Result test(final StampTest test) {
        return switch (test) {
            case BMC -> bmcs();
            case ACTION_PLANS -> actionPlans();
            case EXTERNAL_CERTIFICATES -> externalCertificates();
            case ALERTS -> alerts();
            case UPDATE -> world.isUpdating() ? warns("An update is in progress.") : Result.GOOD;
            default -> Result.GOOD;
        };
    }

    private Result bmcs() {
        final List<Node> refusing = bmc.refusing();
        return refusing.isEmpty()
                ? Result.GOOD
                : new Result(
                        Mark.FAIL,
                        refusing.stream()
                                .map(node -> "The BMC " + node.bmcAddress() + " of node " + node.name()
                                        + " does not answer to the stored credential.")
                                .toList());
    }

    private Result actionPlans() {
        final Instant now = world.time().now();
        final List<ActionPlan> plans = world.actionPlans().all();
        final Optional<ActionPlan> running = plans.stream()
                .filter(plan -> plan.status(now) == ActionPlan.Status.RUNNING)
                .findFirst();
        if (running.isPresent()) {
            return warns("Action plan '" + running.get().type() + "' is running.");
        }
        final List<String> failed = plans.stream()
                .filter(plan -> plan.status(now) == ActionPlan.Status.FAILED)
                .filter(plan -> isLatest(plan, plans))
                .map(plan -> "Action plan '" + plan.type() + "' with instance ID '" + plan.id() + "' has failed.")
                .toList();
        return failed.isEmpty() ? Result.GOOD : new Result(Mark.FAIL, failed);
    }

    private static boolean isLatest(final ActionPlan plan, final List<ActionPlan> plans) {
        return plans.stream()
                .filter(other -> other.type().equals(plan.type()))
                .reduce((earlier, later) -> later)
                .filter(plan::equals)
                .isPresent();
    }

    private Result externalCertificates() {
        final Instant now = world.time().now();
        final List<String> near = external.served().entrySet().stream()
                .filter(entry -> ends(entry.getValue()).isBefore(now.plus(WARNS)))
                .map(entry -> "The certificate of '" + entry.getKey().folderName() + "' expires on "
                        + ends(entry.getValue()) + ".")
                .toList();
        final boolean expired = external.served().values().stream()
                .anyMatch(certificate -> ends(certificate).isBefore(now));
        return near.isEmpty() ? Result.GOOD : new Result(expired ? Mark.FAIL : Mark.WARN, near);
    }

    private static Instant ends(final IssuedCertificate certificate) {
        return certificate.leaf().getNotAfter().toInstant();
    }

    /** From 1906 on the tests tell of internal secrets with critical expiry; which of them does is not documented. */
    private Result alerts() {
        final Instant critical = world.time().now().plus(CRITICAL);
        final List<String> near = Stream.of(world.internalSecrets().all())
                .filter(secrets -> Since.INTERNAL_SECRETS_TESTED.in(world))
                .flatMap(List::stream)
                .filter(secret -> secret.ends().isBefore(critical))
                .map(secret -> "The internal secret '" + secret.subject() + "' expires on " + secret.ends() + ".")
                .toList();
        return near.isEmpty() ? Result.GOOD : new Result(Mark.WARN, near);
    }

    private static Result warns(final String detail) {
        return new Result(Mark.WARN, List.of(detail));
    }
}
