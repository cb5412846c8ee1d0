package io.jenkins.plugins.azurestack.bmc;

import java.time.Duration;
import java.util.Optional;

/**
 * The BMCs, where this Jenkins reaches them itself. Every call ends in bounded time. Safe for use by several threads, of
 * which each asks another BMC.
 */
public interface BmcAccess {
    /** What came of a logon. */
    sealed interface Logon {
        /**
         * The BMC takes this password.
         *
         * @param rules what it asks of a password
         */
        record Accepted(PasswordRules rules) implements Logon {}

        /**
         * It certainly does not.
         *
         * @param words the BMC's own, for people; one line
         */
        record Refused(String words) implements Logon {}

        /**
         * The account is locked, or may be: the password may be right all the same.
         *
         * @param words the BMC's own, for people; one line
         * @param lasts how long that lasts, if it is known
         */
        record Locked(String words, Optional<Duration> lasts) implements Logon {}

        /**
         * There was no answer, or none that makes sense.
         *
         * @param words what happened; one line
         * @param advice what to do about it; one line
         * @param sent whether the password may have reached the BMC
         */
        record NotKnown(String words, String advice, boolean sent) implements Logon {}
    }

    /** What came of a change. */
    sealed interface Change {
        /** The BMC says that it has the new password. */
        record Changed() implements Change {}

        /**
         * The BMC refused it: it has the password that it had.
         *
         * @param words the BMC's own, for people; one line
         */
        record Rejected(String words) implements Change {}

        /**
         * It was sent, and nobody knows what became of it until somebody logs on.
         *
         * @param words what happened; one line
         */
        record Lost(String words) implements Change {}

        /**
         * It was not sent.
         *
         * @param logon why not: anything but {@link Logon.Accepted}
         */
        record NotSent(Logon logon) implements Change {}
    }

    /**
     * Logs on afresh, and off again; sent once.
     *
     * @param login stays the caller's
     */
    Logon logOn(BmcNode node, BmcLogin login) throws InterruptedException;

    /**
     * Gives the account of one BMC another password; sent once, whatever happens.
     *
     * @param login what it takes now; stays the caller's
     * @param replacement of the same user; stays the caller's
     */
    Change change(BmcNode node, BmcLogin login, BmcLogin replacement) throws InterruptedException;
}
