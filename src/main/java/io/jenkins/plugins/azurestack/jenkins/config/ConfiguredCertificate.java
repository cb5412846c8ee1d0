package io.jenkins.plugins.azurestack.jenkins.config;

import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.azurestack.jenkins.FieldRules;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import java.io.Serializable;
import java.util.Optional;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Which credential holds the certificate of a folder, as configured. */
public final class ConfiguredCertificate implements Describable<ConfiguredCertificate>, Serializable {
    private final String folder;
    private final String credentialsId;
    private String passwordCredentialsId;

    /**
     * @param folder the name of a certificate folder, in any case
     * @param credentialsId the id of a certificate credential, or of a file credential that holds a PFX
     * @throws Rejected if there is no such folder, or an id is missing
     */
    @DataBoundConstructor
    public ConfiguredCertificate(final String folder, final String credentialsId) {
        this.folder = folderNamed(folder).folderName();
        this.credentialsId =
                FieldRules.required("credentialsId", credentialsId, "the id of the credential that holds the PFX");
    }

    private static CertificateFolder folderNamed(final String folder) {
        final String name = FieldRules.required("folder", folder, "the name of a folder, such as ARM Public");
        return CertificateFolder.named(name)
                .orElseThrow(() -> new Rejected(
                        "folder", "'" + name + "' is not one of " + String.join(", ", CertificateFolder.allNames())));
    }

    /** The folder's exact name on disk. */
    public String getFolder() {
        return folder;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** The id of the credential with this PFX's own password; null where the set's password opens it. */
    public String getPasswordCredentialsId() {
        return passwordCredentialsId;
    }

    @DataBoundSetter
    public void setPasswordCredentialsId(final String passwordCredentialsId) {
        this.passwordCredentialsId = FieldRules.text("passwordCredentialsId", passwordCredentialsId);
    }

    /** The same as the engines know it. */
    public StoredCertificate toStored() {
        return new StoredCertificate(folderNamed(folder), credentialsId, Optional.ofNullable(passwordCredentialsId));
    }

    private static final long serialVersionUID = 1L;

    /** Describes a certificate's form. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ConfiguredCertificate> {
        @Override
        public String getDisplayName() {
            return Messages.ConfiguredCertificate_DisplayName();
        }

        @POST
        public ListBoxModel doFillFolderItems(@QueryParameter final String folder) {
            return FormCheck.words(CertificateFolder.allNames(), folder);
        }

        @POST
        public FormValidation doCheckFolder(@QueryParameter final String value) {
            return FormCheck.of(() -> folderNamed(value));
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter final String credentialsId) {
            return CredentialKind.KEY_STORE.items(credentialsId);
        }

        @POST
        public FormValidation doCheckCredentialsId(@QueryParameter final String value) {
            return CredentialKind.KEY_STORE.checkRequired(value);
        }

        @POST
        public ListBoxModel doFillPasswordCredentialsIdItems(@QueryParameter final String passwordCredentialsId) {
            return CredentialKind.PASSWORD.items(passwordCredentialsId);
        }

        @POST
        public FormValidation doCheckPasswordCredentialsId(@QueryParameter final String value) {
            return CredentialKind.PASSWORD.check(value);
        }
    }
}
