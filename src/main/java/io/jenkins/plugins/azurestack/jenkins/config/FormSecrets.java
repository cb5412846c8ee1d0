package io.jenkins.plugins.azurestack.jenkins.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.security.ACL;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.jenkins.StoredSecrets;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * The credentials that the drop-downs of the configuration page offer: global ones that are for jobs, and no others,
 * whatever id somebody sends. The caller has made sure that whoever asks may administer Jenkins.
 */
final class FormSecrets extends StoredSecrets {
    @Override
    protected StandardCredentials any(final String id) throws NotSeenException {
        final StandardCredentials found = CredentialsProvider.findCredentialByIdInItemGroup(
                id, StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
        if (found == null || found.getScope() == CredentialsScope.SYSTEM) {
            throw absent(id, "this page", "here. One of a folder can be tried by a build of that folder only.");
        }
        return found;
    }
}
