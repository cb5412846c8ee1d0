package io.jenkins.plugins.azurestack.simulator.redfish;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * What a password must be like.
 *
 * @param minLength in characters
 * @param maxLength in characters
 * @param kinds how many of upper case, lower case, digits and others it must have; 0 to 4
 * @param remembered how many passwords before it must not be used again; the present one counts
 * @param changeInterval how long a password must be kept
 */
public record PasswordPolicy(int minLength, int maxLength, int kinds, int remembered, Duration changeInterval) {
    private static final List<IntPredicate> KINDS = List.of(
            Character::isUpperCase,
            Character::isLowerCase,
            Character::isDigit,
            character -> !Character.isLetterOrDigit(character));

    public PasswordPolicy {
        if (minLength < 0 || maxLength < minLength || kinds < 0 || kinds > KINDS.size() || remembered < 0) {
            throw new IllegalArgumentException("No password can be like that: " + minLength + " to " + maxLength
                    + " characters of " + kinds + " kinds, " + remembered + " remembered");
        }
        if (changeInterval.isNegative()) {
            throw new IllegalArgumentException("A password can't be kept for " + changeInterval);
        }
    }

    /** What may be wrong with a password. */
    enum Violation {
        TOO_SHORT,
        TOO_LONG,
        TOO_SIMPLE,
        USED_BEFORE,
        TOO_SOON
    }

    /**
     * Looks for the first thing that is wrong.
     *
     * @param password the one to be
     * @param used the present one and those before it, latest first
     * @param kept how long the present one has been kept
     */
    Optional<Violation> violation(final String password, final List<String> used, final Duration kept) {
        if (kept.compareTo(changeInterval) < 0) {
            return Optional.of(Violation.TOO_SOON);
        }
        if (password.length() < minLength) {
            return Optional.of(Violation.TOO_SHORT);
        }
        if (password.length() > maxLength) {
            return Optional.of(Violation.TOO_LONG);
        }
        if (KINDS.stream().filter(kind -> password.chars().anyMatch(kind)).count() < kinds) {
            return Optional.of(Violation.TOO_SIMPLE);
        }
        return used.stream().limit(remembered).anyMatch(password::equals)
                ? Optional.of(Violation.USED_BEFORE)
                : Optional.empty();
    }
}
