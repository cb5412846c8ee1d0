package io.jenkins.plugins.azurestack.jenkins.step;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.jenkins.StoredSecrets;
import java.util.List;
import org.springframework.security.core.Authentication;

/**
 * The credentials that a build may use. Ids of a stamp's configuration are taken as they are: what a job could put into
 * them with a parameter would let it borrow another stamp's credential. Ids that a step was given are looked up as
 * Jenkins looks up any, parameters included. Every use is recorded with the credential.
 */
final class RunCredentials extends StoredSecrets {
    private final Run<?, ?> run;
    private final boolean given;

    /** @param given whether the ids come from the step's arguments, and not from the configuration */
    RunCredentials(final Run<?, ?> run, final boolean given) {
        this.run = run;
        this.given = given;
    }

    @Override
    public String scope() {
        return run.getParent().getFullName();
    }

    @Override
    protected StandardCredentials any(final String id) throws NotSeenException {
        final StandardCredentials found = given
                ? CredentialsProvider.findCredentialById(id, StandardCredentials.class, run)
                : CredentialsProvider.findCredentialByIdInItem(
                        id, StandardCredentials.class, run.getParent(), authentication(), List.of());
        if (found == null) {
            throw absent(id, "this job", given ? "that the step was given." : "in the stamp's configuration.");
        }
        return CredentialsProvider.track(run, found);
    }

    /** What the job runs as by default, not what the build or its user happens to be. */
    private Authentication authentication() {
        final Job<?, ?> job = run.getParent();
        return job instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }
}
