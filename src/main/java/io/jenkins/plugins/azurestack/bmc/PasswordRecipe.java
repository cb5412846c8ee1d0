package io.jenkins.plugins.azurestack.bmc;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Makes passwords that every BMC of a stamp takes, and that no shell, no vendor's tool and no cmdlet chokes on: 14 to 16
 * characters of all four kinds, a letter first, none that looks like another. Each password that is like that is as
 * likely as any other. As thread-safe as its chance.
 */
final class PasswordRecipe {
    /** Fewer could be guessed. */
    static final int SHORTEST = 14;

    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String ALPHABET = LETTERS + "23456789" + "-_.";
    /** No more of one character in a row: some firmware refuses three. */
    private static final int MOST_IN_A_ROW = 2;

    private final RandomGenerator random;

    /** @param random unpredictable where it counts */
    PasswordRecipe(final RandomGenerator random) {
        this.random = Objects.requireNonNull(random, "random");
    }

    /** Why none can be made; empty if one can. */
    static Optional<String> obstacle(final PasswordRules rules) {
        final int longest = Math.min(rules.maxLength(), PasswordRules.LONGEST);
        return longest < SHORTEST || rules.minLength() > longest
                ? Optional.of("no password of " + SHORTEST + " to " + PasswordRules.LONGEST
                        + " characters suits BMCs that take " + rules.minLength() + " to " + rules.maxLength())
                : Optional.empty();
    }

    /**
     * Makes one, as long as all rules allow.
     *
     * @param user whose name is not in it
     * @return the caller's to wipe
     * @throws IllegalArgumentException if there is an {@link #obstacle}
     */
    char[] make(final PasswordRules rules, final String user) {
        obstacle(rules).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        final char[] password = new char[Math.min(rules.maxLength(), PasswordRules.LONGEST)];
        do {
            for (int i = 0; i < password.length; i++) {
                final String from = i == 0 ? LETTERS : ALPHABET;
                password[i] = from.charAt(random.nextInt(from.length()));
            }
        } while (!isGood(password, user));
        return password;
    }

    private static boolean isGood(final char[] password, final String user) {
        return PasswordRules.kindsOf(password) == PasswordRules.allKinds()
                && longestRow(password) <= MOST_IN_A_ROW
                && !holds(password, user);
    }

    private static int longestRow(final char[] password) {
        int longest = 1;
        int row = 1;
        for (int i = 1; i < password.length; i++) {
            row = password[i] == password[i - 1] ? row + 1 : 1;
            longest = Math.max(longest, row);
        }
        return longest;
    }

    /** Without a String of the password, which nobody could wipe. */
    private static boolean holds(final char[] password, final String user) {
        final String name = user.toLowerCase(Locale.ROOT);
        for (int from = 0; !name.isEmpty() && from + name.length() <= password.length; from++) {
            int same = 0;
            while (same < name.length() && Character.toLowerCase(password[from + same]) == name.charAt(same)) {
                same++;
            }
            if (same == name.length()) {
                return true;
            }
        }
        return false;
    }
}
