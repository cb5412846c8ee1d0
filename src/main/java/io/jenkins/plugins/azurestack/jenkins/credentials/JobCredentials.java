package io.jenkins.plugins.azurestack.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import io.jenkins.plugins.azurestack.wiring.NotWrittenException;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/**
 * What a job sees in the credentials stores: by id, as it is, without parameters. Called as whoever the build is, who
 * sees of a store what he may view.
 */
public final class JobCredentials {
    private final Job<?, ?> job;

    /** @param job in whose context credentials are looked up */
    public JobCredentials(final Job<?, ?> job) {
        this.job = job;
    }

    /** What the job runs as by default, not what the build or its user happens to be. */
    public Authentication authentication() {
        return job instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }

    /** The credential that the job uses under an id; empty for one that is absent and for one that is forbidden. */
    public Optional<StandardCredentials> usable(final String id) {
        return Optional.ofNullable(CredentialsProvider.findCredentialByIdInItem(
                id, StandardCredentials.class, job, authentication(), List.of()));
    }

    /** Whether it is certain that no store holds an id: all of them show what they hold, and it is not there. */
    public boolean isAbsent(final String id, final Authentication viewer) {
        for (final CredentialsStore store : stores()) {
            if (!store.hasPermission2(viewer, CredentialsProvider.VIEW)) {
                return false;
            }
        }
        return CredentialPlace.of(id, stores()).isEmpty();
    }

    /**
     * Where the credential lives that the job uses under an id.
     *
     * @throws NotWrittenException if there is none, or no store has it
     */
    CredentialPlace place(final String id) throws NotWrittenException {
        return CredentialPlace.used(id, usable(id), stores());
    }

    /**
     * Where an id is, beside another credential.
     *
     * @return empty if nothing of that id is anywhere
     * @throws NotWrittenException if it is elsewhere too, or is there and the job does not use it: one of them would
     *     be taken for the other
     */
    Optional<CredentialPlace> sole(final String id, final CredentialPlace beside) throws NotWrittenException {
        return CredentialPlace.sole(id, usable(id), stores(), beside);
    }

    private Iterable<CredentialsStore> stores() {
        return CredentialsProvider.lookupStores(job);
    }
}
