package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.world.ActionPlan;
import java.time.Duration;
import java.util.List;

/**
 * How long things take on the stamp, in its own time. None of it is documented.
 *
 * @param poll between two looks at an action plan by the cmdlet that started it
 * @param test one test of {@code Test-AzureStack}
 * @param question what a cmdlet that asks the engine something takes
 * @param bmc one BMC's change of password
 * @param haste how many times as fast as on a real stamp rotations go, at least 1
 */
public record Pace(Duration poll, Duration test, Duration question, Duration bmc, int haste) {
    /** The same steps at this pace. */
    List<ActionPlan.Step> of(final List<ActionPlan.Step> steps) {
        return steps.stream()
                .map(step -> new ActionPlan.Step(
                        step.index(),
                        step.name(),
                        step.description(),
                        step.lasts().dividedBy(haste)))
                .toList();
    }

    /** As an operator would see it. */
    public static Pace usual() {
        return new Pace(
                Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20), 1);
    }

    /** Nothing is waited for except action plans. */
    public static Pace atOnce() {
        return new Pace(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(20), 1);
    }

    /**
     * For somebody who watches, by the time outside: an external rotation takes half a minute, an
     * internal one less than ten.
     */
    public static Pace watched() {
        return new Pace(
                Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(5), 120);
    }
}
