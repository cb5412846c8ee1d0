package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.change.CallListener;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The stamp's cmdlets about its BMCs. Whatever only reads may be asked again elsewhere by whoever implements this; the
 * one call that changes something is sent once, whatever happens. Used by one thread at a time.
 */
public interface StampCredential {
    /** The stamp's version, such as {@code 1.2311.1.22}. */
    String version() throws NotKnownException, InterruptedException;

    /** The names of the parameters of {@code Set-BmcCredential}, in lower case ({@code Get-Command}); none without it. */
    Set<String> parameters() throws NotKnownException, InterruptedException;

    /** A rotation of secrets that runs, in the stamp's words; empty if none does. */
    Optional<String> runningRotation() throws NotKnownException, InterruptedException;

    /** Whether an update runs, as the stamp itself says. */
    boolean isUpdating() throws NotKnownException, InterruptedException;

    /**
     * {@code Test-AzureStack -Include AzsStampBMCSummary}: whether the stamp gets on with its BMCs, by the password that
     * it keeps.
     *
     * @return what is wrong, in the stamp's words; empty if it passes
     */
    Optional<String> complaint() throws NotKnownException, InterruptedException;

    /** The latest change of this kind, whoever started it; empty if there was none. */
    Optional<Action> latest() throws NotKnownException, InterruptedException;

    /**
     * What the stamp says of one run of {@code Set-BmcCredential}.
     *
     * @param instance the action plan's id
     * @param state where it stands
     * @param words the stamp's own, for people; one line
     */
    record Action(String instance, State state, String words) {
        /** Where it stands. */
        public enum State {
            RUNNING,
            COMPLETED,
            FAILED,
            /** The answer was not understood; never taken for any of the others. */
            NOT_UNDERSTOOD
        }
    }

    /** What came of the call. */
    sealed interface Outcome {
        /** It ended without an error. */
        record Ran() implements Outcome {}

        /**
         * It ended with an error: some BMCs may have changed.
         *
         * @param words the stamp's own; one line
         * @param advice what is known to help; one line
         */
        record Failed(String words, String advice) implements Outcome {}

        /**
         * The session broke, or patience came to its end: what runs, runs on, and nobody knows until somebody asks.
         *
         * @param words what happened; one line
         */
        record Lost(String words) implements Outcome {}

        /**
         * It was not sent.
         *
         * @param words why; one line
         * @param advice what to do about it; one line
         */
        record NotSent(String words, String advice) implements Outcome {}
    }

    /**
     * Sends {@code Set-BmcCredential}, once, and follows it to its end.
     *
     * @param login stays the caller's
     * @param bypass whether the stamp is to keep the password without giving it to the BMCs
     * @param patience how long it is followed
     * @throws InterruptedException if the waiting thread was interrupted; what runs, runs on
     */
    Outcome set(BmcLogin login, boolean bypass, Duration patience, CallListener listener) throws InterruptedException;

    /**
     * Goes on listening to a call that an earlier process sent, to its end.
     *
     * @param session what {@link CallListener#starting} was given
     * @param patience how long it is listened to
     * @return empty if that session can't be had any more
     */
    Optional<Outcome> listenAgain(Map<String, String> session, Duration patience, CallListener listener)
            throws InterruptedException;

    /** Waits before something is asked again; ends early by an interrupt only. */
    void pause(Duration time) throws InterruptedException;

    /** What a parameter is called, in lower case. */
    String PASSWORD_PARAMETER = "bmcpassword";

    /** What a switch is called, in lower case. */
    String BYPASS_SWITCH = "bypassbmcupdate";

    /** The parameters that a call needs. */
    static List<String> needed(final boolean bypass) {
        return bypass ? List.of(PASSWORD_PARAMETER, BYPASS_SWITCH) : List.of(PASSWORD_PARAMETER);
    }
}
