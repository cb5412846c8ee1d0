package io.jenkins.plugins.azurestack.simulator.world;

import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.util.Map;

/** The certificates that the stamp's front ends serve. Thread-safe. */
public interface ExternalCertificates {
    /** What each folder's front end serves now, in the order of the documentation. */
    Map<CertificateFolder, IssuedCertificate> served();

    /**
     * Serves others from the next connection on, all at once.
     *
     * @param certificates by folder; folders that are not named keep theirs
     */
    void replace(Map<CertificateFolder, IssuedCertificate> certificates);
}
