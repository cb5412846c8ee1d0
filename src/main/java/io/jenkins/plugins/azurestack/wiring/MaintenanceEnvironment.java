package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.AuditKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What a run class that changes a stamp sees of the build besides; used by one thread at a time, as the rest of it. */
public interface MaintenanceEnvironment extends StepEnvironment {
    /** Credentials by ids of the stamp's configuration: as they are, without parameters. */
    @Override
    SecretLookup credentials();

    /** Credentials by ids that the step was given. */
    SecretLookup given();

    /**
     * Writes credentials back, as far as the build's own authentication may.
     *
     * @param ids all that may be written
     */
    CredentialWriter writer(WritableIds ids);

    /**
     * Reads a file of the workspace.
     *
     * @param path inside the workspace, with slashes
     * @param largest no more bytes than these are read, and one
     * @throws io.jenkins.plugins.azurestack.stamp.Rejected if there is no workspace
     * @throws IOException if there is no such file
     */
    byte[] read(String path, int largest) throws IOException, InterruptedException;

    /** The folder that keeps what outlives builds, of all stamps; its parent exists. */
    Path home() throws IOException;

    /** Makes the codes of audit trails and of fingerprints; never leaves whoever holds it. */
    AuditKey auditKey();

    @Override
    default Optional<AuditKey> logonKey() {
        return Optional.of(auditKey());
    }

    /** The job's full name. */
    String job();

    /** The job and its build, for people to read. */
    String build();

    /**
     * Who has approved something, by the records of who runs this build and never by what the step was told.
     *
     * @param id a plan's, or that of a rotation that is to be run again
     * @param since what was approved before counts for nothing
     * @throws io.jenkins.plugins.azurestack.stamp.Rejected if nobody has; says what is missing
     */
    Approval approval(String id, Instant since) throws IOException, InterruptedException;

    /** Why this build could not be taken up after a crash; empty if it could. */
    default Optional<String> notDurable() {
        return Optional.empty();
    }

    /**
     * Sees to it that nobody throws this build away by itself, or lets that be again.
     *
     * @param unfinished whether something is left to be done of what it does
     * @throws IOException if that can't be written down
     */
    default void keep(final boolean unfinished) throws IOException {
        // Nobody throws this one away.
    }

    /** One sentence that says what is going on now, for whoever looks at the running step. */
    void status(String sentence);
}
