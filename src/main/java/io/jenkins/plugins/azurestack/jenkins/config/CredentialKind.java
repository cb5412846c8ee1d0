package io.jenkins.plugins.azurestack.jenkins.config;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.AbstractIdCredentialsListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Util;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * What kind of credential a field takes, for the drop-downs of the configuration page and of steps' forms. Whoever may not
 * administer Jenkins learns nothing here about which credentials exist.
 */
public enum CredentialKind {
    LOGIN(List.of(StandardUsernamePasswordCredentials.class)),
    PASSWORD(List.of(StringCredentials.class, StandardUsernamePasswordCredentials.class)),
    KEY_STORE(List.of(StandardCertificateCredentials.class, FileCredentials.class)),
    SERVICE_PRINCIPAL(List.of(
            StandardCertificateCredentials.class, FileCredentials.class, StandardUsernamePasswordCredentials.class)),
    TRUSTED_ROOTS(List.of(FileCredentials.class, StandardCertificateCredentials.class));

    private final List<Class<? extends StandardCredentials>> types;

    CredentialKind(final List<Class<? extends StandardCredentials>> types) {
        this.types = types;
    }

    /** The global credentials that fit, and in any case the one that is configured now, by its id. */
    public ListBoxModel items(final String configured) {
        final ListBoxModel items = Jenkins.get().hasPermission(Jenkins.ADMINISTER) ? global() : new ListBoxModel();
        final String current = Util.fixEmptyAndTrim(configured);
        if (current != null && items.stream().noneMatch(option -> option.value.equals(current))) {
            items.add(current);
        }
        return items;
    }

    private ListBoxModel global() {
        AbstractIdCredentialsListBoxModel<StandardListBoxModel, StandardCredentials> items =
                new StandardListBoxModel().includeEmptyValue();
        for (final Class<? extends StandardCredentials> type : types) {
            // A credential of scope 'system' is not for jobs.
            items = items.includeMatchingAs(
                    ACL.SYSTEM2,
                    Jenkins.get(),
                    type,
                    List.of(),
                    CredentialsMatchers.not(CredentialsMatchers.withScope(CredentialsScope.SYSTEM)));
        }
        return items;
    }

    /** Warns of a credential that only a folder can have, or nobody has. */
    public FormValidation check(final String typed) {
        final String id = Util.fixEmptyAndTrim(typed);
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER) || id == null || isGlobal(id)) {
            return FormValidation.ok();
        }
        return FormValidation.warning(Messages.CredentialKind_NotGlobal());
    }

    /** As {@link #check}, for a field that has to be filled in. */
    FormValidation checkRequired(final String typed) {
        if (Util.fixEmptyAndTrim(typed) == null && Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return FormValidation.error(Messages.CredentialKind_Missing());
        }
        return check(typed);
    }

    private boolean isGlobal(final String id) {
        return types.stream()
                .anyMatch(type -> CredentialsProvider.findCredentialByIdInItemGroup(
                                id, type, Jenkins.get(), ACL.SYSTEM2, List.of())
                        != null);
    }
}
