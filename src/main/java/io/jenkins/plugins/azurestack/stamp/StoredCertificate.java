package io.jenkins.plugins.azurestack.stamp;

import java.util.Optional;

/**
 * Which credential holds the certificate of a folder.
 *
 * @param folder the folder the certificate is for
 * @param credentialsId the id of a certificate credential, or of a file credential that holds a PFX
 * @param password the id of the credential that holds the PFX's password, if it has one of its own
 */
public record StoredCertificate(CertificateFolder folder, String credentialsId, Optional<String> password) {}
