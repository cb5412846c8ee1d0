package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.CallListener;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stamp's cmdlets, as far as a rotation wants them. Whatever only reads may be asked again elsewhere by whoever
 * implements this; the one call that changes something is sent once, whatever happens. Used by one thread at a time.
 */
public interface StampActions {
    /**
     * What the stamp says of itself ({@code Get-AzureStackStampInformation}).
     *
     * @param version such as {@code 1.2311.1.22}
     * @param rootEnds when its root certificate ends, where it says so (2108 and later)
     */
    record StampFacts(String version, Optional<Instant> rootEnds) {}

    /**
     * What a test of the stamp came to.
     *
     * @param passed only a plain yes is one
     * @param words what it said, for people; may be empty
     */
    record TestResult(boolean passed, List<String> words) {
        public TestResult {
            words = List.copyOf(words);
        }
    }

    /** Asks the stamp what it is. */
    StampFacts facts() throws NotKnownException, InterruptedException;

    /** The latest rotation, whoever started it ({@code Get-ActionStatus}); empty if there was none ever. */
    Optional<Action> latest() throws NotKnownException, InterruptedException;

    /** {@code Test-AzureStack -Group SecretRotationReadiness}, in which a warning counts as a failure. */
    TestResult readiness() throws NotKnownException, InterruptedException;

    /** Whether an update runs ({@code Get-AzureStackUpdateStatus -StatusOnly}). */
    boolean isUpdating() throws NotKnownException, InterruptedException;

    /**
     * {@code Test-AzureStack -Include AzsExternalCertificates}.
     *
     * @return empty if this stamp does not list that test
     */
    Optional<TestResult> externalCertificates() throws NotKnownException, InterruptedException;

    /**
     * Sends the call, once, and follows what it says until it ends.
     *
     * @param patience how long it is followed
     * @param listener told before the call leaves, then of everything that comes back
     * @throws RejectedException if it ended with an error before any action plan began
     * @throws OutcomeUnknownException if the session broke, before or after it began, or patience came to its end: nobody
     *     knows until the stamp is asked; what runs, runs on
     * @throws NotKnownException if no session could be opened: nothing was sent
     * @throws InterruptedException if the waiting thread was interrupted; what runs, runs on
     */
    void start(RotationCall call, Duration patience, Listener listener)
            throws RejectedException, OutcomeUnknownException, NotKnownException, InterruptedException;

    /**
     * Goes on listening to a call that an earlier process sent, until it ends.
     *
     * @param session what {@link Listener#starting} was given
     * @param patience how long it is listened to
     * @return false if that session can't be had any more; ask {@link #latest} then
     * @throws RejectedException if it ended with an error
     * @throws OutcomeUnknownException if it breaks again, or patience came to its end
     * @throws InterruptedException if the waiting thread was interrupted; what runs, runs on
     */
    boolean reattach(Map<String, String> session, Duration patience, Listener listener)
            throws RejectedException, OutcomeUnknownException, InterruptedException;

    /** Waits before it is asked again; ends early by an interrupt only. */
    void pause(Duration time) throws InterruptedException;

    /** Hears what a running rotation says. Called on one thread. */
    interface Listener extends CallListener {
        /** The action plan's object or closing words said how it ended. */
        void ended(Action action);
    }

    /** The call ended with an error before any action plan began. */
    final class RejectedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String errorId;
        private final String advice;

        /**
         * @param words the stamp's own words; one line
         * @param errorId the fully qualified error id; may be empty
         * @param advice what is known to help; one line
         */
        public RejectedException(final String words, final String errorId, final String advice) {
            super(words);
            this.errorId = errorId;
            this.advice = advice;
        }

        /** The fully qualified error id; may be empty. */
        public String errorId() {
            return errorId;
        }

        /** What is known to help; one line. */
        public String advice() {
            return advice;
        }
    }

    /** Nobody knows whether the call took effect. */
    final class OutcomeUnknownException extends Exception {
        private static final long serialVersionUID = 1L;

        /** @param reason what happened on the way; one line */
        public OutcomeUnknownException(final String reason, final Throwable cause) {
            super(reason, cause);
        }
    }
}
