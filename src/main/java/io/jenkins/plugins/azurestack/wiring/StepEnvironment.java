package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.journal.AuditKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All that a step's run class sees of the build it runs in. Cancelling is an interrupt of the running thread.
 * Used by one thread at a time, except {@link #log}, which any thread may call.
 */
public interface StepEnvironment {
    /** Writes one line to the build log. The line holds no secret and no line break. */
    void log(String line);

    /** The credentials that this build may use. */
    SecretLookup credentials();

    /**
     * Makes fingerprints of passwords that an account was refused with, by which no later build sends one again. Empty
     * where that can't be remembered: nobody is signed in with a password then.
     */
    default Optional<AuditKey> logonKey() {
        return Optional.empty();
    }

    /**
     * Saves a file with the build, and in the workspace where there is one; an existing file is replaced.
     *
     * @param fileName a plain file name
     * @throws IOException if it could be saved nowhere
     */
    Saved save(String fileName, byte[] content) throws IOException, InterruptedException;

    /**
     * Where a file is now.
     *
     * @param place for a person to find it, for the log
     * @param inWorkspace whether the steps that come after this one find it by its name in their workspace
     */
    record Saved(String place, boolean inWorkspace) {}

    /** The folder that keeps what outlives a build for one stamp; made if it is missing. */
    Path stampFolder(String stampName) throws IOException;

    /**
     * Marks the step, and the build's result, as the user's policy says; never throws for a finding.
     *
     * @param outcome what becomes of the build
     * @param message one line that says why
     */
    void mark(Outcome outcome, String message) throws IOException, InterruptedException;

    /** What a step can make of its build's result. */
    enum Outcome {
        UNSTABLE,
        FAILURE;

        /**
         * What a policy makes of findings.
         *
         * @param found the most severe finding
         * @param unstableOn the severity from which the build is unstable
         * @param failOn the severity from which the build has failed
         */
        static Optional<Outcome> of(final Severity found, final Policy unstableOn, final Policy failOn) {
            if (failOn.isMetBy(found)) {
                return Optional.of(FAILURE);
            }
            return unstableOn.isMetBy(found) ? Optional.of(UNSTABLE) : Optional.empty();
        }
    }
}
