package io.jenkins.plugins.azurestack.simulator.redfish;

import java.util.Optional;

/**
 * What came of an attempt to log on.
 *
 * @param verdict what it came to
 * @param account the account that was named, if there is one
 */
record LogOn(Verdict verdict, Optional<AccountView> account) {
    /** What an attempt can come to. */
    enum Verdict {
        ACCEPTED("done"),
        WRONG_PASSWORD("wrong password"),
        UNKNOWN_USER("unknown user"),
        DISABLED("disabled"),
        LOCKED("locked");

        private final String word;

        Verdict(final String word) {
            this.word = word;
        }

        /** How the ledger calls it. */
        String word() {
            return word;
        }
    }

    boolean isAccepted() {
        return verdict == Verdict.ACCEPTED;
    }
}
