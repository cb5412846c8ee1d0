package io.jenkins.plugins.azurestack.bmc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * What a BMC asks of a password, and when it locks an account, as far as it says so.
 *
 * @param minLength in characters
 * @param maxLength in characters
 * @param kinds how many of upper case, lower case, digits and others there have to be; 0 to 4
 * @param keptFor how long a password has to be kept before it may be changed again; zero if it may be at once
 * @param remembered how many passwords before may not be used again, the present one among them
 * @param lockThreshold after how many wrong passwords an account is locked; 0 for never, empty if it does not say
 * @param lockDuration for how long; empty if it does not say
 * @param forgetsAfter how long after the last wrong password they are forgotten; empty if it does not say
 */
public record PasswordRules(
        int minLength,
        int maxLength,
        int kinds,
        Duration keptFor,
        int remembered,
        Optional<Integer> lockThreshold,
        Optional<Duration> lockDuration,
        Optional<Duration> forgetsAfter) {
    /** The stamp takes no longer ones, neither user names nor passwords (rotation page, 2020; IPMI 2.0). */
    public static final int LONGEST = 16;

    /** What is asked where nothing is said. */
    public static final PasswordRules SILENT =
            new PasswordRules(1, LONGEST, 0, Duration.ZERO, 0, Optional.empty(), Optional.empty(), Optional.empty());

    private static final List<IntPredicate> KINDS = List.of(
            Character::isUpperCase,
            Character::isLowerCase,
            Character::isDigit,
            character -> !Character.isLetterOrDigit(character));

    public PasswordRules {
        Objects.requireNonNull(keptFor, "keptFor");
        Objects.requireNonNull(lockThreshold, "lockThreshold");
        Objects.requireNonNull(lockDuration, "lockDuration");
        Objects.requireNonNull(forgetsAfter, "forgetsAfter");
    }

    /** What satisfies all of them at once, and what the strictest of them does about wrong passwords. */
    public static PasswordRules together(final Collection<PasswordRules> all) {
        PasswordRules sum = SILENT;
        for (final PasswordRules one : all) {
            sum = new PasswordRules(
                    Math.max(sum.minLength, one.minLength),
                    Math.min(sum.maxLength, one.maxLength),
                    Math.max(sum.kinds, one.kinds),
                    sum.keptFor.compareTo(one.keptFor) < 0 ? one.keptFor : sum.keptFor,
                    Math.max(sum.remembered, one.remembered),
                    stricter(sum.lockThreshold, one.lockThreshold),
                    longer(sum.lockDuration, one.lockDuration),
                    longer(sum.forgetsAfter, one.forgetsAfter));
        }
        return sum;
    }

    private static Optional<Integer> stricter(final Optional<Integer> one, final Optional<Integer> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        final int least = Math.min(one.get(), other.get());
        return Optional.of(least == 0 ? Math.max(one.get(), other.get()) : least);
    }

    private static Optional<Duration> longer(final Optional<Duration> one, final Optional<Duration> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().compareTo(other.get()) < 0 ? other : one;
    }

    /** Whether no password that was changed now could be changed back at once. */
    boolean forbidsTheWayBack() {
        return !keptFor.isZero() || remembered > 1;
    }

    /** What is wrong with a password, each a phrase that holds nothing of it; empty if nothing is. */
    List<String> objections(final char[] password) {
        final List<String> objections = new ArrayList<>();
        if (password.length > LONGEST) {
            objections.add("it has " + password.length + " characters, and a stamp takes " + LONGEST + " at most");
        }
        if (password.length < minLength || password.length > maxLength) {
            objections.add("it has " + password.length + " characters, and the BMCs take " + minLength + " to "
                    + Math.min(maxLength, LONGEST));
        }
        if (kindsOf(password) < kinds) {
            objections.add("the BMCs want " + kinds + " of upper case, lower case, digits and others in it");
        }
        for (final char character : password) {
            if (character <= ' ' || character > '~') {
                objections.add("it holds a blank, or a character that is not plain ASCII");
                break;
            }
        }
        return objections;
    }

    /** How many kinds of characters it has. */
    static int kindsOf(final char[] password) {
        int found = 0;
        for (final IntPredicate kind : KINDS) {
            boolean has = false;
            for (final char character : password) {
                has |= kind.test(character);
            }
            found += has ? 1 : 0;
        }
        return found;
    }

    static int allKinds() {
        return KINDS.size();
    }

    /** Wipes a password that is not needed any more. */
    static void wipe(final char[] password) {
        Arrays.fill(password, '\0');
    }
}
