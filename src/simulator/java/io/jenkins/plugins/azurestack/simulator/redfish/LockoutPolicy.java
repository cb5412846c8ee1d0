package io.jenkins.plugins.azurestack.simulator.redfish;

import java.time.Duration;

/**
 * When an account is locked.
 *
 * @param threshold after how many wrong passwords; 0 for never
 * @param duration for how long
 * @param resetAfter how long after the last wrong password they are forgotten
 */
public record LockoutPolicy(int threshold, Duration duration, Duration resetAfter) {
    /** The values of the DMTF's mock-ups. */
    public static final LockoutPolicy MOCK_UP = new LockoutPolicy(5, Duration.ofSeconds(30), Duration.ofSeconds(30));

    public LockoutPolicy {
        if (threshold < 0 || duration.isNegative() || resetAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "A lock-out has no negative values: " + threshold + ", " + duration + ", " + resetAfter);
        }
    }
}
