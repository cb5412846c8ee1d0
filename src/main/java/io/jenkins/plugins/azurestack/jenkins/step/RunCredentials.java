package io.jenkins.plugins.azurestack.jenkins.step;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Run;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.jenkins.StoredSecrets;
import io.jenkins.plugins.azurestack.jenkins.credentials.JobCredentials;
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

    /** Of an id that the step was given nothing is told beyond what the job may use: it could ask for any. */
    @Override
    protected Presence presence(final String id, final Authentication asking) {
        if (stored(id) != null) {
            return Presence.USABLE;
        }
        return !given && new JobCredentials(run.getParent()).isAbsent(id, asking) ? Presence.ABSENT : Presence.HIDDEN;
    }

    @Override
    protected StandardCredentials any(final String id) throws NotSeenException {
        final StandardCredentials found = stored(id);
        if (found == null) {
            throw absent(id, "this job", given ? "that the step was given." : "in the stamp's configuration.");
        }
        return CredentialsProvider.track(run, found);
    }

    private StandardCredentials stored(final String id) {
        return given
                ? CredentialsProvider.findCredentialById(id, StandardCredentials.class, run)
                : new JobCredentials(run.getParent()).usable(id).orElse(null);
    }
}
