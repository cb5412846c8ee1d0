package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the stamp's endpoints serve at this moment. Only looks. */
public interface ServedCertificates {
    /** One look at every endpoint of these folders, by endpoint as {@code name:port}. */
    Map<String, Served> look(Collection<CertificateFolder> folders) throws InterruptedException;

    /**
     * What was seen at one endpoint.
     *
     * @param folder whose certificate it serves
     * @param fingerprint SHA-256 of the certificate, in lower-case hex; empty if it could not be seen
     * @param reason why it could not be seen; empty if it was
     */
    record Served(CertificateFolder folder, Optional<String> fingerprint, String reason) {
        public Served {
            Objects.requireNonNull(folder, "folder");
            Objects.requireNonNull(fingerprint, "fingerprint");
            Objects.requireNonNull(reason, "reason");
        }
    }
}
