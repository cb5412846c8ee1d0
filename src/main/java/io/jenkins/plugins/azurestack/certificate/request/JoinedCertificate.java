package io.jenkins.plugins.azurestack.certificate.request;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.util.Objects;

/**
 * A certificate that is in the credentials store together with its key.
 *
 * @param folder it is for
 * @param chain of the certificate
 * @param credentialsId the credential that holds the key store
 * @param written whether this was done now; false if it was there already
 */
public record JoinedCertificate(
        CertificateFolder folder, CertificateChain chain, String credentialsId, boolean written) {
    public JoinedCertificate {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(chain, "chain");
        Objects.requireNonNull(credentialsId, "credentialsId");
    }
}
