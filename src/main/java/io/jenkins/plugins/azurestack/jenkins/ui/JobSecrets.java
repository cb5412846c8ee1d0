package io.jenkins.plugins.azurestack.jenkins.ui;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.jenkins.StoredSecrets;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * The credentials that a stamp's configuration names, as a job sees them that changes the stamp; as Jenkins itself does
 * where that job is gone. Ids come from the configuration alone. Each use is recorded with the credential.
 */
final class JobSecrets extends StoredSecrets {
    private final Optional<Job<?, ?>> job;

    JobSecrets(final Optional<Job<?, ?>> job) {
        this.job = job;
    }

    @Override
    protected StandardCredentials any(final String id) throws NotSeenException {
        return Optional.ofNullable(job.isPresent() ? ofJob(job.get(), id) : ofJenkins(id))
                .orElseThrow(
                        () -> absent(id, job.isPresent() ? "the job" : "Jenkins", "in the stamp's configuration."));
    }

    private static StandardCredentials ofJob(final Job<?, ?> job, final String id) {
        final Authentication who = job instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
        final StandardCredentials found =
                CredentialsProvider.findCredentialByIdInItem(id, StandardCredentials.class, job, who, List.of());
        return CredentialsProvider.track(job, found);
    }

    private static StandardCredentials ofJenkins(final String id) {
        return CredentialsProvider.findCredentialByIdInItemGroup(
                id, StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
    }
}
