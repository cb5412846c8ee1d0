package io.jenkins.plugins.azurestack.bmc;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Which password one BMC takes, as far as a logon has shown.
 *
 * @param holds which
 * @param rules what it asks of passwords; if a logon was accepted
 * @param words why nobody knows, or why none is taken; for people, one line
 * @param advice what to do about that; empty if nothing is to be done
 * @param mayBeLocked whether its account is locked now, or may be
 * @param lasts how long that lasts, if it is known
 */
record Live(
        Holds holds,
        Optional<PasswordRules> rules,
        String words,
        String advice,
        boolean mayBeLocked,
        Optional<Duration> lasts) {
    /** Which of the passwords that are known. */
    enum Holds {
        /** The one that it is to have: pending, or given. */
        NEW,
        CURRENT,
        PREVIOUS,
        /** None of them: it refuses all that were tried. */
        NONE,
        UNKNOWN;

        boolean isKnown() {
            return this == NEW || this == CURRENT || this == PREVIOUS;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Live of(final Holds holds, final PasswordRules rules) {
        return new Live(holds, Optional.of(rules), "", "", false, Optional.empty());
    }

    static Live unknown(final String words, final String advice) {
        return new Live(Holds.UNKNOWN, Optional.empty(), words, advice, false, Optional.empty());
    }

    static Live locked(final String words, final Optional<Duration> lasts) {
        return new Live(
                Holds.UNKNOWN,
                Optional.empty(),
                words,
                "Wait until the account is free again"
                        + lasts.map(time -> ", in " + Math.max(1, time.toSeconds()) + " seconds")
                                .orElse("")
                        + "; nothing is sent there before.",
                true,
                lasts);
    }

    /** A BMC that refuses all of them: they are wrong, or its account is locked and it does not say so. */
    static Live none(final String words, final Duration lockTime) {
        return new Live(
                Holds.NONE,
                Optional.empty(),
                "it refuses every password that is known, unless its account is locked: " + words,
                "Wait until a lock is over; if it still refuses them then, find out by hand which password it takes, and"
                        + " put that into the credentials store.",
                true,
                Optional.of(lockTime));
    }
}
