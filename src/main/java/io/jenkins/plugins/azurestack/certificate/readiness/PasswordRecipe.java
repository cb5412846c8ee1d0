package io.jenkins.plugins.azurestack.certificate.readiness;

/**
 * What the one password of a certificate set may look like. Sources: the PKI requirements page (eight characters, three
 * kinds of them) and the rotation page (2022-10-20), whose list of characters to avoid is one of examples: capitals,
 * small letters and digits are what surely works.
 */
public final class PasswordRecipe {
    private static final int SHORTEST = 8;
    private static final int LEAST_KINDS = 3;
    private static final String AVOIDED = "$*#@`)";

    private PasswordRecipe() {}

    /**
     * Judges a password.
     *
     * @param password neither kept nor changed; the outcome says nothing of it but what is wrong
     */
    public static SetOutcome judge(final char[] password) {
        if (password.length < SHORTEST) {
            return SetOutcome.of(
                    SetReason.PASSWORD_TOO_SHORT, "The password has fewer than " + SHORTEST + " characters.");
        }
        if (holds(password, c -> AVOIDED.indexOf(c) >= 0)) {
            return SetOutcome.of(
                    SetReason.PASSWORD_CHARACTER, "The password holds one of the characters " + spaced() + ".");
        }
        if (kinds(password) < LEAST_KINDS) {
            return SetOutcome.of(
                    SetReason.PASSWORD_TOO_SIMPLE,
                    "The password has fewer than " + LEAST_KINDS
                            + " of these: capitals, small letters, digits, special characters, letters of other scripts.");
        }
        if (holds(password, c -> !isCapital(c) && !isSmall(c) && !isDigit(c))) {
            return SetOutcome.of(
                    SetReason.PASSWORD_UNUSUAL, "The password holds something other than letters A to Z and digits.");
        }
        return SetOutcome.of(SetReason.MET, "Long and mixed enough, of letters and digits only.");
    }

    private static String spaced() {
        return String.join(" ", AVOIDED.split(""));
    }

    private static int kinds(final char[] password) {
        int kinds = 0;
        kinds += holds(password, PasswordRecipe::isCapital) ? 1 : 0;
        kinds += holds(password, PasswordRecipe::isSmall) ? 1 : 0;
        kinds += holds(password, PasswordRecipe::isDigit) ? 1 : 0;
        kinds += holds(password, PasswordRecipe::isOtherLetter) ? 1 : 0;
        kinds += holds(password, c -> !Character.isLetterOrDigit(c)) ? 1 : 0;
        return kinds;
    }

    /** A kind of character. */
    @FunctionalInterface
    private interface Kind {
        boolean includes(char c);
    }

    private static boolean holds(final char[] password, final Kind kind) {
        for (final char c : password) {
            if (kind.includes(c)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCapital(final char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isSmall(final char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(final char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isOtherLetter(final char c) {
        return Character.isLetter(c) && !isCapital(c) && !isSmall(c);
    }
}
