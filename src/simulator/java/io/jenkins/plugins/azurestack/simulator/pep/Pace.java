package io.jenkins.plugins.azurestack.simulator.pep;

import java.time.Duration;

/**
 * How long things take on the stamp, in its own time. None of it is documented.
 *
 * @param poll between two looks at an action plan by the cmdlet that started it
 * @param test one test of {@code Test-AzureStack}
 * @param question what a cmdlet that asks the engine something takes
 * @param bmc one BMC's change of password
 */
public record Pace(Duration poll, Duration test, Duration question, Duration bmc) {
    /** As an operator would see it. */
    public static Pace usual() {
        return new Pace(Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    /** Nothing is waited for except action plans. */
    public static Pace atOnce() {
        return new Pace(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(20));
    }
}
