package io.jenkins.plugins.azurestack.redfish;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a BMC wants of passwords, and when it locks an account: the standard's properties, and the vendor's own where those
 * are stricter or the standard has none. What it does not tell is empty.
 *
 * @param minPasswordLength in characters
 * @param maxPasswordLength in characters
 * @param complexPassword whether several kinds of characters are wanted
 * @param reuseCycle how many passwords must be used before one may come again
 * @param minimumChangeInterval how long a password has to be kept: it may forbid the way back
 * @param lockoutThreshold after how many wrong passwords an account is locked; 0 for never
 * @param lockoutDuration for how long; zero for 'until an administrator unlocks it' (DSP0268, AccountService)
 * @param lockoutCounterReset how long after the last wrong password they are forgotten
 */
public record AccountPolicy(
        OptionalInt minPasswordLength,
        OptionalInt maxPasswordLength,
        Optional<Boolean> complexPassword,
        OptionalInt reuseCycle,
        Optional<Duration> minimumChangeInterval,
        OptionalInt lockoutThreshold,
        Optional<Duration> lockoutDuration,
        Optional<Duration> lockoutCounterReset) {}
